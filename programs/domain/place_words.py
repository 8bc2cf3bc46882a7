"""Places of the body in the words people use."""

from collections.abc import Mapping

from programs.domain.regions import UnknownRegion, region

SIDE_WORDS = {"left": "left", "right": "right", "midline": "middle"}

# Paired places take their side in front ("Left knee, front"), the trunk behind ("Low back, left").
_PAIRED: Mapping[str, tuple[str, str]] = {
    "upper_trap": ("upper shoulder", ""),
    "shoulder": ("shoulder", ""),
    "shoulder_front": ("shoulder", "front"),
    "shoulder_side": ("shoulder", "side"),
    "shoulder_back": ("shoulder", "back"),
    "upper_arm": ("upper arm", ""),
    "elbow": ("elbow", ""),
    "elbow_inner": ("elbow", "inner"),
    "elbow_outer": ("elbow", "outer"),
    "elbow_front": ("elbow", "front"),
    "forearm": ("forearm", ""),
    "wrist": ("wrist", ""),
    "hand": ("hand", ""),
    "si_region": ("back of the pelvis", ""),
    "hip": ("hip", ""),
    "groin": ("groin", ""),
    "hip_front": ("hip", "front"),
    "hip_side": ("hip", "side"),
    "buttock": ("buttock", ""),
    "thigh": ("thigh", ""),
    "thigh_front": ("thigh", "front"),
    "thigh_back": ("thigh", "back"),
    "thigh_inner": ("thigh", "inner"),
    "thigh_outer": ("thigh", "outer"),
    "knee": ("knee", ""),
    "knee_front": ("knee", "front"),
    "knee_inner": ("knee", "inner"),
    "knee_outer": ("knee", "outer"),
    "knee_back": ("knee", "back"),
    "lower_leg": ("lower leg", ""),
    "shin": ("shin", ""),
    "calf": ("calf", ""),
    "ankle": ("ankle", ""),
    "achilles": ("Achilles", ""),
    "foot": ("foot", ""),
    "heel": ("heel", ""),
    "sole": ("sole", ""),
    "forefoot": ("forefoot", ""),
    "toes": ("toes", ""),
}
_TRUNK: Mapping[str, str] = {
    "head": "Head",
    "neck": "Neck",
    "trunk": "Trunk",
    "chest_front": "Chest, front",
    "ribs": "Ribs",
    "abdomen": "Belly",
    "back_upper": "Upper back",
    "back_mid": "Middle back",
    "back_low": "Low back",
    "pelvis": "Pelvis",
    "tailbone": "Tailbone",
    "general": "Whole body",
}


def region_words(region_id: str, side: str) -> str:
    """A place as a person says it: "Low back, middle", "Left hip, front"; unknown ids as words."""
    if region_id in _PAIRED:
        name, part = _PAIRED[region_id]
        whole = f"{SIDE_WORDS[side]} {name}" if side in ("left", "right") else name
        return _sentence_case(f"{whole}, {part}" if part else whole)
    name = _TRUNK.get(region_id) or _sentence_case(region_id.replace("_", " "))
    if side == "midline" and not _has_sides(region_id):
        return name
    return f"{name}, {SIDE_WORDS[side]}" if side in SIDE_WORDS else name


def _has_sides(region_id: str) -> bool:
    try:
        return len(region(region_id).sides) > 1
    except UnknownRegion:
        return False


def _sentence_case(words: str) -> str:
    return words[:1].upper() + words[1:]
