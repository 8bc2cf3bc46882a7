"""Clients and programs on the desk."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable

import pytest
from django.test import Client as Browser

from coachapi.accounts.models import Coach, User
from coachapi.door import acting_as
from programs.actions import programs
from tests.dashboard import world


def test_the_client_page_tells_the_story_and_the_week_ahead(
    desk: Browser, ada: User, now: dt.datetime
) -> None:
    noor = world.client(ada, "Noor Haddad", at=now)
    world.sore_back(noor, ada, at=now)
    page = desk.get(f"/desk/clients/{noor.pk}/").content.decode()
    assert "week 4 of 12" in page
    assert "Low back, middle, 4 of 10" in page
    assert "Chest-supported row" in page
    assert page.count('role="img"') == 2


def test_the_list_and_the_page_take_the_same_queries_for_one_and_for_twenty(
    desk: Browser, ada: User, now: dt.datetime, queries_of: Callable[[str], int]
) -> None:
    noor = world.client(ada, "Noor Haddad", at=now)
    world.sore_back(noor, ada, at=now)
    url = f"/desk/clients/{noor.pk}/"
    one = queries_of("/desk/clients/"), queries_of(url)
    for number in range(19):
        who = world.client(ada, f"Client{number} Many", at=now)
        world.hurts(who, [("knee_front", "left", 2)], at=now)
        world.hurts(noor, [("knee_front", "left", 1)], at=now - dt.timedelta(days=number + 1))
    assert (one, (queries_of("/desk/clients/"), queries_of(url))) == ((6, 19), (6, 19))


def test_somebody_else_s_client_is_not_there(desk: Browser, now: dt.datetime) -> None:
    bo = world.coach("Bo Quist", "Quist Coaching")
    who = world.client(bo, "Not Yours", at=now)
    for url in (f"/desk/clients/{who.pk}/", f"/desk/clients/{who.pk}/assign/"):
        assert desk.get(url).status_code == 404
    assert "Not Yours" not in desk.get("/desk/clients/").content.decode()


def test_an_invitation_shows_its_link_once(desk: Browser) -> None:
    body = {"name": "Hana Novak", "email": "hana@test.example", "time_zone": "Europe/Prague"}
    page = desk.post("/desk/clients/invite/", body).content.decode()
    assert "Hana Novak is invited" in page
    assert re.search(r'value="http://testserver/\S+', page)
    wrong = desk.post("/desk/clients/invite/", body | {"email": "hana"})
    assert wrong.status_code == 422
    assert "Not done yet" in wrong.content.decode()
    assert "Hana Novak" in wrong.content.decode()


def test_a_program_is_read_and_assigned(desk: Browser, ada: User, now: dt.datetime) -> None:
    noor = world.client(ada, "Noor Haddad", at=now)
    with acting_as(ada.pk):
        place = Coach.objects.get(user=ada)
        made = programs.write(place=place, raw=world.document(), by=ada, at=now)
    assert "Barbell hip thrust" in desk.get(f"/desk/programs/{made.program_id}/").content.decode()
    body = {
        "program": str(made.program_id),
        "starts_on": now.date().isoformat(),
        "weekdays": ["0", "2", "4"],
    }
    url = f"/desk/clients/{noor.pk}/assign/"
    short = desk.post(url, body | {"weekdays": ["0"]})
    assert short.status_code == 422
    assert "more workouts than there are weekdays" in short.content.decode()
    late = desk.post(url, body | {"starts_on": "9999-12-30"})
    assert (late.status_code, "too far ahead" in late.content.decode()) == (422, True)
    done = desk.post(url, body, follow=True).content.decode()
    assert "Assigned from" in done
    assert desk.post(url, body).status_code == 409


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_theme_stands_on_the_page_that_is_sent(desk: Browser, theme: str) -> None:
    body = {"theme": theme, "time_zone": "Europe/London"}
    page = desk.post("/desk/settings/", body, follow=True).content.decode()
    assert f'data-theme="{theme}"' in page
    assert "data-keys" not in page


def test_nobody_reads_the_desk_without_signing_in(committed: None) -> None:
    answer = Browser().get("/desk/")
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/accounts/login/")
    assert "Sign in" in Browser().get("/accounts/login/").content.decode()
