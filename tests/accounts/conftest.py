"""Noor, who has an account, and an app that talks to allauth's addresses as a phone does."""

from __future__ import annotations

import json
import re
from collections.abc import Generator
from dataclasses import dataclass, field
from typing import Any

import psycopg
import pytest
from django.db import connection
from django.test import Client as Browser

from coachapi.accounts import addresses
from coachapi.accounts.models import User
from tests import databases

PASSWORD = "long-enough-words"  # noqa: S105 - of a test person
EMAIL = "noor@accounts.example"
AUTH = "/_allauth/app/v1/auth"
ACCOUNT = "/_allauth/app/v1/account"


@dataclass
class App:
    """A phone: it keeps the newest token it was given and sends nothing else."""

    token: str = ""
    said: Any = field(default=None, repr=False)

    def send(self, method: str, path: str, body: Any = None, **headers: str) -> int:
        """One request; the status. What was said is kept."""
        given = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        raw = b"" if body is None else json.dumps(body).encode()
        answer: Any = Browser(raise_request_exception=False).generic(
            method, path, raw, content_type="application/json", headers=given | headers
        )
        self.said = json.loads(answer.content) if answer.content else None
        meta = self.said.get("meta") if isinstance(self.said, dict) else None
        self.token = (meta or {}).get("session_token") or self.token
        self.answer = answer
        return int(answer.status_code)

    def sign_in(self, email: str = EMAIL, password: str = PASSWORD) -> int:
        """By password."""
        return self.send("POST", f"{AUTH}/login", {"email": email, "password": password})

    @property
    def pending(self) -> list[str]:
        """What the sign-in still waits for."""
        return [each["id"] for each in self.said["data"]["flows"] if each.get("is_pending")]


@dataclass
class Letters:
    """The box of letters, which the web itself may not read."""

    link: psycopg.Connection[Any]

    def all(self) -> list[tuple[str, str, str]]:
        """Address, subject and text of each, oldest first."""
        found = self.link.execute('SELECT "to", subject, body FROM accounts_letter ORDER BY id')
        return found.fetchall()

    def code(self) -> str:
        """The code in the newest letter."""
        found = re.search(r"^([A-Z0-9][A-Z0-9-]{5,})$", self.all()[-1][2], re.MULTILINE)
        assert found, self.all()[-1]
        return found[1]


@pytest.fixture(autouse=True)
def quick_passwords(settings: Any) -> None:
    """Nobody guesses the passwords of test people."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def admin(committed: None) -> Generator[psycopg.Connection[Any], None, None]:
    """A superuser's eye."""
    where = databases.address(databases.superuser(), connection.settings_dict["NAME"])
    with psycopg.connect(where, autocommit=True) as link:
        yield link


@pytest.fixture
def letters(admin: psycopg.Connection[Any]) -> Letters:
    """What is waiting to be posted."""
    return Letters(admin)


@pytest.fixture
def noor(committed: None) -> User:
    """Noor, whose address is proved."""
    user = User.objects.create_user(EMAIL, PASSWORD, name="Noor")
    addresses.prove(user)
    return user


@pytest.fixture
def app(noor: User) -> App:
    """Noor's phone, signed in."""
    phone = App()
    assert phone.sign_in() == 200, phone.said
    return phone
