"""The drawn half of the body chart: distance from the midline and height, on a 200 x 440 grid.

Neighbours name the same corners, so that no gap opens between them, also when the outline widens.
Every corner list starts anywhere and goes round; those of ``MIDDLE`` start and end on the midline.
"""

_ARM = {
    "shoulder_side": "41,81.5 47,86 52,97 54,112 48,113 45,96",
    "wrist": "75,214 77,224 68,228 66,218",
    "hand": "77,224 81,235 83,248 81,260 77,263 73,260 70,249 64,246 65,236 68,228",
}

FRONT_MIDDLE = {
    "head": "0,5 7,6 13,9.5 17.5,16 19.5,24 19.5,33 21.3,33 21,41 18.7,43 16.5,49 12.5,57 7,62"
    " 0,63.5",
    "chest_front": "0,86 6,84.5 6,126 0,126",
    "abdomen": "0,126 6,126 6,222 0,228",
}

FRONT_SIDE = _ARM | {
    "shoulder_front": "32,79.5 41,81.5 45,96 48,113 37,118 31,100",
    "upper_arm": "54,112 57,126 60,142 62,152 57.5,153.5 51.5,155.5 47,157 45,148 41,134 37,118"
    " 48,113",
    "elbow_outer": "62,152 66,172 61,173.5 57.5,153.5",
    "elbow_front": "57.5,153.5 61,173.5 55,175.5 51.5,155.5",
    "elbow_inner": "51.5,155.5 55,175.5 50,177 47,157",
    "forearm": "66,172 71,192 75,214 66,218 62,208 56,193 50,177 55,175.5 61,173.5",
    "chest_front": "6,84.5 20,82.5 32,79.5 31,100 37,118 23,126 6,126",
    "ribs": "23,126 37,118 34.5,132 32.5,146 30,160 28.5,171 19,148",
    "abdomen": "6,126 23,126 19,148 28.5,171 29.5,182 31.5,192 27,198 14,212 6,222",
    "hip_side": "31.5,192 35,205 38,220 39,234 29,238 28,218 27,198",
    "hip_front": "27,198 28,218 29,238 17,238 14,212",
    "groin": "14,212 17,238 9,251 3,252 0,236 0,228 6,222",
    "thigh_outer": "39,234 38.5,252 36,275 31.5,300 25,300.5 28,270 29,238",
    "thigh_front": "29,238 28,270 25,300.5 14.5,300.5 13,275 9,251 17,238",
    "thigh_inner": "9,251 13,275 14.5,300.5 8.5,300 6,275 3,252",
    "knee_outer": "31.5,300 30,324 24.5,324.5 25,300.5",
    "knee_front": "25,300.5 24.5,324.5 14.5,324.5 14.5,300.5",
    "knee_inner": "14.5,300.5 14.5,324.5 8.5,324 8.5,300",
    "shin": "30,324 32,340 31.5,356 28,372 22.5,386 11.5,386 10,372 8,358 7,342 8.5,324"
    " 14.5,324.5 24.5,324.5",
    "ankle": "22.5,386 22,400 11,400 11.5,386",
    "forefoot": "22,400 26,410 29,420 10,421 10,410 11,400",
    "toes": "29,420 30,428 25,432 15,432 10,429 10,421",
}

# Two eyes and a mouth tell the front from the back at a glance.
# The throat and the slope beside it belong to no region of domain §2.1: drawn, but not to tap.
FACE = "M90,33h5M105,33h5M96,50h8"
FRONT_BLANK = "0,63.5 7,62 12.5,57 11.5,66 15,72 23,76.5 32,79.5 20,82.5 6,84.5 0,86"

BACK_MIDDLE = {
    "head": "0,5 7,6 13,9.5 17.5,16 19.5,24 19.5,33 21.3,33 21,41 18.7,43 16.5,49 12,55 4.5,56.6"
    " 0,57.5",
    "neck": "0,57.5 4.5,56.6 4.5,84 0,84",
    "back_upper": "0,84 4.5,84 5,122 0,122",
    "back_mid": "0,122 5,122 5,160 0,160",
    "back_low": "0,160 5,160 5,192 0,192",
    "tailbone": "0,204 7,212 6,223 0,230",
}

