"""The client's phone page in a real browser: five taps, no signal, a stop, an invitation."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.stories.people import Person, new_id, until
from tests.stories.world import GLUTES, Client, World
from tests.workers import Worker

pytestmark = pytest.mark.whole
Opened = Callable[..., Page]
PREPARED = "() => Boolean(localStorage['coach.copy:rules'] && localStorage['coach.copy:form'])"


def coached(world: World, name: str = "Noor Haddad") -> tuple[Client, str]:
    """A client who trains today; returns the client and the address to sign in with."""
    noor = Client.join(world, name)
    today = world.now().date()
    noor.given(GLUTES, [(today.weekday() + each) % 7 for each in (0, 2, 4)], today)
    email: str = noor.phone.get("/v1/me")["email"]
    return noor, email


def sign_in(page: Page, email: str) -> None:
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Password").fill("a-long-password")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="Barbell hip thrust")).to_be_visible()
    until("what five taps need is on the phone", lambda: page.evaluate(PREPARED))


def tap_low_back_4(page: Any) -> None:
    """From the chart to the last tile: five taps."""
    page.get_by_role("button", name="Low back, middle").click()
    page.get_by_role("button", name="4", exact=True).click()
    page.get_by_role("button", name="During the set").click()
    page.get_by_role("button", name="Lowered the weight").click()
    page.get_by_role("button", name="None of these").click()


def say_no_to_the_rest(page: Page) -> None:
    """Each question stands alone on its screen until the last is answered."""
    no = page.get_by_role("button", name="No", exact=True)
    expect(no).to_be_visible()
    for _ in range(20):
        if not no.count():
            return
        no.click(timeout=5000)
    raise AssertionError("The questions never end")


def test_five_taps_send_a_report_bound_to_the_set_it_was_felt_in(
    world: World, open_phone: Opened
) -> None:
    noor, email = coached(world)
    page = open_phone("/phone/")
    sign_in(page, email)
    page.get_by_role("button", name="Log Set 1 as 120 kg × 8 · RIR 2").first.click()
    expect(page.get_by_text("Logged")).to_be_visible()
    page.get_by_role("button", name="This hurts: Barbell hip thrust").click()
    tap_low_back_4(page)
    expect(page.get_by_role("heading", name="Low back, middle, 4 of 10")).to_be_visible()
    expect(page.get_by_text("Not seen yet")).to_be_visible()
    (report,) = noor.phone.get("/v1/reports")["items"]
    assert report["places"][0] | {"value": 4} == report["places"][0]
    (row,) = world.ada.get("/v1/inbox")["items"]
    assert row["report_id"] == report["id"]
    (logged,) = noor.today()["sessions"][0]["sets"]
    assert (logged["weight"], logged["reps"], logged["rir"]) == (120, 8, 2)


def test_no_tap_needs_scrolling_and_every_target_is_44_pixels(
    world: World, open_phone: Opened
) -> None:
    _, email = coached(world)
    page = open_phone("/phone/")
    sign_in(page, email)
    page.locator("#hurts").click()
    for step, choose in enumerate(
        ("Low back, middle", "4", "During the set", "Lowered the weight", "")
    ):
        expect(page.get_by_text(f"{step + 1} of 5")).to_be_visible()
        page.wait_for_load_state()
        height = page.evaluate("document.documentElement.scrollHeight")
        assert height <= 844, f"step {step + 1} is {height} px high"
        small = [
            f"{box['width']:.0f} × {box['height']:.0f}"
            for each in page.locator("#app button").all()
            if (box := each.bounding_box()) and min(box["width"], box["height"]) < 44
        ]
        assert not small, f"step {step + 1} has targets of {small}"
        if choose:
            page.get_by_role("button", name=choose, exact=True).click()
    assert page.locator("[aria-pressed=true]").count() == 0, "nothing is ticked by us"


def test_a_tap_on_the_chart_names_the_three_nearest_places(
    world: World, open_phone: Opened
) -> None:
    _, email = coached(world)
    page = open_phone("/phone/")
    sign_in(page, email)
    page.get_by_role("button", name="This hurts: Barbell hip thrust").click()
    tailbone = page.locator("[id='back.tailbone.M']").bounding_box()
    assert tailbone is not None
    page.mouse.click(tailbone["x"] + tailbone["width"] / 2, tailbone["y"] + tailbone["height"] / 2)
    choices = page.get_by_role("group", name="Nearest places").get_by_role("button")
    expect(choices).to_have_count(3)
    expect(choices.first).to_have_text("Tailbone")


def test_the_five_taps_work_by_keyboard_alone(world: World, open_phone: Opened) -> None:
    noor, email = coached(world)
    page = open_phone("/phone/")
    sign_in(page, email)
    page.locator("#hurts").focus()
    page.keyboard.press("Enter")
    for name in ("Low back, middle", "4", "During the set", "Lowered the weight", "None of these"):
        button = page.get_by_role("button", name=name, exact=True)
        expect(button).to_be_visible()
        _tab_to(page, button)
        page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Low back, middle, 4 of 10")).to_be_visible()
    until("it is sent", lambda: noor.phone.get("/v1/reports")["items"])


def _tab_to(page: Page, button: Locator) -> None:
    for _ in range(40):
        if button.evaluate("each => each === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError("Tab never came to the button")


def test_without_signal_everything_is_kept_over_a_reload_and_sent_in_order(
    world: World, open_phone: Opened
) -> None:
    noor, email = coached(world)
    page = open_phone("/phone/")
    sign_in(page, email)
    page.evaluate("navigator.serviceWorker.ready")
    until("the page is on the phone", lambda: page.evaluate("() => caches.keys()"))
    page.reload()
    page.context.set_offline(True)
    page.get_by_role("button", name="Log Set 1 as").first.click()
    page.get_by_role("button", name="Log Set 2 as").first.click()
    page.get_by_role("button", name="This hurts: Barbell hip thrust").click()
    tap_low_back_4(page)
    kept = "Kept on this phone, goes out with signal"
    expect(page.get_by_text(kept)).to_be_visible()
    page.reload()
    page.get_by_role("link", name="Today").click()
    expect(page.get_by_text("3 kept on this phone, going out with signal.")).to_be_visible()
    expect(page.get_by_text("Kept here")).to_have_count(2)
    assert noor.phone.get("/v1/reports")["items"] == []
    page.context.set_offline(False)
    until("the report arrives", lambda: noor.phone.get("/v1/reports")["items"])
    assert len(noor.today()["sessions"][0]["sets"]) == 2
    expect(page.get_by_text("Logged")).to_have_count(2)
    left = "() => Object.keys(localStorage).some((k) => k.includes('out:'))"
    until("nothing is left on the phone", lambda: not page.evaluate(left))


def test_what_the_server_refuses_is_shown_and_kept(world: World, open_phone: Opened) -> None:
    _, email = coached(world)
    page = open_phone("/phone/")
    sign_in(page, email)
    page.get_by_role("button", name="Set 1, 120 kg × 8 · RIR 2. Change").first.click()
    page.get_by_label("Reps", exact=True).fill("5000")
    page.get_by_role("button", name="Log", exact=True).first.click()
    expect(page.get_by_text("Not accepted", exact=True)).to_be_visible()
    page.reload()
    expect(page.get_by_text("1 not accepted; they stay here.")).to_be_visible()


def test_numbness_between_the_legs_stops_at_once_and_a_mistake_needs_the_coach(
    world: World, open_phone: Opened
) -> None:
    noor, email = coached(world)
    noor.phone.put("/v1/emergency-contact", {"email": "mum@families.example"}).ok(204)
    page = open_phone("/phone/")
    sign_in(page, email)
    page.get_by_role("button", name="This hurts: Barbell hip thrust").click()
    page.get_by_role("button", name="Low back, middle").click()
    page.get_by_role("button", name="3", exact=True).click()
    page.get_by_role("button", name="During the set").click()
    page.get_by_role("button", name="Changed nothing").click()
    page.get_by_role("button", name="Between the legs").click()
    page.get_by_role("button", name="Yes", exact=True).click()
    say_no_to_the_rest(page)
    expect(
        page.get_by_role("heading", name="Stop. Call your emergency number now.")
    ).to_be_visible()
    expect(page.get_by_text("999", exact=True)).to_be_visible()
    expect(page.get_by_text("we write to mum@families.example")).to_be_visible()
    until("the stop stands", lambda: noor.today()["stop"])
    page.get_by_role("button", name="I tapped by mistake").click()
    say_no_to_the_rest(page)
    expect(page.get_by_text("Your coach confirms them, then training goes on.")).to_be_visible()
    assert noor.today()["stop"], "one person alone ends no stop"
    report = noor.phone.get("/v1/reports")["items"][0]["id"]
    said = until("the new answers arrive", lambda: _confirmed(world, report))
    assert said
    until("training goes on", lambda: noor.today()["stop"] is None)


def _confirmed(world: World, report: str) -> bool:
    answer = world.ada.post(f"/v1/inbox/{report}/decisions/mistaken-tap", {"note": "Called."})
    return answer.status == 204


def test_an_invitation_is_accepted_with_nothing_ticked_beforehand(
    world: World, open_phone: Opened
) -> None:
    invited = {"name": "Noor Haddad", "email": "new@demo.example", "time_zone": "Europe/London"}
    link = world.ada.post("/v1/invitations", invited).ok()["link"]
    page = open_phone("/phone/join/#" + link.partition("#")[2])
    expect(page.get_by_role("heading", name="Ada Lund invites you")).to_be_visible()
    boxes = page.get_by_role("checkbox")
    assert [each.is_checked() for each in boxes.all()] == [False, False, False]
    page.get_by_label("Choose a password").fill("a-long-password")
    page.get_by_role("button", name="Accept").click()
    expect(page.get_by_role("alert")).to_contain_text("if you agree that your coach sees")
    page.get_by_label("My coach, and the coach who covers").check()
    page.get_by_role("button", name="Accept").click()
    expect(page.get_by_text("No session today.")).to_be_visible()
    phone = Person.sign_in(world.base, "Noor", "new@demo.example", "a-long-password")
    assert phone.get("/v1/me")["coached_in"][0]["consents"] == ["coach_sees"]


def test_the_next_morning_is_asked_and_answered(
    world: World, worker: Worker, open_phone: Opened
) -> None:
    noor, email = coached(world)
    noor.hurts([("back_low", "midline", 3)], at=world.now())
    world.pass_time(hours=36)
    page = open_phone("/phone/")
    page.evaluate("localStorage.setItem('coach.ahead', 36 * 3600000)")
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Password").fill("a-long-password")
    page.get_by_role("button", name="Sign in").click()
    morning = page.locator(".asked", has_text="How is it this morning?")
    morning.get_by_role("button", name="Answer").click()
    page.get_by_role("button", name="1", exact=True).click()
    page.get_by_role("button", name="Better than before the session").click()
    expect(
        page.get_by_role("heading", name="Barbell hip thrust").or_(
            page.get_by_text("No session today.")
        )
    ).to_be_visible()
    expect(morning).to_have_count(0)
    until(
        "it is answered",
        lambda: "next_morning" not in [each["kind"] for each in noor.today()["follow_ups"]],
    )


def test_somebody_elses_words_on_the_phone_are_not_sent_in_my_name(
    world: World, open_phone: Opened
) -> None:
    _, email = coached(world)
    sam, other = coached(world, "Sam Carter")
    page = open_phone("/phone/")
    sign_in(page, email)
    page.evaluate("navigator.serviceWorker.ready")
    page.context.set_offline(True)
    page.get_by_role("button", name="Log Set 1 as").first.click()
    expect(page.get_by_text("Kept here")).to_be_visible()
    page.get_by_role("link", name="Me", exact=True).click()
    page.get_by_role("button", name="Sign out").click()
    page.context.set_offline(False)
    sign_in(page, other)
    expect(page.get_by_text("Kept here")).to_have_count(0)
    assert sam.today()["sessions"][0]["sets"] == []
    assert page.evaluate("Object.keys(localStorage).filter((k) => k.includes('out:')).length") == 1


def test_an_emergency_contact_is_named_shown_at_the_stop_and_taken_back(
    world: World, open_phone: Opened
) -> None:
    _noor, email = coached(world)
    page = open_phone("/phone/")
    sign_in(page, email)
    page.get_by_role("link", name="Me", exact=True).click()
    page.get_by_label("Their e-mail").fill("nobody")
    page.get_by_role("button", name="I agree, save").click()
    expect(page.locator("#contact:invalid")).to_be_visible()
    page.get_by_label("Their e-mail").fill("mum@families.example")
    page.get_by_role("button", name="I agree, save").click()
    expect(page.get_by_role("button", name="Take back")).to_be_visible()
    page.reload()
    expect(page.get_by_label("Their e-mail")).to_have_value("mum@families.example")
    page.get_by_role("button", name="Take back").click()
    expect(page.get_by_role("button", name="Take back")).to_have_count(0)
    expect(page.get_by_label("Their e-mail")).to_have_value("")


def test_a_message_goes_out_and_the_answer_is_read(world: World, open_phone: Opened) -> None:
    noor, email = coached(world)
    page = open_phone("/phone/")
    sign_in(page, email)
    page.get_by_role("link", name="Messages").click()
    page.get_by_label("Write to your coach").fill("My left knee hurts a bit.")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("button", name="Tell us where it hurts")).to_be_visible()
    thread = f"/v1/clients/{noor.id}/messages"
    assert world.ada.get(thread)["unread"] == 1
    said = {"text": "Leave the squats.", "performed_at": world.now().isoformat(), "zone": "UTC"}
    answer = world.ada.put(f"{thread}/{new_id()}", said).ok(201)
    expect(page.get_by_text("Leave the squats.")).to_be_visible()
    until(
        "the coach reads that it was read",
        lambda: next(
            each["read_at"] for each in world.ada.get(thread)["items"] if each["id"] == answer["id"]
        ),
    )


def test_what_the_coach_allowed_is_used_without_signal_and_confirmed_later(
    world: World, open_phone: Opened
) -> None:
    noor, email = coached(world)
    allowed = {"way": "down", "option_id": "LB-HT.b", "region": "back_low", "side": "midline"}
    allowed |= {"exercise": "ht_barbell", "most_pain": 4}
    until_ = str(world.now().date() + dt.timedelta(days=20))
    client_id = noor.phone.get("/v1/me")["coached_in"][0]["client_id"]
    world.ada.post(f"/v1/clients/{client_id}/grants", allowed | {"until": until_}).ok()
    page = open_phone("/phone/")
    sign_in(page, email)
    until("it is on the phone", lambda: page.evaluate("() => localStorage['coach.copy:grants']"))
    page.evaluate("navigator.serviceWorker.ready")
    page.context.set_offline(True)
    page.get_by_role("button", name="This hurts: Barbell hip thrust").click()
    tap_low_back_4(page)
    page.get_by_role("button", name="questions for after the session").click()
    say_no_to_the_rest(page)
    expect(page.get_by_text("Ada Lund has allowed: American hip thrust")).to_be_visible()
    page.get_by_role("button", name="Use it now").click()
    expect(page.get_by_text("until Ada Lund confirms it")).to_be_visible()
    page.get_by_role("link", name="Today").click()
    expect(page.get_by_role("heading", name="American hip thrust")).to_be_visible()
    page.context.set_offline(False)
    (report,) = until("it is sent", lambda: noor.phone.get("/v1/reports")["items"])
    change = until("the server holds it", lambda: _change(noor))
    assert change["provisional"] and report["open"]
    shown = world.ada.get(f"/v1/clients/{client_id}/grants")["items"][0]["uses"][0]
    world.ada.post(f"/v1/regressions/{shown['regression_id']}/confirm").ok()
    assert _change(noor)["provisional"] is False


def _change(noor: Client) -> Any:
    return noor.phone.get("/v1/reports")["items"][0]["change"]
