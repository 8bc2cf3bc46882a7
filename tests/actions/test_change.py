"""A change …"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from django.db import DatabaseError

from clients import models
from clients.actions import regressions, steps
from clients.queries import inbox, options, plans
from coachapi.door import acting_as
from coachapi.refusals import NotThere
from programs.domain.prescription import Plan
from tests.bodies import MONDAY, TODAY, emergency_body, half_told_body, says, sore_back
from tests.world import DAY, HOUR, World

WEDNESDAY = TODAY + 2 * DAY
STOPS = {
    "emergency": emergency_body(),
    "urgent": says("calf", "right", 4, yes="U8"),
    "refer": sore_back(8),
    "incomplete": half_told_body(),
}


def standing(w: World) -> plans.Standing:
    with acting_as(w.ada.pk):
        return plans.standing(w.noor.pk)


def thrusts(plan: Plan) -> list[tuple[str, Decimal | None]]:
    """First lift and load of every session from Wednesday on."""
    firsts = [each.items[0].now for each in plan.sessions if each.on >= WEDNESDAY]
    return [(one.exercise, one.work_sets[0].load_kg) for one in firsts if one]


def step_written_past_the_action(w: World, change: models.Regression) -> None:
    """A step as the web's own login could write it, without asking the action."""
    with acting_as(w.ada.pk):
        first = models.RegressionStep.objects.get(regression=change, kind="applied")
        models.RegressionStep.objects.create(
            client=w.noor,
            regression=change,
            number=2,
            kind="rung",
            starts_on=WEDNESDAY,
            review_on=WEDNESDAY + 7 * DAY,
            overlay=first.overlay,
            by=w.ada,
            at=MONDAY + 3 * HOUR,
        )


def test_puts_the_american_hip_thrust_first_and_into_nine_sessions_at_60_kg(
    w: World, sore: models.SymptomReport
) -> None:
    found = w.choice(sore)
    assert w.verdict(sore).rows[0] == "D10"
    assert [each.option_id for each in found.offers.main] == ["LB-HT.b", "LB-HT.a", "LB-HT.c"]
    shown = options.preview(found, "LB-HT.b", unit="kg")
    assert shown is not None and shown.diff.sessions_changed == 9
    w.applies(sore, "LB-HT.b")
    assert thrusts(standing(w).resolved)[0] == ("ht_american", Decimal(60))
    assert thrusts(standing(w).written) == [("ht_barbell", Decimal(120))] * 26


def test_closes_the_report_keeps_the_episode_and_writes_down_who_decided(
    w: World, sore: models.SymptomReport
) -> None:
    change = w.applies(sore, "LB-HT.b")
    with acting_as(w.ada.pk):
        report = models.SymptomReport.objects.get(pk=sore.pk)
        assert report.closed_at == sore.performed_at + HOUR
        assert change.episodes.get().closed_at is None
        decision = models.Decision.objects.get(report=sore)
        assert (decision.kind, decision.by, decision.regression) == ("applied", w.ada, change)


def test_waits_for_the_questions_left_after_the_session(w: World) -> None:
    report = w.hurts(w.noor, sore_back(4))
    with pytest.raises(regressions.NotOffered, match="questions"):
        w.applies(report, "LB-HT.b")
    w.says_no_to_the_rest(report)
    w.applies(report, "LB-HT.b")


@pytest.mark.parametrize("level", STOPS)
def test_is_refused_while_a_stop_is_open(w: World, sore: models.SymptomReport, level: str) -> None:
    stop = w.hurts(w.noor, STOPS[level], at=MONDAY + HOUR)
    assert stop.level == level
    with pytest.raises(steps.ReferralDue):
        w.applies(sore, "LB-HT.b", at=MONDAY + 2 * HOUR)
    assert thrusts(standing(w).resolved) == thrusts(standing(w).written)


@pytest.mark.parametrize("level", STOPS)
def test_is_refused_by_the_database_too_while_a_stop_is_open(
    w: World, sore: models.SymptomReport, level: str
) -> None:
    change = w.applies(sore, "LB-HT.b")
    assert w.hurts(w.noor, STOPS[level], at=MONDAY + 2 * HOUR).level == level
    with pytest.raises(DatabaseError) as no:
        step_written_past_the_action(w, change)
    assert getattr(no.value.__cause__, "sqlstate", "") == "CA001"