BACK_SIDE = _ARM | {
    "neck": "4.5,56.6 12,55 11.5,66 11.5,84 4.5,84",
    "upper_trap": "11.5,66 15,72 23,76.5 32,79.5 31,92 11.5,84",
    "shoulder_back": "32,79.5 41,81.5 45,96 48,113 37,118 31,92",
    "upper_arm": "54,112 57,126 60,142 62,152 54.5,154.5 47,157 45,148 41,134 37,118 48,113",
    "elbow_outer": "62,152 66,172 58,174.5 54.5,154.5",
    "elbow_inner": "54.5,154.5 58,174.5 50,177 47,157",
    "forearm": "66,172 71,192 75,214 66,218 62,208 56,193 50,177 58,174.5",
    "back_upper": "4.5,84 11.5,84 31,92 37,118 24,122 5,122",
    "back_mid": "5,122 24,122 21,160 5,160",
    "ribs": "24,122 37,118 34.5,132 32.5,146 30,160 21,160",
    "back_low": "5,160 21,160 30,160 28.5,171 29.5,182 31.5,192 27,198 18,195 5,192",
    "si_region": "0,192 5,192 18,195 14,211 7,212 0,204",
    "hip_side": "31.5,192 35,205 38,220 39,234 29,247 29,220 27,198",
    "buttock": "18,195 27,198 29,220 29,247 18,253 10,253 3,252 0,236 0,230 6,223 7,212 14,211",
    "thigh_outer": "39,234 38.5,252 36,275 31.5,300 25,300.5 28,275 29,247",
    "thigh_back": "29,247 28,275 25,300.5 14.5,300.5 13,275 10,253 18,253",
    "thigh_inner": "10,253 13,275 14.5,300.5 8.5,300 6,275 3,252",
    "knee_outer": "31.5,300 30,324 24.5,324.5 25,300.5",
    "knee_back": "25,300.5 24.5,324.5 14.5,324.5 14.5,300.5",
    "knee_inner": "14.5,300.5 14.5,324.5 8.5,324 8.5,300",
    "calf": "30,324 32,340 31.5,356 28,372 22.5,386 20,384 14,384 11.5,386 10,372 8,358 7,342"
    " 8.5,324 14.5,324.5 24.5,324.5",
    "achilles": "14,384 20,384 19.5,400 14,400",
    # One U around the achilles: a region has one polygon per view and side.
    "ankle": "22.5,386 22.5,406 10.5,406 11.5,386 14,384 14,400 19.5,400 20,384",
    # From behind, the figure stands as on its toes: so the sole can be seen and tapped.
    "heel": "22.5,406 23.5,413 10,413 10.5,406",
    "sole": "23.5,413 24.5,423 9,423 10,413",
    "forefoot": "24.5,423 26,431 8.5,431 9,423",
    "toes": "26,431 25,436 18,438 10,437 8.5,431",
}

# Widening per outline: height on the grid, then the factor on the distance from the midline.
BROAD_SHOULDERS = (
    (0, 1.0),
    (60, 1.0),
    (82, 1.08),
    (120, 1.07),
    (165, 1.0),
    (215, 0.95),
    (300, 1.0),
)
BROAD_HIPS = ((0, 0.97), (60, 0.95), (82, 0.9), (120, 0.91), (168, 0.9), (220, 1.07), (300, 1.0))

# Beyond this distance from the midline (the arms) everything moves along, but grows no wider.
TRUNK_HALF_WIDTH = 39.0

NAMES = {
    "head": "Head",
    "neck": "Neck",
    "upper_trap": "Between neck and shoulder",
    "shoulder_front": "Front of the shoulder",
    "shoulder_side": "Outer shoulder",
    "shoulder_back": "Back of the shoulder",
    "upper_arm": "Upper arm",
    "elbow_inner": "Inner elbow",
    "elbow_outer": "Outer elbow",
    "elbow_front": "Front of the elbow",
    "forearm": "Forearm",
    "wrist": "Wrist",
    "hand": "Hand",
    "chest_front": "Chest",
    "ribs": "Ribs",
    "abdomen": "Abdomen",
    "back_upper": "Upper back",
    "back_mid": "Mid back",
    "back_low": "Low back",
    "si_region": "Back of the pelvis",
    "tailbone": "Tailbone",
    "groin": "Groin",
    "hip_front": "Front of the hip",
    "hip_side": "Side of the hip",
    "buttock": "Buttock",
    "thigh_front": "Front of the thigh",
    "thigh_back": "Back of the thigh",
    "thigh_inner": "Inner thigh",
    "thigh_outer": "Outer thigh",
    "knee_front": "Front of the knee",
    "knee_inner": "Inner knee",
    "knee_outer": "Outer knee",
    "knee_back": "Back of the knee",
    "shin": "Shin",
    "calf": "Calf",
    "ankle": "Ankle",
    "achilles": "Achilles",
    "heel": "Heel",
    "sole": "Sole",
    "forefoot": "Forefoot",
    "toes": "Toes",
}

SIDES = {"L": "left", "R": "right", "M": "middle"}
