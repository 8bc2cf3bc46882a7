"""What every answer carries, and what a phone is told before its request is read."""

from __future__ import annotations

import gzip
import json
from typing import Any

import pytest
from django.db import transaction
from django.test import Client as Browser
from django.urls import URLPattern, URLResolver, get_resolver

from coachapi.api import pace
from tests.isolation.cast import Cast
from tests.isolation.phone import fresh

# What a client says or logs: taken from an old app, taken however fast.
TAKEN = {
    "AnswerView",
    "CheckInView",
    "FollowUpAnswerView",
    "GrantUseView",
    "MessageView",
    "ReportView",
    "SessionView",
    "SetView",
    "SyncView",
}
OLD = {"App-Platform": "iOS", "App-Version": "1.9.12"}


@pytest.fixture
def minimum(settings: Any) -> None:
    """The oldest app understood is 2.4 on one platform."""
    settings.MINIMUM_APP_VERSIONS = {"ios": "2.4"}
    settings.STORE_URLS = {"ios": "https://apps.example/coach"}


@pytest.fixture
def slow(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two requests a minute, counted from now on."""
    settings.API_REQUESTS_PER_MINUTE = 2
    fixed = pace.Minute()
    monkeypatch.setattr(pace, "minute", fixed)
    monkeypatch.setattr(pace.time, "monotonic", lambda: 30.0)


def test_an_app_that_is_too_old_is_told_which_is_not(cast: Cast, minimum: None) -> None:
    answer = cast.people["noor"].send("GET", "/v1/today", **OLD)
    said = json.loads(answer.content)
    assert (answer.status_code, said["code"]) == (426, "app.update_required")
    assert said["minimum_version"] == "2.4" and said["store_url"] == "https://apps.example/coach"


@pytest.mark.parametrize(
    "headers",
    [
        {"App-Platform": "ios", "App-Version": "2.4.0"},
        {"App-Platform": "ios", "App-Version": "2.10"},
        {"App-Platform": "ios", "App-Version": "next"},
        {"App-Platform": "android", "App-Version": "0.1"},
        {"App-Version": "1.0"},
        {},
    ],
    ids=str,
)
def test_an_app_new_enough_or_unknown_passes(
    headers: dict[str, str], cast: Cast, minimum: None
) -> None:
    assert cast.people["noor"].send("GET", "/v1/today", **headers).status_code == 200


def test_what_is_said_and_logged_is_taken_from_an_old_app_and_however_fast(
    cast: Cast, minimum: None, slow: None
) -> None:
    life = cast.lives["noor"]
    sent = {
        f"/v1/sets/{life.set}": life.set_sent,
        f"/v1/reports/{life.report}": life.report_sent,
        f"/v1/check-ins/{life.check_in}": life.check_in_sent,
        f"/v1/messages/{life.message}": life.message_sent,
    }
    for _ in range(2):
        for path, body in sent.items():
            assert life.person.send("PUT", path, body, **OLD).status_code == 200, path
    refused = life.person.send("GET", f"/v1/sets/{life.set}")
    assert refused.status_code == 429


def test_that_list_is_the_whole_of_it() -> None:
    def views(patterns: Any) -> Any:
        for each in patterns:
            if isinstance(each, URLResolver):
                yield from views(each.url_patterns)
            elif isinstance(each, URLPattern):
                yield getattr(each.callback, "view_class", None)

    found = {view for view in views(get_resolver().url_patterns) if view is not None}
    assert {view.__name__ for view in found if getattr(view, "always_taken", None)} == TAKEN


def test_the_quota_is_said_and_a_runaway_app_is_told_when_to_ask_again(
    cast: Cast, slow: None
) -> None:
    noor = cast.people["noor"]
    answers = [noor.send("GET", "/v1/exercises/ht_barbell") for _ in range(3)]
    assert [each.status_code for each in answers] == [200, 200, 429]
    assert [each.headers["RateLimit"] for each in answers] == [
        '"user";r=1;t=31',
        '"user";r=0;t=31',
        '"user";r=0;t=31',
    ]
    assert answers[0].headers["RateLimit-Policy"] == '"user";q=2;w=60'
    assert answers[2].headers["Retry-After"] == "32"
    assert json.loads(answers[2].content)["code"] == "throttled"
    assert cast.people["eli"].send("GET", "/v1/exercises/ht_barbell").status_code == 200


def test_a_new_minute_forgets_the_last_one(settings: Any) -> None:
    settings.API_REQUESTS_PER_MINUTE = 1
    minute, who = pace.Minute(), fresh()
    assert [minute.count(who, at=at).over for at in (0.0, 59.0, 60.0)] == [False, True, False]  # type: ignore[arg-type]


def test_answers_are_private_and_vary_by_who_asks(cast: Cast) -> None:
    answer = cast.people["noor"].send("GET", "/v1/exercises")
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert {"Authorization", "Accept-Language"} <= set(answer.headers["Vary"].split(", "))


@pytest.mark.parametrize("coding", ["gzip", "br", "zstd"])
def test_answers_travel_compressed(coding: str, cast: Cast) -> None:
    plain = cast.people["noor"].send("GET", "/v1/exercises")
    packed = cast.people["noor"].send("GET", "/v1/exercises", **{"Accept-Encoding": coding})
    assert packed.headers["Content-Encoding"] == coding
    assert "Accept-Encoding" in packed.headers["Vary"].title()
    assert len(packed.content) < len(plain.content) / 3
    if coding == "gzip":
        assert gzip.decompress(packed.content) == plain.content


def test_an_answer_with_a_secret_does_not(cast: Cast) -> None:
    body = {"name": "Ula", "email": "ula@clients.example", "time_zone": "Europe/London"}
    with transaction.atomic():
        ada = cast.people["ada"]
        answer = ada.send("POST", "/v1/invitations", body, **{"Accept-Encoding": "gzip"})
        transaction.set_rollback(True)
    assert answer.status_code == 201 and "Content-Encoding" not in answer.headers


UNROUTED = {
    "an address that is none": ("GET", "/v1/nowhere", {}, 404, "not_found"),
    "an id that is none": ("GET", "/v1/reports/nowhere", {}, 404, "not_found"),
    "another method": ("PATCH", "/v1/today", {}, 405, "method_not_allowed"),
    "a question about methods": ("OPTIONS", "/v1/today", {}, 405, "method_not_allowed"),
    "a form": (
        "POST",
        "/v1/programs",
        {"CONTENT_TYPE": "application/x-www-form-urlencoded"},
        415,
        "unsupported_media_type",
    ),
    "a page": ("GET", "/v1/today", {"HTTP_ACCEPT": "text/html"}, 406, "not_acceptable"),
    "a format": ("GET", "/v1/today?format=xml", {}, 200, ""),
    "a host that is not ours": (
        "GET",
        "/v1/today",
        {"HTTP_HOST": "evil.example"},
        400,
        "bad_request",
    ),
}


@pytest.mark.parametrize("name", UNROUTED)
def test_every_refusal_is_a_problem_document(name: str, cast: Cast) -> None:
    method, path, more, status, code = UNROUTED[name]
    phone = Browser(raise_request_exception=False)
    given = {"HTTP_AUTHORIZATION": f"Bearer {cast.people['ada'].token}"}
    if path.startswith("/v1/today"):
        given = {"HTTP_AUTHORIZATION": f"Bearer {cast.people['noor'].token}"}
    kind = more.pop("CONTENT_TYPE", "application/json") if more else "application/json"
    answer = phone.generic(method, path, b"a=b", content_type=kind, **{**given, **more})
    assert answer.status_code == status, answer.content
    if code:
        assert answer["Content-Type"] == "application/problem+json"
        assert json.loads(answer.content)["code"] == code
