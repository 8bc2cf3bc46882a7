"""A client's plan on the desk …"""

from __future__ import annotations

import datetime as dt
import html
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client as Browser

from clients import models
from clients.actions import jobs, plans
from coachapi.accounts.models import Coach, User
from coachapi.door import acting_as
from programs.actions import programs
from tests.dashboard import world


@pytest.fixture
def noor(ada: User, now: dt.datetime) -> models.Client:
    return world.client(ada, "Noor Haddad", at=now)


def template(ada: User, now: dt.datetime) -> Any:
    with acting_as(ada.pk):
        place = Coach.objects.get(user=ada)
        return programs.write(place=place, raw=world.document(), by=ada, at=now)


@pytest.fixture
def plan(ada: User, noor: models.Client, now: dt.datetime) -> models.Plan:
    made = template(ada, now)
    with acting_as(ada.pk):
        return plans.assign(
            client=noor,
            document=made.document,
            program=made.program,
            template=made.number,
            starts_on=now.date(),
            weekdays=sorted({(now.date() + dt.timedelta(days=n)).weekday() for n in (1, 3, 5)}),
            today=now.date(),
            by=ada,
            at=now,
        )


def editor(desk: Browser, noor: models.Client) -> tuple[str, dict[str, Any]]:
    """The first session's editor and the form as it is shown."""
    page = desk.get(f"/desk/clients/{noor.pk}/plan/?week=2").content.decode()
    url = re.findall(r'href="(/desk/clients/[^"]*/plan/[0-9a-f-]{36}/)"', page)[0]
    form = typed(desk.get(url).content.decode())
    return url, form


def test_is_read_week_by_week(desk: Browser, plan: models.Plan, noor: models.Client) -> None:
    page = desk.get(f"/desk/clients/{noor.pk}/plan/").content.decode()
    assert 'aria-current="true" class="now"' in page and "Barbell hip thrust" in page
    assert "Noor Haddad may, without asking" in page
    assert "No plan is running" not in page


def test_says_what_to_do_where_there_is_none(desk: Browser, noor: models.Client) -> None:
    for path in ("", "history/"):
        page = desk.get(f"/desk/clients/{noor.pk}/plan/{path}").content.decode()
        assert "No plan is running" in page
    assert (
        "Nothing done" in desk.get(f"/desk/clients/{noor.pk}/exercises/sq_back/").content.decode()
    )


def test_is_edited_and_the_history_has_it_and_takes_it_back(
    desk: Browser, plan: models.Plan, noor: models.Client
) -> None:
    url, form = editor(desk, noor)
    slot = form["slot"][0]
    same = desk.post(url, form, follow=True).content.decode()
    assert "Nothing was changed" in same
    heavier = form | {
        f"sets-{slot}": "2 × 5 · 90 kg · RIR 3",
        "scope": "following",
        "reason": "tired",
    }
    page = desk.post(url, heavier, follow=True).content.decode()
    assert "Saved as revision 2" in page and "2 × 5 · 90 kg · RIR 3" in page
    history = desk.get(f"/desk/clients/{noor.pk}/plan/history/").content.decode()
    assert "“tired”" in history and "<ins>" in history and "Back to revision 1" in history
    back = {"to": "1", "expected": "2"}
    undone = desk.post(f"/desk/clients/{noor.pk}/plan/history/", back, follow=True)
    assert "as it was in revision 1" in undone.content.decode()
    assert "2 × 5 · 90 kg" not in desk.get(f"/desk/clients/{noor.pk}/plan/?week=2").content.decode()


def typed(page: str) -> dict[str, Any]:
    """The form of an editor's page as a browser would send it."""
    tags = re.findall(r"<input[^>]*>", page.partition('id="editor"')[2].partition("</form>")[0])
    form: dict[str, Any] = {"slot": []}
    for tag in tags:
        found = dict(re.findall(r'(\w+)="([^"]*)"', tag))
        if found["name"] == "slot":
            form["slot"].append(found["value"])
        elif found.get("type") not in {"radio", "checkbox"} or "checked" in tag:
            form[found["name"]] = html.unescape(found.get("value", ""))
    return form