def test_is_not_refused_by_the_database_while_nothing_is_open(
    w: World, sore: models.SymptomReport
) -> None:
    change = w.applies(sore, "LB-HT.b")
    step_written_past_the_action(w, change)
    with acting_as(w.ada.pk):
        assert change.steps.count() == 2


def test_goes_on_beside_a_referral_of_another_place(w: World, sore: models.SymptomReport) -> None:
    w.hurts(w.noor, says("wrist", "left", 8, exercise={"exercise": "bp_bb"}), at=MONDAY + HOUR)
    w.applies(sore, "LB-HT.b", at=MONDAY + 2 * HOUR)


def test_can_be_ended_and_undone_while_a_stop_is_open(w: World, sore: models.SymptomReport) -> None:
    change = w.applies(sore, "LB-HT.b")
    w.hurts(w.noor, emergency_body(), at=MONDAY + 90 * dt.timedelta(minutes=1))
    with acting_as(w.ada.pk):
        regressions.undo(regression_id=change.pk, **w.acts(w.noor))


def test_undone_leaves_exactly_the_plan_that_was(w: World, sore: models.SymptomReport) -> None:
    before = standing(w).resolved
    change = w.applies(sore, "LB-HT.b")
    assert standing(w).resolved != before
    with acting_as(w.ada.pk):
        regressions.undo(regression_id=change.pk, **w.acts(w.noor))
        assert models.SymptomReport.objects.get(pk=sore.pk).closed_at is None
    assert standing(w).resolved == before


def test_cannot_be_undone_once_a_changed_session_was_trained(
    w: World, sore: models.SymptomReport
) -> None:
    change = w.applies(sore, "LB-HT.b")
    w.trains(w.noor, WEDNESDAY, exercise_id="ht_american", weight_kg=60)
    with acting_as(w.ada.pk), pytest.raises(regressions.TooLate):
        regressions.undo(regression_id=change.pk, **w.acts(w.noor))


def test_ended_gives_back_what_was_written_and_cannot_be_ended_again(
    w: World, sore: models.SymptomReport
) -> None:
    change = w.applies(sore, "LB-HT.b")
    with acting_as(w.ada.pk):
        regressions.end(regression_id=change.pk, outcome="withdrawn", **w.acts(w.noor))
        assert thrusts(standing(w).resolved) == thrusts(standing(w).written)
        with pytest.raises(steps.NotRunning):
            regressions.end(regression_id=change.pk, outcome="settled", **w.acts(w.noor))


def test_outlasts_its_review_until_a_person_ends_it(w: World, sore: models.SymptomReport) -> None:
    w.applies(sore, "LB-HT.b")
    assert {lift for lift, _ in thrusts(standing(w).resolved)} == {"ht_american"}


def test_is_extended_once_and_by_fourteen_days_at_most(
    w: World, sore: models.SymptomReport
) -> None:
    change = w.applies(sore, "LB-HT.b")
    review = standing(w).overlays[-1].review_on
    extend = {"regression_id": change.pk, **w.acts(w.noor)}
    with acting_as(w.ada.pk):
        for wrong in (review, review + 15 * DAY):
            with pytest.raises(regressions.NotOffered):
                regressions.extend(review_on=wrong, **extend)
        regressions.extend(review_on=review + 14 * DAY, **extend)
        with pytest.raises(regressions.NotOffered):
            regressions.extend(review_on=review + 20 * DAY, **extend)
    assert standing(w).overlays[-1].review_on == review + 14 * DAY


def test_chosen_from_a_page_that_is_no_longer_true_is_not_applied(
    w: World, sore: models.SymptomReport
) -> None:
    old = w.choice(sore).basis
    w.hurts(w.noor, says("wrist", "left", 3), at=MONDAY + HOUR)
    with pytest.raises(regressions.Stale) as stale:
        w.applies(sore, "LB-HT.b", basis=old)
    assert stale.value.extra["basis"] == w.choice(sore).basis
    w.applies(sore, "LB-HT.b", basis=stale.value.extra["basis"])


