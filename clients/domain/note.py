"""What a client's own words may say to the coach: never an answer, never less than was known."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from programs.domain.regions import Side

Kind = Literal[
    "symptom",
    "technique_question",
    "positive_history",
    "opinion",
    "new_exercise_intent",
    "other",
]
Span = tuple[int, int]
"""First character and the one after the last, in the text as the client wrote it."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A place of the body the note complains of; both sides are two mentions (domain §2.1)."""

    region: str
    side: Side | None
    span: Span


@dataclass(frozen=True, slots=True)
class Flag:
    """A warning question to ask at once, by its id of domain §3.2; it is never an answer."""

    item_id: str
    span: Span


@dataclass(frozen=True, slots=True)
class Measure:
    """A load or a count of repetitions the note names; `entered` is how the client wrote it."""

    kg: Decimal | None
    reps: int | None
    entered: str
    sets: int | None = None


@dataclass(frozen=True, slots=True)
class Note:
    """A note as read: it may open a form or have a question asked, and lowers nothing."""

    kind: Kind
    tags: frozenset[str] = frozenset()
    mentions: tuple[Mention, ...] = ()
    flags: tuple[Flag, ...] = ()
    numbers: tuple[Measure, ...] = ()
    pain_score: int | None = None
