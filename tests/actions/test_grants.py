"""What a coach allows beforehand …"""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from clients import models
from clients.actions import enrolment, grants, regressions, steps
from clients.actions.moment import Moment
from clients.actions.taken import SaidOtherwise
from clients.queries import grants as held
from clients.queries import inbox, people
from clients.queries.supposing import Supposed
from coachapi.door import acting_as
from coachapi.ids import new_id
from coachapi.notifications.models import Alert
from coachapi.refusals import NotThere, Unreadable
from tests.bodies import MONDAY, TODAY, emergency_body, says, sore_back
from tests.world import DAY, HOUR, MINUTE, ZONE, World

BACK = Supposed("back_low", "midline", "ht_barbell", 4)
LATER = MONDAY + 2 * DAY  # Wednesday, the next session


def allowed(w: World, option_id: str = "LB-HT.b", **more: Any) -> models.Grant:
    """Ada allows an option on Noor's phone for four weeks."""
    given = {"supposed": BACK, "until": TODAY + 28 * DAY, "by": w.ada, "at": MONDAY} | more
    with acting_as(w.ada.pk):
        noor = people.coached_client(w.ada, w.noor.pk)
        return grants.give_down(client=noor, option_id=option_id, **given)


def used(
    w: World,
    grant: models.Grant,
    report: models.SymptomReport | None,
    *,
    at: dt.datetime = LATER + HOUR,
    synced_at: dt.datetime | None = MONDAY + HOUR,
    use_id: uuid.UUID | None = None,
) -> models.GrantUse:
    """Noor's phone says that it used it."""
    with acting_as(w.noor.user_id):
        row, _ = grants.use(
            client=people.own_client(w.noor.user),
            grant_id=grant.pk,
            use_id=use_id or new_id(),
            report_id=report.pk if report else None,
            synced_at=synced_at,
            moment=Moment(at, ZONE, at + MINUTE),
        )
        return row


def hurts_again(w: World, value: int = 4, **more: Any) -> models.SymptomReport:
    w.trains(w.noor, TODAY + 2 * DAY)
    return w.says_no_to_the_rest(w.hurts(w.noor, sore_back(value, **more), at=LATER))


def lifts_ahead(w: World) -> set[str]:
    with acting_as(w.noor.user_id):
        shown = held.plans.standing(w.noor.pk).resolved
    return {each.items[0].now.exercise for each in shown.sessions if each.on > TODAY + 2 * DAY}


@pytest.fixture
def trained(w: World) -> World:
    """Noor has trained on Monday, so that loads are known."""
    w.trains(w.noor)
    return w


def test_is_used_at_once_stays_provisional_and_is_told(trained: World) -> None:
    grant = allowed(trained)
    report = hurts_again(trained)
    use = used(trained, grant, report)
    assert (use.refused, use.confirmed_at) == ([], None)
    assert "ht_american" in lifts_ahead(trained)
    with acting_as(trained.ada.pk):
        decision = models.Decision.objects.get(regression=use.regression)
        assert (decision.kind, decision.by) == ("provisional", trained.ada)
        alert = Alert.objects.get(kind="regression.provisional")
        assert alert.deliveries.filter(channel="email").exists()
        rows = inbox.inbox(trained.ada, at=LATER + 2 * HOUR).rows
        assert report.pk in {row.report_id for row in rows}  # a coach still has to look


def test_is_confirmed_once_and_answers_the_report(trained: World) -> None:
    use = used(trained, allowed(trained), hurts_again(trained))
    assert use.regression is not None
    how = {"client": trained.noor, "regression_id": use.regression.pk, "by": trained.ada}
    for _ in range(2):
        with acting_as(trained.ada.pk):
            regressions.confirm(at=LATER + 2 * HOUR, **how)
    with acting_as(trained.ada.pk):
        kept = models.GrantUse.objects.get(pk=use.pk)
        assert (kept.confirmed_at, kept.confirmed_by) == (LATER + 2 * HOUR, trained.ada)
        assert models.SymptomReport.objects.get(pk=use.report_id).closed_at == LATER + 2 * HOUR
        kinds = models.Decision.objects.filter(regression=use.regression).values_list("kind")
        assert sorted(kinds) == [("confirmed",), ("provisional",)]


def test_is_undone_like_any_change(trained: World) -> None:
    use = used(trained, allowed(trained), hurts_again(trained))
    assert use.regression is not None
    with acting_as(trained.ada.pk):
        regressions.undo(
            client=trained.noor,
            regression_id=use.regression.pk,
            by=trained.ada,
            at=LATER + 2 * HOUR,
        )
    assert lifts_ahead(trained) == {"ht_barbell"}


@pytest.mark.parametrize(
    ("body", "how", "why"),
    [
        (sore_back(5), {}, "pain"),  # the coach's own border is 4
        (sore_back(4, effect="stopped_exercise"), {}, "effect"),
        (says("knee_front", "left", 4), {}, "other_place"),
        (sore_back(4, exercise={"exercise": "row_chest"}), {}, "other_exercise"),
        (sore_back(4), {"synced_at": None}, "not_synced"),
        (sore_back(4), {"synced_at": LATER - 8 * DAY}, "not_synced"),
    ],
)
def test_is_kept_with_its_reason_and_changes_nothing_when_it_does_not_hold(
    trained: World, body: dict[str, Any], how: dict[str, Any], why: str
) -> None:
    grant = allowed(trained)
    report = trained.says_no_to_the_rest(trained.hurts(trained.noor, body, at=LATER))
    use = used(trained, grant, report, **how)
    assert why in use.refused and use.regression is None
    assert lifts_ahead(trained) == {"ht_barbell"}


