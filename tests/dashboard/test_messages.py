"""The thread with a client on the desk."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from django.test import Client as Browser

from clients import models
from coachapi.accounts.models import User
from coachapi.door import acting_as
from coachapi.ids import new_id
from coachapi.notifications.models import Alert
from tests.dashboard import world


def test_the_thread_is_read_and_answered(desk: Browser, ada: User, now: dt.datetime) -> None:
    noor = world.client(ada, "Noor Haddad", at=now)
    row = world.writes(noor, "Is the <b>bench</b> free?", at=now)
    assert "1 new message" in desk.get("/desk/clients/").content.decode()
    assert "1 new" in desk.get(f"/desk/clients/{noor.pk}/").content.decode()
    url = f"/desk/clients/{noor.pk}/messages/"
    page = desk.get(url).content.decode()
    assert "Is the &lt;b&gt;bench&lt;/b&gt; free?" in page
    beacon = f"/desk/clients/{noor.pk}/read/{row.pk}/"
    assert f'data-seen="{beacon}"' in page
    assert desk.post(beacon).status_code == 204
    assert f'data-seen="{beacon}"' not in desk.get(url).content.decode()
    sent = {"message_id": str(new_id()), "text": "From seven."}
    assert "Sent. Noor Haddad reads it" in desk.post(url, sent, follow=True).content.decode()
    assert desk.post(url, sent).status_code == 303  # pressed twice, sent once
    with acting_as(ada.pk):
        assert models.Message.objects.filter(from_coach=True).count() == 1
    assert desk.post(url, sent | {"text": "From eight."}).status_code == 409
    empty = desk.post(url, {"message_id": str(new_id()), "text": " "})
    assert empty.status_code == 422 and "Not done yet" in empty.content.decode()


def test_an_open_thread_asks_for_what_is_new(desk: Browser, ada: User, now: dt.datetime) -> None:
    noor = world.client(ada, "Noor Haddad", at=now)
    world.writes(noor, "One.", at=now)
    url = f"/desk/clients/{noor.pk}/messages/"
    page = desk.get(url).content.decode()
    mark = page.partition('name="mark" value="')[2].partition('"')[0]
    part = {"HX-Request": "true"}
    assert desk.get(url, {"mark": mark}, headers=part).status_code == 204
    world.writes(noor, "Two.", at=now + dt.timedelta(minutes=1))
    answer = desk.get(url, {"mark": mark}, headers=part)
    assert answer.status_code == 200 and "Two." in answer.content.decode()
    assert "<form" not in answer.content.decode()


def test_a_long_thread_comes_in_pages_of_the_same_cost(
    desk: Browser, ada: User, now: dt.datetime, queries_of: Callable[[str], int]
) -> None:
    noor = world.client(ada, "Noor Haddad", at=now)
    world.writes(noor, "number 0", at=now)
    url = f"/desk/clients/{noor.pk}/messages/"
    one = queries_of(url)
    for number in range(1, 45):
        world.writes(noor, f"number {number}.", at=now + dt.timedelta(seconds=number))
    assert (one, queries_of(url)) == (6, 6)
    page = desk.get(url).content.decode()
    assert "number 44." in page and "number 2." not in page
    earlier = page.partition('href="?before=')[2].partition('"')[0]
    page = desk.get(url, {"before": earlier}).content.decode()
    assert "number 2." in page and "number 44." not in page and "To the newest" in page


def test_the_link_of_a_mail_leads_to_the_thread(desk: Browser, ada: User, now: dt.datetime) -> None:
    noor = world.client(ada, "Noor Haddad", at=now)
    world.writes(noor, "Hello.", at=now)
    with acting_as(ada.pk):
        alert = Alert.objects.get(kind="message.new")
    answer = desk.get(f"/desk/alerts/{alert.pk}/")
    assert answer["Location"] == f"/desk/clients/{noor.pk}/messages/"


def test_check_ins_stand_on_the_client_s_page(desk: Browser, ada: User, now: dt.datetime) -> None:
    noor = world.client(ada, "Noor Haddad", at=now)
    url = f"/desk/clients/{noor.pk}/"
    assert "None yet. A week after" in desk.get(url).content.decode()
    world.checks_in(noor, {"taps": {"sleep": 2}, "body_weight_kg": 71.5, "note": "tired"}, at=now)
    page = desk.get(url).content.decode()
    assert "sleep 2 · 71.5 kg" in page and "“tired”" in page
