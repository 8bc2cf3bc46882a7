"""What one revision of a plan changed from another, to be read by a person."""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import date
from uuid import UUID

from clients.domain.diff import Row, describe, parts
from programs.domain.loadable import Unit
from programs.domain.prescription import Plan, PlannedSession, Prescription


@dataclass(frozen=True, slots=True)
class Named:
    """A session by its day and name."""

    session_id: UUID
    on: date
    name: str


@dataclass(frozen=True, slots=True)
class Moved:
    """A session that goes to another day."""

    session_id: UUID
    name: str
    was: date
    becomes: date


@dataclass(frozen=True, slots=True)
class PlanDiff:
    """Two revisions compared. `rows` are places whose prescription differs, each on its day."""

    rows: tuple[Row, ...]
    moved: tuple[Moved, ...]
    dropped: tuple[Named, ...]
    back: tuple[Named, ...]
    added: tuple[Named, ...]
    renamed: tuple[Named, ...]
    reordered: tuple[Named, ...]

    @property
    def sessions_changed(self) -> int:
        """How many sessions differ in anything."""
        everything = (getattr(self, each.name) for each in fields(self))
        return len({each.session_id for group in everything for each in group})


def plan_diff(before: Plan, after: Plan, *, unit: Unit = "kg") -> PlanDiff:
    """Compare two writings of one plan; a session is known by its id, a place by its slot."""
    old = {each.id: each for each in before.sessions}
    both = [(old[each.id], each) for each in after.sessions if each.id in old]
    stays = [(was, now) for was, now in both if "excused" not in (was.state, now.state)]
    return PlanDiff(
        rows=tuple(row for was, now in stays for row in _rows(was, now, unit)),
        moved=tuple(
            Moved(now.id, now.name, was.on, now.on) for was, now in stays if was.on != now.on
        ),
        dropped=tuple(_named(was) for was, now in both if _is(was, now, "excused")),
        back=tuple(_named(now) for was, now in both if _is(now, was, "excused")),
        added=tuple(_named(each) for each in after.sessions if each.id not in old),
        renamed=tuple(_named(now) for was, now in stays if was.name != now.name),
        reordered=tuple(_named(now) for was, now in stays if _in_other_order(was, now)),
    )


def _is(before: PlannedSession, after: PlannedSession, state: str) -> bool:
    return after.state == state != before.state


def _in_other_order(before: PlannedSession, after: PlannedSession) -> bool:
    """Whether the places that both have stand in another order."""
    old, new = ([item.written.slot for item in each.items] for each in (before, after))
    return [each for each in old if each in new] != [each for each in new if each in old]


def _rows(before: PlannedSession, after: PlannedSession, unit: Unit) -> Iterator[Row]:
    old = {item.written.slot: item.now for item in before.items}
    new = {item.written.slot: item.now for item in after.items}
    for slot in (*new, *(each for each in old if each not in new)):
        was, becomes = old.get(slot), new.get(slot)
        if was != becomes:
            yield _row(after, slot, was, becomes, unit)


def _row(
    session: PlannedSession,
    slot: str,
    was: Prescription | None,
    becomes: Prescription | None,
    unit: Unit,
) -> Row:
    either = was or becomes
    return Row(
        session_id=session.id,
        on=session.on,
        slot=slot,
        was=describe(was, unit) if was else None,
        becomes=describe(becomes, unit) if becomes else None,
        sets=len(either.work_sets) if either else 0,
        was_exercise=was.exercise if was else None,
        becomes_exercise=becomes.exercise if becomes else None,
        parts=parts(was, becomes),
        paused=False,
    )


def _named(session: PlannedSession) -> Named:
    return Named(session.id, session.on, session.name)
