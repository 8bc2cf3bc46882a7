"""Drawings of the exercises: bottom and top position side by side, seen from the left."""


class UnknownDrawing(KeyError):
    """Nobody has drawn an exercise of that id."""


def drawing_ids() -> tuple[str, ...]:
    """Give the ids of every exercise that has a drawing, in the order of domain §4."""
    raise NotImplementedError


def drawing(exercise_id: str) -> str:
    """Write one exercise as SVG.

    Raises UnknownDrawing for an id without poses.
    """
    raise NotImplementedError
