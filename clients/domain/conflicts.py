"""Two changes that want the same place differently: refused, with a sentence."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from clients.domain.overlay import (
    Alternate,
    Freq,
    HighRep,
    Op,
    Overlay,
    Range,
    Recheck,
    Remove,
    Reps,
    RirMin,
    ScaleLoad,
    ScaleSets,
    Setup,
    Swap,
    Tempo,
)
from clients.domain.resolve import reach
from programs.domain.exercise import Library

Claim = tuple[str, object]
"""What an operation settles, and to which value; two claims of one value do not clash."""

_OF_THE_LIFT = ("lift", "load", "reps", "range of motion", "set-up", "checklist")
"""What a swap settles: all that is said about a lift goes with it."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """Why a change cannot stand beside one in force: a sentence for the coach, and its facts."""

    sentence: str
    overlay: str
    matter: str
    exercises: tuple[str, ...]


def conflicts(overlays: Sequence[Overlay], new: Overlay, library: Library) -> tuple[Conflict, ...]:
    """What in force, at any date the new change covers too, wants one of its places differently.

    A change also may not bring in a lift that another one changes or pauses: a squat is not
    replaced by a hip thrust while hip thrusts are paused.
    """
    found = []
    for old in overlays:
        if old.id != new.id and _share_a_date(old, new):
            clash = _clash(old, new, library)
            if clash is not None:
                found.append(_conflict(old, *clash, library))
    return tuple(found)


def _clash(old: Overlay, new: Overlay, library: Library) -> tuple[str, frozenset[str]] | None:
    """The first matter both settle differently, with the lifts it is about."""
    shared = _touched(old, library) & _touched(new, library)
    matter = _matter(old, new)
    if shared and matter is not None:
        return matter, shared
    for changing, bringing in ((old, new), (new, old)):
        if all(isinstance(op, Recheck | Setup) for op in changing.ops):
            continue
        scope, _ = reach(changing, library, library)
        brought = _brought_in(bringing.ops, _touched(bringing, library) - scope) & scope
        if brought:
            return "lift", brought
    return None


def _matter(old: Overlay, new: Overlay) -> str | None:
    if any(isinstance(op, Remove) for op in (*old.ops, *new.ops)):
        return "lift"
    theirs = _claims(old.ops)
    for matter, value in _claims(new.ops):
        if any(matter == other and value != wanted for other, wanted in theirs):
            return matter
    return None


def _touched(overlay: Overlay, library: Library) -> frozenset[str]:
    """The lifts whose places an overlay changes; what pauses or thins out a week takes all."""
    scope, changes = reach(overlay, library, library)
    whole = any(isinstance(op, Freq | Remove) for op in overlay.ops)
    return scope if whole else changes


def _brought_in(ops: Iterable[Op], from_outside: frozenset[str]) -> frozenset[str]:
    """The lifts put in the place of lifts of another scope."""
    brought: set[str] = set()
    for op in ops:
        match op:
            case Swap() if op.source in from_outside:
                brought.add(op.target)
            case Range() if op.exercise is not None and from_outside:
                brought.add(op.exercise)
            case Alternate():
                brought |= _brought_in((*op.odd, *op.even), from_outside)
    return frozenset(brought)


def _claims(ops: Iterable[Op]) -> list[Claim]:
    return [claim for op in ops for claim in _claims_of(op)]


def _claims_of(op: Op) -> list[Claim]:
    match op:
        case Swap():
            # A claim of its own: no two swaps stand together, not even equal ones.
            return [(matter, object()) for matter in _OF_THE_LIFT]
        case HighRep():
            return [("load", object()), ("reps", object())]
        case ScaleLoad():
            return [("load", object())]
        case ScaleSets():
            return [("sets", object())]
        case Freq():
            return [("days a week", object())]
        case Reps():
            return [("reps", (op.low, op.high))]
        case Range() if op.exercise is not None:
            return [(matter, object()) for matter in _OF_THE_LIFT]
        case Range():
            return [("range of motion", op.limit)]
        case Tempo():
            return [("tempo", op.text)]
        case Recheck():
            return [("checklist", op.checklist)]
        case Setup():
            return [(f"set-up: {op.param}", op.value), ("set-up", "kept")]
        case Alternate():
            return _claims((*op.odd, *op.even))
        case RirMin() | Remove():
            # Of two least RIRs the higher holds; a pause is settled before claims are read.
            return []


def _share_a_date(one: Overlay, other: Overlay) -> bool:
    """Whether both cover some date; one that nobody closed runs on (ruling 2)."""
    latest_start = max(one.starts_on, other.starts_on)
    return one.covers(latest_start) and other.covers(latest_start)


def _conflict(old: Overlay, matter: str, lifts: frozenset[str], library: Library) -> Conflict:
    named = tuple(sorted(lifts, key=list(library).index))
    names = library[named[0]].name
    if len(named) > 1:
        names = f"{names} and {len(named) - 1} more"
    sentence = (
        f"{names}: the {matter} is already changed since {_day(old.starts_on)}. "
        "End that regression first, or choose a change that leaves it as it is."
    )
    return Conflict(sentence, old.id, matter, named)


def _day(on: date) -> str:
    return f"{on:%a} {on.day} {on:%b %Y}"
