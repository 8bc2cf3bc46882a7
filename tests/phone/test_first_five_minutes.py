"""The demo's front page: a report on the left arrives on the right, a change comes back."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.stories.people import Person
from tests.stories.world import GLUTES, Client, World
from tests.workers import Worker

pytestmark = pytest.mark.whole
SIDE_BY_SIDE = {"width": 1440, "height": 900}


def noor_of_the_demo(world: World) -> Client:
    """The client whom the front page signs in, training today."""
    invited = {"name": "Noor Haddad", "email": "noor@demo.example", "time_zone": "Europe/London"}
    made = world.ada.post("/v1/invitations", invited).ok()
    accepted = {
        "token": made["link"].partition("#")[2],
        "password": "a-long-password",
        "consents": ["coach_sees"],
    }
    Person(world.base, "Noor").post("/v1/invitations/accept", accepted).ok(201)
    phone = Person.sign_in(world.base, "Noor", "noor@demo.example", "a-long-password")
    noor = Client(world, phone, made["client_id"])
    today = world.now().date()
    noor.given(GLUTES, [(today.weekday() + each) % 7 for each in (0, 2, 4)], today)
    return noor


def test_a_report_arrives_is_answered_and_followed_up(
    world: World, worker: Worker, open_phone: Callable[..., Page]
) -> None:
    noor_of_the_demo(world)
    page = open_phone("/", size=SIDE_BY_SIDE)
    expect(page.get_by_text("a clinician must review the rule set")).to_be_visible()
    phone, desk = page.frame_locator("#phone"), page.frame_locator("#desk")
    expect(desk.get_by_role("heading", name="Inbox")).to_be_visible()

    phone.get_by_role("button", name="Log Set 1 as 120 kg × 8 · RIR 2").first.click()
    phone.get_by_role("button", name="This hurts: Barbell hip thrust").click()
    phone.get_by_role("button", name="Low back, middle").click()
    phone.get_by_role("button", name="4", exact=True).click()
    phone.get_by_role("button", name="During the set").click()
    phone.get_by_role("button", name="Lowered the weight").click()
    phone.get_by_role("button", name="None of these").click()
    expect(page.get_by_text("until it stood on the desk")).to_be_visible()
    assert page.locator("#seconds").inner_text().endswith(" s")

    desk.locator("#rows a.who", has_text="Noor Haddad").click()
    option = desk.locator("input[type=radio][name=option]").first
    expect(option).not_to_be_checked()
    option.check()
    desk.get_by_role("button", name="Apply until").click()
    expect(phone.get_by_text("Changed until your review on")).to_be_visible()

    page.get_by_role("button", name="Next morning").click()
    phone.get_by_role("link", name="Today").click()
    morning = phone.locator(".asked", has_text="How is it this morning?")
    morning.get_by_role("button", name="Answer").click()
    phone.get_by_role("button", name="1", exact=True).click()
    phone.get_by_role("button", name="Better than before the session").click()
    expect(morning).to_have_count(0)
    for days in ("Day 7", "Day 21"):
        page.get_by_role("button", name=days).click()
        expect(page.get_by_role("button", name=days)).to_be_disabled()
    expect(desk.get_by_text("Review due").first).to_be_visible()


def test_the_other_clients_phone_is_signed_in_without_typing(
    world: World, open_phone: Callable[..., Page]
) -> None:
    noor_of_the_demo(world)
    page = open_phone("/", size=SIDE_BY_SIDE)
    phone = page.frame_locator("#phone")
    expect(phone.get_by_text("Noor Haddad")).to_be_visible()
    page.get_by_role("combobox", name="Client").select_option("sam@demo.example")
    expect(page.get_by_role("alert")).to_contain_text("is not in this demo")
    expect(phone.get_by_text("Noor Haddad")).to_be_visible()
