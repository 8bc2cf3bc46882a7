"""Coach and client write to each other …"""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from clients import models
from clients.actions import messages
from clients.actions.moment import Moment
from clients.queries import thread
from coachapi.accounts.models import User
from coachapi.door import acting_as
from coachapi.ids import new_id
from coachapi.notifications.models import Alert
from coachapi.paging import Asked
from coachapi.refusals import NotThere
from tests.bodies import MONDAY
from tests.isolation.phone import Person
from tests.world import MINUTE, ZONE, World


def writes(w: World, by: User, text: str, *, minute: int = 0, **more: Any) -> models.Message:
    """A message in Noor's thread, so many minutes past noon."""
    at = MONDAY + minute * MINUTE
    with acting_as(by.pk):
        row, _ = messages.write(
            client=w.noor,
            message_id=more.pop("message_id", new_id()),
            text=text,
            about=messages.About(**more),
            from_coach=by.pk != w.noor.user_id,
            moment=Moment(at, ZONE, at),
            by=by,
        )
        return models.Message.objects.select_related("report__client__user").get(pk=row.pk)


def reads(w: World, by: User, up_to: models.Message, *, minute: int = 30) -> int:
    """Somebody has the thread open."""
    with acting_as(by.pk):
        return messages.read(
            client=w.noor,
            up_to=up_to.pk,
            by_coach=by.pk != w.noor.user_id,
            at=MONDAY + minute * MINUTE,
        )


def told(w: World, kind: str = "message.new") -> list[tuple[str, str]]:
    """Who was told of a message, on which channel."""
    with acting_as(w.noor.user_id or new_id()):
        found = Alert.objects.filter(kind=kind).order_by("created_at", "id")
        return [
            (each.recipient.name.split()[0], each.channel)
            for alert in found
            for each in alert.deliveries.order_by("channel")
        ]


def test_tells_the_other_side_once_until_it_is_read(w: World) -> None:
    assert w.noor.user is not None
    first = writes(w, w.noor.user, "The bench is free at seven.")
    writes(w, w.noor.user, "Or at eight.", minute=1)
    assert told(w) == [("Ada", "email"), ("Ada", "feed")]
    assert reads(w, w.ada, first) == 1
    assert reads(w, w.ada, first) == 0
    writes(w, w.noor.user, "Eight it is.", minute=2)
    assert len(told(w)) == 2  # the second of the first two still waits
    answer = writes(w, w.ada, "Good.", minute=3)
    assert told(w)[2:] == [("Noor", "feed")]
    assert reads(w, w.noor.user, answer) == 1


def test_says_when_it_was_read_and_counts_what_was_not(w: World) -> None:
    assert w.noor.user is not None
    rows = [writes(w, w.noor.user, f"number {n}", minute=n) for n in range(3)]
    reads(w, w.jo, rows[1])
    with acting_as(w.ada.pk):
        assert thread.unread(w.noor, by_coach=True) == 1
        assert thread.unread_of([w.noor.pk]) == {w.noor.pk: 1}
        kept = models.Message.objects.get(pk=rows[1].pk)
        assert kept.read_at == MONDAY + 30 * MINUTE and kept.rev == 2


def test_the_same_again_is_the_same_and_other_words_are_refused(w: World) -> None:
    id_ = new_id()
    writes(w, w.ada, "See you.", message_id=id_)
    writes(w, w.ada, "See you.", message_id=id_, minute=9)
    with pytest.raises(messages.WrittenOtherwise):
        writes(w, w.ada, "See you then.", message_id=id_)
    with acting_as(w.ada.pk):
        assert models.Message.objects.count() == 1


def test_a_warning_in_the_words_is_asked_at_once_and_pauses_nothing(w: World) -> None:
    assert w.noor.user is not None
    row = writes(w, w.noor.user, "Numb between my legs since yesterday.")
    assert row.hurts and row.report is not None
    assert row.report.level == "incomplete"
    verdict = w.verdict(row.report)
    assert verdict.body["due_now"] == ["L1"]
    assert verdict.body["pauses"]["kind"] == "none"
    assert ("Ada", "email") in told(w, "symptom.reported")
    with acting_as(w.noor.user.pk):
        assert models.FollowUp.objects.filter(report=row.report, items=["L1"]).exists()


def test_a_plain_complaint_only_offers_the_form(w: World) -> None:
    assert w.noor.user is not None
    row = writes(w, w.noor.user, "My left knee hurts a bit.")
    assert row.hurts and row.report is None
    assert not writes(w, w.noor.user, "Great session!", minute=1).hurts
    with acting_as(w.noor.user.pk):
        assert not models.SymptomReport.objects.exists()


def test_a_coach_s_own_words_are_not_screened(w: World) -> None:
    assert writes(w, w.ada, "Any numbness between the legs?").report is None


def test_what_it_is_tied_to_is_this_client_s(w: World, sore: models.SymptomReport) -> None:
    row = writes(w, w.ada, "I saw this.", report_id=sore.pk)
    assert row.report_id == sore.pk
    assert writes(w, w.ada, "Slow down.", exercise_id="ht_barbell").exercise_id == "ht_barbell"
    for wrong in (
        {"session_id": w.session(w.sam).pk},
        {"report_id": new_id()},
        {"exercise_id": "ht_nowhere"},
    ):
        with pytest.raises(NotThere):
            writes(w, w.ada, "Elsewhere.", **wrong)


def test_the_thread_shows_what_became_of_a_report_in_between(
    w: World, sore: models.SymptomReport
) -> None:
    assert w.noor.user is not None
    writes(w, w.noor.user, "Shall I stop?", minute=5)
    w.applies(sore, "LB-HT.b")
    with acting_as(w.noor.user.pk):
        lines, further = thread.thread(w.noor, Asked(limit=200))
    assert further is None
    assert [line.kind for line in lines][:3] == ["change.applied", "message", "report.sent"]
    assert lines[-1].kind == "plan.assigned"
    assert lines[0].words.startswith("Ada changed the plan: American hip thrust")


def test_pages_of_the_thread_neither_repeat_nor_drop_a_line(
    w: World, sore: models.SymptomReport
) -> None:
    for _ in range(5):
        writes(w, w.ada, "All in one minute.", minute=0)
    w.applies(sore, "LB-HT.b", at=MONDAY + dt.timedelta(hours=1))
    with acting_as(w.ada.pk):
        whole, _ = thread.thread(w.noor, Asked(limit=200))
        paged, place = [], None
        while True:
            lines, place = thread.thread(w.noor, Asked(place, 2))
            paged += lines
            if place is None:
                break
    assert [line.id for line in paged] == [line.id for line in whole]
    assert len({line.id for line in whole}) == len(whole) > 7


def test_a_coach_s_message_rings_on_the_client_s_devices_and_says_nothing(
    w: World, settings: Any
) -> None:
    settings.PUSH_CHANNELS = ["fcm"]
    assert w.noor.user is not None
    push = {"provider": "fcm", "value": "token-of-noors-phone:APA91b"}
    device = {"platform": "android", "push": push}
    Person.signed_in(w.noor.user).ok("PUT", f"/v1/devices/{new_id()}", device)
    writes(w, w.ada, "Leave the squats.")
    assert told(w) == [("Noor", "fcm"), ("Noor", "feed")]
    with acting_as(w.noor.user.pk):
        wordings = Alert.objects.values_list("deliveries__wording", flat=True)
        assert set(wordings) == {"answer"}, "the neutral words that lead to the client's phone"
