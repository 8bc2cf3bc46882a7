"""From a pose to joints: where knee and elbow go when hip, shoulder, foot and hand are known.

Units: the figure stands 131 units high, heights count up from the floor, it faces left. Angles are
degrees: 0 points right, 90 up, 180 left. Bones never stretch: a pose out of reach is refused.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import atan2, degrees, sqrt

from coachapi.drawings.svg import Point, towards

TRUNK, THIGH, SHANK, UPPER_ARM, FOREARM = 38.0, 33.0, 31.0, 25.0, 23.0
NECK = 15.0
STRETCH = 1.0

Values = Mapping[str, tuple[float | str, ...]]


class OutOfReach(ValueError):
    """A pose asks for a limb longer than the figure has."""


@dataclass(frozen=True, slots=True)
class Limb:
    """Three joints, and the direction in degrees of what hangs at the end (the toes)."""

    root: Point
    joint: Point
    end: Point
    tip: float = 180.0


@dataclass(frozen=True, slots=True)
class Skeleton:
    """A figure in one position; ``far`` limbs are there only where they differ from the near."""

    hip: Point
    shoulder: Point
    head: Point
    trunk: float
    pelvis: float
    skull: float
    arch: float
    leg: Limb
    far_leg: Limb | None
    arm: Limb
    far_arm: Limb | None
    facing_us: bool = False

    def forward(self, distance: float) -> Point:
        """Give the vector to the front of the trunk."""
        return towards(self.trunk + 90, distance)

    def along(self, distance: float) -> Point:
        """Give the vector from hip towards shoulder."""
        return towards(self.trunk, distance)


def skeleton(pose: Values) -> Skeleton:
    """Work out every joint of a pose.

    Raises OutOfReach where a hand or foot is further than the limb is long, KeyError where the pose
    leaves out a part.
    """
    if pose.get("view") == ("front",):
        return _facing_us(pose)
    trunk, tilt = _number(pose, "trunk", 90), _number(pose, "tilt", 0)
    if "hip" in pose:
        hip = _point(pose["hip"])
        shoulder = hip + towards(trunk, TRUNK)
    else:
        shoulder = _point(pose["shoulder"])
        hip = shoulder - towards(trunk, TRUNK)
    skull = trunk + _number(pose, "head", 0)
    marks = trunk_marks(hip, shoulder, trunk)
    return Skeleton(
        hip=hip,
        shoulder=shoulder,
        head=shoulder + towards(trunk, 3) + towards(skull, NECK - 3),
        trunk=trunk,
        pelvis=trunk - tilt,
        skull=skull,
        arch=_number(pose, "arch", 0),
        leg=_leg(pose, hip, ""),
        far_leg=_leg(pose, hip, "2") if "foot2" in pose else None,
        arm=_arm(pose, shoulder, marks, ""),
        far_arm=_arm(pose, shoulder, marks, "2") if "hand2" in pose else None,
    )


def trunk_marks(hip: Point, shoulder: Point, trunk: float) -> dict[str, Point]:
    """Name the places on the trunk where a bar or a hand can rest."""
    front, up = towards(trunk + 90), towards(trunk)
    return {
        "hip": hip,
        "shoulder": shoulder,
        "crease": hip + front.times(10) + up.times(2),
        "yoke": shoulder - front.times(8) + up.times(3),
        "rack": shoulder + front.times(8) + up.times(3),
        "chest": shoulder + front.times(12) - up.times(9),
        "belly": hip + front.times(10) + up.times(15),
        "seat": hip - up.times(9),
        "back": shoulder - front.times(9) - up.times(8),
    }


def bend(root: Point, end: Point, upper: float, lower: float, sign: int) -> Point:
    """Give the middle joint of a two-bone limb; sign 1 bends it to the left of root to end."""
    reach = root.to(end)
    if reach > upper + lower + STRETCH:
        raise OutOfReach(f"{reach:.1f} units to reach, the limb has {upper + lower:.0f}.")
    reach = min(reach, upper + lower - 0.01) or 0.01
    along = (upper**2 - lower**2 + reach**2) / (2 * reach)
    aside = sqrt(max(0.0, upper**2 - along**2))
    step = end - root
    unit = step.times(1 / (root.to(end) or 1))
    return root + unit.times(along) + Point(unit.y, -unit.x).times(sign * aside)


def angle(start: Point, end: Point) -> float:
    """Give the direction from one point to another in degrees."""
    return degrees(atan2(end.y - start.y, end.x - start.x))


def _facing_us(pose: Values) -> Skeleton:
    """A figure seen from the front: hip and shoulder are given, limbs bend outwards in pairs."""
    hip, shoulder = _point(pose["hip"]), _point(pose["shoulder"])
    trunk = angle(hip, shoulder)
    marks = trunk_marks(hip, shoulder, trunk)
    aside = towards(trunk + 90)
    return Skeleton(
        hip=hip,
        shoulder=shoulder,
        head=shoulder + towards(trunk, NECK),
        trunk=trunk,
        pelvis=trunk,
        skull=trunk,
        arch=0,
        leg=_leg(pose, hip + aside.times(7), ""),
        far_leg=_leg(pose, hip - aside.times(7), "2", -1),
        arm=_arm(pose, shoulder + aside.times(14), marks, ""),
        far_arm=_arm(pose, shoulder - aside.times(14), marks, "2"),
        facing_us=True,
    )


def _leg(pose: Values, hip: Point, which: str, sign: int = 1) -> Limb:
    """A knee bends to the front, whatever way the body lies; `knee` is for a leg seen shortened."""
    values = pose[f"foot{which}"]
    ankle = _point(values)
    tip = float(values[2]) if len(values) > 2 else 180.0
    if f"knee{which}" in pose:
        return Limb(hip, _point(pose[f"knee{which}"]), ankle, tip)
    return Limb(hip, bend(hip, ankle, THIGH, SHANK, sign), ankle, tip)


def _arm(pose: Values, shoulder: Point, marks: Mapping[str, Point], which: str) -> Limb:
    """An elbow points backwards, or where the pose says: up, down, front, back, or a place."""
    values = pose[f"hand{which}"]
    hand = _place(values, marks)
    wish = pose.get(f"elbow{which}", ("natural",))
    if isinstance(wish[0], float):
        return Limb(shoulder, _point(wish), hand)
    ways = [bend(shoulder, hand, UPPER_ARM, FOREARM, sign) for sign in (-1, 1)]
    chosen = {
        "natural": ways[0],
        "up": max(ways, key=lambda at: at.y),
        "down": min(ways, key=lambda at: at.y),
        "front": min(ways, key=lambda at: at.x),
        "back": max(ways, key=lambda at: at.x),
    }
    return Limb(shoulder, chosen[str(wish[0])], hand)


def _place(values: tuple[float | str, ...], marks: Mapping[str, Point]) -> Point:
    if isinstance(values[0], str):
        shift = Point(float(values[1]), float(values[2])) if len(values) > 2 else Point(0, 0)
        return marks[values[0]] + shift
    return _point(values)


def _point(values: tuple[float | str, ...]) -> Point:
    return Point(float(values[0]), float(values[1]))


def _number(pose: Values, key: str, default: float) -> float:
    return float(pose[key][0]) if key in pose else default
