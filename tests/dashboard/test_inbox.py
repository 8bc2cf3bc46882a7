"""The inbox says who needs this coach first."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable

from django.test import Client as Browser

from coachapi.accounts.models import User
from tests.dashboard import world
from tests.dashboard.conftest import signed_in

BACK = ("back_low", "midline")
KNEE = ("knee_front", "left")


def _names(page: str) -> list[str]:
    return re.findall(r'data-name="([^"]+)"', page)


def test_the_gravest_stands_first_whoever_came_last(
    desk: Browser, ada: User, now: dt.datetime
) -> None:
    for minutes, name, value, yes in (
        (1, "Mild Last", 2, ()),
        (30, "Emergency Early", 5, ("L1",)),
        (10, "Monitor Between", 4, ()),
    ):
        who = world.client(ada, name, at=now)
        world.planned(who, ada, at=now)
        world.hurts(who, [(*BACK, value)], at=now - dt.timedelta(minutes=minutes), yes=yes)
    page = desk.get("/desk/").content.decode()
    assert _names(page)[0] == "Emergency Early"
    assert page.index("g-now") < page.index("Emergency Early") < page.index("g-know")


def test_an_empty_one_says_that_nothing_needs_the_coach(desk: Browser) -> None:
    assert "Nothing needs you." in desk.get("/desk/").content.decode()


def test_another_coach_s_client_is_not_in_it(desk: Browser, now: dt.datetime) -> None:
    bo = world.coach("Bo Quist", "Quist Coaching")
    who = world.client(bo, "Not Yours", at=now)
    report = world.hurts(who, [(*BACK, 5)], at=now, yes=["L1"])
    assert "Not Yours" not in desk.get("/desk/").content.decode()
    assert desk.get(f"/desk/reports/{report}/").status_code == 404
    assert "Not Yours" in signed_in(bo).get("/desk/").content.decode()


def test_unchanged_it_is_not_sent_again(desk: Browser, ada: User, now: dt.datetime) -> None:
    first = desk.get("/desk/inbox/live/")
    mark = first.headers["ETag"]
    again = desk.get("/desk/inbox/live/", headers={"If-None-Match": mark})
    assert (again.status_code, again.content) == (304, b"")
    world.hurts(world.client(ada, "New Here", at=now), [(*KNEE, 2)], at=now)
    changed = desk.get("/desk/inbox/live/", headers={"If-None-Match": mark})
    assert changed.status_code == 200
    assert _names(changed.content.decode()) == ["New Here"]


def test_one_row_and_twenty_take_the_same_ten_queries(
    desk: Browser, ada: User, now: dt.datetime, queries_of: Callable[[str], int]
) -> None:
    world.hurts(world.client(ada, "First One", at=now), [(*KNEE, 2)], at=now)
    one = queries_of("/desk/")
    for number in range(19):
        who = world.client(ada, f"Client{number} Many", at=now)
        world.hurts(who, [(*BACK, 5)], at=now, yes=["L1"] if number % 2 else [])
    assert (one, queries_of("/desk/")) == (10, 10)
    assert len(_names(desk.get("/desk/").content.decode())) == 20


def test_taking_it_on_stops_the_alarm_and_keeps_the_row(
    desk: Browser, ada: User, now: dt.datetime
) -> None:
    who = world.client(ada, "Sam Carter", at=now)
    report = world.hurts(who, [(*BACK, 5)], at=now, yes=["L1"])
    assert "I have this" in desk.get("/desk/").content.decode()
    done = desk.post(f"/desk/reports/{report}/have/", follow=True)
    assert "The alarm to cover has stopped." in done.content.decode()
    page = desk.get("/desk/").content.decode()
    assert _names(page) == ["Sam Carter"]
    assert "Taken on" in page


def test_an_alert_s_link_leads_to_the_report(desk: Browser, ada: User, now: dt.datetime) -> None:
    from coachapi.door import acting_as
    from coachapi.notifications.models import Alert

    who = world.client(ada, "Sam Carter", at=now)
    report = world.hurts(who, [(*BACK, 5)], at=now, yes=["L1"])
    with acting_as(ada.pk):
        alert = Alert.objects.get(about_id=report)
    assert desk.get(f"/desk/alerts/{alert.pk}/").headers["Location"] == f"/desk/reports/{report}/"
    stranger = signed_in(world.coach("Bo Quist", "Quist Coaching"))
    assert stranger.get(f"/desk/alerts/{alert.pk}/").status_code == 404
