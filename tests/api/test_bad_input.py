"""Whatever is sent, the answer is a problem document with a stable code, or the report is kept."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Generator
from typing import Any

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client as Browser
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.isolation.cast import Cast, document, report_body, set_body
from tests.isolation.phone import fresh
from tests.isolation.tables import Tables

MEMBERS = {"type", "title", "status", "detail", "code", "errors"}


def problem(answer: HttpResponse, status: int, code: str) -> dict[str, Any]:
    """The problem document of an answer that must be one."""
    said: dict[str, Any] = json.loads(answer.content)
    assert (answer.status_code, said.get("code")) == (status, code), said
    assert answer["Content-Type"] == "application/problem+json" and set(said) >= MEMBERS
    return said


@pytest.fixture
def unchanged(cast: Cast) -> Generator[None, None, None]:
    """Nothing is half-written."""
    with Tables() as tables:
        before = tables.state()
        yield
        assert tables.differing(before) == []


UNREADABLE = {
    "no JSON": b"{",
    "not UTF-8": b"\xff\xfe{}",
    "NaN": b'{"note": NaN}',
    "infinity": b'{"note": -Infinity}',
    "a number beyond all numbers": b'{"kg": 1e400}',
    "an integer of 5000 digits": b'{"kg": ' + b"9" * 5000 + b"}",
    "a member twice": b'{"note": "a", "note": "b"}',
    "very deep": b'{"note": ' + b"[" * 100_000 + b"]" * 100_000 + b"}",
    "deep": b'{"note": ' + b"[" * 60 + b"]" * 60 + b"}",
    "a byte-order mark": b"\xef\xbb\xbf{}",
}


@pytest.mark.parametrize("raw", UNREADABLE.values(), ids=list(UNREADABLE))
def test_what_is_no_json_is_a_400(raw: bytes, cast: Cast, unchanged: None) -> None:
    noor = cast.people["noor"]
    problem(noor.send("PUT", f"/v1/reports/{fresh()}", raw), 400, "parse_error")


@pytest.mark.parametrize("raw", [b"[]", b"3", b"null", b'"words"', b"true"])
def test_what_is_no_object_is_a_422(raw: bytes, cast: Cast, unchanged: None) -> None:
    noor = cast.people["noor"]
    problem(noor.send("PUT", f"/v1/reports/{fresh()}", raw), 422, "validation_error")


def test_ten_megabytes_are_a_413(cast: Cast, unchanged: None) -> None:
    raw = b'{"note": "' + b"a" * 10_000_000 + b'"}'
    problem(cast.people["noor"].send("PUT", f"/v1/reports/{fresh()}", raw), 413, "too_large")


def test_another_media_type_is_a_415(cast: Cast, unchanged: None) -> None:
    token = {"Authorization": f"Bearer {cast.people['noor'].token}"}
    path = f"/v1/reports/{fresh()}"
    answer = Browser().generic("PUT", path, b"a=1", content_type="text/plain", headers=token)
    said = problem(answer, 415, "unsupported_media_type")  # type: ignore[arg-type]
    assert said["title"] == "Unsupported Media Type"
    assert said["detail"].endswith("Accepted: application/json.")


def test_a_wrong_word_is_told_the_right_ones(cast: Cast, unchanged: None) -> None:
    noor = cast.people["noor"]
    sent = {"platform": "toaster", "hat": 1}
    said = problem(noor.send("PUT", f"/v1/devices/{fresh()}", sent), 422, "validation_error")
    assert said["errors"][0]["detail"].startswith("This member is not known here. Known: platform,")
    del sent["hat"]
    said = problem(noor.send("PUT", f"/v1/devices/{fresh()}", sent), 422, "validation_error")
    (platform,) = (each for each in said["errors"] if each["pointer"] == "#/platform")
    assert platform["detail"] == "“toaster” is not known. Accepted: ios, android, web."


def test_a_week_that_ends_after_the_calendar_is_a_422(cast: Cast, unchanged: None) -> None:
    noor = cast.people["noor"]
    said = problem(noor.send("GET", "/v1/week?from=9999-12-31"), 422, "validation_error")
    assert "before 9999" in said["errors"][0]["detail"]


def test_an_unknown_method_or_address_is_a_problem(cast: Cast, unchanged: None) -> None:
    noor = cast.people["noor"]
    problem(noor.send("PATCH", "/v1/today", {}), 405, "method_not_allowed")
    problem(noor.send("GET", "/v1/nowhere"), 404, "not_found")
    problem(noor.send("GET", "/v1/reports/not-an-id"), 404, "not_found")
    problem(noor.send("GET", "/v1/exercises/a%00b"), 404, "not_found")
    problem(noor.send("GET", "/v1/report-form?region=%00"), 422, "validation_error")
    problem(noor.send("DELETE", "/v1/consents/%00"), 404, "not_found")


WRONG_SETS: dict[str, tuple[str, Any]] = {
    "an unknown member": ("level", "log"),
    "a text for a number": ("reps", "8"),
    "true for a number": ("reps", True),
    "half a repetition": ("reps", 8.5),
    "a huge number": ("reps", 10**30),
    "a negative weight": ("weight", -1),
    "an unknown unit": ("weight_unit", "stone"),
    "no such zone": ("zone", "Europe/Nowhere"),
    "no offset": ("performed_at", "2026-05-01T10:00:00"),
    "before 2000": ("performed_at", "1970-01-01T00:00:00Z"),
    "the year 9999": ("performed_at", "9999-12-31T23:59:59-23:59"),
    "no id": ("session_id", "x"),
    "a long slot": ("slot", "A" * 21),
    "no number at all": ("reps", None),
}


@pytest.mark.parametrize("name", WRONG_SETS)
def test_a_wrong_set_is_a_422_that_points_at_it(name: str, cast: Cast, unchanged: None) -> None:
    noor = cast.lives["noor"]
    member, value = WRONG_SETS[name]
    sent = set_body(noor.session) | {member: value}
    said = problem(noor.person.send("PUT", f"/v1/sets/{fresh()}", sent), 422, "validation_error")
    assert [each["pointer"] for each in said["errors"]] == [f"#/{member}"]


BREAKING_SETS: dict[str, tuple[str, Any, str]] = {
    "an unknown exercise": ("exercise_id", "no_such_lift", "set.unknown_exercise"),
    "2000 kg": ("weight", 2000, "validation_error"),
}


@pytest.mark.parametrize("name", BREAKING_SETS)
def test_a_set_that_the_database_refuses_is_a_422(name: str, cast: Cast, unchanged: None) -> None:
    noor = cast.lives["noor"]
    member, value, code = BREAKING_SETS[name]
    sent = set_body(noor.session, **{member: value})
    problem(noor.person.send("PUT", f"/v1/sets/{fresh()}", sent), 422, code)


def test_a_plan_in_the_year_9999_is_refused(cast: Cast, unchanged: None) -> None:
    eli, ada = cast.lives["eli"].client.pk, cast.people["ada"]
    sent = {"document": document("x"), "starts_on": "9999-12-31", "weekdays": [0]}
    assert ada.send("POST", f"/v1/clients/{eli}/plan", sent).status_code in {409, 422}


def test_naming_the_same_cover_twice_is_refused(cast: Cast, unchanged: None) -> None:
    noor, ada = cast.lives["noor"].client.pk, cast.people["ada"]
    me = ada.ok("GET", "/v1/me")["coaches_in"][0]["coach_id"]
    answer = ada.send("POST", f"/v1/clients/{noor}/cover", {"coach_id": me})
    problem(answer, 409, "coaching.linked_already")


@pytest.mark.parametrize("held", ["", "x", "-1", '"²"'])
def test_a_revision_that_is_no_number_is_asked_for(held: str, cast: Cast, unchanged: None) -> None:
    headers = {"If-Match": held} if held else {}
    answer = cast.people["ada"].send(
        "PUT", f"/v1/programs/{cast.program}", document("x"), **headers
    )
    problem(answer, 428, "precondition_required")


def test_the_same_id_with_other_words_is_a_409(cast: Cast, unchanged: None) -> None:
    noor = cast.lives["noor"]
    other = {**(noor.report_sent or {}), "note": "other words"}
    path = f"/v1/reports/{noor.report}"
    problem(noor.person.send("PUT", path, other), 409, "report.other_body")
    assert noor.person.send("PUT", path, noor.report_sent).status_code == 200


def test_a_corrected_set_names_the_version_it_corrects(cast: Cast, unchanged: None) -> None:
    noor = cast.lives["noor"]
    other = {**(noor.set_sent or {}), "reps": 7}
    answer = noor.person.send("PUT", f"/v1/sets/{noor.set}", other)
    assert problem(answer, 409, "set.changed_meanwhile")["rev"] == 1


def test_a_stale_preview_applies_nothing(cast: Cast, unchanged: None) -> None:
    noor = cast.lives["noor"]
    sent = {"option_id": noor.option, "basis": "0" * 20}
    answer = cast.people["ada"].send("POST", f"/v1/inbox/{noor.report}/apply", sent)
    assert problem(answer, 409, "regression.stale_preview")["basis"] == noor.basis


def test_nothing_is_applied_after_a_newer_report_raised_the_level(cast: Cast) -> None:
    noor = cast.lives["noor"]
    with transaction.atomic():
        said = report_body(noor.person, "back_low")
        said["red_flags"] = {"answers": {"E1": "yes"}, "tiles_tapped": ["chest"]}
        shown = noor.person.ok("PUT", f"/v1/reports/{fresh()}", said)
        assert shown["level"] in {"emergency", "urgent", "incomplete"}
        sent = {"option_id": noor.option, "basis": noor.basis}
        answer = cast.people["ada"].send("POST", f"/v1/inbox/{noor.report}/apply", sent)
        problem(answer, 409, "regression.referral_due")
        transaction.set_rollback(True)


ODD_REPORTS: dict[str, dict[str, Any]] = {
    "nothing at all": {},
    "an unknown region": {"regions": [{"region": "tail", "side": "left", "pain_worst": 4}]},
    "a pain of eleven": {"regions": [{"region": "groin", "side": "left", "pain_worst": 11}]},
    "regions as words": {"regions": "my back"},
    "a NUL in the note": {"note": "a\x00b"},
    "half a surrogate": {"note": "\ud800"},
    "an unknown member": {"mood": {"deep": [1, 2, 3]}},
    "tomorrow": {"performed_at": "2199-01-01T00:00:00Z"},
    "a thousand years ago": {"performed_at": "1026-01-01T00:00:00Z"},
    "a number for a time": {"performed_at": 7},
    "a huge integer": {"regions": [{"region": "groin", "side": "left", "pain_worst": 10**300}]},
    "an unreadable session": {"session_id": "x"},
}


@pytest.mark.parametrize("name", ODD_REPORTS)
def test_a_report_is_kept_whatever_it_says(name: str, cast: Cast) -> None:
    noor = cast.lives["noor"]
    with transaction.atomic():
        said = report_body(noor.person, "back_low") | ODD_REPORTS[name]
        said = said if ODD_REPORTS[name] else {}
        path = f"/v1/reports/{fresh()}"
        answer = noor.person.send("PUT", path, said)
        assert answer.status_code == 201, answer.content[:400]
        assert noor.person.send("PUT", path, said).status_code == 200, "the same again"
        transaction.set_rollback(True)


@pytest.mark.parametrize("name", ["nothing at all", "an unknown region", "regions as words"])
def test_a_report_that_cannot_be_read_has_no_level_yet(name: str, cast: Cast) -> None:
    noor = cast.lives["noor"]
    with transaction.atomic():
        said = report_body(noor.person, "back_low") | ODD_REPORTS[name]
        said = said if ODD_REPORTS[name] else {}
        assert noor.person.ok("PUT", f"/v1/reports/{fresh()}", said)["level"] == "incomplete"
        transaction.set_rollback(True)


LEAF = (
    st.none()
    | st.booleans()
    | st.integers(-(10**40), 10**40)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=12)
    | st.sampled_from(["back_low", "left", "yes", "E1", "during_set", "symptom", "2026-05-01"])
)


def _around(inside: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    names = st.sampled_from(["region", "side", "pain_worst", "answers", "x"])
    return st.lists(inside, max_size=4) | st.dictionaries(names, inside)


ANYTHING = LEAF | _around(LEAF | _around(LEAF))
MEMBERS_OF_A_REPORT = (
    "kind performed_at zone regions timing effect red_flags exercise session_id onset quality"
    " aggravators spread note source"
).split()


@given(st.dictionaries(st.sampled_from(MEMBERS_OF_A_REPORT), ANYTHING, max_size=6))
@settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_no_report_breaks_the_server(cast: Cast, odd: dict[str, Any]) -> None:
    noor = cast.lives["noor"]
    with transaction.atomic():
        said = (noor.report_sent or {}) | odd
        answer = noor.person.send("PUT", f"/v1/reports/{fresh()}", said)
        assert answer.status_code in {201, 404}, (said, answer.content[:300])
        assert answer.status_code == 201 or "session_id" in odd
        transaction.set_rollback(True)


def test_the_time_of_a_report_is_marked_when_the_clock_is_odd(cast: Cast) -> None:
    noor = cast.lives["noor"]
    with transaction.atomic():
        later = dt.datetime.now(dt.UTC) + dt.timedelta(days=3)
        said = report_body(noor.person, "back_low", performed_at=later.isoformat())
        shown = noor.person.ok("PUT", f"/v1/reports/{fresh()}", said)
        assert shown["performed_at"].startswith(later.isoformat()[:19])
        transaction.set_rollback(True)