def test_never_holds_beside_an_open_stop(trained: World) -> None:
    grant = allowed(trained)
    trained.hurts(trained.noor, emergency_body(), at=LATER - HOUR)
    use = used(trained, grant, hurts_again(trained))
    assert "open_report" in use.refused
    assert lifts_ahead(trained) == {"ht_barbell"}


def test_is_void_once_withdrawn_run_out_or_its_coach_has_left(trained: World) -> None:
    first, second = allowed(trained), allowed(trained, until=TODAY + DAY)
    with acting_as(trained.ada.pk):
        grants.withdraw(client=trained.noor, grant_id=first.pk, by=trained.ada, at=MONDAY + HOUR)
    report = hurts_again(trained)
    assert used(trained, first, report).refused == ["withdrawn"]
    assert used(trained, second, report).refused == ["expired"]
    third = allowed(trained)
    with acting_as(trained.ada.pk):
        models.Coaching.objects.filter(client=trained.noor, coach__user=trained.ada).update(
            until=LATER
        )
    assert used(trained, third, report).refused == ["withdrawn"]


def test_may_be_said_again_for_ever_and_never_otherwise(trained: World) -> None:
    grant, report, use_id = allowed(trained), hurts_again(trained), new_id()
    first = used(trained, grant, report, use_id=use_id)
    assert used(trained, grant, report, use_id=use_id).regression_id == first.regression_id
    with pytest.raises(SaidOtherwise):
        used(trained, grant, report, use_id=use_id, at=LATER + 2 * HOUR)
    with acting_as(trained.noor.user_id):
        assert models.Regression.objects.count() == 1


def test_is_refused_for_what_would_not_be_offered(trained: World) -> None:
    with pytest.raises(grants.NotGrantable):
        allowed(trained, "KN-HT.a")
    with pytest.raises(grants.NotGrantable, match="Leaving a lift out"):
        allowed(trained, "remove_for_now")


@pytest.mark.parametrize(
    "wrong",
    [
        {"supposed": Supposed("tail", "midline", "ht_barbell", 4)},
        {"supposed": Supposed("back_low", "left", "ht_nobody", 4)},
        {"supposed": Supposed("back_low", "midline", "ht_barbell", 6)},
        {"until": TODAY},
        {"until": TODAY + 85 * DAY},
    ],
)
def test_is_refused_beyond_what_may_be_allowed(trained: World, wrong: dict[str, Any]) -> None:
    with pytest.raises(Unreadable):
        allowed(trained, **wrong)


def test_is_not_given_while_a_stop_is_open(trained: World) -> None:
    trained.hurts(trained.noor, emergency_body(), at=MONDAY + HOUR)
    with pytest.raises(steps.ReferralDue):
        allowed(trained, at=MONDAY + 2 * HOUR)


def test_reaches_the_phone_with_the_sessions_it_would_show(trained: World) -> None:
    allowed(trained)
    with acting_as(trained.noor.user_id):
        (shown,) = held.for_phone(people.own_client(trained.noor.user), at=MONDAY + HOUR)
    assert (shown["option"], shown["places"], shown["most_pain"]) == (
        "LB-HT.b",
        [["back_low", "midline"]],
        4,
    )
    firsts = {each["items"][0]["prescription"]["exercise"]["id"] for each in shown["sessions"]}
    assert firsts == {"ht_american"} and len(shown["sessions"]) == 3


def test_takes_as_many_queries_for_one_as_for_many(trained: World) -> None:
    counted = []
    for _ in range(2):
        allowed(trained)
        with acting_as(trained.noor.user_id), CaptureQueriesContext(connection) as queries:
            held.for_phone(people.own_client(trained.noor.user), at=MONDAY + HOUR)
        counted.append(len(queries))
    assert counted[0] == counted[1]


def test_climbs_a_rung_only_while_every_check_is_clean(trained: World) -> None:
    sore = trained.says_no_to_the_rest(trained.hurts(trained.noor, sore_back(4)))
    change = trained.applies(sore, "LB-HT.b")
    with acting_as(trained.ada.pk):
        grant = grants.give_up(
            client=change.client,
            regression_id=change.pk,
            until=TODAY + 60 * DAY,
            by=trained.ada,
            at=MONDAY + 2 * HOUR,
        )
    early = used(trained, grant, None, at=LATER, synced_at=LATER - HOUR)
    assert "not_clean" in early.refused
    for days in (2, 4, 7):
        trained.after_exposure(change, TODAY + days * DAY, 1, 0)
    on = MONDAY + 8 * DAY
    climbed = used(trained, grant, None, at=on, synced_at=on - HOUR)
    assert climbed.refused == []
    with acting_as(trained.ada.pk):
        step = change.steps.order_by("-number")[0]
        assert (step.kind, step.rung, step.by) == ("rung", 1, trained.ada)


def test_is_somebody_elses_business_nowhere(trained: World) -> None:
    grant = allowed(trained)
    with acting_as(trained.sam.user_id), pytest.raises(NotThere):
        grants.use(
            client=people.own_client(trained.sam.user),
            grant_id=grant.pk,
            use_id=new_id(),
            report_id=None,
            synced_at=None,
            moment=Moment(LATER, ZONE, LATER),
        )
    with acting_as(trained.bo.pk):
        assert not models.Grant.objects.exists()


def test_ends_for_good_with_the_clients_consent(trained: World) -> None:
    allowed(trained)
    with acting_as(trained.noor.user_id):
        noor = people.own_client(trained.noor.user)
        enrolment.withdraw_consent(client=noor, purpose="coach_sees", at=MONDAY + HOUR)
    with acting_as(trained.ada.pk):
        assert not models.Grant.objects.exists()
