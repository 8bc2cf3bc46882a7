"""Plan, session, prescription: the words everything else speaks. Loads in kg, times in seconds."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal
from uuid import UUID

from programs.domain.loadable import Unit
from programs.domain.progression_rules import Progression

SetKind = Literal["warmup", "work"]
EffortScale = Literal["rir", "rpe"]
Direction = Literal["easier", "same", "harder"]
SessionState = Literal["planned", "started", "done", "skipped", "excused"]


@dataclass(frozen=True, slots=True)
class SetTarget:
    """One set as asked for: reps or seconds, and how heavy.

    `load_kg` is the weight on the bar (both dumbbells together), `percent` the share of e1RM it
    was written as, `last_plus_kg` what is added to the load of the last time. Without any of them
    the set is steered by its reps or seconds and `rir` alone: body weight, band, or a load the
    client still has to find (domain §6, mapping step 7). `unit` and `effort` are what the coach
    typed: a load in pounds, RPE for 10 − RIR.
    """

    kind: SetKind
    reps_min: int | None = None
    reps_max: int | None = None
    seconds: int | None = None
    load_kg: Decimal | None = None
    percent: Decimal | None = None
    rir: Decimal | None = None
    amrap: bool = False
    last_plus_kg: Decimal | None = None
    unit: Unit = "kg"
    effort: EffortScale = "rir"


@dataclass(frozen=True, slots=True)
class Alternate:
    """An exercise that the coach lists as a way out, and which way it goes."""

    exercise: str
    direction: Direction = "same"


@dataclass(frozen=True, slots=True)
class Media:
    """A film or a picture to look at, https only."""

    url: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class Prescription:
    """One exercise in one slot of a workout, with every set, warm-ups first, at least one to work.

    `rest_seconds` is the rest after a set, `superset` the letter shared by slots done in turn (two
    a superset, three and more a circuit; the rest after a round is the last slot's), `limit` the
    range of motion in words, `setup` pairs of what to set up and how.
    """

    slot: str
    exercise: str
    sets: tuple[SetTarget, ...]
    rest_seconds: int | None = None
    tempo: str | None = None
    superset: str | None = None
    note: str = ""
    alternates: tuple[Alternate, ...] = ()
    checklist: str | None = None
    limit: str | None = None
    setup: tuple[tuple[str, str], ...] = ()
    cues: tuple[str, ...] = ()
    media: tuple[Media, ...] = ()
    progression: Progression | None = None

    def __post_init__(self) -> None:
        if not any(target.kind == "work" for target in self.sets):
            raise ValueError("a prescription has at least one work set")

    @property
    def work_sets(self) -> tuple[SetTarget, ...]:
        """The sets that count; warm-ups never count as exposure or volume (domain §5)."""
        return tuple(target for target in self.sets if target.kind == "work")


@dataclass(frozen=True, slots=True)
class Item:
    """A place in a session: what is done there now and, when changed, what was written.

    `now` is None where the place is kept but nothing is done; `paused` tells that it waits for a
    coach (the op remove). `because` holds the ids of the overlays that changed it.
    """

    now: Prescription | None
    was: Prescription | None = None
    because: tuple[str, ...] = ()
    paused: bool = False

    @property
    def written(self) -> Prescription:
        """What the program says, whatever changed it since. Raises ValueError on an empty place."""
        base = self.was or self.now
        if base is None:
            raise ValueError("a place in a session holds what is done there or what was")
        return base


@dataclass(frozen=True, slots=True)
class PlannedSession:
    """A dated workout. A move changes `on`; `planned_on` keeps the date first given.

    `week` counts from 1 through the plan, `turn` from 0 through the repeats of its week: what a
    progression goes by.
    """

    id: UUID
    on: date
    week: int
    index: int
    name: str
    state: SessionState
    items: tuple[Item, ...]
    planned_on: date | None = None
    turn: int = 0


@dataclass(frozen=True, slots=True)
class Plan:
    """A program given to a client from a date; its weeks are 7-day blocks from `starts_on`."""

    starts_on: date
    sessions: tuple[PlannedSession, ...]
