"""Reading one operation of a protocol option: typed keys, nonsense refused with file and line."""

from collections.abc import Callable, Iterable

from programs.domain.datafile import Row
from programs.domain.exercises import PATTERNS, Library
from programs.domain.protocol import expand
from programs.domain.protocol_ops import (
    NEAREST,
    SAME,
    AlternateSpec,
    FreqSpec,
    HighRepSpec,
    LoadSpec,
    OpSpec,
    RecheckSpec,
    RemoveSpec,
    RepsSpec,
    RirSpec,
    RomSpec,
    SetsSpec,
    SetupSpec,
    SwapSpec,
    TempoSpec,
)
from programs.domain.regions import UnknownRegion, tags_of

MOST_DAYS_OUT = 14
"""An exercise is left out for no longer by one operation (domain §5)."""


def read_op(row: Row, known: Library) -> OpSpec:
    """One operation of an option, such as `{ op = "load", factor = 0.8 }`. Raises BadData."""
    made = _READERS[row.one_of("op", _READERS)](row, known)
    row.done()
    return made


def check_regions(row: Row, regions: Iterable[str]) -> None:
    """Refuse a region that nobody drew. Raises BadData."""
    for written in regions:
        try:
            for region in expand(written):
                tags_of(region)
        except UnknownRegion:
            row.fail(f"unknown region {written}")


def _where(row: Row, known: Library) -> dict[str, tuple[str, ...]]:
    regions = row.list_of("regions", default=())
    check_regions(row, regions)
    return {
        "exercises": row.list_of("exercises", known, ()),
        "patterns": row.list_of("patterns", PATTERNS, ()),
        "regions": regions,
    }


def _cap(row: Row) -> int | None:
    return row.whole("cap_percent", least=1, most=100) if row.has("cap_percent") else None


def _recheck(row: Row, known: Library) -> OpSpec:
    return RecheckSpec(checklist=row.text("checklist"), **_where(row, known))


def _setup(row: Row, known: Library) -> OpSpec:
    return SetupSpec(param=row.text("param"), value=row.text("value"), **_where(row, known))


def _load(row: Row, known: Library) -> OpSpec:
    return LoadSpec(factor=row.number("factor", most=1), **_where(row, known))


def _reps(row: Row, known: Library) -> OpSpec:
    low = row.whole("low", least=1, most=100)
    return RepsSpec(low=low, high=row.whole("high", least=low, most=100), **_where(row, known))


def _rir(row: Row, known: Library) -> OpSpec:
    return RirSpec(rir=row.whole("rir", most=6), **_where(row, known))


def _sets(row: Row, known: Library) -> OpSpec:
    return SetsSpec(factor=row.number("factor", most=1), **_where(row, known))


def _tempo(row: Row, known: Library) -> OpSpec:
    return TempoSpec(text=row.text("text"), **_where(row, known))


def _high_rep(row: Row, known: Library) -> OpSpec:
    rx = known.prescriptions["rx_highrep"]
    (low, high), (least, cap) = rx.reps, rx.percent
    return HighRepSpec(
        low=low, high=high, rir=rx.rir_min, least_percent=least, cap_percent=cap,
        **_where(row, known),
    )  # fmt: skip


def _rom(row: Row, known: Library) -> OpSpec:
    targets = row.list_of("targets", (*known, SAME), (SAME,))
    return RomSpec(limit=row.text("limit"), targets=targets, **_where(row, known))


def _swap(row: Row, known: Library) -> OpSpec:
    targets = row.list_of("targets", (*known, NEAREST))
    if not targets:
        row.fail("a swap names at least one target")
    return SwapSpec(targets=targets, cap_percent=_cap(row), **_where(row, known))


def _alternate(row: Row, known: Library) -> OpSpec:
    odd, even = row.one_of("odd", known), row.one_of("even", known)
    if odd == even:
        row.fail(f"alternate names {odd} twice")
    return AlternateSpec(odd=odd, even=even, **_where(row, known))


def _freq(row: Row, known: Library) -> OpSpec:
    return FreqSpec(fewer=row.whole("fewer", least=1, most=3), **_where(row, known))


def _remove(row: Row, known: Library) -> OpSpec:
    days = row.whole("days", least=1, most=MOST_DAYS_OUT)
    instead = row.list_of("instead", known, ())
    return RemoveSpec(days=days, instead=instead, **_where(row, known))


_READERS: dict[str, Callable[[Row, Library], OpSpec]] = {
    "recheck": _recheck,
    "setup": _setup,
    "load": _load,
    "reps": _reps,
    "rir_min": _rir,
    "sets": _sets,
    "tempo": _tempo,
    "rx_highrep": _high_rep,
    "rom": _rom,
    "swap": _swap,
    "alternate": _alternate,
    "freq": _freq,
    "remove": _remove,
}
