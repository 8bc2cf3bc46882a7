"""The library of exercises that ships with the product, read from data (domain §4)."""

from collections.abc import Mapping
from decimal import Decimal
from functools import cache

from programs.domain.datafile import BadData, DataFile, Row, read
from programs.domain.exercise import (
    ALWAYS_THERE,
    LIGHT_TAGS,
    PATTERNS,
    Basis,
    Exercise,
    Family,
    Level,
    Library,
    Mark,
    Note,
    Ratio,
    RepRange,
    RxVariant,
    SeedEdge,
    demand,
    has_equipment,
)
from programs.domain.regions import TAGS, all_regions, leaves_of
from programs.domain.variation import ring_in

__all__ = [
    "ALWAYS_THERE",
    "LIGHT_TAGS",
    "PATTERNS",
    "BadData",
    "Basis",
    "Exercise",
    "Family",
    "Level",
    "Library",
    "Mark",
    "Note",
    "Ratio",
    "RepRange",
    "RxVariant",
    "SeedEdge",
    "demand",
    "has_equipment",
    "library",
    "parse_library",
]

UNITS = ("reps", "seconds", "metres")


@cache
def library() -> Library:
    """The exercises that ship with the product, checked when first read. Raises BadData."""
    return parse_library(read("programs.domain", "exercises.toml"))


def parse_library(data: DataFile) -> Library:
    """A library out of a data file. Raises BadData naming file, line and reason."""
    top = data.top()
    marks = _marks(top.row("marks"))
    families = {row.text("id"): _family(row) for row in top.rows("family")}
    exercises: dict[str, Exercise] = {}
    for row in top.rows("exercise"):
        made = _exercise(row, families, exercises, marks)
        exercises[made.id] = made
    prescriptions = {row.text("id"): _rx(row) for row in top.rows("prescription")}
    edges = [_edge(row, exercises, prescriptions) for row in top.rows("seed_edge")]
    top.done()
    # Seed edges never raise a tag (below) and form no ring, computed edges lower one: so the
    # graph of every region is without rings.
    ring = ring_in((edge.source, edge.target) for edge in edges)
    if ring:
        raise BadData(f"{data.name}:1: seed edges form a ring: {' -> '.join(ring)}")
    return Library(
        exercises.values(),
        families=families,
        seed_edges=edges,
        prescriptions=prescriptions,
        digest=data.digest,
    )


def _marks(row: Row) -> dict[str, Mark]:
    """The mark of every fact that names none of its own."""
    marks = {key: _mark(row, key) for key in ("ratio", "demand", "reps", "note")}
    row.done()
    return marks


def _mark(row: Row, key: str, default: Mark | None = None) -> Mark:
    if default is not None and not row.has(key):
        return default
    return Mark(row.one_of(key, tuple(Mark)))


def _family(row: Row) -> Family:
    cues = row.list_of("cues")
    if len(cues) != 3:
        row.fail(f"{len(cues)} cues; accepted: exactly 3", "cues")
    first, second, third = cues
    made = Family(
        id=row.text("id"),
        name=row.text("name"),
        cues=(first, second, third),
        faults=row.list_of("faults"),
        mark=_mark(row, "mark"),
    )
    row.done()
    return made


def _exercise(
    row: Row, families: Mapping[str, Family], known: Mapping[str, Exercise], marks: dict[str, Mark]
) -> Exercise:
    basis = Basis(row.one_of("basis", tuple(Basis)))
    made = Exercise(
        id=row.text("id"),
        name=row.text("name"),
        pattern=row.one_of("pattern", PATTERNS),
        family=row.one_of("family", families),
        basis=basis,
        parent=_parent(row, basis, known),
        ratio=_ratio(row, marks["ratio"]) if basis is Basis.RATIO else None,
        equipment=row.list_of("equipment"),
        demands=_demands(row.row("demand")),
        demand_mark=_mark(row, "demand_mark", marks["demand"]),
        reps=_reps(row, marks["reps"]),
        hands=row.whole("hands", 0, most=2),
        body_share=_body_share(row),
        note=_note(row, marks["note"]),
    )
    row.done()
    return made


