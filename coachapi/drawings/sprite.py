"""The sprite: seven level silhouettes and the icons of the pages, on a 16-unit grid (desk §2).

A page shows one with ``<svg class="icon"><use href="…/sprite.svg#i-inbox"/></svg>``; the colour is
the text's. A level's silhouette must be told from the other six without colour.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from coachapi.drawings.svg import XMLNS, element


@dataclass(frozen=True, slots=True)
class Shape:
    """One symbol: what is filled, what is drawn as a line, and whether that line is broken."""

    fill: str = ""
    line: str = ""
    broken: str = ""


_OCTAGON = "M5 1h6l4 4v6l-4 4H5l-4-4V5z"
_DIAMOND = "M8 .8 15.2 8 8 15.2.8 8z"

LEVELS: Mapping[str, Shape] = {
    "level-emergency": Shape(fill=f"{_OCTAGON}M7 4v5h2V4zM7 10.5v2h2v-2z"),
    "level-urgent": Shape(fill="M8 1 15.7 15H.3zM7.1 5.8v4.6h1.8V5.8zM7.1 11.5v1.9h1.8v-1.9z"),
    "level-refer": Shape(
        fill="M1.5 1h9.7L15 5.5 11.2 10H9v6H7v-6H1.5zM5.7 2.5v2h-2v2h2v2h2v-2h2v-2h-2v-2z"
    ),
    "level-incomplete": Shape(
        fill="M7.2 10.6h1.6v1.6H7.2z",
        line="M6 6.2a2 2 0 1 1 3 1.7Q8 8.4 8 9.4",
        broken="M8 1.3a6.7 6.7 0 1 1 0 13.4A6.7 6.7 0 0 1 8 1.3z",
    ),
    "level-modify": Shape(line="M8 1.2 14.8 8 8 14.8 1.2 8zM5 8h5.5M8.3 5.8 10.5 8l-2.2 2.2"),
    "level-modify-high": Shape(
        fill=f"{_DIAMOND}M4.5 7.2v1.6h4L7.2 10.1l1.1 1.1L11.5 8 8.3 4.8 7.2 5.9l1.3 1.3z"
    ),
    "level-monitor": Shape(
        fill="M8 5.7a2.3 2.3 0 1 1 0 4.6 2.3 2.3 0 0 1 0-4.6z",
        line="M8 1.8a6.2 6.2 0 1 1 0 12.4A6.2 6.2 0 0 1 8 1.8z",
    ),
    "level-log": Shape(
        fill="M2.5 6.2h11a1 1 0 0 1 1 1v1.6a1 1 0 0 1-1 1h-11a1 1 0 0 1-1-1V7.2a1 1 0 0 1 1-1z"
    ),
}

ICONS: Mapping[str, Shape] = {
    "i-inbox": Shape(line="M1.5 9 4 2.5h8L14.5 9v4.5h-13zM1.5 9H5l1 2h4l1-2h3.5"),
    "i-clients": Shape(
        line="M6 2a2.5 2.5 0 1 1 0 5 2.5 2.5 0 0 1 0-5zM1 14q0-4.5 5-4.5t5 4.5M11 2.3a2.4 2.4 0 0 1"
        " 0 4.4M12.5 9.8Q15 10.8 15 14"
    ),
    "i-programs": Shape(line="M2 2h12v12H2zM2 6h12M6.5 6v8M9 9h3M9 11.5h3"),
    "i-check": Shape(line="M2.5 8.5 6.5 12.5 13.5 4"),
    "i-clock": Shape(line="M8 1.5a6.5 6.5 0 1 1 0 13 6.5 6.5 0 0 1 0-13zM8 4.5V8l2.5 2"),
    "i-phone": Shape(
        line="M2 3 5 1.8 6.8 5.5 5.3 7q1 2.6 3.7 3.7l1.5-1.5L14.2 11 13 14Q3.5 14 2 3z"
    ),
    "i-undo": Shape(line="M5.5 2.5 2 6l3.5 3.5M2 6h7.5a4 4 0 0 1 0 8H6"),
    "i-move": Shape(line="M8 1.5v13M5.5 4 8 1.5 10.5 4M5.5 12 8 14.5l2.5-2.5"),
    "i-search": Shape(line="M7 2a5 5 0 1 1 0 10A5 5 0 0 1 7 2zM10.7 10.7 14.5 14.5"),
    "i-chart": Shape(line="M2 1.5V14h12.5M4.5 11 7.5 7.5l2.5 2 4-5.5"),
    "i-note": Shape(line="M3 1.5h7L13 4.5v10H3zM5.5 7h5M5.5 10h5"),
    "i-send": Shape(line="M14.5 1.5 1.5 6.5l5 3 3 5zM6.5 9.5l4-4"),
    "i-lock": Shape(line="M3 7h10v7.5H3zM5 7V5a3 3 0 0 1 6 0v2M8 10v1.5"),
    "i-more": Shape(fill="M1.5 6.5h3v3h-3zM6.5 6.5h3v3h-3zM11.5 6.5h3v3h-3z"),
    "i-back": Shape(line="M7 3 2 8l5 5M2 8h12"),
    "i-plus": Shape(line="M8 2.5v11M2.5 8h11"),
    "i-minus": Shape(line="M2.5 8h11"),
    "i-sun": Shape(
        line="M8 5a3 3 0 1 1 0 6 3 3 0 0 1 0-6zM8 1v1.5M8 13.5V15M1 8h1.5M13.5 8H15M3 3l1 1M12"
        " 12l1 1M13 3l-1 1M4 12l-1 1"
    ),
    "i-moon": Shape(line="M13.5 10A6.2 6.2 0 0 1 6 2.5a6 6 0 1 0 7.5 7.5z"),
    "i-outcomes": Shape(
        line="M1.5 4.5h13M1.5 3v3M14.5 3v3M7 2v5M3.5 11.5H12M3.5 10v3M12 10v3M9 9v5"
    ),
    "i-settings": Shape(
        line="M1.5 4H9M13 4h1.5M11 2a2 2 0 1 1 0 4 2 2 0 0 1 0-4zM1.5 12H3M7 12h7.5M5 10a2 2 0 1 1"
        " 0 4 2 2 0 0 1 0-4z"
    ),
    "i-alert": Shape(line="M2.5 12Q4 10.5 4 6.5a4 4 0 0 1 8 0q0 4 1.5 5.5zM6.5 14.3h3"),
    "i-person": Shape(line="M8 1.5a3 3 0 1 1 0 6 3 3 0 0 1 0-6zM2 14.5q0-5 6-5t6 5"),
    "i-calendar": Shape(line="M2 3h12v11.5H2zM2 6.5h12M5 1.5v3M11 1.5v3"),
}

_LINE = {"fill": "none", "stroke": "currentColor", "stroke-width": "1.5"}


def sprite() -> str:
    """Write the whole sprite as one SVG file of symbols."""
    every = {**LEVELS, **ICONS}
    return element("svg", {"xmlns": XMLNS}, *(_symbol(key, each) for key, each in every.items()))


def _symbol(key: str, shape: Shape) -> str:
    parts = []
    if shape.fill:
        parts.append(element("path", {"fill": "currentColor", "d": shape.fill}))
    if shape.line:
        ends = {"stroke-linecap": "round", "stroke-linejoin": "round"}
        parts.append(element("path", {**_LINE, **ends, "d": shape.line}))
    if shape.broken:
        parts.append(element("path", {**_LINE, "stroke-dasharray": "3.4 1.86", "d": shape.broken}))
    return element("symbol", {"id": key, "viewBox": "0 0 16 16"}, *parts)
