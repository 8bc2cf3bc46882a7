"""A coach's change of a plan …"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from clients import models
from clients.actions import plan_edits, plans, session_changes, training
from clients.actions.restricting import Restricted
from clients.actions.revising import Act, ChangedMeanwhile
from clients.queries import plans as standings
from coachapi.door import acting_as
from coachapi.refusals import NotThere, Unreadable
from tests.bodies import MONDAY, TODAY, emergency_body, half_told_body, sore_back
from tests.world import DAY, HOUR, World, _document

WEDNESDAY, FRIDAY = TODAY + 2 * DAY, TODAY + 4 * DAY


def lift(slot: str, exercise: str, kg: int | None = None, **more: Any) -> dict[str, Any]:
    work = {"kind": "work", "count": 3, "reps_min": 8, "reps_max": 8, "rir": 2}
    return {
        "slot": slot,
        "exercise": exercise,
        "sets": [work | ({"load_kg": kg} if kg else {})],
    } | more


def day(*rows: dict[str, Any], name: str = "Day B") -> dict[str, Any]:
    return {"name": name, "prescriptions": list(rows)}


PLAIN = day(lift("A1", "ht_barbell", 120), lift("B1", "row_chest", 40))


class Desk:
    """Ada at Noor's plan."""

    def __init__(self, w: World) -> None:
        self.w = w
        with acting_as(w.ada.pk):
            self.plan = models.Plan.objects.get(client=w.noor)

    def act(self, **more: Any) -> Act:
        return Act(by=self.w.ada, at=MONDAY + 2 * HOUR, today=TODAY, **more)

    def session(self, on: dt.date) -> models.Session:
        return self.w.session(self.w.noor, on)

    def edits(self, of: dt.date = WEDNESDAY, *, override: str = "", **more: Any) -> Any:
        session = self.session(of)
        with acting_as(self.w.ada.pk):
            asked: dict[str, Any] = {"scope": "this", "expected": self.number()} | more
            return plan_edits.edit(
                client=self.w.noor,
                plan_id=self.plan.pk,
                session_id=session.pk,
                act=self.act(reason="busy week", override=override),
                **asked,
            )

    def number(self) -> int:
        return models.PlanRevision.objects.filter(plan=self.plan).count()

    def standing(self) -> standings.Standing:
        with acting_as(self.w.ada.pk):
            return standings.standing(self.w.noor.pk, today=TODAY)

    def lifts(self) -> dict[dt.date, str]:
        found = self.standing().written.sessions
        return {
            each.on: each.items[0].written.exercise for each in found if each.state != "excused"
        }


@pytest.fixture
def desk(w: World) -> Desk:
    return Desk(w)


def test_is_a_revision_with_author_and_reason_and_touches_one_session(desk: Desk) -> None:
    before = desk.lifts()
    made = desk.edits(workout=day(lift("A1", "leg_press", 80), lift("B1", "row_chest", 40)))
    assert (made.number, made.author, made.reason, made.kind) == (
        2,
        desk.w.ada,
        "busy week",
        "edited",
    )
    assert desk.lifts() == before | {WEDNESDAY: "leg_press"}
    with acting_as(desk.w.ada.pk):
        first = models.PlanRevision.objects.get(plan=desk.plan, number=1)
    assert first.document["phases"][0]["weeks"][0]["repeat"] == 12


def test_from_an_older_revision_is_refused_and_writes_nothing(desk: Desk) -> None:
    desk.edits(workout=PLAIN | {"name": "Short day"})
    with pytest.raises(ChangedMeanwhile, match=r"Ada saved revision 2"):
        desk.edits(workout=PLAIN, expected=1)
    with acting_as(desk.w.ada.pk):
        assert desk.number() == 2


def test_of_nothing_writes_no_revision(desk: Desk) -> None:
    shown = next(each for each in desk.standing().written.sessions if each.on == WEDNESDAY)
    same = PLAIN | {"name": shown.name}
    for row in same["prescriptions"]:
        row["note"] = shown.items[0].written.note
    assert desk.edits(workout=same).number == 1


def test_moves_drops_and_adds_and_keeps_every_id(desk: Desk) -> None:
    ids = {each.id for each in desk.standing().written.sessions}
    desk.edits(on=WEDNESDAY + DAY)
    desk.edits(FRIDAY, dropped=True)
    with acting_as(desk.w.ada.pk):
        _, new = plan_edits.add(
            client=desk.w.noor,
            plan_id=desk.plan.pk,
            expected=3,
            on=TODAY + 5 * DAY,
            workout=day(lift("A1", "pulldown")),
            act=desk.act(),
        )
        states = dict(models.Session.objects.filter(plan=desk.plan).values_list("on", "state"))
    assert {each.id for each in desk.standing().written.sessions} == ids | {new}
    assert states[FRIDAY] == "excused" and WEDNESDAY not in states
    assert states[WEDNESDAY + DAY] == states[TODAY + 5 * DAY] == "planned"


