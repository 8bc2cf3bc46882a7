"""Letters are posted by a worker, kept while the mail server is away, gone within the hour."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.db import connection

from coachapi.accounts import letters as box
from coachapi.accounts import sessions, tasks
from coachapi.accounts.models import SignIn, User
from coachapi.notifications import outbox
from tests.accounts.conftest import AUTH, EMAIL, App, Letters
from tests.notifications.conftest import provider, sign_in_as
from tests.notifications.provider import Provider

__all__ = ["provider"]


@pytest.fixture
def posting(
    noor: User, provider: Provider, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Provider]:
    """A letter of Noor's waits, and no bell wakes another test's worker; this process posts."""
    monkeypatch.setattr(outbox, "_send", lambda task, ids: None)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", provider.port
    settings.EMAIL_TIMEOUT = 1
    App().send("POST", f"{AUTH}/code/request", {"email": EMAIL})
    before = sign_in_as(urlsplit(os.environ["WORKER_DATABASE_URL"]).username or "")
    provider.forget()
    yield provider
    sign_in_as(before)


def test_a_letter_is_posted_once_and_then_gone(posting: Provider, letters: Letters) -> None:
    assert box.post() == 1 and box.post() == 0
    assert [to for _, to in posting.taken()] == [EMAIL]
    assert letters.all() == []


def test_a_letter_waits_for_the_mail_server(
    posting: Provider, letters: Letters, settings: Any
) -> None:
    settings.EMAIL_PORT, right = 9, settings.EMAIL_PORT
    assert box.post() == 0 and len(letters.all()) == 1
    settings.EMAIL_PORT = right
    assert box.post() == 0, "not tried again at once"
    letters.link.execute("UPDATE accounts_letter SET due_at = now()")
    assert box.post() == 1 and letters.all() == []


def test_an_hour_later_its_code_is_worthless(posting: Provider, letters: Letters) -> None:
    letters.link.execute("UPDATE accounts_letter SET made_at = now() - interval '61 min'")
    assert box.post() == 0 and letters.all() == []
    assert posting.taken() == []


def test_housekeeping_forgets_what_is_over(posting: Provider, letters: Letters) -> None:
    user = User.objects.get(email=EMAIL)
    kept, over = sessions.begin(user), sessions.begin(user)
    letters.link.execute(
        "UPDATE accounts_sign_in SET expire_date = now() WHERE session_key = %s",
        [sessions.hashed(over)],
    )
    letters.link.execute("UPDATE coachapi_cache SET expires = now()")
    tasks.tidy(something_newer=1)
    held = set(SignIn.objects.values_list("session_key", flat=True))
    assert sessions.hashed(kept) in held and sessions.hashed(over) not in held
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM coachapi_cache")
        assert cursor.fetchone()[0] == 0
