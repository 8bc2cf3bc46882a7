"""The name on the transaction does not outlive the door."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from clients.models import Client, SymptomReport
from coachapi.door import acting_as, acting_for
from tests.isolation.cast import Cast, canary


def name() -> tuple[str, str]:
    """What the connection now says it acts for."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT coalesce(current_setting('app.user_id', true), ''),"
            " coalesce(current_setting('app.client_id', true), '')"
        )
        row = cursor.fetchone()
    return row[0], row[1]


def seen() -> set[str]:
    """The first names of the clients that exist now."""
    return {each.split()[0] for each in Client.objects.values_list("name", flat=True)}


def test_behind_the_door_there_is_nobody(cast: Cast) -> None:
    with acting_as(cast.people["bo"].id):
        assert seen() == {"Sam"}
    assert name() == ("", "") and seen() == set()


def test_an_exception_leaves_nobody_behind(cast: Cast) -> None:
    with pytest.raises(RuntimeError), acting_as(cast.people["bo"].id):
        raise RuntimeError
    assert name() == ("", "") and seen() == set()


def test_a_door_inside_a_door_gives_the_first_its_name_back(cast: Cast) -> None:
    noor = cast.lives["noor"].client.pk
    with acting_as(cast.people["bo"].id):
        with acting_as(cast.people["jo"].id):
            assert seen() == {"Noor"}
        assert seen() == {"Sam"}
        with acting_for(noor):
            assert seen() == {"Noor"}
        assert seen() == {"Sam"}
        with pytest.raises(RuntimeError), acting_as(cast.people["jo"].id):
            raise RuntimeError
        assert seen() == {"Sam"}
        with acting_as(cast.people["jo"].id):
            transaction.set_rollback(True)
        assert seen() == {"Sam"}
    assert name() == ("", "")


def test_a_savepoint_does_not_carry_the_name_out(cast: Cast) -> None:
    with transaction.atomic():
        with acting_as(cast.people["bo"].id), transaction.atomic():
            assert seen() == {"Sam"}
        assert seen() == set()
        try:
            with acting_as(cast.people["bo"].id), transaction.atomic():
                raise RuntimeError
        except RuntimeError:
            assert seen() == set()


def test_one_pooled_connection_serves_two_coaches_without_a_leak(
    cast: Cast, settings: object
) -> None:
    pool = connection.settings_dict["OPTIONS"]["pool"]
    before = pool["max_size"]
    connection.close()
    connection.close_pool()  # type: ignore[attr-defined]
    pool["max_size"] = 1
    try:
        jo, bo = cast.people["jo"], cast.people["bo"]

        def ask(turn: int) -> bytes:
            person, path = (jo, bo)[turn % 2], ("/v1/clients", "/v1/inbox", "/v1/reports/x")
            answer = person.send("GET", path[turn % 3]).content
            connection.close()
            return answer

        with ThreadPoolExecutor(4) as threads:
            answers = list(threads.map(ask, range(60)))
    finally:
        connection.close()
        connection.close_pool()  # type: ignore[attr-defined]
        pool["max_size"] = before
    assert not any(canary("sam").encode() in answer for answer in answers[0::2])
    assert not any(canary("noor").encode() in answer for answer in answers[1::2])
    assert sum(canary("noor").encode() in answer for answer in answers[0::2]) == 20


def test_reading_needs_the_door_as_much_as_writing(cast: Cast) -> None:
    assert not SymptomReport.objects.exists()
