"""A device is its user's alone, lives as long as its sign-in, and takes its push token along."""

from __future__ import annotations

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from coachapi.accounts.models import SignIn, User
from coachapi.accounts.sessions import SessionStore
from coachapi.notifications import devices
from tests.isolation.phone import Person, fresh

TOKEN = "fcm-token-of-one-phone:APA91b_secret"
FCM = {"provider": "fcm", "value": TOKEN}
BROWSER = {
    "provider": "webpush",
    "subscription": {
        "endpoint": "https://push.example/send/abc",
        "expirationTime": None,
        "keys": {"p256dh": "B" + "A" * 86, "auth": "A" * 22},
    },
}


def person(name: str) -> Person:
    user = User.objects.create_user(f"{name}@test.example", None, name=name)
    return Person.signed_in(user)


@pytest.fixture
def two(db: None, settings: Settings) -> Iterator[tuple[Person, Person]]:
    settings.PUSH_CHANNELS = ["fcm", "apns", "webpush"]
    yield person("ada"), person("bo")


def put(who: Person, push: Any = FCM, id_: str = "", **more: Any) -> str:
    id_ = id_ or fresh()
    who.ok("PUT", f"/v1/devices/{id_}", {"platform": "android", "push": push} | more)
    return id_


def reached(*people: Person) -> list[str]:
    """Whom a push would reach, by name."""
    names = {who.id: who.name for who in people}
    return [names[one.user_id] for one in devices.live(list(names))]


def test_a_device_is_registered_refreshed_shown_and_forgotten(two: tuple[Person, Person]) -> None:
    ada, bo = two
    id_ = fresh()
    about = {
        "platform": "ios",
        "model": "iPhone17,1",
        "os_version": "26.1",
        "app_version": "2.4.0",
        "locale": "pt-BR",
        "time_zone": "America/Sao_Paulo",
    }
    sent = about | {"push": {"provider": "apns", "value": "ab" * 32}}
    first = ada.send("PUT", f"/v1/devices/{id_}", sent)
    again = ada.send("PUT", f"/v1/devices/{id_}", sent)
    assert (first.status_code, again.status_code) == (201, 200)
    (shown,) = ada.ok("GET", "/v1/devices")["items"]
    assert shown | about == shown
    assert shown["push"] == {"provider": "apns", "kind": "token", "state": "live", "dead_at": None}
    assert shown["is_current"] is True
    assert bo.ok("GET", "/v1/devices") == {"items": []}
    assert ada.send("DELETE", f"/v1/devices/{id_}").status_code == 204
    assert ada.send("DELETE", f"/v1/devices/{id_}").status_code == 404


@pytest.mark.parametrize("push", [FCM, BROWSER], ids=["fcm", "webpush"])
def test_no_answer_ever_shows_a_token(two: tuple[Person, Person], push: Any) -> None:
    ada, _ = two
    id_ = put(ada, push)
    answers = [
        ada.send("PUT", f"/v1/devices/{id_}", {"platform": "android", "push": push}),
        ada.send("GET", f"/v1/devices/{id_}"),
        ada.send("GET", "/v1/devices"),
        ada.send("PUT", f"/v1/devices/{id_}", {"platform": "x", "push": push}),
    ]
    for secret in (TOKEN, "push.example", "A" * 22):
        assert all(secret.encode() not in answer.content for answer in answers)


def test_a_token_seen_at_a_second_user_moves(two: tuple[Person, Person]) -> None:
    ada, bo = two
    hers = put(ada)
    assert reached(ada, bo) == ["ada"]
    put(bo)
    assert reached(ada, bo) == ["bo"]
    assert ada.ok("GET", f"/v1/devices/{hers}")["push"] is None
    put(ada, None, hers)  # her app starts again and has no token: bo keeps it
    assert reached(ada, bo) == ["bo"]


def test_two_phones_that_bring_the_same_token_at_once_leave_it_with_one(
    committed: None, settings: Settings
) -> None:
    settings.PUSH_CHANNELS = ["fcm"]
    people = [person(name) for name in ("ada", "bo", "cy", "di")]

    def start(who: Person) -> None:
        put(who)
        connection.close()

    with ThreadPoolExecutor(4) as phones:
        list(phones.map(start, people * 3))
    assert len(reached(*people)) == 1


