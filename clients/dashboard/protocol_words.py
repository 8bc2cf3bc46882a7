"""Protocols in words: where, how bad and what pattern one is for, and its options as sentences."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from clients.domain.words_for_people import MARK_WORDS, exercise_name
from programs.domain.place_words import region_words
from programs.domain.protocol import Option, Protocol, Severity
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
from programs.domain.technique import checklists

PATTERNS = {
    "press_h": "press",
    "press_v": "overhead press",
    "pull_h": "row",
    "pull_v": "pulldown",
}
HIGH = "6–7 of 10"
SEVERITIES = {"mild": "mild, 1–3", "mod": "moderate, 4–5", "high": "high, 6–7"}


@dataclass(frozen=True, slots=True)
class OptionRead:
    """An option as read: its letter, its operations as sentences, where it comes from."""

    letter: str
    title: str
    reason: str
    mark: str
    days: int
    ops: tuple[str, ...]
    ladder: str


@dataclass(frozen=True, slots=True)
class ProtocolRead:
    """A protocol as read; `orders` is one line per severity, such as "mild, 1–3: a, b, c"."""

    id: str
    heading: str
    conditions: tuple[str, ...]
    orders: tuple[tuple[str, str], ...]
    options: tuple[OptionRead, ...]


def heading(protocol: Protocol) -> str:
    """What a protocol is for: "Low back × hip thrust", a row for high values with its numbers."""
    high = f", {HIGH}" if protocol.severities == (Severity.HIGH,) else ""
    if protocol.fallback:
        return _("Everything without a row of its own") + high
    where = _places(protocol.regions)
    if protocol.and_regions:
        where += f" {_('and')} {_places(protocol.and_regions).lower()}"
    what = ", ".join(pattern(each) for each in protocol.patterns)
    return f"{where} × {what or _('named exercises')}{high}"


def _places(regions: Iterable[str]) -> str:
    first, *others = (_region(each) for each in regions)
    return f" {_('or')} ".join([first, *(each.lower() for each in others)])


def pattern(pattern_id: str) -> str:
    """A movement pattern as words."""
    return {
        "press_h": "press",
        "press_v": "overhead press",
        "pull_h": "row",
        "pull_v": "pulldown",
    }.get(pattern_id, pattern_id.replace("_", " "))


def read(protocol: Protocol) -> ProtocolRead:
    """A protocol for the page of rules."""
    options = {option.id: option for each in protocol.options.values() for option in each}
    return ProtocolRead(
        id=protocol.id,
        heading=heading(protocol),
        conditions=tuple(
            f"{key}: {value.replace('_', ' ')}" for key, value in protocol.conditions.items()
        ),
        orders=tuple(
            (SEVERITIES[severity], ", ".join(_letter(each) for each in protocol.options[severity]))
            for severity in Severity
            if severity in protocol.options
        ),
        options=tuple(_option(options[each]) for each in sorted(options)),
    )


def sentence(op: OpSpec) -> str:
    """One operation as a sentence without its full stop."""
    said = _said(op)
    only = [exercise_name(each) for each in op.exercises]
    only += [pattern(each) for each in op.patterns] + [_region(each) for each in op.regions]
    return f"{said} ({_('only')} {', '.join(only)})" if only else said


def _option(option: Option) -> OptionRead:
    return OptionRead(
        letter=_letter(option),
        title=option.title,
        reason=option.reason,
        mark=MARK_WORDS[option.mark],
        days=option.days,
        ops=tuple(sentence(each) for each in option.ops),
        ladder=option.ladder or "",
    )


def _letter(option: Option) -> str:
    return option.id.rpartition(".")[2]


def _region(written: str) -> str:
    return region_words(written.removesuffix("*"), "")


def _said(op: OpSpec) -> str:
    match op:
        case RecheckSpec(checklist=name):
            known = checklists().get(name)
            return f"Go through the checklist “{known.name if known else name.replace('_', ' ')}”"
        case SetupSpec(param=param, value=value):
            return f"Set up {param}: {value}"
        case LoadSpec(factor=factor):
            return f"Load × {_plain(factor)}, rounded down"
        case RepsSpec(low=low, high=high):
            return f"{low}–{high} reps"
        case RirSpec(rir=rir):
            return f"RIR {rir} or more"
        case SetsSpec(factor=factor):
            return f"Sets × {_plain(factor)}, at least 1"
        case TempoSpec(text=text):
            return f"Tempo {text}"
        case HighRepSpec():
            percent = f"{op.least_percent}–{op.cap_percent} % e1RM"
            return f"Same exercise, {op.low}–{op.high} reps, {percent}, RIR {op.rir} or more"
        case RomSpec(limit=limit, targets=targets):
            return f"Shorter range, {limit}: {_one_of(targets)}"
        case SwapSpec(targets=targets, cap_percent=cap):
            most = f", up to {cap} % e1RM" if cap else ""
            return f"Swap to {_one_of(targets)}{most}"
        case AlternateSpec(odd=odd, even=even):
            return f"{exercise_name(odd)} and high-rep {exercise_name(even)} in turn"
        case FreqSpec(fewer=fewer):
            return f"{fewer} session{'s' if fewer > 1 else ''} of the pattern fewer a week"
        case RemoveSpec(days=days, instead=instead):
            filled = f"; {_one_of(instead)} may fill the place" if instead else ""
            return f"Leave out for up to {days} days{filled}"
    raise TypeError(f"no words for {type(op).__name__}")


def _one_of(targets: Iterable[str]) -> str:
    names: dict[str, Any] = {NEAREST: "the nearest easier exercise", SAME: "the same exercise"}
    return " or ".join(names.get(each) or exercise_name(each) for each in targets)


def _plain(value: Decimal) -> str:
    return f"{value.normalize():f}"
