"""Drawings of the exercises: bottom and top position side by side, seen from the left."""

from coachapi.drawings.svg import XMLNS, element, words
from programs.domain.exercises import library
from programs.drawings.figure import body
from programs.drawings.kit import add_kit
from programs.drawings.panel import Panel, add_cue, floor
from programs.drawings.poses import TALL, Position, drawings
from programs.drawings.skeleton import skeleton

WIDTH = 160


class UnknownDrawing(KeyError):
    """Nobody has drawn an exercise of that id."""


def drawing_ids() -> tuple[str, ...]:
    """Give the ids of every exercise that has a drawing, in the order of domain §4."""
    return tuple(drawings())


def drawing(exercise_id: str) -> str:
    """Write one exercise as SVG.

    Raises UnknownDrawing for an id without poses.
    """
    if exercise_id not in drawings():
        raise UnknownDrawing(exercise_id)
    drawn = drawings()[exercise_id]
    exercise = library()[exercise_id]
    cues = " ".join(cue.rstrip(".") + "." for cue in library().cues_of(exercise_id))
    return element(
        "svg",
        {
            "xmlns": XMLNS,
            "id": exercise_id,
            "class": "exercise",
            "role": "img",
            "viewBox": f"0 {TALL - drawn.height} {2 * WIDTH} {drawn.height}",
            "fill": "currentColor",
            "stroke-linecap": "round",
        },
        words("title", exercise.name),
        words("desc", f"Bottom and top position, seen from {_seen_from(drawn.top)}. {cues}"),
        element("g", {"class": "bottom"}, panel(drawn.bottom)),
        element("g", {"class": "top", "transform": f"translate({WIDTH})"}, panel(drawn.top)),
    )


def panel(position: Position) -> str:
    """Draw one position with its kit and cue lines."""
    figure = skeleton(position.pose)
    sheet = Panel(figure)
    for line in position.kit:
        add_kit(sheet, line)
    for name in position.cues:
        add_cue(sheet, name)
    return floor(WIDTH) + sheet.behind() + body(figure) + sheet.front()


def _seen_from(position: Position) -> str:
    return "the front" if "view" in position.pose else "the left"
