"""Requests with one key that meet each other, and keys that grow old: on committed data."""

from __future__ import annotations

import json
import os
from concurrent.futures import ThreadPoolExecutor

import psycopg
from django.db import connection, transaction
from django.http import HttpResponse

from coachapi.door import acting_as
from coachapi.models import KeptReply
from tests import databases
from tests.api.test_idempotency import invite
from tests.bodies import MONDAY
from tests.isolation.phone import Person, fresh
from tests.isolation.tables import Tables
from tests.world import World


def apart(person: Person, key: str) -> HttpResponse:
    """The invitation from a thread with a connection of its own."""
    try:
        return invite(person, key)
    finally:
        connection.close()


def test_five_at_once_are_done_once(committed: None) -> None:
    ada = Person.signed_in(World.opened().ada)
    key = fresh()
    with ThreadPoolExecutor(5) as threads:
        answers = list(threads.map(lambda _: apart(ada, key), range(5)))
    assert {each.status_code for each in answers} == {201}
    assert len({each.content for each in answers}) == 1


def test_a_first_request_that_runs_long_is_told_of_and_not_doubled(committed: None) -> None:
    ada = Person.signed_in(World.opened().ada)
    key = fresh()
    with acting_as(ada.id), ThreadPoolExecutor(1) as thread:
        row = {"user_id": ada.id, "key": key, "method": "POST", "path": "/", "fingerprint": ""}
        KeptReply.objects.create(**row, created_at=MONDAY)
        answer = thread.submit(apart, ada, key).result()
        transaction.set_rollback(True)
    assert (answer.status_code, answer.headers["Retry-After"]) == (409, "1")
    assert json.loads(answer.content)["code"] == "idempotency.still_running"
    assert invite(ada, key).status_code == 201


def test_keys_are_forgotten_after_seven_days(committed: None) -> None:
    ada = Person.signed_in(World.opened().ada)
    old, young = fresh(), fresh()
    first = invite(ada, old)
    invite(ada, young, email="una@clients.example")
    with Tables() as tables:
        tables.link.execute(
            "UPDATE coachapi_kept_reply SET created_at = created_at - interval '8 days'"
            " WHERE key = %s",
            [old],
        )
    where = databases.address(os.environ["WORKER_DATABASE_URL"], connection.settings_dict["NAME"])
    with psycopg.connect(where) as worker:
        worker.execute("SELECT forget_kept_replies()")
    assert "Idempotency-Replayed" in invite(ada, young, email="una@clients.example").headers
    again = invite(ada, old)
    assert "Idempotency-Replayed" not in again.headers and again.content != first.content
