"""Poses as data: named positions and, for every exercise, its bottom, its top and its kit.

A pose is one line of words: the name of another pose to start from, then ``key=value`` pairs, for
example ``thrust_low trunk=20 foot=44,5``. Later words replace earlier ones.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from programs.drawings.skeleton import Values

KEYS = frozenset(
    ("hip", "shoulder", "trunk", "tilt", "head", "arch", "foot", "foot2", "knee", "knee2")
    + ("hand", "hand2", "elbow", "elbow2", "view")
)


# A figure with a bar overhead, in drawing units from the top edge to just below the floor.
TALL = 172


class BadPose(ValueError):
    """The pose data name a pose or a key that does not exist."""


@dataclass(frozen=True, slots=True)
class Position:
    """One panel: how the figure stands, what is around it, which cue lines are shown."""

    pose: Values
    kit: tuple[str, ...]
    cues: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Drawing:
    """What is known of one exercise's drawing."""

    bottom: Position
    top: Position
    height: int


@cache
def drawings() -> Mapping[str, Drawing]:
    """Read every exercise's positions out of the data, in file order; raises BadPose."""
    text = files("programs.drawings").joinpath("data/poses.toml").read_text(encoding="utf-8")
    data = tomllib.loads(text)
    known: dict[str, Values] = {}
    for name, line in data["pose"].items():
        known[name] = read_pose(line, known)
    return {
        name: Drawing(
            _position(row, "bottom", known), _position(row, "top", known), row.get("height", TALL)
        )
        for name, row in data["exercise"].items()
    }


def read_pose(line: str, known: Mapping[str, Values]) -> Values:
    """Read one line of pose words; raises BadPose for a name or key nobody knows."""
    values: dict[str, tuple[float | str, ...]] = {}
    for word in line.split():
        key, given, value = word.partition("=")
        if not given:
            if key not in known:
                raise BadPose(f"No pose is called {key}.")
            values |= known[key]
        elif key in KEYS:
            values[key] = tuple(_value(part) for part in value.replace(":", ",").split(","))
        else:
            raise BadPose(f"A pose has no {key}.")
    return values


def _value(text: str) -> float | str:
    try:
        return float(text)
    except ValueError:
        return text


def _position(row: Mapping[str, object], which: str, known: Mapping[str, Values]) -> Position:
    return Position(
        read_pose(str(row[which]), known),
        _lines(row, "kit") + _lines(row, f"{which}_kit"),
        _lines(row, "cues") + _lines(row, f"{which}_cues"),
    )


def _lines(row: Mapping[str, object], key: str) -> tuple[str, ...]:
    given = row.get(key, [])
    if not isinstance(given, list):
        raise BadPose(f"{key} is a list of lines.")
    return tuple(map(str, given))
