"""A report …"""

from __future__ import annotations

import datetime as dt
from typing import Any

import psycopg
import pytest
from django.db import DatabaseError, connection

from clients import models
from clients.actions import clearances
from clients.actions.taken import SaidOtherwise
from coachapi.door import acting_as
from coachapi.ids import new_id
from coachapi.notifications.models import Alert, Delivery
from coachapi.refusals import NotThere
from tests import databases
from tests.bodies import MONDAY, emergency_body, half_told_body, says, sore_back
from tests.isolation.tables import Tables
from tests.world import CANARY, DAY, HOUR, MINUTE, World

KEPT = (
    models.SymptomReport,
    models.Site,
    models.Answer,
    models.Verdict,
    models.Episode,
    models.FollowUp,
    models.Decision,
    Alert,
    Delivery,
)


def rows(w: World) -> dict[str, list[Any]]:
    """Everything about Noor that a report writes, as Ada sees it."""
    with acting_as(w.ada.pk):
        return {each.__name__: list(each.objects.order_by("pk").values()) for each in KEPT}


def alerts(w: World) -> list[str]:
    with acting_as(w.ada.pk):
        return list(Alert.objects.order_by("created_at", "pk").values_list("level", flat=True))


def test_commits_with_site_verdict_episode_question_alert_and_deliveries(w: World) -> None:
    report = w.hurts(w.noor, sore_back(4))
    with acting_as(w.ada.pk):
        site = models.Site.objects.get(report=report)
        assert (site.region, site.side, site.value) == ("back_low", "midline", 4)
        assert site.level == report.level == "monitor"
        assert site.episode is not None and site.episode.opened_at == MONDAY
        assert models.Verdict.objects.get(report=report).number == 1
        assert models.FollowUp.objects.filter(report=report, kind="next_morning").count() == 1
        told = Delivery.objects.filter(alert__about_id=report.pk)
        assert sorted(told.values_list("recipient__name", "channel")) == [
            ("Ada", "email"),
            ("Ada", "feed"),
        ]


def test_leaves_nothing_behind_when_the_last_of_its_rows_cannot_be_written(committed: None) -> None:
    w = World.opened()
    name = databases.address(databases.superuser(), connection.settings_dict["NAME"])
    with psycopg.connect(name, autocommit=True) as admin, Tables() as tables:
        admin.execute(
            "CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS"
            " $$ BEGIN RAISE EXCEPTION 'no room' USING ERRCODE = 'disk_full'; END $$"
        )
        admin.execute(
            "CREATE TRIGGER no_room BEFORE INSERT ON notifications_delivery"
            " FOR EACH ROW EXECUTE FUNCTION no_room()"
        )
        try:
            before = tables.state()
            with pytest.raises(DatabaseError, match="no room"):
                w.hurts(w.noor, sore_back(4))
            assert tables.differing(before) == []
        finally:
            admin.execute("DROP FUNCTION no_room CASCADE")
        w.hurts(w.noor, sore_back(4))
        assert "notifications_delivery" in tables.differing(before)


def test_sent_again_with_the_same_words_changes_nothing(w: World) -> None:
    first = w.hurts(w.noor, sore_back(4))
    before = rows(w)
    again = w.hurts(w.noor, sore_back(4), report_id=first.pk, at=MONDAY + HOUR)
    assert again == first
    assert rows(w) == before


def test_sent_again_with_other_words_is_refused_and_the_first_words_stand(w: World) -> None:
    first = w.hurts(w.noor, sore_back(4))
    before = rows(w)
    with pytest.raises(SaidOtherwise):
        w.hurts(w.noor, sore_back(2), report_id=first.pk)
    assert rows(w) == before


def test_under_somebody_elses_id_is_not_there(w: World) -> None:
    sams = w.hurts(w.sam, sore_back(4))
    for body in (sore_back(4), sore_back(5)):
        with pytest.raises(NotThere):
            w.hurts(w.noor, body, report_id=sams.pk)


def test_about_somebody_elses_session_is_not_there(w: World) -> None:
    sams = w.session(w.sam)
    with pytest.raises(NotThere):
        w.hurts(w.noor, sore_back(4, session_id=str(sams.pk)))


def test_is_never_refused_for_what_it_says(w: World) -> None:
    odd = {"regions": "everywhere", "timing": 7, "effect": "exploded", "note": CANARY["Harbour"]}
    assert w.hurts(w.noor, odd).level == "incomplete"


def test_repeated_within_ten_minutes_joins_the_first_without_a_second_alert(w: World) -> None:
    first = w.hurts(w.noor, sore_back(4))
    again = w.hurts(w.noor, sore_back(4, note="once more"), at=MONDAY + 5 * MINUTE)
    assert again.merged_into_id == first.pk
    assert alerts(w) == ["monitor"]


