"""The report page: the story, then one decision."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from uuid import UUID

import pytest
from django.test import Client as Browser

from clients import models
from coachapi.accounts.models import User
from coachapi.door import acting_as
from tests.dashboard import world

BACK = ("back_low", "midline")


@pytest.fixture
def noor(ada: User, now: dt.datetime) -> models.Client:
    """Ada's client with a plan and a sore back."""
    return world.client(ada, "Noor Haddad", at=now)


@pytest.fixture
def report(noor: models.Client, ada: User, now: dt.datetime) -> UUID:
    """Low back, 4 of 10, the second time in a fortnight."""
    return world.sore_back(noor, ada, at=now)


def _page(desk: Browser, report: UUID, query: str = "") -> str:
    return desk.get(f"/desk/reports/{report}/{query}").content.decode()


def _form(page: str) -> dict[str, str]:
    bar = page[page.index('class="applybar"') :]
    return dict(re.findall(r'type="hidden" name="(option|basis|sessions)" value="([^"]*)"', bar))


def test_it_says_what_was_said_and_why_the_level(desk: Browser, report: UUID) -> None:
    page = _page(desk, report)
    assert "Low back, middle: 4 of 10 in set 3." in page
    assert "Rule D10" in page
    assert "No warning signs." in page


def test_no_option_is_chosen_for_the_coach(desk: Browser, report: UUID) -> None:
    page = _page(desk, report)
    assert page.count('type="radio"') >= 3
    assert "checked" not in page
    assert "Choose one of these" in page
    assert "data-apply" not in page


def test_choosing_shows_what_changes_and_until_when(desk: Browser, report: UUID) -> None:
    page = _page(desk, report, "?option=LB-HT.b")
    assert "If you apply this" in page
    assert re.search(r"Apply until \w{3} \d{1,2} \w{3}", page)
    assert re.search(r"\d+ sessions change, nothing else", page)
    assert "American hip thrust" in page


def test_the_effect_alone_carries_the_bar_with_it(desk: Browser, report: UUID) -> None:
    headers = {"HX-Request": "true", "HX-Target": "effect"}
    part = desk.get(f"/desk/reports/{report}/?option=LB-HT.b", headers=headers).content.decode()
    assert 'id="bar" hx-swap-oob="true"' in part
    assert "<html" not in part and "<svg class" not in part
    assert len(part) < 12_000


def test_apply_then_undo_leave_receipts(desk: Browser, report: UUID, ada: User) -> None:
    form = _form(_page(desk, report, "?option=LB-HT.b"))
    applied = desk.post(f"/desk/reports/{report}/apply/", form)
    assert applied.status_code == 303
    page = _page(desk, report)
    assert re.search(r"Applied until \w{3} \d+ \w{3}\. \d+ sessions changed\.", page)
    assert "Until your review on" in page
    with acting_as(ada.pk):
        change = models.Regression.objects.get(report=report)
    desk.post(f"/desk/regressions/{change.pk}/undo/")
    page = _page(desk, report)
    assert "Undone. The plan is as it was." in page
    assert "Choose one of these" in page


def test_a_stale_preview_is_refused_and_shown_anew(
    desk: Browser, report: UUID, noor: models.Client, now: dt.datetime, ada: User
) -> None:
    form = _form(_page(desk, report, "?option=LB-HT.b"))
    world.hurts(noor, [("knee_front", "left", 2)], at=now)
    refused = desk.post(f"/desk/reports/{report}/apply/", form)
    page = refused.content.decode()
    assert refused.status_code == 409
    assert "Something changed while you read. Nothing was applied." in page
    assert _form(page)["option"] == "LB-HT.b"
    assert _form(page)["basis"] != form["basis"]
    with acting_as(ada.pk):
        assert not models.Regression.objects.exists()


