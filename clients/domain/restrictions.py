"""What may not be written into a client's plan now, each with a sentence that names the reason.

Every path that writes training asks here: assigning, editing, a template that flows, an import.
Only what is brought in counts: another lift, a new place, or more than stood there. Taking out,
easing and moving are always free. What waits for a clearance can't be overridden (I-1, I-4); what
a running change keeps away can, by a person who says why.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from clients.domain.overlay import Overlay, Remove
from clients.domain.resolve import reach
from programs.domain.exercise import Level, Library, demand
from programs.domain.place_words import region_words
from programs.domain.prescription import Item, Plan, PlannedSession, Prescription
from programs.domain.regions import tags_of
from programs.domain.variation import blocked_at_refer, raises_demand

_CLIENT_WIDE = {
    "emergency": "a stop is open",
    "urgent": "a stop is open",
    "incomplete": "answers are missing, so there is no level yet",
}


@dataclass(frozen=True, slots=True)
class Stop:
    """A place of an open report at emergency, urgent, refer or incomplete."""

    level: str
    region: str
    side: str
    report: UUID
    said_on: date
    pattern: str | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """A regression in force: its overlay now, and the regions it is about."""

    regression: UUID
    title: str
    overlay: Overlay
    regions: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Brought:
    """An exercise that a write brings into the plan, and what stood in its place."""

    exercise: str
    instead_of: str | None = None


@dataclass(frozen=True, slots=True)
class Restriction:
    """Why an exercise may not be written now; `report` or `regression` is what says so."""

    code: str
    exercise: str
    sentence: str
    may_override: bool
    report: UUID | None = None
    regression: UUID | None = None


def restrictions(
    brought: Iterable[Brought],
    *,
    stops: Collection[Stop],
    changes: Collection[Change],
    library: Library,
    known: Collection[str] = (),
) -> tuple[Restriction, ...]:
    """Everything that stands against what is brought in, what can't be overridden first.

    `known` are the lifts the client has ahead already: one of them in a new place is no news to
    a painful region, though a stop or a pause still holds.
    """
    found = [
        restriction
        for each in dict.fromkeys(brought)
        for restriction in _of(each, stops, changes, library, known)
    ]
    return tuple(sorted(dict.fromkeys(found), key=lambda each: each.may_override))


def brought_in(before: Plan | None, after: Plan, *, open_ids: Collection[UUID]) -> set[Brought]:
    """What the sessions ahead of `after` bring in over `before`: other lifts, or more of one."""
    old = {each.id: each for each in before.sessions} if before else {}
    return {
        brought
        for session in after.sessions
        if session.id in open_ids and session.state != "excused"
        for brought in _brought(old.get(session.id), session)
    }


def lifts_ahead(plan: Plan, *, open_ids: Collection[UUID]) -> frozenset[str]:
    """The lifts written in the sessions ahead."""
    return frozenset(
        item.written.exercise
        for session in plan.sessions
        if session.id in open_ids and session.state != "excused"
        for item in session.items
    )


def asks_more(old: Prescription, new: Prescription) -> bool:
    """Whether a prescription of the same lift is more work, heavier or nearer to failure."""
    before, after = old.work_sets, new.work_sets
    return (
        len(after) > len(before)
        or _most(one.load_kg for one in after) > _most(one.load_kg for one in before)
        or _most(one.percent for one in after) > _most(one.percent for one in before)
        or _most(one.reps_max for one in after) > _most(one.reps_max for one in before)
        or _least(one.rir for one in after) < _least(one.rir for one in before)
    )


def _brought(before: PlannedSession | None, after: PlannedSession) -> Iterator[Brought]:
    gone = before is None or before.state == "excused"
    stood = {} if gone or before is None else {one.written.slot: one for one in before.items}
    for item in after.items:
        new, old = item.written, _written(stood.get(item.written.slot))
        if old is None:
            yield Brought(new.exercise)
        elif old.exercise != new.exercise:
            yield Brought(new.exercise, old.exercise)
        elif asks_more(old, new):
            yield Brought(new.exercise, new.exercise)


def _written(item: Item | None) -> Prescription | None:
    return item.written if item else None


def _of(
    one: Brought,
    stops: Collection[Stop],
    changes: Collection[Change],
    library: Library,
    known: Collection[str],
) -> Iterator[Restriction]:
    for stop in stops:
        if _stopped(one.exercise, stop, library):
            yield _by_stop(one.exercise, stop, library)
    for change in changes:
        code = _kept_away(one, change, library, known)
        if code:
            yield _by_change(one, change, code, library)


def _stopped(exercise: str, stop: Stop, library: Library) -> bool:
    if stop.level in _CLIENT_WIDE:
        return True
    return blocked_at_refer(library, exercise, stop.region, stop.pattern)


def _kept_away(
    one: Brought, change: Change, library: Library, known: Collection[str]
) -> str | None:
    overlay = change.overlay
    scope, changed = reach(overlay, library, library)
    if one.exercise in scope and any(isinstance(op, Remove) for op in overlay.ops):
        return "restriction.paused"
    if one.exercise in changed or one.exercise == one.instead_of:
        return None  # it is laid over: what is written comes out changed
    if one.exercise in scope:
        return "restriction.same_pattern"
    if one.instead_of is None and one.exercise in known:
        return None
    raised = any(_asks_more_of(region, one, library) for region, _ in change.regions)
    return "restriction.painful_region" if raised else None


def _asks_more_of(region: str, one: Brought, library: Library) -> bool:
    lift = library.get(one.exercise)
    if lift is None or not lift.has_vector:
        return True
    if not any(demand(lift, tag) >= Level.M for tag in tags_of(region)):
        return False
    before = library.get(one.instead_of or "")
    return before is None or bool(raises_demand(library, before.id, lift.id, region))


def _by_stop(exercise: str, stop: Stop, library: Library) -> Restriction:
    name, where = _name(exercise, library), region_words(stop.region, stop.side).lower()
    said = f"the report about {where} of {_day(stop.said_on)}"
    if stop.level in _CLIENT_WIDE:
        sentence = f"{name} can't be written now: {_CLIENT_WIDE[stop.level]} ({said})."
        way = "Complete the answers first." if stop.level == "incomplete" else _CLEAR
        return Restriction(
            f"restriction.{stop.level}", exercise, f"{sentence} {way}", False, stop.report
        )
    sentence = f"{name} waits for a clearance: a referral is due ({said}). {_CLEAR}"
    return Restriction("restriction.refer", exercise, sentence, False, stop.report)


_CLEAR = "Record a clearance first."


def _by_change(one: Brought, change: Change, code: str, library: Library) -> Restriction:
    name = _name(one.exercise, library)
    where = ", ".join(region_words(*each).lower() for each in change.regions)
    runs = (
        f"“{change.title}” runs for {where} until your review on {_day(change.overlay.review_on)}"
    )
    if code == "restriction.paused":
        what = f"{name} is paused: {runs}. It stays paused until you end that change."
    elif code == "restriction.same_pattern":
        what = f"{runs}, and does not reach {name}, a lift of the same pattern."
    else:
        over = f" than {_name(one.instead_of, library)}" if one.instead_of else ""
        what = f"{runs}, and {name} asks {'more' if over else 'much'} of that area{over}."
    return Restriction(code, one.exercise, what, True, regression=change.regression)


def _name(exercise: str | None, library: Library) -> str:
    lift = library.get(exercise or "")
    return lift.name if lift else str(exercise)


def _most(values: Iterable[Decimal | int | None]) -> Decimal:
    return max((Decimal(each) for each in values if each is not None), default=Decimal(0))


def _least(values: Iterable[Decimal | int | None]) -> Decimal:
    return min((Decimal(each) for each in values if each is not None), default=Decimal(10))


def _day(on: date) -> str:
    return f"{on:%a} {on.day} {on:%b}"