def test_moves_an_exercise_up_with_a_button_and_the_history_says_so(
    desk: Browser, plan: models.Plan, noor: models.Client
) -> None:
    url, form = editor(desk, noor)
    one, two = form["slot"][:2]
    moved = desk.post(url, form | {f"note-{one}": "kept", "place": f"up:{two}"})
    page = moved.content.decode()
    assert moved.status_code == 200
    assert re.search(rf'value="down:{two}" formnovalidate autofocus', page)  # it is the first now
    back = typed(page)
    assert back["slot"][:2] == [two, one] and back[f"note-{one}"] == "kept"
    assert "revision 1" in desk.get(f"/desk/clients/{noor.pk}/plan/").content.decode()
    again = typed(desk.post(url, back | {"place": f"up:{two}"}).content.decode())
    assert again["slot"] == back["slot"]
    assert "Saved as revision 2" in desk.post(url, back, follow=True).content.decode()
    history = desk.get(f"/desk/clients/{noor.pk}/plan/history/").content.decode()
    assert "1 session changed" in history and "in another order" in history
    assert typed(desk.get(url).content.decode())["slot"][:2] == [two, one]


def test_changes_tempo_superset_and_progression_or_says_what_is_wrong_beside_them(
    desk: Browser, plan: models.Plan, noor: models.Client
) -> None:
    url, form = editor(desk, noor)
    one, two = form["slot"][:2]
    for wrong, said in (
        ({f"superset-{one}": "A"}, "The superset A has one place only."),
        ({f"growth-{one}": "a bit more"}, "Accepted: linear"),
        ({f"growth-{one}": "percent 70 75"}, "the work sets say no other load"),
    ):
        answer = desk.post(url, form | wrong | {f"tempo-{one}": "3-1-1"})
        page = answer.content.decode()
        place = page.partition(f'value="{one}"')[2].partition("</li>")[0]
        assert answer.status_code == 422
        assert said in html.unescape(place) and 'value="3-1-1"' in place
    taken = {
        f"superset-{one}": "A",
        f"superset-{two}": "A",
        f"tempo-{one}": "3-1-1",
        f"growth-{one}": "linear +5 kg every 1",
        "scope": "following",
    }
    assert "Saved as revision 2" in desk.post(url, form | taken, follow=True).content.decode()
    lines = [
        re.findall(r"tempo 3-1-1|\d+ kg", desk.get(f"{week}{n}").content.decode())
        for week in (f"/desk/clients/{noor.pk}/plan/?week=",)
        for n in (2, 3)
    ]
    first, next_week = ([each for each in found if each != "tempo 3-1-1"] for found in lines)
    assert "tempo 3-1-1" in lines[0] and "tempo 3-1-1" in lines[1]
    assert int(next_week[0].split()[0]) == int(first[0].split()[0]) + 5
    shown = typed(desk.get(url).content.decode())
    assert shown[f"growth-{one}"] == "linear +5 kg every 1" and shown[f"superset-{two}"] == "A"
    desk.post(url, shown | {f"growth-{one}": "", "scope": "following"})
    assert typed(desk.get(url).content.decode())[f"growth-{one}"] == ""


def test_adds_a_session_or_keeps_what_was_typed(
    desk: Browser, plan: models.Plan, noor: models.Client
) -> None:
    url = f"/desk/clients/{noor.pk}/plan/new/"
    assert (
        f'href="{url}?week=2"' in desk.get(f"/desk/clients/{noor.pk}/plan/?week=2").content.decode()
    )
    form = typed(desk.get(f"{url}?week=2").content.decode())
    day = plan.starts_on + dt.timedelta(days=7)
    assert form["date"] == day.isoformat() and len(form["slot"]) == 6
    filled = form | {
        "name": "Arms",
        "exercise-A1": "Back squat",
        "sets-A1": "3 × 8 · 40 kg",
        "date": (day + dt.timedelta(days=1)).isoformat(),
    }
    for wrong, status, said in (
        ({"exercise-A1": "", "sets-A1": ""}, 422, "Say at least one exercise"),
        ({"date": "soon"}, 422, "Choose the day"),
        ({"sets-A1": "some"}, 422, "no number of sets"),
        ({"date": "2031-01-01"}, 422, "outside the weeks of the plan"),
        ({"date": (plan.starts_on - dt.timedelta(days=1)).isoformat()}, 422, "lies ahead"),
        ({"expected": "7"}, 409, "saved revision 1"),
    ):
        answer = desk.post(url, filled | wrong)
        page = answer.content.decode()
        assert answer.status_code == status
        assert said in page and 'value="Arms"' in page
    added = desk.post(url, filled, follow=True).content.decode()
    assert "Added, as revision 2" in added and "Arms" in added and 'aria-current="true"' in added
    history = desk.get(f"/desk/clients/{noor.pk}/plan/history/").content.decode()
    assert "a session added" in history


