"""A list asks the database as often for twenty rows as for one."""

from __future__ import annotations

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from tests.isolation import cast as builders
from tests.isolation.cast import Cast, Life, report_body
from tests.isolation.phone import Person, fresh

# Queries of a whole request, signing in and the door included.
COUNTS = {
    "GET /v1/alerts": 7,
    "GET /v1/clients": 8,
    "GET /v1/inbox": 16,
    "GET /v1/programs": 7,
    "GET /v1/reports": 9,
    "GET /v1/follow-ups": 7,
    "GET /v1/me": 11,
    "GET /v1/sign-ins": 7,
    "GET /v1/messages": 14,
    "GET /v1/check-ins": 8,
}

OWN = {"/v1/reports", "/v1/follow-ups", "/v1/me", "/v1/messages", "/v1/check-ins"}


def count(person: Person, path: str) -> int:
    """How many statements one request takes."""
    with CaptureQueriesContext(connection) as asked:
        person.ok("GET", path)
    return len(asked)


def say(life: Life, times: int) -> None:
    """More reports of one client."""
    for number in range(times):
        said = report_body(life.person, "back_low", note=f"report {number}")
        life.person.ok("PUT", f"/v1/reports/{fresh()}", said)


def talk(life: Life, times: int) -> None:
    """More messages and check-ins of one client."""
    for _ in range(times):
        life.person.ok("PUT", f"/v1/messages/{fresh()}", life.message_sent)
        life.person.ok("PUT", f"/v1/check-ins/{fresh()}", life.check_in_sent)


def more(cast: Cast, name: str) -> None:
    """Nineteen more of whatever the address lists."""
    ada, eli = cast.people["ada"], cast.lives["eli"]
    if name.endswith("/programs"):
        for number in range(19):
            builders.program_of(ada, f"p{number}")
    elif name.endswith("/clients") or name.endswith("/me"):
        for number in range(4):
            builders.client_of(ada, f"Nia{number}")
    elif name.endswith("/messages") or name.endswith("/check-ins"):
        talk(eli, 10)
    else:
        say(eli, 10)


@pytest.mark.parametrize("name", COUNTS)
def test_the_number_of_queries_does_not_grow(name: str, cast: Cast) -> None:
    path = name.partition(" ")[2]
    person = cast.people["eli" if path in OWN else "ada"]
    person.ok("GET", path)
    few = count(person, path)
    with transaction.atomic():
        more(cast, name)
        many = count(person, path)
        transaction.set_rollback(True)
    assert (few, many) == (COUNTS[name], COUNTS[name])
