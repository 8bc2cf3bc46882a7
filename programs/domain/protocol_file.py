"""Reading protocols from data: every row is checked, nonsense is refused with file and line."""

from programs.domain import datafile
from programs.domain.datafile import DataFile, Row
from programs.domain.exercises import PATTERNS, Exercise, Level, Library, demand, library
from programs.domain.protocol import (
    MARKS,
    MOST_DAYS,
    MOST_OPS,
    Option,
    Protocol,
    ProtocolSet,
    Severity,
    expand,
)
from programs.domain.protocol_op_rows import check_regions, read_op
from programs.domain.protocol_ops import (
    NEAREST,
    SAME,
    AlternateSpec,
    OpClass,
    OpSpec,
    RomSpec,
    SwapSpec,
    ladder_letters,
)
from programs.domain.variation import raises_demand, ring_in

FALLBACKS = {
    "ANY": frozenset({Severity.MILD, Severity.MODERATE}),
    "ANY-H": frozenset({Severity.HIGH}),
}
"""The rows that hold where no other does; without them a report may find no protocol at all."""

LIGHT_PERCENT = 60
"""At or below this share of e1RM some demands count one step lower (domain §4)."""


def shipped() -> ProtocolSet:
    """The protocols of `data/protocols.toml`. Raises BadData."""
    return _read(datafile.read("programs.domain", "protocols.toml"))


def parse_protocols(text: str, name: str) -> ProtocolSet:
    """Protocols out of TOML text. Raises BadData with file, line and reason."""
    return _read(datafile.parse(text, name))


def parse_whole_protocols(text: str, name: str) -> ProtocolSet:
    """Protocols with the fallback rows that nothing may be without. Raises BadData."""
    made = parse_protocols(text, name)
    for protocol_id, severities in FALLBACKS.items():
        found = next((each for each in made.protocols if each.id == protocol_id), None)
        if found is None or not found.fallback or not severities <= set(found.severities):
            wanted = " and ".join(sorted(severities))
            raise datafile.BadData(
                f"{name}:1: there must be a protocol {protocol_id} with fallback = true"
                f" and an order for {wanted}"
            )
    if not _has(made, "ANY.a", OpClass.CHECK) or not _has(made, "ANY.d", OpClass.REMOVE):
        raise datafile.BadData(
            f"{name}:1: option ANY.a must begin with a check, option ANY.d with a remove"
        )
    return made


def _has(made: ProtocolSet, option_id: str, op_class: OpClass) -> bool:
    """Whether an option that the rest stands on is there and begins as it must."""
    try:
        return made.option(option_id).ops[0].op_class is op_class
    except KeyError:
        return False


def _read(data: DataFile) -> ProtocolSet:
    top = data.top()
    version = top.text("version")
    protocols = tuple(_protocol(row, library()) for row in top.rows("protocol"))
    top.done()
    return ProtocolSet(version, data.digest, protocols)


def _protocol(row: Row, known: Library) -> Protocol:
    fallback = row.flag("fallback", False)
    regions = row.list_of("regions", default=() if fallback else datafile.REQUIRED)
    and_regions = row.list_of("and_regions", default=())
    choice = row.list_of("choice_regions", default=())
    check_regions(row, (*regions, *and_regions, *choice))
    protocol_id = row.text("id")
    patterns = row.list_of("patterns", PATTERNS, ())
    exercises = row.list_of("exercises", known, ()) + _by_demand(row, known)
    if not (fallback or patterns or exercises):
        row.fail("no pattern and no exercise: nothing would ever be offered")
    days = row.whole("days", least=1, most=MOST_DAYS)
    covered = _covered(known, patterns, exercises)
    places = (*regions, *and_regions)
    option_rows = row.rows("option")
    letters = [option.text("id") for option in option_rows]
    orders = _orders(row, letters)
    made = {
        letter: _option(option, protocol_id, days, known, covered, places)
        for letter, option in zip(letters, option_rows, strict=True)
    }
    protocol = Protocol(
        id=protocol_id,
        regions=regions,
        severities=tuple(orders),
        patterns=patterns,
        conditions=_conditions(row),
        options={severity: tuple(made[one] for one in order) for severity, order in orders.items()},
        exercises=exercises,
        and_regions=and_regions,
        choice_regions=choice,
        fallback=fallback,
    )
    row.done()
    return protocol