def test_is_undone_by_one_more_revision(desk: Desk) -> None:
    before = desk.standing().written
    desk.edits(scope="following", workout=day(lift("A1", "leg_press")))
    desk.edits(on=WEDNESDAY + DAY)
    desk.edits(FRIDAY, dropped=True)
    with acting_as(desk.w.ada.pk):
        undone = plan_edits.undo(
            client=desk.w.noor, plan_id=desk.plan.pk, to=1, expected=4, act=desk.act()
        )
        assert (undone.number, undone.kind, undone.reason) == (5, "undone", "as in revision 1")
        with pytest.raises(NotThere):
            plan_edits.undo(
                client=desk.w.noor, plan_id=desk.plan.pk, to=5, expected=5, act=desk.act()
            )
    assert [each.items for each in desk.standing().written.sessions] == [
        each.items for each in before.sessions
    ]
    assert [each.on for each in desk.standing().written.sessions] == [
        each.on for each in before.sessions
    ]


def test_never_changes_what_was_shown_in_a_session_begun(desk: Desk) -> None:
    desk.w.trains(desk.w.noor)
    frozen = desk.session(TODAY).frozen
    desk.edits(scope="all", workout=day(lift("A1", "leg_press")))
    with pytest.raises(plan_edits.DoesNotFit, match="begun or is past"):
        desk.edits(TODAY, workout=PLAIN)
    assert desk.session(TODAY).frozen == frozen
    shown = next(each for each in desk.standing().resolved.sessions if each.on == TODAY)
    assert shown.items[0].written.exercise == "ht_barbell"


def test_points_at_each_fault_of_what_was_sent(desk: Desk) -> None:
    with pytest.raises(Unreadable) as no:
        desk.edits(workout=day(lift("A1", "no_such_lift"), lift("B1", "ht_barbell", reps=1)))
    assert [each.pointer for each in no.value.faults] == [
        "#/workout/prescriptions/0/exercise",
        "#/workout/prescriptions/1/reps",
    ]


STOPS = {
    "emergency": emergency_body(),
    "incomplete": half_told_body(),
    "refer": sore_back(8),
}


@pytest.mark.parametrize("level", STOPS)
def test_brings_nothing_in_while_a_stop_is_open_whatever_the_reason(desk: Desk, level: str) -> None:
    desk.w.hurts(desk.w.noor, STOPS[level], at=MONDAY + HOUR)
    with pytest.raises(Restricted) as no:
        desk.edits(workout=day(lift("A1", "sq_back", 60)), override="She wants to.")
    assert no.value.extra["may_override"] is False
    desk.edits(dropped=True)  # taking out is always free
    with acting_as(desk.w.ada.pk):
        assert not models.Decision.objects.filter(kind="overridden").exists()


@pytest.mark.parametrize("table", ["revision", "override"])
def test_is_refused_by_the_database_too_while_a_stop_is_open(desk: Desk, table: str) -> None:
    report = desk.w.hurts(desk.w.noor, half_told_body(), at=MONDAY + HOUR)
    common = {"client": desk.w.noor, "at": MONDAY + 2 * HOUR}
    with acting_as(desk.w.ada.pk), pytest.raises(DatabaseError) as no, transaction.atomic():
        if table == "override":
            models.Decision.objects.create(
                **common, kind="overridden", report=report, by=desk.w.ada
            )
        else:
            models.PlanRevision.objects.create(
                **common, plan=desk.plan, number=2, document={}, author=desk.w.ada, brings_in=True
            )
    assert getattr(no.value.__cause__, "sqlstate", "") == "CA001"


def test_is_held_against_a_running_change_unless_the_coach_says_why(
    desk: Desk, sore: models.SymptomReport
) -> None:
    change = desk.w.applies(sore, "LB-HT.b")
    squats = day(lift("A1", "ht_barbell", 120), lift("B1", "sq_back", 60))
    with pytest.raises(Restricted, match="American hip thrust.*asks more of that area"):
        desk.edits(workout=squats)
    desk.edits(workout=squats, override="Goblet-light today, seen on video.")
    with acting_as(desk.w.ada.pk):
        told = models.Decision.objects.get(kind="overridden")
    assert (told.regression_id, told.by_id) == (change.pk, desk.w.ada.pk)
    assert told.note == "Goblet-light today, seen on video."


def test_of_the_plan_takes_no_change_away(desk: Desk, sore: models.SymptomReport) -> None:
    desk.w.applies(sore, "LB-HT.b")
    with acting_as(desk.w.ada.pk):
        plans.assign(
            client=desk.w.noor,
            document=_document("Harbour"),
            program=None,
            starts_on=TODAY + 7 * DAY,
            weekdays=[0, 2, 4],
            today=TODAY,
            by=desk.w.ada,
            at=MONDAY + 3 * HOUR,
            end_running=True,
        )
    shown = {each.on: each for each in desk.standing().resolved.sessions if each.state == "planned"}
    assert max(on for on in shown if on < TODAY + 7 * DAY) == FRIDAY  # the old one until then
    for on in (WEDNESDAY, TODAY + 7 * DAY, TODAY + 14 * DAY):
        now = shown[on].items[0].now
        assert now is not None and now.exercise == "ht_american"


