"""The body chart: front and back figure whose polygons are the body regions (domain §2.1).

Left and right are the person's own: their left is on the right of the front view. The artwork is
ours; ``half.py`` holds the drawn half, this file mirrors it, widens it and answers for taps.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from clients.drawings import half
from coachapi.drawings.svg import XMLNS, Point, element, number, pair, pairs, words
from programs.domain.place_words import region_words

View = Literal["front", "back"]
Side = Literal["L", "R", "M"]
Outline = Literal["broad_shoulders", "broad_hips"]

MIDLINE = 100.0
SIDES: Mapping[Side, str] = {"L": "left", "R": "right", "M": "midline"}
VIEW_NAMES: Mapping[View, str] = {"front": "Body chart, front", "back": "Body chart, back"}
OUTLINES: Mapping[Outline, tuple[tuple[float, float], ...]] = {
    "broad_shoulders": half.BROAD_SHOULDERS,
    "broad_hips": half.BROAD_HIPS,
}


@dataclass(frozen=True, slots=True)
class Leaf:
    """One place to tap: a region and side on one view, with its corners on the 200 x 440 grid."""

    view: View
    region: str
    side: Side
    corners: tuple[Point, ...]

    @property
    def id(self) -> str:
        """Give the polygon id, for example ``back.back_low.M``."""
        return f"{self.view}.{self.region}.{self.side}"

    @property
    def name(self) -> str:
        """Say the place as the pages say it, for example "Low back, middle"."""
        return region_words(self.region, SIDES[self.side])


@dataclass(frozen=True, slots=True)
class Crop:
    """A part of the chart shown large, as a viewBox in grid units."""

    x: float
    y: float
    width: float
    height: float


CROPS: Mapping[str, Crop] = {
    "whole": Crop(0, 0, 200, 440),
    "head_to_waist": Crop(10, 0, 180, 200),
    "arms": Crop(0, 70, 200, 200),
    "waist_to_knee": Crop(40, 150, 120, 190),
    "knee_to_foot": Crop(50, 280, 100, 160),
}

# What is shown first for an exercise of each pattern (domain §4); the whole chart is one tap away.
CROP_OF_PATTERN: Mapping[str, str] = {
    "hip_thrust": "waist_to_knee",
    "glute_accessory": "waist_to_knee",
    "squat": "waist_to_knee",
    "knee_iso": "knee_to_foot",
    "hinge": "waist_to_knee",
    "lunge": "waist_to_knee",
    "press_h": "head_to_waist",
    "press_v": "head_to_waist",
    "pull_h": "head_to_waist",
    "pull_v": "head_to_waist",
    "calf": "knee_to_foot",
    "carry": "whole",
    "trunk": "whole",
}


def leaves(view: View, outline: Outline = "broad_shoulders") -> tuple[Leaf, ...]:
    """Give every place to tap on one view, left being the person's own left."""
    middle, sides = (
        (half.FRONT_MIDDLE, half.FRONT_SIDE)
        if view == "front"
        else (half.BACK_MIDDLE, half.BACK_SIDE)
    )
    drawn: list[Leaf] = []
    for region, text in middle.items():
        drawn.append(Leaf(view, region, "M", _whole(text, outline)))
    for region, text in sides.items():
        for side in ("L", "R"):
            drawn.append(Leaf(view, region, side, _half(text, outline, _direction(view, side))))
    return tuple(drawn)


def leaf_at(view: View, x: float, y: float, outline: Outline = "broad_shoulders") -> Leaf | None:
    """Name the leaf under a tap at grid point x, y, or None beside the figure (desk §5)."""
    tap = Point(x, y)
    return next((leaf for leaf in leaves(view, outline) if _inside(leaf.corners, tap)), None)


def nearest(
    view: View, x: float, y: float, outline: Outline = "broad_shoulders", count: int = 3
) -> tuple[Leaf, ...]:
    """Give the leaves closest to a tap, nearest first, for the big buttons below the chart."""
    tap = Point(x, y)
    ordered = sorted(leaves(view, outline), key=lambda leaf: (_distance(leaf, tap), leaf.id))
    return tuple(ordered[:count])