def _by_demand(row: Row, known: Library) -> tuple[str, ...]:
    """The exercises a row names by what they ask for, such as `min_demand = { un = "M" }`."""
    if not row.has("min_demand"):
        return ()
    limits = row.row("min_demand")
    least = {tag: Level[limits.one_of(tag, Level.__members__)] for tag in limits.keys()}  # noqa: SIM118
    return tuple(
        one.id
        for one in known.values()
        if all(demand(one, tag) >= level for tag, level in least.items())
    )


def _covered(
    known: Library, patterns: tuple[str, ...], exercises: tuple[str, ...]
) -> tuple[Exercise, ...]:
    if not patterns and not exercises:
        return tuple(known.values())
    return tuple(one for one in known.values() if one.pattern in patterns or one.id in exercises)


def _orders(row: Row, letters: list[str]) -> dict[Severity, tuple[str, ...]]:
    """The order of the options, severity by severity (ruling 1)."""
    given = row.row("order")
    orders = {
        severity: given.list_of(severity, letters) for severity in Severity if given.has(severity)
    }
    given.done()
    if not orders:
        row.fail("no severity has an order", "order")
    unused = set(letters).difference(*orders.values())
    if unused:
        row.fail(f"option {min(unused)} stands in no order", "order")
    return orders


def _conditions(row: Row) -> dict[str, str]:
    if not row.has("conditions"):
        return {}
    given = row.row("conditions")
    found = {key: given.text(key) for key in ("aggravators", "timing") if given.has(key)}
    given.done()
    return found


def _option(
    row: Row,
    protocol_id: str,
    days: int,
    known: Library,
    covered: tuple[Exercise, ...],
    regions: tuple[str, ...],
) -> Option:
    patterns = row.list_of("patterns", PATTERNS, ())
    written = row.values.get("ops")
    op_rows = row.rows("ops") if written else []
    for one in op_rows:
        one.path = f"{row.path} {row.text('id')}: operation"
    ops = tuple(read_op(one, known) for one in op_rows)
    if not 1 <= len(ops) <= MOST_OPS:
        row.fail(f"{len(ops)} operations; one option is 1 to {MOST_OPS}", "ops")
    option_days = row.whole("days", days, least=1, most=MOST_DAYS)
    option = Option(
        id=f"{protocol_id}.{row.text('id')}",
        title=row.text("title"),
        reason=row.text("reason"),
        mark=row.one_of("mark", MARKS),
        ops=ops,
        days=option_days,
        checks=("next_morning", "d7", f"d{option_days}"),
        ladder=ladder_letters({op.op_class for op in ops})[:1] or None,
        patterns=patterns,
    )
    row.done()
    _refuse_cycle(row, ops)
    for op in ops:
        sources = [one for one in covered if _applies(option, op, one)]
        _refuse_raised_demand(row, op, sources, known, op.regions or regions)
    return option


def _applies(option: Option, op: OpSpec, exercise: Exercise) -> bool:
    if op.exercises:
        return exercise.id in op.exercises
    patterns = op.patterns or option.patterns
    return not patterns or exercise.pattern in patterns


def _refuse_cycle(row: Row, ops: tuple[OpSpec, ...]) -> None:
    """Refuse an option whose named swaps lead back to where they started."""
    edges = [
        (source, target)
        for op in ops
        if isinstance(op, SwapSpec)
        for source in op.exercises
        for target in op.targets
    ]
    ring = ring_in(edges)
    if ring:
        row.fail(f"the swaps lead in a ring: {' → '.join(ring)}", "ops")


def _refuse_raised_demand(
    row: Row, op: OpSpec, sources: list[Exercise], known: Library, regions: tuple[str, ...]
) -> None:
    """Refuse a target that asks more of a region than what it replaces (RG-5).

    Sources the row names must all hold; for a whole pattern one must, the rest is judged for each
    prescription when the option is worked out for a client.
    """
    light = isinstance(op, SwapSpec) and (op.cap_percent or 100) <= LIGHT_PERCENT
    for target_id in _targets(op):
        for region in [leaf for written in regions for leaf in expand(written)]:
            holds = [
                not raises_demand(known, source.id, target_id, region, light=light)
                for source in sources
                if source.id != target_id
            ]
            if not holds or (not all(holds) if op.exercises else not any(holds)):
                row.fail(f"{target_id} asks more of {region} than what it replaces (RG-5)", "ops")


def _targets(op: OpSpec) -> tuple[str, ...]:
    if isinstance(op, AlternateSpec):
        return (op.odd,)
    if isinstance(op, SwapSpec | RomSpec):
        return tuple(one for one in op.targets if one not in (NEAREST, SAME))
    return ()
