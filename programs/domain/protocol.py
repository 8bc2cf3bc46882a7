"""Protocols as data: region × severity × pattern → ordered options of operations (domain §5)."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from programs.domain.protocol_ops import OpClass, OpSpec, strongest
from programs.domain.regions import leaves_of

MOST_DAYS = 42
"""RG-1: no option is written for longer."""

MOST_OPS = 4
"""One option is one to four operations."""

MARKS = ("S", "S general", "S in the combined case", "~S", "D")
"""Where an option comes from: the coach's own article (S), near it (~S), our decision (D)."""


class Severity(StrEnum):
    """How bad, from the episode's highest value: mild 1–3, moderate 4–5, high 6–7 (domain §5)."""

    MILD = "mild"
    MODERATE = "mod"
    HIGH = "high"


def severity_of(value: int) -> Severity | None:
    """Severity of a value of 0–10; None at 0 and from 8 on, where no protocol exists."""
    if not 1 <= value <= 7:
        return None
    if value <= 3:
        return Severity.MILD
    return Severity.MODERATE if value <= 5 else Severity.HIGH


@dataclass(frozen=True, slots=True)
class Option:
    """One way to change training, such as `LB-HT.b`: 1–4 operations, then a review after `days`.

    `patterns` limits it to some of the protocol's patterns; empty means all of them. `ladder` is
    the first ladder back; an option that eases and takes a session away climbs B after A.
    """

    id: str
    title: str
    reason: str
    mark: str
    ops: tuple[OpSpec, ...]
    days: int
    checks: tuple[str, ...]
    ladder: str | None
    patterns: tuple[str, ...] = ()

    @property
    def strongest(self) -> OpClass:
        """The strongest operation's class (domain §5, "ladder of an option")."""
        return strongest(self.ops)


@dataclass(frozen=True, slots=True)
class Protocol:
    """One row of the table: where, how bad and what pattern it is for, and its options.

    A region written `hip*` covers that id and its leaves; `and_regions` must hurt too (two-region
    row). It is for every exercise of `patterns` and for the named `exercises`. `choice_regions`
    are those it is shown for only behind "more", by the coach's choice. A `fallback` row is for
    everything that no other row is for.
    """

    id: str
    regions: tuple[str, ...]
    severities: tuple[Severity, ...]
    patterns: tuple[str, ...]
    conditions: Mapping[str, str]
    options: Mapping[Severity, tuple[Option, ...]]
    exercises: tuple[str, ...] = ()
    and_regions: tuple[str, ...] = ()
    choice_regions: tuple[str, ...] = ()
    fallback: bool = False

    def covers_exercise(self, exercise: str, pattern: str) -> bool:
        """Whether the row is for this exercise of this pattern."""
        return self.fallback or pattern in self.patterns or exercise in self.exercises


@dataclass(frozen=True, slots=True)
class ProtocolSet:
    """All protocols in table order; `digest` is the sha256 of the file they were read from."""

    version: str
    digest: str
    protocols: tuple[Protocol, ...]

    def protocol(self, protocol_id: str) -> Protocol:
        """A protocol by its id. Raises KeyError."""
        for protocol in self.protocols:
            if protocol.id == protocol_id:
                return protocol
        raise KeyError(protocol_id)

    def option(self, option_id: str) -> Option:
        """An option by its id, such as `LB-HT.b`. Raises KeyError."""
        for options in self.protocol(option_id.rpartition(".")[0]).options.values():
            for option in options:
                if option.id == option_id:
                    return option
        raise KeyError(option_id)


@cache
def protocol_set() -> ProtocolSet:
    """The protocols shipped with the project, read once. Raises BadData."""
    # The reader needs this module's words; importing it late keeps imports without a circle.
    from programs.domain.protocol_file import shipped

    return shipped()


def parse(text: str, name: str = "protocols.toml") -> ProtocolSet:
    """Read protocols strictly. Raises BadData with file, line and reason (RG-1, RG-5)."""
    from programs.domain.protocol_file import parse_protocols

    return parse_protocols(text, name)


def parse_whole(text: str, name: str = "protocols.toml") -> ProtocolSet:
    """Read protocols that are to hold for a practice. Raises BadData with file, line and reason.

    Beside what `parse` refuses: a missing fallback row, `ANY` for mild and moderate with `a` as
    recheck and `d` as removal, `ANY-H` for high; the options of every client stand on them.
    """
    from programs.domain.protocol_file import parse_whole_protocols

    return parse_whole_protocols(text, name)


def covers_region(written: Sequence[str], region: str) -> bool:
    """Whether a row's regions name this one; `hip*` names the parent and all its leaves."""
    return any(region in expand(word) for word in written)


@cache
def expand(written: str) -> tuple[str, ...]:
    """The regions one written word names: `knee*` the knee and every spot in it."""
    if not written.endswith("*"):
        return (written,)
    parent = written.removesuffix("*")
    return (parent, *(leaf for leaf in leaves_of(parent) if leaf != parent))


def select(
    protocols: Sequence[Protocol],
    *,
    regions: Sequence[str],
    severity: Severity,
    pattern: str,
    aggravators: Collection[str] = (),
    timing: Collection[str] = (),
    exercises: Collection[str] = (),
) -> Protocol:
    """The row for a client ("Which row", domain §5); the first region is the reported one.

    A two-region row first, then the narrower condition, then table order; ANY and ANY-H last.
    Raises LookupError when not even a fallback fits.
    """
    said = {"aggravators": frozenset(aggravators), "timing": frozenset(timing)}
    fitting = [
        protocol
        for protocol in protocols
        if severity in protocol.severities
        and _fits_place(protocol, regions)
        and _fits_exercise(protocol, pattern, exercises)
        and all(said[key] == {wanted} for key, wanted in protocol.conditions.items())
    ]
    if not fitting:
        raise LookupError(f"no protocol for {regions[0]}, {severity}, {pattern}")
    return min(fitting, key=lambda row: (row.fallback, not row.and_regions, not row.conditions))


def _fits_place(protocol: Protocol, regions: Sequence[str]) -> bool:
    if protocol.fallback:
        return True
    if not protocol.and_regions:
        return covers_region(protocol.regions, regions[0])
    return any(covers_region(protocol.regions, region) for region in regions) and any(
        covers_region(protocol.and_regions, region) for region in regions
    )


def _fits_exercise(protocol: Protocol, pattern: str, exercises: Collection[str]) -> bool:
    if protocol.fallback or pattern in protocol.patterns:
        return True
    return any(exercise in protocol.exercises for exercise in exercises)
