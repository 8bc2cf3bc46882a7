"""The options a coach is shown: the right protocol row, filtered for this client, never a pain."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from programs.domain.protocol import Severity
from programs.domain.protocol_ops import OpClass

if TYPE_CHECKING:
    from programs.domain.prescription import Plan

    from clients.domain.overlay import Overlay


@dataclass(frozen=True, slots=True)
class Painful:
    """A region-side that hurts, with its severity (highest value of the episode, domain §3.6)."""

    region: str
    side: str
    severity: Severity


@dataclass(frozen=True, slots=True)
class Facts:
    """All that offers depend on; the first of `painful` is the region the report is about."""

    level: str
    priority: str
    action_set: str
    painful: tuple[Painful, ...]
    pattern: str
    plan: "Plan"
    today: date
    painful_exercise: str | None = None


@dataclass(frozen=True, slots=True)
class Offer:
    """One option worked out for this client: `line` is "8–12 · RIR 3+ · 60 kg"."""

    option_id: str
    title: str
    line: str
    reason: str
    mark: str
    record: tuple[int, int]
    overlay: "Overlay"
    days: int
    review_on: date
    ladder: str | None
    calibrate: bool
    strongest: OpClass


@dataclass(frozen=True, slots=True)
class Offers:
    """What the coach sees: at most three main offers, the rest, "watch" and "remove for now"."""

    main: tuple[Offer, ...]
    more: tuple[Offer, ...]
    watch: bool
    remove: Offer | None
    refused: tuple[tuple[str, str], ...]
    sentence: str


def offer(facts: Facts) -> Offers:
    """The options for this client, in order; nothing at refer, urgent, emergency or incomplete."""
    raise NotImplementedError
