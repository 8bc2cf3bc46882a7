"""The ladders as data: which rungs there are, how long each holds (domain §5 "Ladders")."""

from dataclasses import dataclass
from functools import cache

from programs.domain.datafile import DataFile, Row, read


@dataclass(frozen=True, slots=True)
class RungSpec:
    """A rung as the table writes it; `percent` of the working load before the episode."""

    percent: int | None
    rir: int | None
    range: str | None
    originals: str
    add_session: bool


@dataclass(frozen=True, slots=True)
class Ladder:
    """A way back up: `clean` clean exposures running and `days` on a rung before the next."""

    id: str
    name: str
    clean: int
    days: int
    whole_weeks: bool
    confirm: bool
    rungs: tuple[RungSpec, ...]


def ladder(ladder_id: str) -> Ladder:
    """A ladder by its letter, A to E. Raises KeyError."""
    return _ladders()[ladder_id]


def digest() -> str:
    """sha256 of the ladder data, a part of the rule set's hash."""
    return read("clients.domain", "ladders.toml").digest


@cache
def _ladders() -> dict[str, Ladder]:
    return parse_ladders(read("clients.domain", "ladders.toml"))


def parse_ladders(data: DataFile) -> dict[str, Ladder]:
    """Ladders out of a data file. Raises BadData with file, line and reason."""
    top = data.top()
    top.text("version")
    found = {row.text("id"): _ladder(row) for row in top.rows("ladder")}
    top.done()
    return found


def _ladder(row: Row) -> Ladder:
    steps = tuple(_rung_spec(one) for one in row.rows("rungs"))
    percents = [step.percent for step in steps if step.percent is not None]
    if percents != sorted(percents) or not steps:
        row.fail("rungs rise, and there is at least one", "rungs")
    made = Ladder(
        id=row.one_of("id", ("A", "B", "C", "D", "E")),
        name=row.text("name"),
        clean=row.whole("clean", least=1, most=10),
        days=row.whole("days", least=1, most=28),
        whole_weeks=row.flag("whole_weeks", False),
        confirm=row.flag("confirm", False),
        rungs=steps,
    )
    row.done()
    return made


def _rung_spec(row: Row) -> RungSpec:
    made = RungSpec(
        percent=row.whole("percent", least=1, most=100) if row.has("percent") else None,
        rir=row.whole("rir", most=6) if row.has("rir") else None,
        range=row.text("range") if row.has("range") else None,
        originals=row.one_of("originals", ("all", "one"), "all"),
        add_session=row.flag("add_session", False),
    )
    row.done()
    return made
