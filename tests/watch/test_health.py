"""Each part reddens /health/deep and its gauge, and mends by itself; the runbook knows them all."""

from __future__ import annotations

import re
from collections.abc import Generator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.db import connection
from django.test import Client as Browser

from coachapi import heartbeat
from coachapi.notifications import vitals
from coachapi.watch import metrics, parts
from tests import databases
from tests.isolation.cast import Cast

RUNBOOK = Path(__file__).parents[2] / "docs" / "runbook.md"
TOKEN = "read-the-numbers"  # noqa: S105 - of the tests

# How each part breaks, what makes it well again, and the gauge that shows it.
FAULTS = {
    "sweep": (
        "UPDATE coachapi_heartbeat SET beat_at = now() - interval '21 s' WHERE name = 'worker'",
        "UPDATE coachapi_heartbeat SET beat_at = now() WHERE name = 'worker'",
        ("coachapi_sweep_age_seconds", 20),
    ),
    "outbox": (
        "UPDATE notifications_delivery SET state = 'pending', wanted_at = now() - interval '31 s'"
        " WHERE id = (SELECT min(id::text)::uuid FROM notifications_delivery)",
        "UPDATE notifications_delivery SET state = 'accepted'",
        ("coachapi_oldest_unsent_seconds", 30),
    ),
    "relay": (
        "INSERT INTO coachapi_heartbeat VALUES ('relay blind', now() + interval '1 s')",
        "DELETE FROM coachapi_heartbeat WHERE name = 'relay blind'",
        ("coachapi_relay_blind", 0),
    ),
    "clock": (
        "INSERT INTO coachapi_heartbeat VALUES ('beat', now() + interval '10 min')",
        "DELETE FROM coachapi_heartbeat WHERE name = 'beat'",
        ("coachapi_clock_went_back", 0),
    ),
    "migrations": (
        "UPDATE django_migrations SET name = 'x' || name WHERE app = 'clients'",
        "UPDATE django_migrations SET name = substr(name, 2) WHERE app = 'clients'",
        None,
    ),
    "dead_letters": (
        "UPDATE notifications_delivery SET state = 'dead'"
        " WHERE id = (SELECT min(id::text)::uuid FROM notifications_delivery)",
        "UPDATE notifications_delivery SET state = 'accepted'",
        ("coachapi_dead_letters", 0),
    ),
}


@pytest.fixture
def admin(cast: Cast, settings: Any) -> Generator[psycopg.Connection[Any], None, None]:
    """Everything green, and a superuser to break it."""
    settings.METRICS_TOKEN = TOKEN
    where = databases.address(databases.superuser(), connection.settings_dict["NAME"])
    with psycopg.connect(where, autocommit=True) as link:
        link.execute("UPDATE notifications_delivery SET state = 'accepted'")
        link.execute("DELETE FROM coachapi_heartbeat")
        heartbeat.beat("worker")
        yield link


def deep() -> tuple[int, dict[str, str]]:
    """The status and the word of each part."""
    answer = Browser().get("/health/deep")
    return answer.status_code, answer.json()["parts"]


def gauges() -> dict[str, float]:
    """The gauges as Prometheus reads them."""
    answer = Browser().get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"})
    assert answer.status_code == 200
    found = re.findall(r"^(coachapi_\w+) (\S+)$", answer.content.decode(), re.MULTILINE)
    return {name: float(value) for name, value in found}


@pytest.mark.parametrize("part", FAULTS)
def test_a_broken_part_is_named_and_mends_by_itself(
    part: str, admin: psycopg.Connection[Any]
) -> None:
    broken, mended, gauge = FAULTS[part]
    assert deep() == (200, dict.fromkeys([*parts.RED, *parts.SHOWN], "ok"))
    admin.execute(broken)
    status, said = deep()
    assert said[part] in (parts.RED | parts.SHOWN)[part]
    assert status == (503 if part in parts.RED else 200)
    assert [name for name, word in said.items() if word != "ok"] == [part]
    if gauge:
        assert gauges()[gauge[0]] > gauge[1]
        assert gauges()["coachapi_healthy"] == (0 if part in parts.RED else 1)
    admin.execute(mended)
    assert deep()[0] == 200 and gauges()["coachapi_healthy"] == 1


def test_without_a_worker_it_is_red(admin: psycopg.Connection[Any]) -> None:
    admin.execute("DELETE FROM coachapi_heartbeat")
    status, said = deep()
    assert (status, said["sweep"]) == (503, "never")


def test_every_gauge_is_there_and_every_request_is_counted_by_route(
    admin: psycopg.Connection[Any], cast: Cast
) -> None:
    noor = cast.lives["noor"]
    noor.person.send("GET", f"/v1/reports/{noor.report}")
    Browser().get("/kanarinoor/")
    assert set(metrics.GAUGES) == set(gauges()) - {"coachapi_requests", "coachapi_request_seconds"}
    said = metrics.page().decode()
    assert 'route="v1/reports/<uuid:report_id>",status="200"' in said
    assert noor.report not in said and "kanarinoor" not in said


@pytest.mark.parametrize("token", ["", "Bearer ", "Bearer wrong", f"Basic {TOKEN}", "Bearer ü"])
def test_without_the_token_there_are_no_numbers(token: str, settings: Any) -> None:
    settings.METRICS_TOKEN = TOKEN
    assert Browser().get("/metrics", headers={"Authorization": token}).status_code == 404
    settings.METRICS_TOKEN = ""
    assert Browser().get("/metrics", headers={"Authorization": "Bearer "}).status_code == 404


def test_the_runbook_has_an_entry_for_each_part_and_gauge() -> None:
    headings = re.findall(r"^### .*$", RUNBOOK.read_text(), re.MULTILINE)
    named = set(re.findall(r"`([\w/]+)`", " ".join(headings)))
    assert named == {*parts.RED, *parts.SHOWN, *metrics.GAUGES}
    words = {word for each in (parts.RED | parts.SHOWN).values() for word in each}
    text = RUNBOOK.read_text()
    assert [word for word in sorted(words) if f"`{word}`" not in text] == []


def test_the_limits_are_those_of_the_design() -> None:
    green = vitals.Vitals(0, 30.0, 0, 0, 20.0, blind=False, clock_went_back=False)
    late = vitals.Vitals(0, 30.1, 0, 0, 20.0, blind=False, clock_went_back=False)
    silent = vitals.Vitals(0, 30.0, 0, 0, 20.1, blind=False, clock_went_back=False)
    assert [parts.healthy(parts.of(each)) for each in (green, late, silent)] == [True, False, False]
