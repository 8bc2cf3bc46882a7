"""From joints to a body with volume: one calm tone, and a darker one for the near arm."""

from math import cos, pi, sin

from coachapi.drawings.svg import Point, element, number, pair, towards
from programs.drawings.skeleton import TRUNK, Limb, Skeleton

FLOOR = 165.0

TORSO = (
    # share of the trunk from the hip, distance to the front; the first three turn with the pelvis
    ("pelvis", -6.5, -3.5),
    ("pelvis", -1.5, -9.5),
    ("pelvis", 7.0, -8.0),
    ("waist", 15.5, -6.0),
    ("chest", 28.0, -8.5),
    ("chest", 37.0, -6.5),
    ("chest", 43.0, -3.0),
    ("chest", 42.0, 2.5),
    ("chest", 37.0, 6.5),
    ("chest", 28.0, 9.0),
    ("waist", 16.0, 7.0),
    ("pelvis", 5.0, 7.5),
    ("pelvis", -4.0, 5.0),
)

HEAD = ((10.0, -1.0), (8.0, 5.0), (3.0, 7.0), (-1.0, 8.8), (-3.0, 7.2), (-8.0, 6.2), (-8.0, 0.5),
        (-5.0, -5.5), (1.0, -8.2), (7.0, -6.5))  # fmt: skip


def screen(point: Point) -> Point:
    """Turn heights above the floor into heights on the page."""
    return Point(point.x, FLOOR - point.y)


def body(figure: Skeleton) -> str:
    """Draw the whole figure in three groups: far limbs, body, near arm."""
    if figure.facing_us:
        return _group("body", ".42", _from_the_front(figure))
    far = [shape for limb in (figure.far_leg,) if limb for shape in _leg(limb)]
    far += [shape for limb in (figure.far_arm,) if limb for shape in _arm(limb)]
    near = [_torso(figure), _neck(figure), _head(figure), *_leg(figure.leg)]
    return (
        (_group("far", ".22", far) if far else "")
        + _group("body", ".42", near)
        + _group("arm", ".7", list(_arm(figure.arm)))
    )


FRONT_TORSO = ((-7, 5), (-3, 13), (6, 13), (16, 10.5), (28, 13.5), (37, 16), (41, 12), (43, 4))


def _from_the_front(figure: Skeleton) -> list[str]:
    """Draw a figure that faces us; the trunk shortens when it leans towards us."""
    share = figure.hip.to(figure.shoulder) / TRUNK
    right = [
        figure.hip + figure.along(up * share) + figure.forward(-aside) for up, aside in FRONT_TORSO
    ]
    left = [
        figure.hip + figure.along(up * share) + figure.forward(aside)
        for up, aside in reversed(FRONT_TORSO)
    ]
    shapes = [smooth(right + left), _neck(figure)]
    shapes.append(
        smooth(
            [
                figure.head + figure.along(10.5 * sin(turn)) + figure.forward(-7.6 * cos(turn))
                for turn in (pi * eighth / 4 for eighth in range(8))
            ]
        )
    )
    for leg in (figure.leg, figure.far_leg):
        if leg:
            shapes += [*_leg(leg)[:2], capsule(leg.end, leg.end + towards(leg.tip, 6), 3, 3.4)]
    for arm in (figure.arm, figure.far_arm):
        if arm:
            shapes += _arm(arm)
    return shapes


def smooth(points: list[Point]) -> str:
    """Write a closed curve through points (Catmull-Rom as cubic Bezier).

    It runs the way the limbs run, so that shapes which overlap leave no hole.
    """
    ring = [screen(point) for point in reversed(points)]
    text = [f"M{pair(ring[0])}C"]
    for at in range(len(ring)):
        before, start, end, after = (ring[(at + shift) % len(ring)] for shift in (-1, 0, 1, 2))
        first = start + (end - before).times(1 / 6)
        second = end - (after - start).times(1 / 6)
        text.append(" ".join(map(pair, (first, second, end))))
    return text[0] + " ".join(text[1:]) + "Z"


def capsule(start: Point, end: Point, thick: float, thin: float) -> str:
    """Write a limb: round at both ends, thinner towards the end; radii in drawing units."""
    a, b = screen(start), screen(end)
    length = a.to(b) or 1
    side = Point(-(b - a).y / length, (b - a).x / length)
    corners = [a + side.times(thick), a - side.times(thick)]
    corners += [b - side.times(thin), b + side.times(thin)]
    one, two, three, four = map(pair, corners)
    return (
        f"M{one}A{number(thick)},{number(thick)} 0 0 1 {two}L{three}"
        f"A{number(thin)},{number(thin)} 0 0 1 {four}Z"
    )


def _group(name: str, opacity: str, paths: list[str]) -> str:
    shape = element("path", {"d": "".join(paths)})
    return element("g", {"class": name, "opacity": opacity}, shape)


def _torso(figure: Skeleton) -> str:
    waist = figure.hip + figure.along(15.5) + figure.forward(figure.arch)
    points = []
    for part, up, front in TORSO:
        if part == "pelvis":
            turned = towards(figure.pelvis, up) + towards(figure.pelvis + 90, front)
            points.append(figure.hip + turned)
        elif part == "waist":
            points.append(waist + figure.along(up - 15.5) + figure.forward(front))
        else:
            points.append(figure.hip + figure.along(up) + figure.forward(front))
    return smooth(points)


def _neck(figure: Skeleton) -> str:
    return capsule(figure.shoulder + figure.along(1), figure.head, 4.2, 4.0)


def _head(figure: Skeleton) -> str:
    return smooth(
        [
            figure.head + towards(figure.skull, up) + towards(figure.skull + 90, front)
            for up, front in HEAD
        ]
    )


def _leg(leg: Limb) -> tuple[str, ...]:
    heel = leg.end + towards(leg.tip, -4) + towards(leg.tip + 90, 2.2)
    ball = leg.end + towards(leg.tip, 13.5) + towards(leg.tip + 90, 3.2)
    return (
        capsule(leg.root, leg.joint, 8.2, 5.4),
        capsule(leg.joint, leg.end, 5.4, 3.2),
        capsule(heel, ball, 2.8, 1.8),
    )


def _arm(arm: Limb) -> tuple[str, ...]:
    return (
        capsule(arm.root, arm.joint, 4.6, 3.6),
        capsule(arm.joint, arm.end, 3.6, 2.8),
    )