def test_of_a_pattern_already_under_one_is_not_offered(
    w: World, sore: models.SymptomReport
) -> None:
    w.applies(sore, "LB-HT.b")
    knee = w.hurts(w.noor, says("knee", "left", 4), at=MONDAY + 2 * HOUR)
    w.says_no_to_the_rest(knee)
    with pytest.raises(regressions.NotOffered):
        w.applies(knee, "KN-HT.a", at=MONDAY + 3 * HOUR)


def test_leaves_a_begun_session_as_it_was_shown(w: World, sore: models.SymptomReport) -> None:
    """Ruling 12: today's session was begun at noon; what Ada does later is not in it."""
    shown = w.session(w.noor).frozen
    assert shown is not None and shown[0]["now"]["exercise"] == "ht_barbell"
    w.applies(sore, "LB-HT.b")
    assert w.session(w.noor).frozen == shown
    todays = next(each for each in standing(w).resolved.sessions if each.on == TODAY)
    assert todays.items[0].now is not None and todays.items[0].now.exercise == "ht_barbell"


def test_keeps_in_a_begun_session_what_it_asked_for_then(
    w: World, sore: models.SymptomReport
) -> None:
    change = w.applies(sore, "LB-HT.b")
    w.trains(w.noor, WEDNESDAY, exercise_id="ht_american", weight_kg=60)
    with acting_as(w.ada.pk):
        regressions.end(regression_id=change.pk, outcome="withdrawn", **w.acts(w.noor))
    frozen = w.session(w.noor, WEDNESDAY).frozen
    assert frozen is not None
    assert (frozen[0]["now"]["exercise"], frozen[0]["was"]["exercise"]) == (
        "ht_american",
        "ht_barbell",
    )


def test_of_somebody_elses_client_is_not_there(w: World, sore: models.SymptomReport) -> None:
    change = w.applies(sore, "LB-HT.b")
    with acting_as(w.bo.pk):
        with pytest.raises(NotThere):
            regressions.undo(regression_id=change.pk, **w.acts(w.sam))
        with pytest.raises(NotThere):
            regressions.watch(report_id=sore.pk, note="", **w.acts(w.sam))


def test_answered_report_that_rises_to_a_stop_binds_again(
    w: World, sore: models.SymptomReport
) -> None:
    made = w.applies(sore, "LB-HT.b")
    with acting_as(w.ada.pk):
        assert not models.Site.objects.filter(report=sore, closed_at__isnull=True).exists()
    risen = w.says_more(sore, {"answers": {"L1": "yes"}})
    assert (risen.level, risen.closed_at) == ("emergency", None)
    with acting_as(w.ada.pk):
        assert models.Site.objects.filter(report=sore, closed_at__isnull=True).exists()
        with pytest.raises(steps.ReferralDue):
            regressions.extend(
                client=sore.client,
                regression_id=made.pk,
                review_on=made.created_at.date() + 28 * DAY,
                by=w.ada,
                at=made.created_at + DAY,
            )


def test_looked_at_on_day_7_goes_on_and_is_not_asked_again(
    w: World, sore: models.SymptomReport
) -> None:
    made = w.applies(sore, "LB-HT.b")
    with acting_as(w.ada.pk):
        asked = models.FollowUp.objects.filter(regression=made, done_at__isnull=True)
        assert sorted(asked.values_list("kind", flat=True)) == ["day_7", "review"]
        regressions.keep_going(
            client=sore.client, regression_id=made.pk, by=w.ada, at=made.created_at + 7 * DAY
        )
        assert list(asked.values_list("kind", flat=True)) == ["review"]
        assert made.steps.count() == 1


def test_answered_report_that_turns_grave_within_its_level_is_open_again(
    w: World, sore: models.SymptomReport
) -> None:
    w.applies(sore, "LB-HT.b")
    place = {"region": "back_low", "side": "midline", "pain_worst": 7}
    risen = w.says_more(sore, {"regions": [place]})
    assert (w.verdict(risen).level, w.verdict(risen).priority) == ("modify", "high")
    assert risen.closed_at is None


def test_counts_as_answered_when_first_decided_whatever_follows(
    w: World, sore: models.SymptomReport
) -> None:
    change = w.applies(sore, "LB-HT.b")
    later = w.acts(w.noor) | {"at": sore.performed_at + 20 * DAY}
    with acting_as(w.ada.pk):
        regressions.end(regression_id=change.pk, outcome="withdrawn", **later)
        assert inbox.inbox(w.ada, at=later["at"]).median_minutes == 60
