"""Guessing is limited per account and per address, and tells nobody who has an account."""

from __future__ import annotations

import json
import statistics
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext

from coachapi.accounts import addresses
from coachapi.accounts.models import User
from tests.accounts.conftest import AUTH, EMAIL, PASSWORD, App, Letters
from tests.webs import running_web

STRANGER = "nobody@accounts.example"


def ask(base: str, path: str, body: Any, **headers: str) -> tuple[int, Any]:
    """One request over HTTP, as from any machine."""
    sent = {"Content-Type": "application/json", **headers}
    request = urllib.request.Request(base + path, json.dumps(body).encode(), sent)
    try:
        with urllib.request.urlopen(request, timeout=60) as reply:
            return reply.status, json.loads(reply.read())
    except urllib.error.HTTPError as refused:
        return refused.code, json.loads(refused.read())


def was_tried(said: tuple[int, Any]) -> bool:
    """Whether a password was looked at, right or wrong."""
    codes = [each["code"] for each in said[1].get("errors", [])]
    return said[0] == 200 or "email_password_mismatch" in codes


def test_the_sixth_failure_is_not_looked_at(noor: User) -> None:
    for _ in range(5):
        assert App().sign_in(password="a wrong guess") == 400
    app = App()
    assert app.sign_in() == 400, "even the right one"
    assert app.said["errors"][0]["code"] == "too_many_login_attempts"
    page = Browser().post("/accounts/login/", {"login": EMAIL, "password": PASSWORD})
    assert page.status_code == 200 and "Too many failed" in page.content.decode()
    for _ in range(10):
        App().sign_in(password="a wrong guess")
    bo = User.objects.create_user("bo@accounts.example", PASSWORD, name="Bo")
    addresses.prove(bo)
    assert App().sign_in("bo@accounts.example") == 200, "others at the same address still can"


def test_an_address_that_fails_on_many_accounts_is_stopped(noor: User) -> None:
    for number in range(10):
        App().sign_in(f"guess{number}@accounts.example")
    assert App().sign_in() == 400


@pytest.fixture
def web(committed: None, tmp_path: Path) -> Iterator[str]:
    """A server whose broker is not there."""
    with running_web(tmp_path / "web.log", BROKER_URL="redis://127.0.0.1:9/0") as base:
        yield base


