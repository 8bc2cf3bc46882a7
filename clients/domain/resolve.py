"""The plan as it stands under its overlays; the one function behind plan, phone and preview.

Nothing edits a plan: undo is leaving an overlay out (ruling 4), and no date ends one (ruling 2).
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from clients.domain.change import changed, lifts_in
from clients.domain.frequency import DAYS_IN_WEEK, TrainingDay, dropped
from clients.domain.overlay import Freq, Overlay, Remove
from programs.domain.exercise import Library
from programs.domain.prescription import Item, Plan, PlannedSession, Prescription


def resolve(plan: Plan, overlays: Sequence[Overlay], library: Library) -> Plan:
    """The plan with every overlay laid over it; the same whatever their order.

    Only planned sessions inside an overlay's dates change. Resolving a resolved plan starts again
    from what was written, so that a second pass, or fewer overlays, is never a second change.
    """
    written = tuple(_as_written(session) for session in plan.sessions)
    ordered = sorted(overlays, key=lambda overlay: (overlay.starts_on, overlay.id))
    lifts = frozenset(item.written.exercise for session in written for item in session.items)
    views = [_view(plan, written, overlay, library, lifts) for overlay in ordered]
    sessions = tuple(_resolved(session, views, library) for session in written)
    return replace(plan, sessions=sessions)


def reach(
    overlay: Overlay, lifts: Iterable[str], library: Library
) -> tuple[frozenset[str], frozenset[str]]:
    """Of these lifts, those an overlay counts and pauses, and those its other changes touch.

    It counts the exercises it names, else all of its pattern; an option whose swaps name lifts
    leaves the pattern's others alone (domain §5 scope, RG-5).
    """
    if overlay.exercises:
        named = frozenset(lifts).intersection(overlay.exercises)
        return named, named
    scope = frozenset(
        lift for lift in lifts if lift in library and library[lift].pattern == overlay.pattern
    )
    sources = lifts_in(overlay.ops)
    return scope, scope & sources if sources else scope


@dataclass(frozen=True, slots=True)
class _View:
    """An overlay seen against one plan: its reach, its exposures and the sessions it drops."""

    overlay: Overlay
    scope: frozenset[str]
    changes: frozenset[str]
    exposures: Mapping[UUID, int]
    drops: frozenset[UUID]
    removes: bool


def _view(
    plan: Plan,
    sessions: Sequence[PlannedSession],
    overlay: Overlay,
    library: Library,
    lifts: frozenset[str],
) -> _View:
    scope, changes = reach(overlay, lifts, library)
    return _View(
        overlay=overlay,
        scope=scope,
        changes=changes,
        exposures=_exposures(sessions, overlay, changes),
        drops=_drops(plan, sessions, overlay, scope),
        removes=any(isinstance(op, Remove) for op in overlay.ops),
    )


def _exposures(
    sessions: Sequence[PlannedSession], overlay: Overlay, changes: frozenset[str]
) -> dict[UUID, int]:
    """Exposures in plan order (week, index), 1 being the first planned from the start on.

    By the date first given, so that a move or a miss renumbers nothing; a session moved into the
    overlay from before it gets 0 or less, and with that the loads of the first (domain §5).
    """
    training = sorted(
        (session for session in sessions if _work_sets(session, changes)),
        key=lambda session: (session.week, session.index),
    )
    before = sum((one.planned_on or one.on) < overlay.starts_on for one in training)
    return {session.id: number for number, session in enumerate(training, start=1 - before)}


def _drops(
    plan: Plan, sessions: Sequence[PlannedSession], overlay: Overlay, scope: frozenset[str]
) -> frozenset[UUID]:
    """The sessions that lose the pattern, week by week in 7-day blocks from the plan's start.

    One that the coach excused, or that began with the pattern taken out, is one of the lost, so
    that a week goes on losing the session it was shown to lose.
    """
    minus = sum(op.minus for op in overlay.ops if isinstance(op, Freq))
    if not minus:
        return frozenset()
    weeks: dict[int, list[PlannedSession]] = defaultdict(list)
    for session in sessions:
        if _work_sets(session, scope):
            weeks[(session.on - plan.starts_on).days // DAYS_IN_WEEK].append(session)
    gone: set[UUID] = set()
    for week in weeks.values():
        days = [_training_day(one, overlay, scope) for one in week if not _lost(one, scope)]
        gone |= dropped(days, minus - (len(week) - len(days)))
    return frozenset(gone)


def _training_day(session: PlannedSession, overlay: Overlay, scope: frozenset[str]) -> TrainingDay:
    is_open = session.state in {"planned", "skipped"} and overlay.covers(session.on)
    return TrainingDay(session.id, session.on, _work_sets(session, scope), is_open)


def _lost(session: PlannedSession, scope: frozenset[str]) -> bool:
    taken = all(item.now is None for item in session.items if item.written.exercise in scope)
    return session.state == "excused" or taken


def _work_sets(session: PlannedSession, lifts: frozenset[str]) -> int:
    return sum(
        len(item.written.work_sets) for item in session.items if item.written.exercise in lifts
    )


def _as_written(session: PlannedSession) -> PlannedSession:
    """A session without what an earlier resolve laid over it; one that has begun stays frozen."""
    emptied = bool(session.items) and all(item.now is None for item in session.items)
    if session.state != "planned" and not (session.state == "excused" and emptied):
        return session
    if not any(item.because for item in session.items):
        return session
    items = tuple(Item(now=item.written) for item in session.items)
    return replace(session, state="planned", items=items)


def _resolved(session: PlannedSession, views: Iterable[_View], library: Library) -> PlannedSession:
    if session.state != "planned":
        return session
    here = [view for view in views if view.overlay.covers(session.on)]
    items = [_item(item, session.id, here, library) for item in session.items]
    if not any(item.because for item in items):
        return session
    items = _straight_sets(_not_doubled(items))
    empty = all(item.now is None for item in items)
    return replace(session, items=tuple(items), state="excused" if empty else "planned")


def _item(item: Item, session: UUID, views: Iterable[_View], library: Library) -> Item:
    """One place under every overlay that reaches it, judged by the lift that was written."""
    written = item.written
    now: Prescription = written
    because: list[str] = []
    gone: list[_View] = []
    for view in views:
        if written.exercise in view.scope and (view.removes or session in view.drops):
            gone.append(view)
        elif written.exercise in view.changes:
            after = changed(now, view.overlay, view.exposures[session], library, written)
            if after != now:
                because.append(view.overlay.id)
            now = after
    if gone:
        ids = tuple(view.overlay.id for view in gone)
        return Item(None, written, ids, paused=any(view.removes for view in gone))
    return Item(now, written, tuple(because)) if because else item


def _not_doubled(items: Sequence[Item]) -> list[Item]:
    """A lift swapped into a session that has it already is dropped, not done twice (domain §5)."""
    there = {item.now.exercise for item in items if item.now and not _swapped(item)}
    kept: list[Item] = []
    for item in items:
        if item.now is not None and _swapped(item):
            twice = item.now.exercise in there
            there.add(item.now.exercise)
            item = Item(None, item.was, item.because) if twice else item
        kept.append(item)
    return kept


def _swapped(item: Item) -> bool:
    return item.now is not None and item.now.exercise != item.written.exercise


def _straight_sets(items: Sequence[Item]) -> list[Item]:
    """The one left of a superset becomes straight sets with its own rest (domain §5)."""
    groups: dict[str, list[int]] = defaultdict(list)
    for place, item in enumerate(items):
        if item.written.superset is not None:
            groups[item.written.superset].append(place)
    done = list(items)
    for places in groups.values():
        left = [place for place in places if items[place].now is not None]
        if len(left) != 1 or len(places) == 1:
            continue
        alone = items[left[0]]
        causes = {cause for place in places if place != left[0] for cause in items[place].because}
        because = (*alone.because, *sorted(causes.difference(alone.because)))
        now = replace(alone.now, superset=None) if alone.now else None
        done[left[0]] = replace(alone, now=now, was=alone.written, because=because)
    return done
