"""What a client does beside training, on their phone: check in, film a lift, bring and take."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.axe import faults
from tests.media.films import film
from tests.phone.test_phone import coached, sign_in
from tests.stories.people import until
from tests.stories.world import World
from tests.workers import Worker

pytestmark = pytest.mark.whole
Opened = Callable[..., Page]

HEVY = """title,start_time,end_time,exercise_title,set_index,set_type,weight_kg,reps,rpe
Legs,"22 Dec 2025, 08:00","22 Dec 2025, 09:00",Hip Thrust (Barbell),0,normal,100,8,8
Legs,"22 Dec 2025, 08:00","22 Dec 2025, 09:00",Leg wave,0,normal,40,12,
Legs,some day,"22 Dec 2025, 09:00",Leg wave,1,normal,40,12,
"""


def test_a_check_in_is_five_taps_by_keyboard_and_waits_for_signal(
    world: World, open_phone: Opened
) -> None:
    noor, email = coached(world)
    page = open_phone("/phone/", bypass_csp=True)  # the audit puts styles into the page
    sign_in(page, email)
    until("it has the questions", lambda: page.evaluate("localStorage['coach.copy:checks']"))
    page.evaluate("navigator.serviceWorker.ready")
    page.context.set_offline(True)
    page.goto("/phone/#check-in")
    assert faults(page) == []
    page.get_by_role("button", name="Start").press("Enter")
    for number in range(5):
        expect(page.get_by_text(f"Today · {number + 1} of 5")).to_be_visible()
        page.locator(f"#a-{number % 5}").press("Enter")
    weight = page.get_by_label("Body weight in kg")
    weight.fill("7")
    page.get_by_role("button", name="Send").press("Enter")
    expect(page.get_by_role("alert")).to_have_text("A body weight in kg, or nothing.")
    assert faults(page) == []
    weight.fill("71,5")
    page.get_by_label("A note to your coach").fill("Short night.")
    page.get_by_role("button", name="Send").press("Enter")
    expect(page.get_by_text("kept on this phone")).to_be_visible()
    page.context.set_offline(False)
    (row,) = until("it arrives", lambda: noor.phone.get("/v1/check-ins")["items"])
    assert list(row["taps"].values()) == [1, 2, 3, 4, 5]
    assert (row["body_weight_kg"], row["note"]) == (71.5, "Short night.")


def test_a_film_goes_on_where_it_broke_off(
    world: World, worker: Worker, open_phone: Opened, tmp_path: Path
) -> None:
    noor, email = coached(world)
    lift = film(tmp_path / "lift.mp4")
    whole = lift.read_bytes() + bytes(1_200_000)  # three pieces; what follows a film is ignored
    lift.write_bytes(whole)
    sent: list[int] = []

    def watched(route: Route) -> None:
        """The second piece never arrives."""
        if route.request.method == "PATCH":
            sent.append(int(route.request.headers["upload-offset"]))
            if len(sent) == 2:
                return route.abort()
        return route.continue_()

    page = open_phone("/phone/", service_workers="block", bypass_csp=True)
    sign_in(page, email)
    page.route("**/v1/uploads/*", watched)
    page.goto("/phone/#records")
    assert faults(page) == []
    page.goto("/phone/#films")
    page.get_by_label("Film, at most a minute").set_input_files(lift)
    page.get_by_label("What should your coach look at?").fill("The top")
    assert faults(page) == []
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_text("Waiting for signal")).to_be_visible()
    assert float(page.get_by_role("progressbar").get_attribute("value") or 0) > 0
    page.get_by_role("button", name="Stop").click()
    expect(page.locator("#became")).to_have_text("Stopped. Choose the same film again to go on.")
    page.get_by_label("Film, at most a minute").set_input_files(lift)
    page.get_by_role("button", name="Send").click()
    expect(page.locator("#became")).to_have_text("The film is sent.")
    expect(page.get_by_text("Your coach can see it")).to_be_visible()
    piece = sent[1]
    assert sent[:3] == [0, piece, piece] and sent[-1] < len(whole), "nothing is sent twice"
    (row,) = noor.phone.get("/v1/media")["items"]
    assert (row["state"], row["note"]) == ("ready", "The top")
    page.get_by_role("button", name="Take back").click()
    expect(page.locator("#films li")).to_have_count(0)


def test_past_training_is_read_then_brought_and_everything_is_taken_along(
    world: World, worker: Worker, open_phone: Opened, tmp_path: Path
) -> None:
    noor, email = coached(world)
    (tmp_path / "hevy.csv").write_text(HEVY)
    (tmp_path / "photo.csv").write_text("not,an\nexport,at all\n")
    page = open_phone("/phone/")
    sign_in(page, email)
    page.get_by_role("link", name="Me", exact=True).click()
    page.get_by_role("link", name="Bring or take your records").click()
    file = page.get_by_label("A CSV file that Strong or Hevy exports")
    file.set_input_files(tmp_path / "photo.csv")
    page.get_by_role("button", name="Read it").click()
    expect(page.locator("#became")).to_contain_text("not an export of Strong or Hevy")
    file.set_input_files(tmp_path / "hevy.csv")
    page.get_by_role("button", name="Read it").click()
    expect(page.get_by_role("heading", name="Hevy: 2 sets")).to_be_visible()
    expect(page.get_by_label("Hip Thrust (Barbell) (1)")).to_have_value("ht_barbell")
    page.get_by_text("stays out: 1 line").click()
    expect(page.get_by_text("Line 4")).to_be_visible()
    page.get_by_role("button", name="Bring 2 sets").click()
    expect(page.get_by_text("2 of 2 sets")).to_be_visible()
    with page.expect_download() as taken:
        page.get_by_role("button", name="One file (JSON)").click()
    mine = json.loads(taken.value.path().read_text())
    brought = [each["exercise"] for each in mine["tables"]["past_set"]]
    assert sorted(brought, key=str) == [None, "ht_barbell"]
