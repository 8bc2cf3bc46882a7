"""Protocols as data: region × severity × pattern → ordered options of operations (domain §5)."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from programs.domain.protocol_ops import OpClass, OpSpec, strongest

MOST_DAYS = 42
"""RG-1: no option is written for longer."""

MOST_OPS = 4
"""One option is one to four operations."""

MARKS = ("S", "S general", "S in the combined case", "~S", "D")
"""Where an option comes from: the coach's own article (S), or our decision (D)."""


class Severity(StrEnum):
    """How bad, from the episode's highest value: mild 1–3, moderate 4–5, high 6–7 (domain §5)."""

    MILD = "mild"
    MODERATE = "moderate"
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
    """One way to change training, `LB-HT.b`: 1–4 operations for `days` days, then a review."""

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
        """The strongest operation's class; it decides the ladder back."""
        return strongest(self.ops)


@dataclass(frozen=True, slots=True)
class Protocol:
    """One row of the table. Empty `regions` or `patterns` with no `exercises`: every one.

    A region written `hip*` covers the id and all its leaves. `and_regions` must hold too (two-region
    row). `min_demand` limits the row to exercises with at least that tag (`un` M).
    """

    id: str
    regions: tuple[str, ...]
    severities: tuple[Severity, ...]
    patterns: tuple[str, ...]
    conditions: Mapping[str, str]
    options: Mapping[Severity, tuple[Option, ...]]
    exercises: tuple[str, ...] = ()
    and_regions: tuple[str, ...] = ()
    min_demand: Mapping[str, str] = ...  # type: ignore[assignment]
    choice_regions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ProtocolSet:
    """All protocols in table order; `digest` is the sha256 of the file."""

    version: str
    digest: str
    protocols: tuple[Protocol, ...]

    def option(self, option_id: str) -> Option:
        """An option by its id. Raises KeyError."""
        raise NotImplementedError


def protocol_set() -> ProtocolSet:
    """The protocols shipped with the project, read once."""
    raise NotImplementedError


def parse(text: str, name: str = "protocols.toml") -> ProtocolSet:
    """Read protocols strictly. Raises BadData with file, line and reason."""
    raise NotImplementedError


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
    """The row for a client: two regions first, then the narrower condition, then table order."""
    raise NotImplementedError
