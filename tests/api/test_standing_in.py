"""A coach's absences and the order of covering, over the API."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from tests.isolation.cast import Cast, coach, place_of
from tests.isolation.phone import Person, fresh

MAY = {"first_on": "2099-05-01", "last_on": "2099-05-08"}


def asked(person: Person, path: str) -> int:
    """How many queries a reading takes."""
    with CaptureQueriesContext(
        connection,
    ) as queries:
        person.ok("GET", path)
    return len(queries)


def items(person: Person, path: str) -> list[dict[str, Any]]:
    """What a list holds."""
    found: list[dict[str, Any]] = person.ok("GET", path)["items"]
    return found


def test_an_absence_is_noted_listed_and_taken_back(cast: Cast) -> None:
    ada, path = cast.people["ada"], "/v1/absences"
    before = items(ada, path)
    with transaction.atomic():
        made = ada.ok("POST", path, MAY)
        listed, one = items(ada, path), asked(ada, path)
        for _ in range(4):
            ada.ok("POST", path, MAY)
        many = asked(ada, path)
        ada.ok("DELETE", f"{path}/{made['absence_id']}")
        left = len(items(ada, path))
        transaction.set_rollback(True)
    assert {key: made[key] for key in MAY} == MAY
    assert listed == [*before, made], "the next one first"
    assert many == one and left == len(before) + 4


@pytest.mark.parametrize(
    ("change", "status", "code"),
    [({"last_on": "2099-04-30"}, 422, "absence.dates"),
     ({"first_on": "2001-01-01", "last_on": "2001-01-02"}, 422, "absence.dates"),
     ({"first_on": "May"}, 422, "validation_error"), ({"last_on": None}, 422, "validation_error")],
)  # fmt: skip
def test_days_that_cannot_be_are_refused(
    cast: Cast, change: dict[str, Any], status: int, code: str
) -> None:
    answer = cast.people["ada"].send("POST", "/v1/absences", MAY | change)
    assert (answer.status_code, json.loads(answer.content)["code"]) == (status, code)


def test_the_owner_orders_who_covers(cast: Cast) -> None:
    olga, path = cast.people["olga"], "/v1/rota"
    with transaction.atomic():
        first, one = items(olga, path), asked(olga, path)
        last = first[-1]["coach_id"]
        moved = olga.ok("PUT", path, {"coach_ids": [last]})["items"]
        read = items(cast.people["ada"], path)
        newcomer = coach("Newcomer", place_of(olga).practice_id, by=olga.user)
        many = asked(olga, path)
        transaction.set_rollback(True)
    assert [each["coach_id"] for each in moved] == [last, *(o["coach_id"] for o in first[:-1])]
    assert read == moved and many == one and newcomer


def test_a_rota_that_names_a_stranger_is_not_changed(cast: Cast) -> None:
    olga, path = cast.people["olga"], "/v1/rota"
    before = items(olga, path)
    order = [before[-1]["coach_id"], fresh()]
    assert olga.send("PUT", path, {"coach_ids": order}).status_code == 404
    assert olga.send("PUT", path, {"coach_ids": []}).status_code == 422
    assert items(olga, path) == before
