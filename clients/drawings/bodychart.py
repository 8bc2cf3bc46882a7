"""The body chart: front and back figure whose polygons are the body regions (domain §2.1)."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

from coachapi.drawings.svg import Point

View = Literal["front", "back"]
Side = Literal["L", "R", "M"]
Outline = Literal["broad_shoulders", "broad_hips"]


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


@dataclass(frozen=True, slots=True)
class Crop:
    """A part of the chart shown large, as a viewBox in grid units."""

    x: float
    y: float
    width: float
    height: float


CROPS: dict[str, Crop] = {
    "whole": Crop(0, 0, 200, 440),
    "head_to_waist": Crop(10, 0, 180, 200),
    "arms": Crop(0, 70, 200, 200),
    "waist_to_knee": Crop(40, 150, 120, 190),
    "knee_to_foot": Crop(50, 280, 100, 160),
}


def leaves(view: View, outline: Outline = "broad_shoulders") -> tuple[Leaf, ...]:
    """Give every place to tap on one view, left being the person's own left."""
    raise NotImplementedError


def leaf_at(view: View, x: float, y: float, outline: Outline = "broad_shoulders") -> Leaf | None:
    """Name the leaf under a tap at grid point x, y, or None beside the figure (desk §5)."""
    raise NotImplementedError


def nearest(
    view: View, x: float, y: float, outline: Outline = "broad_shoulders", count: int = 3
) -> tuple[Leaf, ...]:
    """Give the leaves closest to a tap, nearest first, for the big buttons below the chart."""
    raise NotImplementedError


def chart(
    view: View,
    outline: Outline = "broad_shoulders",
    crop: str = "whole",
    marked: Collection[str] = (),
) -> str:
    """Write one view as SVG; marked polygon ids carry the class ``on``."""
    raise NotImplementedError
