"""The few words of SVG that our own drawings are written in, without a style attribute.

Colours are always ``currentColor``, so a drawing is as readable on a dark page as on a light one.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import cos, hypot, radians, sin
from xml.sax.saxutils import escape, quoteattr

XMLNS = "http://www.w3.org/2000/svg"


@dataclass(frozen=True, slots=True)
class Point:
    """A place on a drawing, in drawing units."""

    x: float
    y: float

    def __add__(self, other: "Point") -> "Point":
        return Point(self.x + other.x, self.y + other.y)

    def __sub__(self, other: "Point") -> "Point":
        return Point(self.x - other.x, self.y - other.y)

    def times(self, factor: float) -> "Point":
        """Give the same direction, longer or shorter by a factor."""
        return Point(self.x * factor, self.y * factor)

    def to(self, other: "Point") -> float:
        """Give the distance to another point, in drawing units."""
        return hypot(other.x - self.x, other.y - self.y)


def towards(degrees: float, length: float = 1.0) -> Point:
    """Give the vector of a direction (0 right, 90 up in a y-up drawing) and a length."""
    return Point(cos(radians(degrees)) * length, sin(radians(degrees)) * length)


def number(value: float) -> str:
    """Write a coordinate with one decimal and nothing superfluous."""
    text = f"{value:.1f}".removesuffix(".0")
    return "0" if text == "-0" else text.replace("0.", ".", 1) if abs(value) < 1 else text


def pair(point: Point) -> str:
    """Write a point as ``x,y``."""
    return f"{number(point.x)},{number(point.y)}"


def pairs(points: Iterable[Point]) -> str:
    """Write points the way a polygon wants them."""
    return " ".join(pair(point) for point in points)


def element(name: str, attributes: Mapping[str, str | float], *inside: str) -> str:
    """Write one element; numbers are rounded, text is made safe.

    Raises ValueError for a ``style`` attribute, which the pages' content policy would drop.
    """
    if "style" in attributes:
        raise ValueError("Drawings carry classes and attributes, never style.")
    written = "".join(
        f" {key}={quoteattr(value if isinstance(value, str) else number(value))}"
        for key, value in attributes.items()
    )
    return f"<{name}{written}>{''.join(inside)}</{name}>" if inside else f"<{name}{written}/>"


def words(name: str, text: str) -> str:
    """Write a ``title`` or ``desc`` that a screen reader speaks."""
    return f"<{name}>{escape(text)}</{name}>"


def area(polygon: Iterable[Point]) -> float:
    """Give a polygon's area in square units, never negative."""
    corners = tuple(polygon)
    shifted = corners[1:] + corners[:1]
    twice = sum(a.x * b.y - b.x * a.y for a, b in zip(corners, shifted, strict=True))
    return abs(twice) / 2
