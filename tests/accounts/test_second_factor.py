"""TOTP with a computed code, recovery codes once each, secrets sealed at rest."""

from __future__ import annotations

import json
import re
from typing import Any

import psycopg
import pytest
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.test import Client as Browser

from coachapi.accounts.models import User
from tests.accounts.conftest import ACCOUNT, AUTH, EMAIL, PASSWORD, App


def code_for(secret: str) -> str:
    """What an authenticator app shows now."""
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


@pytest.fixture
def secret(app: App, admin: psycopg.Connection[Any]) -> str:
    """Noor has an authenticator app."""
    totp = f"{ACCOUNT}/authenticators/totp"
    assert app.send("POST", f"{AUTH}/reauthenticate", {"password": PASSWORD}) == 200
    assert app.send("GET", totp) == 404
    found: str = app.said["meta"]["secret"]
    assert app.send("POST", totp, {"code": "000000"}) == 400
    assert app.send("POST", totp, {"code": code_for(found)}) == 200
    admin.execute("DELETE FROM coachapi_cache")  # a code counts once; the test's clock stands
    return found


def test_the_secret_is_sealed_at_rest(secret: str, admin: psycopg.Connection[Any]) -> None:
    held = admin.execute("SELECT data FROM mfa_authenticator").fetchall()
    assert held and secret not in json.dumps(held)


def test_the_second_factor_is_asked_on_the_phone(secret: str) -> None:
    app = App()
    assert app.sign_in() == 401 and app.pending == ["mfa_authenticate"]
    assert app.send("GET", "/v1/me") == 401
    assert app.send("POST", f"{AUTH}/2fa/authenticate", {"code": "000000"}) == 400
    assert app.send("POST", f"{AUTH}/2fa/authenticate", {"code": code_for(secret)}) == 200
    assert app.send("GET", "/v1/me") == 200 and app.said["second_factor"] is True


def test_the_second_factor_is_asked_on_the_page(secret: str) -> None:
    browser = Browser()
    answer = browser.post("/accounts/login/", {"login": EMAIL, "password": PASSWORD})
    assert answer.headers["Location"] == "/accounts/2fa/authenticate/"
    assert browser.get("/desk/settings/").status_code == 302
    answer = browser.post("/accounts/2fa/authenticate/", {"code": code_for(secret)})
    assert answer.headers["Location"] == "/desk/"
    assert browser.get("/desk/settings/").status_code == 200


def test_a_code_by_mail_does_not_get_round_it(secret: str, letters: Any) -> None:
    app = App()
    app.send("POST", f"{AUTH}/code/request", {"email": EMAIL})
    assert app.send("POST", f"{AUTH}/code/confirm", {"code": letters.code()}) == 401
    assert app.pending == ["mfa_authenticate"]


def test_a_recovery_code_works_once(app: App, secret: str) -> None:
    assert app.send("GET", f"{ACCOUNT}/authenticators/recovery-codes") == 200
    code = app.said["data"]["unused_codes"][0]
    for expected in (200, 400):
        other = App()
        other.sign_in()
        assert other.send("POST", f"{AUTH}/2fa/authenticate", {"code": code}) == expected


def test_wrong_codes_are_limited(secret: str) -> None:
    statuses = []
    for _ in range(7):
        app = App()
        app.sign_in()
        statuses.append(app.send("POST", f"{AUTH}/2fa/authenticate", {"code": "000000"}))
    app = App()
    app.sign_in()
    assert app.send("POST", f"{AUTH}/2fa/authenticate", {"code": code_for(secret)}) != 200


def test_the_pages_to_switch_it_on_need_the_password_again(noor: User) -> None:
    browser = Browser()
    browser.post("/accounts/login/", {"login": EMAIL, "password": PASSWORD})
    answer = browser.get("/accounts/2fa/totp/activate/")
    assert "/accounts/reauthenticate/" in answer.headers["Location"]
    answer = browser.post(answer.headers["Location"], {"password": PASSWORD}, follow=True)
    said = answer.content.decode()
    found = re.search(r'id="authenticator_secret" value="(\w+)"', said)
    assert found and "data:image/svg" in said
    answer = browser.post("/accounts/2fa/totp/activate/", {"code": code_for(found[1])}, follow=True)
    assert answer.status_code == 200 and "recovery" in answer.content.decode().lower()