def test_fifty_at_once_get_five_looks_though_the_broker_is_dead(
    web: str, noor: User, settings: Any, letters: Letters
) -> None:
    """Over HTTP, before the threads of a server; a code can still be asked for."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
    noor.set_password(PASSWORD)
    noor.save()
    login = {"email": EMAIL, "password": "a wrong guess"}
    with ThreadPoolExecutor(50) as pool:
        answers = list(pool.map(lambda _: ask(web, f"{AUTH}/login", login), range(50)))
    assert 1 <= sum(was_tried(each) for each in answers) <= 5
    assert {status for status, _ in answers} <= {400, 429}
    status, said = ask(web, f"{AUTH}/login", {"email": EMAIL, "password": PASSWORD})
    assert not was_tried((status, said))
    assert ask(web, f"{AUTH}/code/request", {"email": EMAIL})[0] == 401
    assert letters.all()[-1][0] == EMAIL


DOORS = {
    "signing in": (f"{AUTH}/code/request", f"{AUTH}/code/confirm", "code"),
    "a new password": (f"{AUTH}/password/request", f"{AUTH}/password/reset", "key"),
}


@pytest.mark.parametrize("door", DOORS)
def test_wrong_codes_of_many_sign_ins_shut_the_door_for_every_code(
    door: str, noor: User, letters: Letters, settings: Any
) -> None:
    """Each app is a guesser who drops what counted its tries; codes may be asked for freely."""
    free = {"request_login_code": "", "reset_password": "", "reset_password_from_key": ""}
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | free
    ask_for, try_it, name = DOORS[door]
    bo = User.objects.create_user("bo@accounts.example", PASSWORD, name="Bo")
    addresses.prove(bo)

    def tried(email: str, code: str = "") -> int:
        app = App()
        app.send("POST", ask_for, {"email": email})
        sent = {name: code or letters.code()}
        return app.send("POST", try_it, sent | {"password": "other-long-words"})

    for _ in range(8):
        assert tried(EMAIL, "WRONG1") == 400
    if door == "a new password":  # a code may be looked at by itself, too
        app = App()
        app.send("POST", ask_for, {"email": EMAIL})
        assert app.send("GET", try_it, **{"X-Password-Reset-Key": "WRONG1"}) == 400
    else:
        assert tried(EMAIL, "WRONG1") == 400
    right = 200 if door == "signing in" else 401  # a new password signs nobody in
    assert tried(EMAIL) == right, "nine are borne"
    assert tried(EMAIL, "WRONG1") == 400
    assert tried(EMAIL) == 429, "even the right one"
    assert tried(bo.email) == right, "others still can"
    password = PASSWORD if door == "signing in" else "other-long-words"
    assert App().sign_in(password=password) == 200, "the other doors stand open"


WRITES = ("INSERT", "UPDATE", "DELETE")
SAME = {
    "signing in": (f"{AUTH}/login", {"password": "a wrong guess"}),
    "asking for a code": (f"{AUTH}/code/request", {}),
    "forgetting the password": (f"{AUTH}/password/request", {}),
}


@pytest.mark.parametrize("what", SAME)
def test_known_and_unknown_addresses_get_the_same_answer(
    what: str, noor: User, letters: Letters
) -> None:
    path, body = SAME[what]
    known, unknown = App(), App()
    statuses = [
        app.send("POST", path, {"email": email, **body})
        for app, email in ((known, EMAIL), (unknown, STRANGER))
    ]
    assert statuses[0] == statuses[1]
    for app in (known, unknown):
        app.said.get("meta", {}).pop("session_token", None)
    assert known.said == unknown.said
    lengths = {a.answer.headers["Content-Length"] for a in (known, unknown)}
    assert len(lengths) == 1
    if what != "signing in":
        assert [to for to, *_ in letters.all()] == [EMAIL, STRANGER], "a letter either way"


@pytest.mark.parametrize("what", SAME)
def test_known_and_unknown_addresses_take_the_same_work(
    what: str, noor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No clock: what is written, in its order, and hashed is the same, and as often asked. For an
    unknown address allauth looks once more, by its index among the users."""
    path, body = SAME[what]
    App().send("POST", path, {"email": "another@accounts.example", **body})  # warm
    hashes: list[str] = []
    encode = MD5PasswordHasher.encode

    def counted(hasher: Any, password: str, salt: str) -> str:
        hashes.append(salt)
        return encode(hasher, password, salt)

    monkeypatch.setattr(MD5PasswordHasher, "encode", counted)

    def work(email: str) -> tuple[list[str], int, int]:
        hashes.clear()
        with CaptureQueriesContext(connection) as asked:
            App().send("POST", path, {"email": email, **body})
        said = [each["sql"] for each in asked]
        writes = [" ".join(each.split()[:3]) for each in said if each.startswith(WRITES)]
        return writes, len(hashes), len(said)

    known, unknown = work(EMAIL), work(STRANGER)
    assert known[:2] == unknown[:2]
    assert known[2] <= unknown[2] <= known[2] + 1


PAGES = {
    "signing in": ("/accounts/login/", {"password": "a wrong guess"}, "login"),
    "asking for a code": ("/accounts/login/code/", {}, "email"),
    "forgetting the password": ("/accounts/password/reset/", {}, "email"),
}


@pytest.mark.parametrize("what", PAGES)
def test_the_pages_give_the_same_answer(what: str, noor: User) -> None:
    path, body, name = PAGES[what]
    said = []
    for email in (EMAIL, STRANGER):
        answer = Browser().post(path, {name: email, **body})
        text = answer.content.decode().replace(email, "")
        said.append((answer.status_code, answer.headers.get("Location"), len(text)))
    assert said[0] == said[1]


def test_known_and_unknown_addresses_take_as_long(noor: User, settings: Any) -> None:
    """Medians of 5 each, taken in turn; without the dummy hash they are a hashing apart."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher"]
    settings.ACCOUNT_RATE_LIMITS = False
    noor.set_password(PASSWORD)
    noor.save()
    took: dict[str, list[float]] = {EMAIL: [], STRANGER: []}
    for _ in range(5):
        for email, times in took.items():
            began = time.thread_time()
            App().sign_in(email, "a wrong guess")
            times.append(time.thread_time() - began)
    known, unknown = (statistics.median(times) for times in took.values())
    assert abs(known - unknown) < 0.25 * max(known, unknown)
