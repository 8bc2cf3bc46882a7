"""The words for an exercise: what it asks of the body and how its load compares (domain §4)."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import IntEnum, StrEnum

from programs.domain.regions import TAGS

PATTERNS = (
    "hip_thrust", "glute_accessory", "squat", "knee_iso", "hinge", "lunge",
    "press_h", "press_v", "pull_h", "pull_v", "calf", "carry", "trunk",
)  # fmt: skip
"""The 13 patterns; pausing, protocols, exposures and frequency count by them (domain §4)."""

LIGHT_TAGS = frozenset({"le", "ke", "ax", "sh"})
"""Tags that drop one step at or below 60 % e1RM (domain §4)."""

ALWAYS_THERE = frozenset({"floor", "wall", "body_weight"})
"""Equipment nobody has to own."""


class Level(IntEnum):
    """How much an exercise asks of one tag: N < L < M < H, at 75 % e1RM and above."""

    N = 0
    L = 1
    M = 2
    H = 3


class Mark(StrEnum):
    """Where a fact comes from (domain, head)."""

    SEED = "S"
    MEASURED = "V"
    GENERAL = "G"
    DEFAULT = "D"


class Basis(StrEnum):
    """What the load of an exercise can be compared with (domain §4)."""

    ROOT = "root"
    RATIO = "ratio"
    CALIBRATE = "cal"
    BAND = "band"
    BODY_WEIGHT = "bw"
    BODY_WEIGHT_LOADED = "bw_cal"


@dataclass(frozen=True, slots=True)
class Ratio:
    """e1RM of the exercise ÷ e1RM of its parent: low, default, high, and who says so."""

    low: Decimal
    default: Decimal
    high: Decimal
    mark: Mark


@dataclass(frozen=True, slots=True)
class RepRange:
    """What one set of the exercise is: repetitions, seconds or metres; often for each side."""

    low: int
    high: int
    unit: str
    per_side: bool
    sets: int | None
    mark: Mark


@dataclass(frozen=True, slots=True)
class Note:
    """A cue or a fault beyond those of the family."""

    kind: str
    text: str
    mark: Mark
    source: str


@dataclass(frozen=True, slots=True)
class Family:
    """Exercises that share three cues and their faults; the stop rule holds for all (S-04)."""

    id: str
    name: str
    cues: tuple[str, str, str]
    faults: tuple[str, ...]
    mark: Mark


@dataclass(frozen=True, slots=True)
class Exercise:
    """One movement with its load basis, equipment, demands and usual range.

    `hands`: 2 = a pair of dumbbells whose sum is the load, 1 = one implement, 0 = neither.
    `body_share`: part of the body weight that is moved, lowest and highest known.
    An exercise without demands has no vector: never proposed, blocked at refer.
    """

    id: str
    name: str
    pattern: str
    family: str
    basis: Basis = Basis.CALIBRATE
    parent: str | None = None
    ratio: Ratio | None = None
    equipment: tuple[str, ...] = ()
    demands: tuple[tuple[str, Level], ...] = ()
    demand_mark: Mark = Mark.DEFAULT
    reps: RepRange | None = None
    hands: int = 0
    body_share: tuple[Decimal, Decimal] | None = None
    note: Note | None = None

    @property
    def has_vector(self) -> bool:
        """Whether anybody rated what it asks of the body."""
        return bool(self.demands)

    @property
    def has_load(self) -> bool:
        """Whether a set of it is written down with kilograms."""
        return self.basis in (Basis.ROOT, Basis.RATIO, Basis.CALIBRATE, Basis.BODY_WEIGHT_LOADED)


@dataclass(frozen=True, slots=True)
class SeedEdge:
    """An easier variation entered by hand because it is known to help (domain §4, seed edges)."""

    source: str
    target: str
    regions: tuple[str, ...]
    reason: str
    mark: Mark


@dataclass(frozen=True, slots=True)
class RxVariant:
    """Another prescription of the same exercise: rep range, % e1RM range, least RIR."""

    id: str
    name: str
    reps: tuple[int, int]
    percent: tuple[int, int]
    rir_min: int
    mark: Mark


class Library(Mapping[str, Exercise]):
    """Exercises by id in table order, with their families and seed edges."""

    __slots__ = ("_exercises", "digest", "families", "prescriptions", "seed_edges")

    def __init__(
        self,
        exercises: Iterable[Exercise],
        *,
        families: Mapping[str, Family] | None = None,
        seed_edges: Iterable[SeedEdge] = (),
        prescriptions: Mapping[str, RxVariant] | None = None,
        digest: str = "",
    ) -> None:
        self._exercises = {exercise.id: exercise for exercise in exercises}
        self.families = dict(families or {})
        self.seed_edges = tuple(seed_edges)
        self.prescriptions = dict(prescriptions or {})
        self.digest = digest

    def __getitem__(self, exercise_id: str) -> Exercise:
        return self._exercises[exercise_id]

    def __iter__(self) -> Iterator[str]:
        return iter(self._exercises)

    def __len__(self) -> int:
        return len(self._exercises)

    def of_pattern(self, pattern: str) -> tuple[Exercise, ...]:
        """Every exercise of a pattern, in table order."""
        return tuple(one for one in self._exercises.values() if one.pattern == pattern)

    def cues_of(self, exercise_id: str) -> tuple[str, ...]:
        """The family's three cues, then the exercise's own note when that is a cue."""
        exercise = self[exercise_id]
        own = (exercise.note.text,) if exercise.note and exercise.note.kind == "cue" else ()
        family = self.families.get(exercise.family)
        return (family.cues if family else ()) + own

    def faults_of(self, exercise_id: str) -> tuple[str, ...]:
        """The family's faults, then the exercise's own note when that is a fault."""
        exercise = self[exercise_id]
        own = (exercise.note.text,) if exercise.note and exercise.note.kind == "fault" else ()
        family = self.families.get(exercise.family)
        return (family.faults if family else ()) + own

    def with_own(self, exercises: Iterable[Exercise]) -> "Library":
        """The library and, after it, a coach's own exercises. Raises ValueError on a taken id."""
        own = tuple(exercises)
        for exercise in own:
            if exercise.id in self._exercises:
                raise ValueError(f"exercise {exercise.id} is in the library already")
        return Library(
            (*self._exercises.values(), *own),
            families=self.families,
            seed_edges=self.seed_edges,
            prescriptions=self.prescriptions,
            digest=self.digest,
        )


def demand(exercise: Exercise, tag: str, *, light: bool = False) -> Level:
    """What an exercise asks of one tag; `light` = at or below 60 % e1RM (domain §4).

    Raises ValueError for a tag nobody defined.
    """
    if tag not in TAGS:
        raise ValueError(f"no demand tag {tag}; there are {', '.join(TAGS)}")
    level = dict(exercise.demands).get(tag, Level.N)
    if light and tag in LIGHT_TAGS and level > Level.N:
        return Level(level - 1)
    return level


def has_equipment(exercise: Exercise, owned: Collection[str]) -> bool:
    """Whether the exercise can be done with what is owned; "a|b" asks for either."""
    there = ALWAYS_THERE.union(owned)
    return all(there.intersection(item.split("|")) for item in exercise.equipment)