def chart(
    view: View,
    outline: Outline = "broad_shoulders",
    crop: str = "whole",
    marked: Collection[str] = (),
) -> str:
    """Write one view as SVG; marked polygon ids carry the class ``on``.

    Raises KeyError for an unknown crop.
    """
    box = CROPS[crop]
    drawn = leaves(view, outline)
    taps = "".join(_polygon(leaf, leaf.id in marked) for leaf in drawn)
    blank = "".join(element("polygon", {"points": pairs(each)}) for each in _blank(view, outline))
    quiet = {"class": "leaves", "fill-opacity": ".07", "stroke-opacity": ".4"}
    # Lines stay as thin as on the whole chart when a part is shown large.
    thin, thick = (number(width * box.width / 200) for width in (0.6, 1.2))
    line = {"class": "figure", "fill": "none", "stroke-width": thick, "pointer-events": "none"}
    face = half.FACE if view == "front" else ""
    return element(
        "svg",
        {
            "xmlns": XMLNS,
            "viewBox": " ".join(map(number, (box.x, box.y, box.width, box.height))),
            "class": f"bodychart {view}",
            "fill": "currentColor",
            "stroke": "currentColor",
            "stroke-linejoin": "round",
            "stroke-width": thin,
        },
        words("title", VIEW_NAMES[view]),
        element("g", quiet, blank, taps),
        element("path", line | {"d": silhouette(view, outline) + face}),
    )


def silhouette(view: View, outline: Outline = "broad_shoulders") -> str:
    """Write the line around the whole figure: every edge that belongs to one polygon only."""
    edges: set[tuple[Point, Point]] = set()
    for corners in (*(leaf.corners for leaf in leaves(view, outline)), *_blank(view, outline)):
        for start, end in pairwise((*corners, corners[0])):
            if (end, start) in edges:
                edges.remove((end, start))
            else:
                edges.add((start, end))
    following = dict(edges)
    parts = []
    for start in sorted(following, key=lambda point: (point.y, point.x)):
        loop = []
        while start in following:
            loop.append(start)
            start = following.pop(start)
        if loop:
            parts.append("M" + " ".join(pair(point) for point in loop) + "Z")
    return "".join(parts)


def _polygon(leaf: Leaf, marked: bool) -> str:
    chosen = {"class": "on", "fill-opacity": ".55"} if marked else {}
    shape = {"id": leaf.id, **chosen, "points": pairs(leaf.corners)}
    return element("polygon", shape, words("title", leaf.name))


def _blank(view: View, outline: Outline) -> Iterator[tuple[Point, ...]]:
    if view == "front":
        yield _whole(half.FRONT_BLANK, outline)


def _direction(view: View, side: str) -> int:
    """Say where a side lies: 1 right of the midline as looked at, -1 left of it."""
    return 1 if (side == "L") == (view == "front") else -1


def _half(text: str, outline: Outline, direction: int) -> tuple[Point, ...]:
    """Place the drawn half; every polygon of the chart goes round the same way."""
    placed = tuple(
        Point(MIDLINE + direction * round(_widened(corner.x, corner.y, outline)), round(corner.y))
        for corner in _read(text)
    )
    return placed if direction == 1 else placed[::-1]


def _whole(text: str, outline: Outline) -> tuple[Point, ...]:
    right = _half(text, outline, 1)
    return right + tuple(point for point in _half(text, outline, -1) if point.x != MIDLINE)


def _read(text: str) -> Iterator[Point]:
    for corner in text.split():
        x, y = corner.split(",")
        yield Point(float(x), float(y))


def _widened(x: float, y: float, outline: Outline) -> float:
    steps = OUTLINES[outline]
    factor = steps[-1][1]
    for (above, upper), (below, lower) in pairwise(steps):
        if above <= y < below:
            factor = upper + (lower - upper) * (y - above) / (below - above)
            break
    return x + (factor - 1) * min(x, half.TRUNK_HALF_WIDTH)


def _inside(corners: tuple[Point, ...], tap: Point) -> bool:
    """Count the edges right of the tap: odd means inside."""
    inside = False
    for a, b in pairwise((*corners, corners[0])):
        if (a.y > tap.y) != (b.y > tap.y):
            inside ^= tap.x < a.x + (tap.y - a.y) * (b.x - a.x) / (b.y - a.y)
    return inside


def _distance(leaf: Leaf, tap: Point) -> float:
    if _inside(leaf.corners, tap):
        return 0.0
    edges = pairwise((*leaf.corners, leaf.corners[0]))
    return min(_to_edge(a, b, tap) for a, b in edges)


def _to_edge(a: Point, b: Point, tap: Point) -> float:
    along, offset = b - a, tap - a
    length = along.x**2 + along.y**2
    share = max(0.0, min(1.0, (offset.x * along.x + offset.y * along.y) / length))
    return tap.to(a + along.times(share))
