"""Codes by mail: to sign in, to set a new password, to prove an address the first time."""

from __future__ import annotations

import pytest

from coachapi.accounts import letters as box
from coachapi.accounts.models import SignIn, User
from tests.accounts.conftest import AUTH, EMAIL, PASSWORD, App, Letters

NEW = "other-long-words"


def test_a_code_signs_in(noor: User, letters: Letters) -> None:
    app = App()
    assert app.send("POST", f"{AUTH}/code/request", {"email": EMAIL}) == 401
    assert app.pending == ["login_by_code"]
    assert app.send("GET", "/v1/me") == 401, "a sign-in that waits is none"
    assert app.send("POST", f"{AUTH}/code/confirm", {"code": letters.code()}) == 200
    assert app.send("GET", "/v1/me") == 200


def test_the_third_wrong_code_is_the_last(noor: User, letters: Letters) -> None:
    app = App()
    app.send("POST", f"{AUTH}/code/request", {"email": EMAIL})
    for _ in range(3):
        assert app.send("POST", f"{AUTH}/code/confirm", {"code": "WRONG1"}) in {400, 401}
    assert app.send("POST", f"{AUTH}/code/confirm", {"code": letters.code()}) in {401, 409}
    assert app.send("GET", "/v1/me") == 401


def test_a_forgotten_password_is_set_anew_and_ends_every_sign_in(
    app: App, noor: User, letters: Letters
) -> None:
    other = App()
    assert other.send("POST", f"{AUTH}/password/request", {"email": EMAIL}) == 401
    sent = {"key": letters.code(), "password": NEW}
    assert other.send("POST", f"{AUTH}/password/reset", sent) in {200, 401}
    assert app.send("GET", "/v1/me") == 401
    assert App().sign_in() == 400 and App().sign_in(password=NEW) == 200


def test_an_address_is_proved_at_the_first_sign_in(committed: None, letters: Letters) -> None:
    User.objects.create_user("ada@accounts.example", PASSWORD, name="Ada")
    app = App()
    assert app.sign_in("ada@accounts.example") == 401
    assert app.pending == ["verify_email"]
    assert app.send("POST", f"{AUTH}/email/verify", {"key": letters.code()}) == 200
    assert app.send("GET", "/v1/me") == 200
    assert App().sign_in("ada@accounts.example") == 200, "once is enough"


def test_a_sign_in_that_waits_ends_within_the_hour(noor: User) -> None:
    App().send("POST", f"{AUTH}/code/request", {"email": EMAIL})
    row = SignIn.objects.get(user__isnull=True)
    assert (row.expire_date - row.made_at).total_seconds() <= 3601


def test_the_web_may_write_letters_and_not_read_them(committed: None) -> None:
    from django.db import ProgrammingError

    from coachapi.accounts.models import Letter

    box.write(to="a@b.example", subject="A code", body="123")
    with pytest.raises(ProgrammingError, match="permission denied"):
        list(Letter.objects.all())