def test_the_token_goes_when_the_sign_in_goes(two: tuple[Person, Person]) -> None:
    ada, bo = two
    put(ada)
    put(bo, {"provider": "fcm", "value": "another"})
    SessionStore(ada.token, SignIn.PHONE).delete()  # as allauth ends a sign-in
    assert reached(ada, bo) == ["bo"]
    assert bo.ok("GET", "/v1/devices")["items"][0]["push"]["state"] == "live"


def test_a_sign_in_that_ran_out_is_told_nothing(two: tuple[Person, Person]) -> None:
    ada, _ = two
    put(ada)
    SignIn.objects.update(expire_date="2020-01-01T00:00:00Z")
    assert reached(ada) == []


def test_a_switched_off_user_is_told_nothing(two: tuple[Person, Person]) -> None:
    ada, _ = two
    put(ada)
    User.objects.filter(pk=ada.id).update(is_active=False)
    assert reached(ada) == []


def test_a_provider_that_is_not_set_up_is_not_tried(
    two: tuple[Person, Person], settings: Settings
) -> None:
    ada, _ = two
    put(ada)
    settings.PUSH_CHANNELS = ["webpush"]
    assert reached(ada) == []


BAD: list[tuple[Any, str]] = [
    ({"provider": "smoke", "value": "x"}, "#/push/provider"),
    ({"provider": "fcm"}, "#/push/value"),
    ({"provider": "fcm", "value": "x y"}, "#/push/value"),
    ({"provider": "fcm", "value": "x" * 2049}, "#/push/value"),
    ({"provider": "apns", "kind": "fid", "value": "ab" * 32}, "#/push/kind"),
    ({"provider": "apns", "value": "not-hex"}, "#/push/value"),
    ({"provider": "webpush", "value": "x"}, "#/push/subscription"),
    ({"provider": "webpush", "subscription": {"endpoint": "https://a.example/x"}}, "#/push/sub"),
    ({"provider": "fcm", "value": "x", "badge": 1}, "#/push/badge"),
    ("a token", "#/push"),
]


@pytest.mark.parametrize(("push", "pointer"), BAD, ids=lambda each: str(each)[:40])
def test_what_cannot_be_a_token_is_refused_with_a_pointer(
    two: tuple[Person, Person], push: Any, pointer: str
) -> None:
    ada, _ = two
    answer = ada.send("PUT", f"/v1/devices/{fresh()}", {"platform": "ios", "push": push})
    assert answer.status_code == 422
    pointers = [each["pointer"] for each in json.loads(answer.content)["errors"]]
    assert any(each.startswith(pointer) for each in pointers), pointers


def test_the_twenty_first_device_makes_the_oldest_go(two: tuple[Person, Person]) -> None:
    ada, _ = two
    oldest = put(ada, {"provider": "fcm", "value": "oldest"})
    for number in range(20):
        put(ada, {"provider": "fcm", "value": f"newer-{number}"})
    assert ada.send("GET", f"/v1/devices/{oldest}").status_code == 404
    assert len(ada.ok("GET", "/v1/devices")["items"]) == 20


def test_one_device_or_many_cost_the_same_queries(two: tuple[Person, Person]) -> None:
    ada, bo = two
    put(ada)
    for number in range(5):
        put(bo, {"provider": "fcm", "value": f"token-{number}"})
    counts = []
    for who in two:
        with CaptureQueriesContext(connection) as counted:
            who.ok("GET", "/v1/devices")
        counts.append(len(counted))
    assert counts[0] == counts[1]


def test_the_desks_worker_holds_no_secret_and_needs_no_looser_policy(db: None) -> None:
    answer = Browser().get("/desk/sw.js")
    assert answer["Content-Type"].startswith("text/javascript")
    policy = answer["Content-Security-Policy"]
    assert "script-src 'self'" in policy and "unsafe" not in policy and "worker-src" not in policy
