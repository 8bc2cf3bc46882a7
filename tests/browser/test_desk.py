"""The desk in a browser: three clicks, no sideways scroll, nothing the automated rules find."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from clients import models
from coachapi.accounts.models import Coach, User
from coachapi.door import acting_as
from coachapi.notifications.models import Delivery
from coachapi.webhooks import endpoints
from programs.actions import programs
from tests.browser.axe import RULES, faults
from tests.dashboard import world

ALLOW = "place=back_low:midline&exercise=ht_barbell&most_pain=4"
OF_COLOURS = ["color-contrast", "link-in-text-block"]  # what another theme can break


@pytest.fixture
def pages(ada: User, now: dt.datetime) -> dict[str, str]:
    """One of each: a modify, an emergency, a referral, and the client behind the first."""
    noor = world.client(ada, "Noor Haddad", at=now)
    modify = world.sore_back(noor, ada, at=now - dt.timedelta(minutes=5))
    world.writes(noor, "My knee hurts a bit.", at=now)
    sam = world.client(ada, "Sam Carter", at=now)
    stop = world.hurts(sam, [("back_low", "midline", 5)], at=now, yes=["L1"])
    with acting_as(ada.pk):
        endpoints.add(
            url="https://hooks.example.org/a/rather/long/address",
            events=["symptom.reported", "regression.applied"],
            description="Our own",
            by=ada,
            at=now,
        )
        ahead = models.Session.objects.filter(client=noor, state="planned", on__gt=now.date())
        session = ahead.latest("on").pk
        place = Coach.objects.get(user=ada)
        program = programs.write(place=place, raw=world.document(), by=ada, at=now).program_id
        refused = Delivery.objects.filter(channel="email")
        refused.update(state="dead", trouble="the mail server refused the address (550)")
    return {
        "plan": f"/desk/clients/{noor.pk}/plan/",
        "session": f"/desk/clients/{noor.pk}/plan/{session}/",
        "history": f"/desk/clients/{noor.pk}/plan/history/",
        "lift": f"/desk/clients/{noor.pk}/exercises/ht_barbell/",
        "give": f"/desk/programs/{program}/give/",
        "flow": f"/desk/programs/{program}/flow/",
        "inbox": "/desk/",
        "modify": f"/desk/reports/{modify}/?option=LB-HT.b",
        "emergency": f"/desk/reports/{stop}/",
        "client": f"/desk/clients/{noor.pk}/",
        "clients": "/desk/clients/",
        "messages": f"/desk/clients/{noor.pk}/messages/",
        "allowed": f"/desk/clients/{noor.pk}/allowed/?{ALLOW}",
        "invite": "/desk/clients/invite/",
        "settings": "/desk/settings/",
        "devices": "/desk/settings/devices/",
        "webhooks": "/desk/settings/webhooks/",
        "telling": "/desk/settings/alerts/",
        "precision": "/desk/outcomes/alerts/",
        "digest": "/desk/digest/",
        "not delivered": "/desk/dead-letters/",
        "programs": "/desk/programs/",
        "pane": f"/desk/?open={modify}",
    }


def test_american_hip_thrust_is_three_clicks_from_the_inbox(
    open_page: Any, pages: dict[str, str], ada: User
) -> None:
    page = open_page("/desk/")
    page.click("a.who:has-text('Noor Haddad')")
    page.click("#pane label:has-text('American hip thrust')")
    page.click("[data-apply]")
    page.wait_for_selector(".receipt:has-text('Applied until')")
    with acting_as(ada.pk):
        assert models.Regression.objects.get().option_id == "LB-HT.b"


def test_without_scripts_the_same_change_is_applied(
    open_page: Any, pages: dict[str, str], ada: User
) -> None:
    page = open_page(pages["modify"].partition("?")[0], java_script_enabled=False)
    page.check("input[value='LB-HT.b']")
    page.click("text=Show what it changes")
    page.click("text=/Apply until/")
    assert "Applied until" in page.inner_text("[role=status]")
    with acting_as(ada.pk):
        assert models.Regression.objects.get().option_id == "LB-HT.b"


@pytest.mark.parametrize(("theme", "rules"), [("light", RULES), ("dark", OF_COLOURS)])
def test_the_automated_rules_find_nothing(
    open_page: Any, pages: dict[str, str], theme: str, rules: list[str]
) -> None:
    found = {}
    for name, url in pages.items():
        page = open_page(url, color_scheme=theme, reduced_motion="reduce")
        if wrong := faults(page, rules):
            found[name] = wrong
        page.context.close()  # an open page goes on asking the server for news
    assert not found


def test_nothing_scrolls_sideways(open_page: Any, pages: dict[str, str]) -> None:
    wide = {}
    for name, url in pages.items():
        page = open_page(url)
        for width in (320, 390, 1440):
            page.set_viewport_size({"width": width, "height": 900})
            needs = page.evaluate("document.documentElement.scrollWidth")
            if needs > width:
                wide[name, width] = needs
        page.context.close()
    assert not wide


def test_an_emergency_comes_in_by_itself_and_is_said(
    open_page: Any, ada: User, now: dt.datetime
) -> None:
    page = open_page("/desk/")
    assert page.is_visible("text=Nothing needs you.")
    sam = world.client(ada, "Sam Carter", at=now)
    world.hurts(sam, [("back_low", "midline", 5)], at=now, yes=["L1"])
    page.wait_for_selector("a.who:has-text('Sam Carter')", timeout=10_000)
    assert page.inner_text("[data-alert]") == "A new report of Sam Carter needs you now."


def test_a_milder_one_waits_behind_a_button(open_page: Any, ada: User, now: dt.datetime) -> None:
    first = world.client(ada, "First One", at=now)
    world.hurts(first, [("knee_front", "left", 2)], at=now)
    page = open_page("/desk/")
    second = world.client(ada, "Second One", at=now)
    world.hurts(second, [("knee_front", "left", 2)], at=now)
    page.wait_for_selector("text=1 new report. Show", timeout=10_000)
    assert not page.is_visible("a.who:has-text('Second One')")
    page.keyboard.press(".")
    assert page.is_visible("a.who:has-text('Second One')")


def test_a_visible_page_says_seen_after_a_second(
    open_page: Any, pages: dict[str, str], ada: User
) -> None:
    page = open_page(pages["emergency"])
    page.wait_for_event("response", lambda answer: answer.url.endswith("/seen/"), timeout=5000)
    with acting_as(ada.pk):
        assert models.SymptomReport.objects.filter(seen_by=ada).count() == 1


def test_keys_are_off_where_they_are_switched_off(open_page: Any, ada: User) -> None:
    User.objects.filter(pk=ada.pk).update(keys_on=False)
    page = open_page("/desk/")
    page.keyboard.press("?")
    assert not page.is_visible("#keys")
    User.objects.filter(pk=ada.pk).update(keys_on=True)
    page = open_page("/desk/")
    page.keyboard.press("?")
    assert page.is_visible("#keys")
