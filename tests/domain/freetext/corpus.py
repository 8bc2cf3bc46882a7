"""The corpus of messages, and a note in its words."""

import tomllib
from pathlib import Path
from typing import Any

from clients.domain.freetext import Measure, Mention, Note

FILE = Path(__file__).with_name("corpus.toml")
KEYS = {"text", "kind", "at", "flags", "doubt", "pain", "loads", "tags", "held_out"}


def messages() -> list[dict[str, Any]]:
    """Every message with what it must be read as; a misspelt key is refused."""
    rows: list[dict[str, Any]] = tomllib.loads(FILE.read_text("utf-8"))["note"]
    for row in rows:
        assert row.keys() <= KEYS, row
    return rows


def at(mention: Mention) -> str:
    """`knee.left`, or `knee` when no side was said."""
    return f"{mention.region}.{mention.side}" if mention.side else mention.region


def flag_ids(note: Note) -> list[str]:
    """The warning questions a note has asked."""
    return [flag.item_id for flag in note.flags]


def load(measure: Measure) -> str:
    """`60x10x3`: kilograms, repetitions, sets; what was not said is left out."""
    kilograms = "" if measure.kg is None else format(measure.kg.normalize(), "f")
    return kilograms + "".join(f"x{count}" for count in (measure.reps, measure.sets) if count)