def _parent(row: Row, basis: Basis, known: Mapping[str, Exercise]) -> str | None:
    """The parent of a ratio: an exercise written above, so that parents never form a ring."""
    if basis is not Basis.RATIO:
        return None
    parent = row.text("parent")
    if parent not in known:
        row.fail(f"parent is {parent}; accepted: an exercise written above this one", "parent")
    if known[parent].basis is not Basis.ROOT:
        row.fail(f"parent is {parent}; accepted: a root, so that ratios compare directly", "parent")
    return parent


def _ratio(row: Row, mark: Mark) -> Ratio:
    low, default, high = row.numbers("ratio", count=3)
    if not 0 < low <= default <= high <= 2:
        row.fail("ratio must rise from low to default to high, above 0 and at most 2", "ratio")
    return Ratio(low, default, high, _mark(row, "ratio_mark", mark))


def _demands(row: Row) -> tuple[tuple[str, Level], ...]:
    """Levels in the order of the tags; N is what is not listed."""
    levels = {tag: Level[row.one_of(tag, ("L", "M", "H"))] for tag in TAGS if row.has(tag)}
    row.done()
    return tuple(levels.items())


def _reps(row: Row, mark: Mark) -> RepRange:
    low, high = _whole_pair(row, "reps")
    return RepRange(
        low=low,
        high=high,
        unit=row.one_of("unit", UNITS, "reps"),
        per_side=row.flag("per_side", False),
        sets=row.whole("sets", least=1, most=10) if row.has("sets") else None,
        mark=_mark(row, "reps_mark", mark),
    )


def _whole_pair(row: Row, key: str) -> tuple[int, int]:
    low, high = row.numbers(key, count=2)
    if not 1 <= low <= high <= 100 or low % 1 or high % 1:
        row.fail(f"{key} must be two whole numbers from 1 to 100, the lower first", key)
    return int(low), int(high)


def _body_share(row: Row) -> tuple[Decimal, Decimal] | None:
    if not row.has("body_share"):
        return None
    low, high = row.numbers("body_share", count=2)
    if not 0 < low <= high <= 1:
        row.fail("body_share must be two numbers above 0 and at most 1", "body_share")
    return low, high


def _note(row: Row, mark: Mark) -> Note | None:
    kinds = [kind for kind in ("cue", "fault") if row.has(kind)]
    if len(kinds) > 1:
        row.fail("a note is a cue or a fault, not both", kinds[1])
    for kind in kinds:
        source = row.text("source") if row.has("source") else ""
        return Note(kind, row.text(kind), _mark(row, "note_mark", mark), source)
    return None


def _rx(row: Row) -> RxVariant:
    """Another prescription of the same exercise, such as `rx_highrep`."""
    made = RxVariant(
        id=row.text("id"),
        name=row.text("name"),
        reps=_whole_pair(row, "reps"),
        percent=_whole_pair(row, "percent"),
        rir_min=row.whole("rir_min", most=10),
        mark=_mark(row, "mark"),
    )
    row.done()
    return made


def _edge(
    row: Row, exercises: Mapping[str, Exercise], prescriptions: Mapping[str, RxVariant]
) -> SeedEdge:
    named = row.list_of("regions", tuple(one.id for one in all_regions()))
    made = SeedEdge(
        source=row.one_of("source", exercises),
        target=row.one_of("target", (*exercises, *prescriptions)),
        regions=tuple(leaf for region_id in named for leaf in leaves_of(region_id)),
        reason=row.text("reason"),
        mark=_mark(row, "mark"),
    )
    row.done()
    _hold_rg5(row, made, exercises)
    return made


def _hold_rg5(row: Row, edge: SeedEdge, exercises: Mapping[str, Exercise]) -> None:
    """A seed edge may not raise what hurts (domain §5 RG-5), or help would harm."""
    if edge.target not in exercises:
        return
    source, target = exercises[edge.source], exercises[edge.target]
    for one in all_regions():
        for tag in one.demand if one.id in edge.regions else ():
            if demand(target, tag) > demand(source, tag):
                row.fail(f"{edge.target} asks more of {tag} than {edge.source} at {one.id}")