@pytest.mark.parametrize(
    ("place", "yes", "words"),
    [
        (("knee_front", "left"), (), ("answers are missing", "That exercise is paused")),
        (BACK, ("L1",), ("may need emergency help now", "Every session is paused", "I have this")),
    ],
)
def test_a_stop_shows_no_option_and_refuses_every_apply(
    desk: Browser,
    report: UUID,
    noor: models.Client,
    ada: User,
    now: dt.datetime,
    place: tuple[str, str],
    yes: tuple[str, ...],
    words: tuple[str, ...],
) -> None:
    form = _form(_page(desk, report, "?option=LB-HT.b"))
    at = now - dt.timedelta(minutes=30)
    stop = world.hurts(noor, [(*place, 5)], at=at, yes=yes, asked=bool(yes))
    page = _page(desk, stop)
    assert 'type="radio"' not in page
    assert "data-apply" not in page
    for each in words:
        assert each in page
    refused = desk.post(f"/desk/reports/{report}/apply/", form)
    assert refused.status_code == 409
    assert "Not applied" in refused.content.decode()
    with acting_as(ada.pk):
        assert not models.Regression.objects.exists()


def test_a_clearance_needs_a_day_that_has_been(
    desk: Browser, noor: models.Client, ada: User, now: dt.datetime
) -> None:
    stop = world.hurts(noor, [(*BACK, 5)], at=now, yes=["L1"])
    ahead = (now + dt.timedelta(days=2)).date()
    body = {"seen_on": ahead.isoformat(), "professional": "doctor", "limits": "no lifting"}
    wrong = desk.post(f"/desk/reports/{stop}/clearance/", body)
    assert wrong.status_code == 422
    assert "The day lies ahead." in wrong.content.decode()
    assert "no lifting" in wrong.content.decode()
    right = desk.post(
        f"/desk/reports/{stop}/clearance/", body | {"seen_on": now.date().isoformat()}, follow=True
    )
    assert "Clearance recorded." in right.content.decode()


def test_seen_is_a_post_and_noted_once(desk: Browser, report: UUID, ada: User) -> None:
    _page(desk, report)
    with acting_as(ada.pk):
        assert models.SymptomReport.objects.get(pk=report).seen_at is None
    assert desk.get(f"/desk/reports/{report}/seen/").status_code == 405
    assert desk.post(f"/desk/reports/{report}/seen/").status_code == 204
    with acting_as(ada.pk):
        first = models.SymptomReport.objects.get(pk=report).seen_at
    desk.post(f"/desk/reports/{report}/seen/")
    with acting_as(ada.pk):
        assert models.SymptomReport.objects.get(pk=report).seen_at == first is not None


def test_the_page_has_no_style_and_no_script_of_its_own(desk: Browser, report: UUID) -> None:
    page = _page(desk, report, "?option=LB-HT.b")
    assert " style=" not in page and "<style" not in page
    assert not re.search(r"<script(?![^>]*src=)", page) and " onclick" not in page
    assert len(page) < 45_000


def test_a_longer_record_takes_no_more_queries(
    desk: Browser,
    report: UUID,
    noor: models.Client,
    now: dt.datetime,
    queries_of: Callable[[str], int],
) -> None:
    url = f"/desk/reports/{report}/?option=LB-HT.b"
    before = queries_of(url)
    for days in range(1, 20):
        world.hurts(noor, [("knee_front", "left", 1)], at=now - dt.timedelta(days=days))
    assert (before, queries_of(url)) == (REPORT_QUERIES, REPORT_QUERIES)


REPORT_QUERIES = 26


def test_a_repeat_within_minutes_leads_to_the_first(
    desk: Browser, report: UUID, noor: models.Client, now: dt.datetime
) -> None:
    again = world.hurts(noor, [(*BACK, 4)], at=now + dt.timedelta(minutes=2))
    assert desk.get(f"/desk/reports/{again}/").headers["Location"] == f"/desk/reports/{report}/"


def test_what_no_database_holds_is_kept_as_near_as_it_can_be(
    desk: Browser, report: UUID, ada: User
) -> None:
    desk.post(f"/desk/reports/{report}/watch/", {"note": "a\x00b"})
    with acting_as(ada.pk):
        assert models.Decision.objects.get().note == "a\ufffdb"


def test_a_form_without_its_mark_is_refused_in_our_words(report: UUID, ada: User) -> None:
    browser = Browser(enforce_csrf_checks=True)
    browser.force_login(ada, backend="allauth.account.auth_backends.AuthenticationBackend")
    refused = browser.post(f"/desk/reports/{report}/watch/", {"note": "x"})
    assert refused.status_code == 403
    assert "load the page again and send once more" in refused.content.decode()
