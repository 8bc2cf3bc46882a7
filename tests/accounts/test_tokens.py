"""A token signs in either way, is stored as a hash, slides, and ends at once; nothing else does."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

import psycopg
from django.conf import settings
from django.test import Client as Browser
from django.utils import timezone
from psycopg import sql

from coachapi.accounts import sessions
from coachapi.accounts.models import SignIn, User
from tests import databases
from tests.accounts.conftest import ACCOUNT, AUTH, EMAIL, PASSWORD, App, Letters

NEW = "other-long-words"


def test_a_token_works_as_bearer_and_as_session_token_everywhere(app: App) -> None:
    for headers in ({"Authorization": f"Bearer {app.token}"}, {"X-Session-Token": app.token}):
        stranger = App()
        assert stranger.send("GET", "/v1/me", **headers) == 200
        assert stranger.said["email"] == EMAIL
        assert stranger.send("GET", f"{AUTH}/session", **headers) == 200


def wrong_tokens(app: App, user: User) -> dict[str, str]:
    """Whatever is no token of a phone that stands."""
    inactive = User.objects.create_user("gone@accounts.example", None, name="Gone", is_active=False)
    ended = sessions.begin(user)
    sessions.SessionStore(ended, kind=SignIn.PHONE).delete()
    expired = sessions.begin(user)
    SignIn.objects.filter(session_key=sessions.hashed(expired)).update(
        expire_date=timezone.now() - dt.timedelta(seconds=1)  # noqa: TID251 - no facts here
    )
    return {
        "garbage": "x" * 32,
        "no words": "ünïcode",
        "an unsigned JWT": "eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0.",
        "a browser's cookie": sessions.begin(user, SignIn.DESK),
        "the stored hash": sessions.hashed(app.token),
        "the sign-in's id": str(SignIn.objects.filter(user=user).first().pk),  # type: ignore[union-attr]
        "the user's id": str(user.pk),
        "the password": PASSWORD,
        "an ended one": ended,
        "an expired one": expired,
        "of somebody switched off": sessions.begin(inactive),
        "half of one": app.token[:16],
        "one in capitals": app.token.upper(),
        "one with a tail": app.token + "x",
    }


def test_nothing_else_is_a_token(app: App, noor: User) -> None:
    for name, token in wrong_tokens(app, noor).items():
        for header in ("Authorization", "X-Session-Token"):
            value = f"Bearer {token}" if header == "Authorization" else token
            stranger = App()
            assert stranger.send("GET", "/v1/me", **{header: value}) == 401, name
            assert stranger.said["code"] == "authentication_failed"
            assert stranger.answer.headers["Content-Type"] == "application/problem+json"
            assert stranger.answer.headers["WWW-Authenticate"].startswith("Bearer")
            assert stranger.send("GET", f"{AUTH}/session", **{header: value}) in {401, 410}, name
    for scheme in ("Basic", "Token", "JWT", ""):
        assert App().send("GET", "/v1/me", Authorization=f"{scheme} {app.token}".strip()) == 401


def test_a_phones_token_is_no_cookie(app: App) -> None:
    browser = Browser()
    browser.cookies[settings.SESSION_COOKIE_NAME] = app.token
    assert browser.get("/desk/").status_code == 302


def test_no_table_holds_a_token_in_the_clear(app: App, admin: psycopg.Connection[Any]) -> None:
    app.send("GET", "/v1/me")
    for name, _ in admin.execute(databases.TABLES).fetchall():
        asked = sql.SQL("SELECT count(*) FROM {} t WHERE strpos(t::text, %s) > 0")
        (held,) = admin.execute(asked.format(sql.Identifier(name)), [app.token]).fetchone()  # type: ignore[misc]
        assert held == 0, name


def test_using_a_sign_in_keeps_it_alive(app: App, noor: User) -> None:
    now = timezone.now()  # noqa: TID251 - no facts here
    old = {"seen_at": now - dt.timedelta(days=59), "expire_date": now + dt.timedelta(days=1)}
    SignIn.objects.update(**old)
    assert app.send("GET", "/v1/me") == 200
    row = SignIn.objects.get(user=noor)
    assert row.expire_date > now + dt.timedelta(days=59) and row.seen_at >= now


def test_a_sign_in_is_listed_and_ended_from_afar(app: App, noor: User) -> None:
    other = App()
    other.sign_in()
    assert app.send("GET", "/v1/sign-ins", **{"User-Agent": "coach/2.4 (iOS)"}) == 200
    listed = app.said["items"]
    assert [each["kind"] for each in listed] == ["phone", "phone"]
    there = next(each["id"] for each in listed if not each["is_current"])
    assert app.send("DELETE", f"/v1/sign-ins/{there}") == 204
    assert other.send("GET", "/v1/me") == 401
    assert app.send("GET", "/v1/me") == 200
    assert app.send("DELETE", f"/v1/sign-ins/{uuid.uuid4()}") == 404


def test_nobody_ends_another_persons_sign_in(app: App) -> None:
    bo = User.objects.create_user("bo@accounts.example", None, name="Bo")
    theirs = sessions.begin(bo)
    place = SignIn.objects.get(user=bo).pk
    assert app.send("DELETE", f"/v1/sign-ins/{place}") == 404
    assert App(theirs).send("GET", "/v1/me") == 200


def test_signing_out_ends_the_token(app: App) -> None:
    assert app.send("DELETE", f"{AUTH}/session") == 401  # allauth's word for "signed out"
    assert app.send("GET", "/v1/me") == 401


def test_a_new_password_ends_every_other_sign_in(app: App, noor: User, letters: Letters) -> None:
    other, desk = App(), Browser()
    other.sign_in()
    desk.force_login(noor, backend=settings.AUTHENTICATION_BACKENDS[0])
    before, place = app.token, SignIn.objects.get(session_key=sessions.hashed(app.token)).pk
    change = {"current_password": PASSWORD, "new_password": NEW}
    assert app.send("POST", f"{ACCOUNT}/password/change", change) == 200
    assert app.token != before and app.send("GET", "/v1/me") == 200
    assert [each.pk for each in SignIn.objects.filter(user=noor)] == [place], "the same sign-in"
    assert App(before).send("GET", "/v1/me") == 401
    assert other.send("GET", "/v1/me") == 401
    assert desk.get("/desk/settings/").status_code == 302
    assert "changed" in letters.all()[-1][2]


def test_a_new_address_is_proved_first_and_ends_every_other_sign_in(
    app: App, noor: User, letters: Letters
) -> None:
    other = App()
    other.sign_in()
    new = "noor@new.example"
    assert app.send("POST", f"{ACCOUNT}/email", {"email": new}) == 401, "confirm first who you are"
    assert app.send("POST", f"{AUTH}/reauthenticate", {"password": PASSWORD}) == 200
    assert app.send("POST", f"{ACCOUNT}/email", {"email": new}) == 200
    noor.refresh_from_db()
    assert noor.email == EMAIL and letters.all()[-1][0] == new
    assert app.send("POST", f"{AUTH}/email/verify", {"key": letters.code()}) == 200
    noor.refresh_from_db()
    assert noor.email == new
    assert other.send("GET", "/v1/me") == 401 and app.send("GET", "/v1/me") == 200
    assert letters.all()[-1][0] == EMAIL, "the old address is told"


def test_me_says_what_an_app_should_know_first(app: App, settings: Any) -> None:
    settings.MINIMUM_APP_VERSIONS = {"ios": "2.4.0", "android": "2.3.1"}
    settings.FEATURES = ["form-check-video"]
    app.send("GET", "/v1/me")
    assert app.said["minimum_app_versions"] == {"ios": "2.4.0", "android": "2.3.1"}
    assert app.said["features"] == ["form-check-video"]
    assert app.said["second_factor"] is False
    said = dt.datetime.fromisoformat(app.said["server_time"])
    assert abs(said - dt.datetime.now(dt.UTC)) < dt.timedelta(minutes=1)
