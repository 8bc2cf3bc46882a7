"""What sync asks of the database does not grow with what it carries."""

from __future__ import annotations

import hashlib
import json
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from clients import models
from coachapi.door import acting_as
from coachapi.ids import new_id
from programs.domain.exercises import library
from tests.bodies import MONDAY, TODAY, sore_back
from tests.sync.phone import Phone
from tests.world import DAY, MINUTE, World

# From the door on: without signing in, the transaction's own statements and the name (ruling 27).
NOT_COUNTED = re.compile(r"SAVEPOINT|RELEASE|BEGIN|COMMIT|SET TRANSACTION|.*set_config|ROLLBACK")
YEARS_OF_ROWS = 6_000
PUSH = 25
LIFTS = list(library())[:20]


def counted(asked: CaptureQueriesContext) -> list[str]:
    """The statements after the first naming of the user."""
    said = [each["sql"] for each in asked.captured_queries]
    start = next(place for place, each in enumerate(said) if "set_config" in each)
    return [each for each in said[start:] if not NOT_COUNTED.match(each)]


def a_session(phone: Phone, sets: int) -> dict[str, object]:
    """A whole session in one push: sets, its end, and a report."""
    said = json.dumps(sore_back(4) | {"session_id": phone.session(TODAY)["id"]})
    return {
        "set_logs": [phone.set_row(TODAY, set_index=index) for index in range(sets)],
        "sessions": [phone.session(TODAY) | {"state": "done"}],
        "symptom_reports": [{"id": str(new_id()), "said": said, "performed_at": 1_777_896_000_000}],
    }


@pytest.mark.parametrize("sets", [3, 30])
def test_a_session_with_a_report_in_one_push(world: World, sets: int) -> None:
    phone = Phone.of(world.noor)
    phone.pull()
    with CaptureQueriesContext(connection) as asked:
        phone.pushed(**a_session(phone, sets))

    assert len(counted(asked)) == PUSH


def test_a_first_sync_of_two_years_and_the_next_with_nothing_new(world: World) -> None:
    _years_of_sets(world)
    phone = Phone.of(world.noor)
    phone.pull()  # the plan is written down once, whoever asks
    with CaptureQueriesContext(connection) as asked:
        answer = phone.person.send("GET", "/v1/sync", **{"Accept-Encoding": "gzip"})
    assert len(counted(asked)) <= 12
    assert len(answer.content) <= 400_000
    phone.pull()
    assert len(phone.rows["set_logs"]) == YEARS_OF_ROWS
    with CaptureQueriesContext(connection) as asked:
        assert phone.pull() == set()
    assert len(counted(asked)) <= 4


def _years_of_sets(world: World) -> None:
    """Sets as two years leave them: different days, lifts, loads and efforts."""
    session = world.session(world.noor)
    with acting_as(world.noor.user_id):
        models.SetLog.objects.bulk_create(
            models.SetLog(
                id=new_id(),
                client=world.noor,
                session=session,
                exercise_id=LIFTS[number // 4 % len(LIFTS)],
                slot=f"{'ABCDE'[number // 4 % 5]}1",
                set_index=number % 4,
                reps=5 + number % 7,
                weight_kg=40 + number % 90,
                weight_entered=40 + number % 90,
                rir=number % 4,
                performed_at=MONDAY - number // 20 * 2 * DAY + number % 20 * 3 * MINUTE,
                zone="Europe/London",
                performed_on=TODAY - number // 20 * 2 * DAY,
                prescription_hash=hashlib.sha256(str(number // 4).encode()).hexdigest(),
                received_at=MONDAY,
                body_hash="",
            )
            for number in range(YEARS_OF_ROWS)
        )
