"""An outbox to empty: the cast, the relay's own login, a mail server that may misbehave."""

from __future__ import annotations

import datetime as dt
import os
import uuid
from collections.abc import Generator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import psycopg
import pytest
from django.db import connection
from psycopg.rows import dict_row
from pytest_django import Settings

from clients.queries import people
from coachapi import clock
from coachapi.door import acting_as
from coachapi.notifications import outbox, relay
from tests import databases
from tests.isolation.cast import Cast
from tests.notifications.provider import Provider, running_provider

LOGIN = "WORKER_DATABASE_URL"


@pytest.fixture(scope="module")
def provider(tmp_path_factory: pytest.TempPathFactory) -> Generator[Provider, None, None]:
    """A mail server for this module."""
    with running_provider(tmp_path_factory.mktemp("provider")) as running:
        yield running


@dataclass
class Post:
    """Noor's alerts and their deliveries, written as the product writes them."""

    cast: Cast
    provider: Provider
    admin: psycopg.Connection[dict[str, Any]]

    def tell(
        self,
        *,
        about: uuid.UUID | None = None,
        priority: int = 5,
        escalate_after: dt.timedelta | None = None,
        to: str = "noor",
        channels: tuple[str, ...] = ("feed", "email"),
        level: str = "urgent",
    ) -> uuid.UUID:
        """Write an alert about a client, for the lead coach."""
        life = self.cast.lives[to]
        message = outbox.Message(
            kind="symptom.reported",
            about_id=about or uuid.uuid4(),
            client_id=life.client.pk,
            practice_id=life.client.practice_id,
            level=level,
            priority=priority,
            escalate_after=escalate_after,
        )
        with acting_as(life.person.id):
            lead = [who for who in people.recipients(life.client.pk) if who.turn == 1]
            to = outbox.everywhere(lead, channels)
            alert = outbox.record(message, to=to, at=clock.now())
        assert alert is not None
        return alert

    def rows(self, table: str = "notifications_delivery") -> list[dict[str, Any]]:
        """Every row of a table of ours, oldest first."""
        return self.admin.execute(f"SELECT *, xmin::text FROM {table} ORDER BY id").fetchall()  # type: ignore[arg-type]

    def mails(self) -> list[dict[str, Any]]:
        """Every delivery by mail."""
        return [row for row in self.rows() if row["channel"] == "email"]

    def states(self) -> list[str]:
        """What became of each delivery by mail."""
        return [row["state"] for row in self.mails()]

    def pass_time(self) -> None:
        """As if every pause and every lease had run out."""
        self.admin.execute(
            "UPDATE notifications_delivery SET due_at = least(due_at, now() - interval '1 s'),"
            " lease_until = CASE WHEN lease_until IS NULL THEN NULL"
            " ELSE now() - interval '1 s' END WHERE state IN ('pending', 'sending')"
        )


@pytest.fixture
def post(cast: Cast, provider: Provider, settings: Settings) -> Generator[Post, None, None]:
    """An empty outbox; this process signs in as a worker does and mails to ``provider``."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", provider.port
    settings.EMAIL_TIMEOUT = 1
    before = sign_in_as(urlsplit(os.environ[LOGIN]).username or "")
    where = databases.address(databases.superuser(), connection.settings_dict["NAME"])
    with psycopg.connect(where, autocommit=True, row_factory=dict_row) as admin:
        admin.execute("TRUNCATE notifications_delivery, notifications_alert")
        admin.execute("TRUNCATE coachapi_heartbeat")
        provider.forget()
        relay._lanes.clear()  # what another test's provider was like
        yield Post(cast, provider, admin)
    sign_in_as(before)


def sign_in_as(login: str) -> str:
    """Let this process's connections be that login's; returns the one before."""
    before: str = connection.settings_dict["USER"]
    connection.close()
    connection.close_pool()  # type: ignore[attr-defined]
    connection.settings_dict["USER"] = login
    return before
