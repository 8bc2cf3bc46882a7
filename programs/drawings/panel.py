"""One panel of a drawing: what lies behind the figure, before it and over it, as a few paths."""

from dataclasses import dataclass, field

from coachapi.drawings.svg import Point, element, number, pair, towards
from programs.drawings.figure import FLOOR, screen
from programs.drawings.skeleton import Skeleton, angle


class UnknownKit(ValueError):
    """The data name a kind of kit, a cue or a place that nobody has drawn."""


@dataclass(slots=True)
class Panel:
    """The path parts of one position, collected by how they are drawn."""

    figure: Skeleton
    behind_line: list[str] = field(default_factory=list)
    behind_fill: list[str] = field(default_factory=list)
    front_line: list[str] = field(default_factory=list)
    front_fill: list[str] = field(default_factory=list)
    thin: list[str] = field(default_factory=list)
    cue: list[str] = field(default_factory=list)
    tilt: list[str] = field(default_factory=list)

    def behind(self) -> str:
        """Draw what stands behind the figure."""
        return _fill("kit", ".3", self.behind_fill) + _line("kit", "1.6", ".6", self.behind_line)

    def front(self) -> str:
        """Draw what the figure holds, pulls or lies under, and the cue lines over all."""
        return (
            _fill("load", ".85", self.front_fill)
            + _line("load", "1.8", ".85", self.front_line)
            + _line("pull", "1.1", ".85", self.thin)
            + _line("cue", "1.4", "1", self.cue, ("stroke-dasharray", "4 3"))
            + _line("cue tilt", "2.2", "1", self.tilt)
        )


def add_cue(panel: Panel, name: str) -> None:
    """Add one cue line to a panel.

    Raises UnknownKit for a cue that is not drawn.
    """
    figure = panel.figure
    lines = {
        "back": (figure.hip + figure.forward(-13), figure.shoulder + figure.forward(-13)),
        "line": (figure.leg.joint + figure.forward(11), figure.shoulder + figure.forward(14)),
        "pelvis": (_pelvic(figure, 9, -9), _pelvic(figure, 9, 9.5)),
        "gaze": (_gaze(figure, 12), _gaze(figure, 30)),
        "shin": (_shin(figure, figure.leg.joint), _shin(figure, figure.leg.end)),
    }
    if name not in lines:
        raise UnknownKit(f"No cue is called {name}.")
    (panel.tilt if name == "pelvis" else panel.cue).append(stroke(*lines[name]))


def _pelvic(figure: Skeleton, up: float, front: float) -> Point:
    return figure.hip + towards(figure.pelvis, up) + towards(figure.pelvis + 90, front)


def _gaze(figure: Skeleton, distance: float) -> Point:
    return figure.head + towards(figure.skull, 3) + towards(figure.skull + 90, distance)


def _shin(figure: Skeleton, at: Point) -> Point:
    return at + towards(angle(figure.leg.end, figure.leg.joint) + 90, 9)


def stroke(*points: Point) -> str:
    """Write a line through points."""
    return "M" + "L".join(pair(screen(point)) for point in points)


def floor(width: float) -> str:
    """Draw the floor line of one panel."""
    return _line("floor", "1.2", ".5", [f"M4,{number(FLOOR)}h{number(width - 8)}"])


def _fill(name: str, opacity: str, parts: list[str]) -> str:
    if not parts:
        return ""
    return element("path", {"class": name, "opacity": opacity, "d": "".join(parts)})


def _line(
    name: str, width: str, opacity: str, parts: list[str], more: tuple[str, str] | None = None
) -> str:
    if not parts:
        return ""
    look = {"class": name, "fill": "none", "stroke": "currentColor", "stroke-width": width}
    extra = dict([more]) if more else {}
    return element("path", {**look, **extra, "opacity": opacity, "d": "".join(parts)})