# A client …


def noor(desk: Desk, what: Any, day: dt.date, **more: Any) -> Any:
    session, user = desk.session(day), desk.w.noor.user
    assert user is not None
    with acting_as(user.pk):
        who = models.Client.objects.select_related("health").get(pk=desk.w.noor.pk)
        act: dict[str, Any] = {"today": TODAY, "by": user, "at": MONDAY}
        return what(client=who, session_id=session.pk, **act, **more)


def test_moves_a_session_within_its_week_and_no_further(desk: Desk) -> None:
    noor(desk, session_changes.move, WEDNESDAY, on=WEDNESDAY + DAY)
    assert desk.session(WEDNESDAY + DAY).rev == 2
    with pytest.raises(session_changes.NotAllowed, match="Mon 4 May to Sun 10 May"):
        noor(desk, session_changes.move, FRIDAY, on=TODAY + 7 * DAY)
    with acting_as(desk.w.ada.pk):
        session_changes.set_policy(client=desk.w.noor, moves="free")
    noor(desk, session_changes.move, FRIDAY, on=TODAY + 7 * DAY)
    desk.edits(TODAY + 9 * DAY, scope="all", workout=PLAIN | {"name": "Day"})
    assert WEDNESDAY + DAY in desk.lifts()  # an edit of something else leaves her day alone


def test_swaps_to_what_the_coach_listed_and_back(desk: Desk) -> None:
    listed = lift("A1", "ht_barbell", 120, alternates=[{"exercise": "ht_smith"}])
    desk.edits(workout=day(listed, lift("B1", "row_chest", 40)))
    noor(desk, session_changes.swap, WEDNESDAY, slot="A1", exercise="ht_smith")
    first = next(each for each in desk.standing().resolved.sessions if each.on == WEDNESDAY).items[
        0
    ]
    assert first.now is not None and first.now.exercise == "ht_smith"
    assert first.was is not None and first.was.work_sets[0].load_kg == 120
    noor(desk, session_changes.swap, WEDNESDAY, slot="A1", exercise=None)
    assert desk.lifts()[WEDNESDAY] == "ht_barbell"
    with pytest.raises(session_changes.NotAllowed, match="not listed"):
        noor(desk, session_changes.swap, WEDNESDAY, slot="A1", exercise="ht_band")


def test_swaps_nothing_where_a_change_runs(desk: Desk, sore: models.SymptomReport) -> None:
    listed = lift("A1", "ht_barbell", 120, alternates=[{"exercise": "ht_smith"}])
    desk.edits(workout=day(listed, lift("B1", "row_chest", 40)))
    desk.w.applies(sore, "LB-HT.b")
    with pytest.raises(session_changes.NotAllowed, match="changed this place for now"):
        noor(desk, session_changes.swap, WEDNESDAY, slot="A1", exercise="ht_smith")


def test_skips_with_a_reason_and_may_train_after_all(desk: Desk) -> None:
    session = desk.session(WEDNESDAY)
    user = desk.w.noor.user
    assert user is not None
    with acting_as(user.pk):
        for _ in range(2):
            row = training.skip_session(client=desk.w.noor, session_id=session.pk, reason="illness")
        assert (row.state, row.skipped_for, row.rev) == ("skipped", "illness", 2)
        begun = training.open_session(
            client=desk.w.noor, session_id=session.pk, at=MONDAY + 2 * DAY
        )
        assert (begun.state, begun.skipped_for) == ("started", "")


# Progressions go by what was logged in sessions that are over …


def test_earns_its_next_load_when_the_session_is_finished_not_set_by_set(desk: Desk) -> None:
    written = lift("A1", "ht_barbell", 120, progression={"kind": "double", "add_kg": 5})
    written["sets"][0]["reps_min"] = 6
    desk.edits(TODAY, scope="all", workout=day(written, lift("B1", "row_chest", 40)))

    def ahead() -> list[Decimal | None]:
        found = desk.standing().resolved.sessions
        days = [each for each in found if each.index == 1 and TODAY <= each.on <= TODAY + 14 * DAY]
        return [each.items[0].written.work_sets[0].load_kg for each in days]

    assert ahead() == [120, 120, 120]
    for index in range(3):
        desk.w.logged(desk.w.noor, set_index=index)
        assert ahead() == [120, 120, 120]
    desk.w.trains(desk.w.noor)
    assert ahead() == [120, 125, 120]  # only the next of the place is known (ruling 10)
