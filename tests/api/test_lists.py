"""Long lists come in pages, and what has not changed is not sent again."""

from __future__ import annotations

import base64
import json
from typing import Any

import pytest
from django.db import transaction

from tests.isolation.cast import Cast, Life, set_body
from tests.isolation.phone import Person, fresh

LISTS = ("sets", "sessions", "reports", "messages", "check-ins", "alerts")


def paged(person: Person, path: str, limit: int) -> list[dict[str, Any]]:
    """Every item of a list, page by page."""
    found: list[dict[str, Any]] = []
    cursor = ""
    while True:
        joined = path if "?" in path else f"{path}?"
        answer = person.ok("GET", f"/v1/{joined}&limit={limit}{cursor}")
        assert len(answer["items"]) <= limit
        found += answer["items"]
        if answer["next_cursor"] is None:
            return found
        cursor = f"&cursor={answer['next_cursor']}"


def fill(life: Life) -> None:
    """Some of everything, much of it at one and the same instant."""
    assert life.set_sent and life.report_sent
    at = life.set_sent["performed_at"]
    for number in range(4):
        body = set_body(life.session, set_index=number, performed_at=at)
        life.person.ok("PUT", f"/v1/sets/{fresh()}", body)
        life.person.ok("PUT", f"/v1/messages/{fresh()}", life.message_sent)
        life.person.ok("PUT", f"/v1/check-ins/{fresh()}", life.check_in_sent)
        said = {**life.report_sent, "note": f"again {number}"}
        life.person.ok("PUT", f"/v1/reports/{fresh()}", said)


@pytest.mark.parametrize("name", LISTS)
def test_pages_neither_repeat_nor_drop_a_row(name: str, cast: Cast) -> None:
    life = cast.lives["eli"]
    reader = cast.people["ada"] if name == "alerts" else life.person
    with transaction.atomic():
        fill(life)
        whole = reader.ok("GET", f"/v1/{name}?limit=200")["items"]
        pages = paged(reader, name, 2)
        transaction.set_rollback(True)
    assert whole
    assert [each["id"] for each in pages] == [each["id"] for each in whole]
    assert len({each["id"] for each in whole}) == len(whole)


def packed(value: Any) -> str:
    """A cursor that holds anything."""
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")


BAD = {
    "cursor=x": "bad_cursor",
    "cursor=%00": "bad_cursor",
    f"cursor={packed(['2026-05-01T00:00:00', 'x'])}": "bad_cursor",
    f"cursor={packed(['2026-05-01T00:00:00+00:00', 'nobody'])}": "bad_cursor",
    f"cursor={packed(['9999-05-01T00:00:00+00:00', 'x'])}": "bad_cursor",
    f"cursor={packed([1, 2, 3])}": "bad_cursor",
    "limit=0": "validation_error",
    "limit=201": "validation_error",
    "limit=-1": "validation_error",
    "limit=many": "validation_error",
    "limit=²": "validation_error",
}


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("query", BAD)
def test_a_garbage_cursor_or_limit_is_refused_with_its_pointer(
    query: str, name: str, cast: Cast
) -> None:
    answer = cast.people["noor"].send("GET", f"/v1/{name}?{query}")
    said = json.loads(answer.content)
    assert (answer.status_code, said["code"]) == (422, BAD[query]), said
    assert said["errors"][0]["pointer"] in {"#/cursor", "#/limit"}


def test_what_a_phone_has_already_is_not_sent_again(cast: Cast) -> None:
    life = cast.lives["noor"]
    for path in (
        "/v1/today",
        "/v1/week",
        "/v1/report-form?region=back_low",
        f"/v1/sets/{life.set}",
        f"/v1/sessions/{life.session}",
        f"/v1/reports/{life.report}",
        f"/v1/messages/{life.message}",
        f"/v1/check-ins/{life.check_in}",
    ):
        first = life.person.send("GET", path)
        tag = first.headers["ETag"]
        assert first.headers["Cache-Control"] == "private, no-cache"
        for held in (tag, f'"other", W/{tag.removeprefix("W/")}', "*"):
            again = life.person.send("GET", path, **{"If-None-Match": held})
            assert (again.status_code, again.content) == (304, b""), (path, held)
            assert again.headers["ETag"] == tag
        assert life.person.send("GET", path, **{"If-None-Match": '"0"'}).status_code == 200


def test_a_set_s_tag_is_its_rev(cast: Cast) -> None:
    life = cast.lives["noor"]
    path = f"/v1/sets/{life.set}"
    with transaction.atomic():
        assert life.person.send("GET", path).headers["ETag"] == '"1"'
        life.person.ok("PUT", path, {**(life.set_sent or {}), "reps": 7, "rev": 1})
        shown = life.person.send("GET", path)
        transaction.set_rollback(True)
    assert shown.headers["ETag"] == '"2"'
    assert json.loads(shown.content)["reps"] == 7


def test_an_edit_of_an_older_version_is_a_412(cast: Cast) -> None:
    ada = cast.people["ada"]
    path = f"/v1/programs/{cast.program}"
    with transaction.atomic():
        for expected in (200, 412):
            answer = ada.send("PUT", path, cast.document, **{"If-Match": '"1"'})
            assert answer.status_code == expected
        assert json.loads(answer.content)["status"] == 412
        transaction.set_rollback(True)


def test_the_form_knows_what_is_known(cast: Cast) -> None:
    noor = cast.lives["noor"]
    form = noor.person.ok("GET", "/v1/report-form?region=back_low")
    assert form["version"] == noor.person.ok("GET", "/v1/rules")["digest"]
    assert {each["region"] for each in form["last_places"]} == {"back_low", "elbow"}
    assert form["prefill"]["exercise"] == "ht_barbell"
    assert form["prefill"]["session_id"] == noor.session
    assert form["facts_due"] is True and form["facts"] == []
