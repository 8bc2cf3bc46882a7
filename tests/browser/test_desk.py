"""The desk in a browser: three clicks, no sideways scroll, nothing the automated rules find."""

from __future__ import annotations

import datetime as dt
from collections.abc import Generator
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest
from django.urls import resolve

from clients import models
from clients.queries import media
from coachapi.accounts.models import User
from coachapi.door import acting_as
from tests.browser.axe import OF_COLOURS, RULES, faults
from tests.browser.pages import SIGNED_OUT, WIDE_TABLES, WIDTHS, names_of_pages, of_ada
from tests.dashboard import world


@pytest.fixture
def pages(ada: User, now: dt.datetime) -> Generator[dict[str, str], None, None]:
    """One of each."""
    yield of_ada(ada, now)
    with acting_as(ada.pk):
        for clip in models.Media.objects.all():
            media.store().delete(clip.clip)


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
    page = open_page(pages["report"].partition("?")[0], java_script_enabled=False)
    page.check("input[value='LB-HT.b']")
    page.click("text=Show what it changes")
    page.click("text=/Apply until/")
    assert "Applied until" in page.inner_text("[role=status]")
    with acting_as(ada.pk):
        assert models.Regression.objects.get().option_id == "LB-HT.b"


def test_no_page_breaks_a_rule_in_either_theme_or_scrolls_sideways(
    open_page: Any, pages: dict[str, str]
) -> None:
    every = {**pages, **SIGNED_OUT}
    looked_at = {resolve(urlsplit(url).path).url_name for url in every.values()}
    assert names_of_pages() - looked_at == set(), "add what is new to tests/browser/pages.py"
    found = {}
    page = open_page("/desk/", reduced_motion="reduce")
    for name, url in every.items():
        if name in SIGNED_OUT:
            page.context.clear_cookies()
        page.emulate_media(color_scheme="light")
        page.goto(urljoin(page.url, url))
        found[name] = faults(page, RULES)
        page.emulate_media(color_scheme="dark")
        found[name] += [f"dark {each}" for each in faults(page, OF_COLOURS)]
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            if (needs := page.evaluate("document.documentElement.scrollWidth")) > width:
                found[name] += [f"needs {needs} at {width}"]
            if width >= 820 and (tables := page.evaluate(WIDE_TABLES)):
                found[name] += [f"tables scroll at {width}: {tables}"]
    assert {name: wrong for name, wrong in found.items() if wrong} == {}


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
    page = open_page(pages["report: emergency"])
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
