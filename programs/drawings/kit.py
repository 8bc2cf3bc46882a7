"""Benches, bars, bands and machines around the figure.

A piece of kit is one line of words: a kind, then places and numbers. A place is ``x,y`` (y up from
the floor), a body point (``hand``) or a body point with a shift (``hand:0,-4``).
"""

from collections.abc import Callable

from coachapi.drawings.svg import Point, number, pair, towards
from programs.drawings.figure import capsule, screen
from programs.drawings.panel import Panel, UnknownKit, stroke
from programs.drawings.skeleton import angle, trunk_marks


def add_kit(panel: Panel, text: str) -> None:
    """Add one piece of kit to a panel.

    Raises UnknownKit for a kind or place that is not drawn.
    """
    kind, *words = text.split()
    if kind not in KINDS:
        raise UnknownKit(f"No kit is called {kind}.")
    KINDS[kind](panel, words)


def _place(panel: Panel, word: str) -> Point:
    """Read a place; raises UnknownKit for a body point that is none."""
    figure = panel.figure
    points = trunk_marks(figure.hip, figure.shoulder, figure.trunk) | {
        "head": figure.head,
        "hand": figure.arm.end,
        "elbow": figure.arm.joint,
        "knee": figure.leg.joint,
        "ankle": figure.leg.end,
        "ball": figure.leg.end + towards(figure.leg.tip, 11) + towards(figure.leg.tip + 90, 4),
        "heel": figure.leg.end + towards(figure.leg.tip, -4) + towards(figure.leg.tip + 90, 5),
    }
    if figure.far_arm:
        points["hand2"] = figure.far_arm.end
    if figure.far_leg:
        points |= {"knee2": figure.far_leg.joint, "ankle2": figure.far_leg.end}
    name, _, shift = word.partition(":")
    if name in points:
        return points[name] + (_point(shift) if shift else Point(0, 0))
    if "," not in word:
        raise UnknownKit(f"No place is called {word}.")
    return _point(word)


def _point(text: str) -> Point:
    x, y = text.split(",")
    return Point(float(x), float(y))


def _circle(centre: Point, radius: float) -> str:
    at, r = screen(centre), number(radius)
    across = f"a{r},{r} 0 1 1"
    return (
        f"M{pair(Point(at.x - radius, at.y))}"
        f"{across} {number(2 * radius)},0{across} {number(-2 * radius)},0Z"
    )


def _box(left: float, top: float, width: float, height: float) -> str:
    at = screen(Point(left, top))
    return f"M{pair(at)}h{number(width)}v{number(height)}h{number(-width)}Z"


def _bench(panel: Panel, words: list[str]) -> None:
    at, width = _place(panel, words[0]), float(words[1])
    panel.behind_fill.append(_box(at.x, at.y, width, 6))
    for leg in (at.x + 4, at.x + width - 4):
        panel.behind_line.append(stroke(Point(leg, at.y - 6), Point(leg, 0)))


def _solid_box(panel: Panel, words: list[str]) -> None:
    at, width = _place(panel, words[0]), float(words[1])
    height = float(words[2]) if len(words) > 2 else at.y
    panel.behind_fill.append(_box(at.x, at.y, width, height))


def _pad(panel: Panel, words: list[str]) -> None:
    panel.behind_fill.append(capsule(_place(panel, words[0]), _place(panel, words[1]), 3, 3))


def _frame(panel: Panel, words: list[str]) -> None:
    panel.behind_line.append(stroke(*(_place(panel, word) for word in words)))


def _rod(panel: Panel, words: list[str]) -> None:
    panel.front_line.append(stroke(*(_place(panel, word) for word in words)))


def _bar(panel: Panel, words: list[str]) -> None:
    """A loaded bar seen from its end: the plate's rim and the sleeve."""
    at = _place(panel, words[0])
    panel.front_line.append(_circle(at, float(words[1]) if len(words) > 1 else 15))
    panel.front_fill.append(_circle(at, 2.4))


def _bar_across(panel: Panel, words: list[str]) -> None:
    """A loaded bar seen from the front."""
    at, half = _place(panel, words[0]), 58.0
    panel.front_line.append(stroke(at - Point(half, 0), at + Point(half, 0)))
    for side in (-1, 1):
        panel.front_fill.append(_box(at.x + side * half - 3 - side * 6, at.y + 15, 6, 30))


def _roll(panel: Panel, words: list[str]) -> None:
    panel.front_fill.append(_circle(_place(panel, words[0]), float(words[1])))


def _ball(panel: Panel, words: list[str]) -> None:
    panel.behind_fill.append(_circle(_place(panel, words[0]), float(words[1])))


def _dumbbell(panel: Panel, words: list[str]) -> None:
    """A dumbbell that points at the viewer; with a direction it lies along it."""
    at = _place(panel, words[0])
    if len(words) == 1:
        panel.front_fill.append(_circle(at, 4.6))
        return
    axis = towards(float(words[1]), 7)
    panel.front_line.append(stroke(at - axis, at + axis))
    for end in (at - axis, at + axis):
        panel.front_fill.append(capsule(end - axis.times(0.2), end + axis.times(0.2), 4, 4))


def _kettlebell(panel: Panel, words: list[str]) -> None:
    hand, turn = _place(panel, words[0]), float(words[1]) if len(words) > 1 else 270
    panel.front_fill.append(_circle(hand + towards(turn, 10), 6))
    for side in (-30, 30):
        panel.front_line.append(stroke(hand, hand + towards(turn + side, 8)))


def _cable(panel: Panel, words: list[str]) -> None:
    pulley = _place(panel, words[0])
    panel.behind_line.append(_circle(pulley, 3))
    panel.thin.append(stroke(pulley, *(_place(panel, word) for word in words[1:])))


def _band(panel: Panel, words: list[str]) -> None:
    """A long band, drawn as two lines that belong together."""
    start, end = _place(panel, words[0]), _place(panel, words[1])
    aside = towards(angle(start, end) + 90, 1.5)
    panel.thin.append(stroke(start + aside, end + aside))
    panel.thin.append(stroke(start - aside, end - aside))


def _loop(panel: Panel, words: list[str]) -> None:
    """A mini-band round the thigh, just above the knee."""
    leg = panel.figure.leg
    way = angle(leg.joint, leg.root)
    for along in (5.0, 8.5):
        at = leg.joint + towards(way, along)
        panel.front_line.append(stroke(at + towards(way + 90, 6.6), at + towards(way - 90, 6.6)))


def _wall(panel: Panel, words: list[str]) -> None:
    panel.behind_fill.append(_box(float(words[0]), 150, 5, 150))


def _smith(panel: Panel, words: list[str]) -> None:
    for x in (float(words[0]) - 3, float(words[0]) + 3):
        panel.behind_line.append(stroke(Point(x, 158), Point(x, 0)))


def _dowel(panel: Panel, words: list[str]) -> None:
    figure = panel.figure
    low = figure.hip + figure.forward(-10.5) - figure.along(8)
    panel.front_line.append(stroke(low, low + figure.along(72)))


KINDS: dict[str, Callable[[Panel, list[str]], None]] = {
    "ball": _ball,
    "band": _band,
    "bar": _bar,
    "barx": _bar_across,
    "bench": _bench,
    "box": _solid_box,
    "cable": _cable,
    "db": _dumbbell,
    "dowel": _dowel,
    "frame": _frame,
    "kb": _kettlebell,
    "loop": _loop,
    "pad": _pad,
    "rod": _rod,
    "roll": _roll,
    "smith": _smith,
    "wall": _wall,
}