def test_trades_the_days_of_two_sessions(
    desk: Browser, plan: models.Plan, noor: models.Client
) -> None:
    page = desk.get(f"/desk/clients/{noor.pk}/plan/?week=2").content.decode()
    forms = re.findall(r'action="(/desk/[^"]*/days/)"(.*?)</form>', page, re.DOTALL)
    assert len(forms) == 3 and forms[0][1].count('name="other"') == 1
    url, inside = forms[1]
    fields = dict(re.findall(r'name="(expected|week)" value="(\d+)"', inside))
    other = re.findall(r'name="other" value="([^"]*)"', inside)[0]
    heads = re.findall(r"<h3>([^<]*)</h3>", page)
    traded = desk.post(url, fields | {"other": other}, follow=True).content.decode()
    assert re.findall(r"<h3>([^<]*)</h3>", traded)[:2] == heads[1::-1]
    assert desk.post(url, fields | {"other": other}).status_code == 409  # read at revision 1
    assert desk.post(url, fields | {"other": "x"}).status_code == 404


def test_keeps_what_was_typed_when_it_is_not_taken(
    desk: Browser, plan: models.Plan, noor: models.Client
) -> None:
    url, form = editor(desk, noor)
    slot = form["slot"][0]
    wrong = form | {f"sets-{slot}": "three of eight", f"note-{slot}": "my own words"}
    answer = desk.post(url, wrong)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "no number of sets" in page and "my own words" in page and "three of eight" in page
    desk.post(url, form | {"name": "Somebody else's day"})
    late = desk.post(url, form | {"name": "My day"})
    said = late.content.decode()
    assert late.status_code == 409
    assert "saved revision 2" in said and 'value="My day"' in said and "As it stands now" in said
    expected = re.search(r'name="expected" value="(\d+)"', said)
    assert expected is not None and expected[1] == "2"


def test_shows_what_stands_against_it_and_asks_why(
    desk: Browser, ada: User, plan: models.Plan, noor: models.Client, now: dt.datetime
) -> None:
    world.hurts(noor, [("back_low", "midline", 8)], at=now)
    url, form = editor(desk, noor)
    slot = form["slot"][0]
    answer = desk.post(url, form | {f"exercise-{slot}": "Back squat", "override": "because"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "the report about low back, middle" in page and "can't be overridden" in page


def test_is_given_to_several_and_flows_to_them(
    desk: Browser, ada: User, plan: models.Plan, noor: models.Client, now: dt.datetime
) -> None:
    sam = world.client(ada, "Sam Okoro", at=now)
    body = {
        "clients": [str(noor.pk), str(sam.pk)],
        "starts_on": now.date().isoformat(),
        "weekdays": ["0", "2", "4"],
    }
    asked = desk.post(f"/desk/programs/{plan.program_id}/give/", body, follow=True)
    url = asked.redirect_chain[-1][0]
    assert (
        "0 of 2 done" in asked.content.decode()
        and 'hx-trigger="every 1s"' in asked.content.decode()
    )
    job_id = url.rstrip("/").rpartition("/")[2]
    jobs.work(job_id=job_id, by_id=ada.pk)  # type: ignore[arg-type]  # a string is read as an id
    for _ in range(300):  # the bell may have woken a worker, which then has the last client
        part = desk.get(url, headers={"HX-Request": "true"}).content.decode()
        if "Finished" in part:
            break
    assert "Finished: 1 of 2 done. 1 was not." in part and "hx-trigger" not in part
    assert "Up to date" in desk.get(f"/desk/programs/{plan.program_id}/flow/").content.decode()
    assert desk.post(f"/desk/programs/{plan.program_id}/give/", {}).status_code == 422


def test_takes_the_same_queries_for_one_week_and_for_many(
    desk: Browser,
    plan: models.Plan,
    noor: models.Client,
    queries_of: Callable[[str], int],
) -> None:
    assert queries_of(f"/desk/clients/{noor.pk}/plan/") <= 6
    assert queries_of(f"/desk/clients/{noor.pk}/plan/?week=3") <= 6
