"""Who is told, how loud, and what the client reads of it; on real rows."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from clients.actions import enrolment, regressions, seeing
from clients.queries import own_reports, people, turns
from coachapi import clock
from coachapi.accounts.models import Absence, User
from coachapi.door import acting_as
from coachapi.notifications import outbox
from coachapi.notifications.models import Alert, Delivery, Preference
from tests.bodies import MONDAY, emergency_body, sore_back
from tests.world import DAY, HOUR, MINUTE, World


def told(w: World, *, kind: str = "symptom.reported") -> list[tuple[str, str, str, Any]]:
    """Reader, channel, state and, of what waits, after how many hours it is due; in order."""
    with acting_as(w.ada.pk):
        rows = Delivery.objects.filter(alert__kind=kind).select_related("recipient", "alert")
        return [
            (
                row.recipient.name.split()[0],
                row.channel,
                row.state,
                (row.due_at - row.alert.created_at) / HOUR,
            )
            for row in rows.order_by("alert__created_at", "alert_id", "channel", "pk")
        ]


def wishes(user: User, **chosen: Any) -> None:
    with acting_as(user.pk):
        Preference.objects.update_or_create(user=user, defaults=chosen)


def test_an_open_episode_is_one_thread_and_a_rise_in_it_is_told_at_once(w: World) -> None:
    w.hurts(w.noor, sore_back(4))
    w.hurts(w.noor, sore_back(4), at=MONDAY + 2 * DAY)
    w.hurts(w.noor, sore_back(4), at=MONDAY + 3 * DAY)
    w.hurts(w.noor, sore_back(8), at=MONDAY + 4 * DAY)
    with acting_as(w.ada.pk):
        levels = Alert.objects.order_by("created_at").values_list("level", flat=True)
        assert list(levels) == ["monitor", "modify", "modify", "refer+"]
    mail = [row for row in told(w) if row[1] == "email"]
    assert (
        mail
        == [
            ("Ada", "email", "pending", 0),
        ]
        * 3
    ), "told, risen, not when repeated, risen"
    assert len([row for row in told(w) if row[1] == "feed"]) == 4, "the feed has every one"


def test_what_is_held_back_is_not_sent_once_somebody_has_it(w: World) -> None:
    wishes(w.ada, quiet_from=dt.time(10), quiet_to=dt.time(18))
    report = w.hurts(w.noor, sore_back(6))
    assert told(w) == [("Ada", "email", "pending", 5), ("Ada", "feed", "accepted", 0)]
    with acting_as(w.ada.pk):
        regressions.acknowledge(
            client=people.coached_client(w.ada, w.noor.pk),
            report_id=report.pk,
            by=w.ada,
            at=MONDAY + HOUR,
        )
    assert told(w)[0] == ("Ada", "email", "withheld", 5)


def test_an_emergency_passes_quiet_hours_on_every_channel(w: World) -> None:
    wishes(w.ada, quiet_from=dt.time(0), quiet_to=dt.time(23, 59), channels={"reports": ["push"]})
    w.hurts(w.noor, emergency_body())
    assert told(w) == [("Ada", "email", "pending", 0), ("Ada", "feed", "accepted", 0)]


def test_monitor_is_turned_down_to_the_digest_by_who_asks_for_it(w: World) -> None:
    wishes(w.ada, monitor_to_digest=True)
    w.hurts(w.noor, sore_back(2))
    assert told(w) == [("Ada", "feed", "accepted", 0)]
    with acting_as(w.ada.pk):
        assert Delivery.objects.filter(channel="feed", for_digest=True).count() == 1


def test_while_the_lead_is_away_cover_is_told_first(w: World) -> None:
    at = clock.now()
    with acting_as(w.ada.pk):
        Absence.objects.create(user=w.ada, first_on=at.date() - DAY, last_on=at.date() + DAY)
    w.hurts(w.noor, sore_back(6), at=at)
    assert told(w) == [
        ("Jo", "email", "pending", 0),
        ("Jo", "feed", "accepted", 0),
        ("Ada", "feed", "accepted", 0),
    ]


def test_the_steps_go_from_lead_to_cover_to_the_emergency_contact(w: World) -> None:
    report = w.hurts(w.noor, emergency_body())
    with acting_as(w.noor.user_id):  # type: ignore[arg-type]
        enrolment.name_emergency_contact(client=w.noor, address="mum@test.example", at=MONDAY)
        alert = Alert.objects.get(about_id=report.pk)
    seen = []
    for number in (1, 2, 3):
        standing = outbox.Standing(
            alert.pk, w.noor.pk, w.noor.practice_id, alert.kind, alert.level, number,
            alert.escalate_every, alert.created_at,
        )  # fmt: skip
        with acting_as(w.ada.pk):
            step = turns.step(standing, at=MONDAY + 10 * number * MINUTE)
        seen.append({(each.channel, each.user_id) for each in step.to})
    ada, jo, noor = w.ada.pk, w.jo.pk, w.noor.user_id
    loud = {("feed", ada), ("push", ada), ("email", ada)}
    assert seen[0] == loud
    assert seen[1] - loud == {("feed", jo), ("push", jo), ("email", jo)}
    assert seen[2] - seen[1] == {("contact", noor)}


@pytest.mark.parametrize(
    ("minutes", "state"), [(0, "delivered"), (9, "delivered"), (10, "not_reached")]
)
def test_the_client_reads_that_nobody_has_looked_and_what_to_do(
    w: World, minutes: int, state: str
) -> None:
    report = w.hurts(w.noor, emergency_body())
    with acting_as(w.noor.user_id):  # type: ignore[arg-type]
        shown = own_reports.one(w.noor, report.pk, at=MONDAY + minutes * MINUTE)
    assert shown is not None
    assert shown["told"]["state"] == state
    assert shown["told"]["look_by"] == MONDAY + 10 * MINUTE
    assert "call 999 now" in shown["told"]["what_to_do"]
    assert "Jo covers" in shown["told"]["what_to_do"]


def test_the_client_is_told_that_it_was_seen_and_changed(w: World, sore: Any) -> None:
    phone = w.noor.user
    assert phone is not None
    with acting_as(w.ada.pk):
        client = people.coached_client(w.ada, w.noor.pk)
        for _ in range(2):
            seeing.seen(client=client, report_id=sore.pk, by=w.ada, at=MONDAY + HOUR)
    w.applies(sore, "LB-HT.b", at=MONDAY + 2 * HOUR)
    with acting_as(phone.pk):
        shown = own_reports.one(w.noor, sore.pk, at=MONDAY + 3 * HOUR)
        told_ = Delivery.objects.filter(wording="answer").order_by("accepted_at")
        assert [row.alert.kind for row in told_] == ["client.seen", "client.changed"]
        assert {row.recipient_id for row in told_} == {phone.pk}
        seeing.told(by=phone, up_to=told_[0].pk, at=MONDAY + 4 * HOUR)
        assert [bool(row.read_at) for row in told_.all()] == [True, False]
    assert shown is not None and shown["told"]["state"] == "changed"
