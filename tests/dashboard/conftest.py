"""A coach signed in to the desk, and what a page asks of the database."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext

from coachapi.accounts.models import User
from tests.dashboard import world

NOT_THE_PAGE = ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT", "ROLLBACK", "set_config")
SIGN_IN = ('FROM "accounts_sign_in"', 'FROM "accounts_user"')


@pytest.fixture(autouse=True)
def quick_passwords(settings: Any) -> None:
    """Nobody guesses the passwords of test people."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def now(committed: None) -> dt.datetime:
    """The instant by the database's clock, to the second."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT coach_now()")
        found: dt.datetime = cursor.fetchone()[0]
    return found.astimezone(dt.UTC).replace(microsecond=0)


@pytest.fixture
def ada(committed: None) -> User:
    """A coach with a practice of her own."""
    return world.coach()


@pytest.fixture
def desk(ada: User) -> Browser:
    """Ada's browser."""
    return signed_in(ada)


def signed_in(user: User) -> Browser:
    """The browser of a user."""
    browser = Browser()
    browser.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return browser


@pytest.fixture
def queries_of(desk: Browser) -> Callable[[str], int]:
    """How many queries a page takes, after sign-in and the door (ruling 27)."""

    def count(url: str) -> int:
        with CaptureQueriesContext(connection) as seen:
            answer = desk.get(url)
        assert answer.status_code == 200, answer.content[:300]
        return sum(
            not any(word in query["sql"] for word in (*NOT_THE_PAGE, *SIGN_IN)) for query in seen
        )

    return count