def test_repeated_within_ten_minutes_and_worse_raises_the_first_and_tells_anew(w: World) -> None:
    first = w.hurts(w.noor, sore_back(4))
    w.hurts(w.noor, sore_back(8), at=MONDAY + 5 * MINUTE)
    with acting_as(w.ada.pk):
        assert models.SymptomReport.objects.get(pk=first.pk).level == "refer"
        assert Alert.objects.filter(about_id=first.pk).count() == 2


def test_rises_when_the_next_morning_is_worse(w: World) -> None:
    report = w.hurts(w.noor, sore_back(3))
    said = {"regions": [{"region": "back_low", "side": "midline", "pain_next_morning": 5}]}
    after = w.says_more(report, said, source="next_morning", at=MONDAY + 21 * HOUR)
    assert (report.level, after.level) == ("monitor", "modify")
    assert alerts(w) == ["monitor", "modify"]


@pytest.mark.parametrize("value", [5, 8])
def test_never_falls_by_a_lower_answer(w: World, value: int) -> None:
    report = w.hurts(w.noor, says("back_low", "midline", value, effect="stopped_exercise"))
    place = {"region": "back_low", "side": "midline", "pain_now": 0, "pain_next_morning": 0}
    after = w.says_more(report, {"regions": [place]}, at=MONDAY + 21 * HOUR)
    assert after.level == report.level


def test_never_falls_by_time(w: World) -> None:
    report = w.hurts(w.noor, emergency_body())
    w.hurts(w.noor, says("wrist", "left", 1), at=MONDAY + 30 * DAY)
    assert w.verdict(report).level == "emergency"


def test_that_was_half_told_gets_its_level_from_the_missing_answers(w: World) -> None:
    report = w.hurts(w.noor, half_told_body())
    told = says("elbow", "right", 4)["red_flags"]
    after = w.says_more(report, {"red_flags": told})
    assert (report.level, after.level) == ("incomplete", "monitor")


def mistaken(w: World, report: models.SymptomReport) -> models.SymptomReport:
    return w.says_more(report, {"answers": {"L1": "no"}}, source="mistaken_tap")


def confirmed(w: World, report: models.SymptomReport) -> None:
    with acting_as(w.ada.pk):
        clearances.confirm_mistaken_tap(report_id=report.pk, note="on the phone", **w.acts(w.noor))


def test_tapped_by_mistake_stays_until_a_coach_confirms_the_new_answer(w: World) -> None:
    report = w.hurts(w.noor, emergency_body())
    assert mistaken(w, report).level == "emergency"
    confirmed(w, report)
    assert w.verdict(report).level == "monitor"


def test_tapped_by_mistake_cannot_be_confirmed_before_the_client_answers_again(w: World) -> None:
    report = w.hurts(w.noor, emergency_body())
    with pytest.raises(clearances.NotAnsweredAgain):
        confirmed(w, report)
    assert w.verdict(report).level == "emergency"


def test_with_a_clearance_is_judged_by_what_is_left(w: World) -> None:
    report = w.hurts(w.noor, emergency_body())
    with acting_as(w.ada.pk):
        clearances.record(
            report_id=report.pk,
            seen_on=dt.date(2026, 5, 4),
            professional="physician",
            limits="",
            **w.acts(w.noor),
        )
    assert w.verdict(report).level == "monitor"


def test_without_a_stop_has_nothing_to_clear(w: World) -> None:
    report = w.hurts(w.noor, sore_back(4))
    with acting_as(w.ada.pk), pytest.raises(clearances.NothingToClear):
        clearances.record(
            report_id=report.pk,
            seen_on=dt.date(2026, 5, 4),
            professional="physician",
            limits="",
            **w.acts(w.noor),
        )


def test_is_answered_by_its_own_client_alone(w: World) -> None:
    report = w.hurts(w.noor, sore_back(4))
    with acting_as(w.bo.pk), pytest.raises(NotThere):
        clearances.confirm_mistaken_tap(report_id=report.pk, note="", **w.acts(w.sam))


def test_answered_twice_with_other_words_is_refused(w: World) -> None:
    report, id_ = w.hurts(w.noor, sore_back(4)), new_id()
    w.says_more(report, {"answers": {"L4": "no"}}, answer_id=id_)
    before = rows(w)
    w.says_more(report, {"answers": {"L4": "no"}}, answer_id=id_)
    with pytest.raises(SaidOtherwise):
        w.says_more(report, {"answers": {"L4": "yes"}}, answer_id=id_)
    assert rows(w) == before
