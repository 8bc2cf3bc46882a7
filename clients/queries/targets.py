"""What a plan asks for in its week: progressions and percents worked out from what was logged.

What goes by the log is worked out for the next session of a place only, from sessions that are
over: a logged set changes no plan (ruling 10).
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from clients import models
from clients.domain.plan_writing import Spot, Target, Writing, spots
from clients.queries.performed import Done, done_in, implements
from programs.domain.exercise import Library
from programs.domain.prescription import Prescription
from programs.domain.progression import Exposure, is_deload, targeted, waits_for_log
from programs.domain.progression_rules import Percentages
from programs.domain.strength import PerformedSet, working_e1rm

LOGS_OF = dt.timedelta(days=84)
Where = tuple[int, str, str]  # index in the week, slot, exercise


def targets_of(
    writing: Writing,
    rows: Mapping[uuid.UUID, models.Session],
    client: models.Client,
    book: Library,
    *,
    today: dt.date | None,
) -> Target:
    """How each prescription of a plan reads in its week; the sessions hold their sets where
    something needs the log. No query."""
    over = {
        row.pk
        for row in rows.values()
        if row.state == "done" or (row.state == "started" and today and row.on < today)
    }
    log = _log(writing, rows, over, today)
    owned = implements(client)

    def target(written: Prescription, spot: Spot) -> Prescription:
        if not _moves(written):
            return written
        lift = book.get(written.exercise)
        where = (spot.index, written.slot, written.exercise)
        known = log is not None and log.next.get(where) == spot.place.id
        return targeted(
            written,
            week=spot.turn,
            earlier=log.earlier[where] if log and known else (),
            loadable=owned.for_exercise(lift) if lift else None,
            e1rm_kg=log.e1rm(written.exercise) if log and known else None,
        )

    return target


def needs_log(writing: Writing) -> bool:
    """Whether anything of a plan is worked out from what was logged."""
    return next(_by_log(writing), None) is not None


def _by_log(writing: Writing) -> Iterator[tuple[Spot, Prescription]]:
    for spot in spots(writing):
        for written in spot.workout.prescriptions:
            if _needs_log(written):
                yield spot, written


@dataclass(frozen=True, slots=True)
class _Log:
    """What was done in each place, and which session of it comes next."""

    earlier: Mapping[Where, list[Exposure]]
    next: Mapping[Where, uuid.UUID]
    sets: Mapping[str, list[PerformedSet]]

    def e1rm(self, exercise: str) -> Decimal | None:
        """The client's working e1RM in kg, as of the last session that is over."""
        done = self.sets.get(exercise, [])
        return working_e1rm(done, max(one.performed_at for one in done)) if done else None


def _log(
    writing: Writing,
    rows: Mapping[uuid.UUID, models.Session],
    over: set[uuid.UUID],
    today: dt.date | None,
) -> _Log | None:
    places = list(_by_log(writing))
    if not places or not over:
        return None
    last = max(rows[each].on for each in over)
    since = dt.datetime.combine(last - LOGS_OF, dt.time(), dt.UTC)
    trained = [row for row in rows.values() if row.pk in over]
    done = [each for row in trained for each in done_in(row) if each.set.performed_at >= since]
    done.sort(key=lambda each: each.set.performed_at)
    by_place: dict[tuple[uuid.UUID, str, str], list[Done]] = defaultdict(list)
    sets: dict[str, list[PerformedSet]] = defaultdict(list)
    for each in done:
        by_place[each.session_id, each.slot, each.set.exercise].append(each)
        sets[each.set.exercise].append(each.set)
    coming: dict[Where, uuid.UUID] = {}
    earlier: dict[Where, list[Exposure]] = defaultdict(list)
    for spot, written in sorted(places, key=lambda each: rows[each[0].place.id].on):
        row = rows[spot.place.id]
        where = (spot.index, written.slot, written.exercise)
        if row.state == "planned" and (today is None or row.on >= today):
            coming.setdefault(where, row.pk)
        logged = by_place.get((row.pk, written.slot, written.exercise))
        if logged:
            eased = is_deload(written.progression, spot.turn) or _changed(row, written.slot)
            earlier[where].append(Exposure(tuple(one.set for one in logged), eased))
    return _Log(earlier, coming, sets)


def _changed(row: models.Session, slot: str) -> bool:
    """Whether a place was trained under a change."""
    shown: Iterable[dict[str, object]] = row.frozen or ()
    for item in shown:
        now = item["now"] or item["was"]
        if isinstance(now, dict) and now["slot"] == slot:
            return bool(item["because"])
    return False


def _moves(written: Prescription) -> bool:
    return written.progression is not None or _needs_log(written)


def _needs_log(written: Prescription) -> bool:
    """Whether what is asked for next depends on what was logged: a rule, or a percent of e1RM."""
    if waits_for_log(written):
        return True
    rule = written.progression.rule if written.progression else None
    return isinstance(rule, Percentages) or any(
        one.percent is not None and one.load_kg is None for one in written.sets
    )
