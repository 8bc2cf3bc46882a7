"""The ground that these tests break, and how large they are: small every day, full on request."""

from __future__ import annotations

import os
import random
import uuid
from collections.abc import Generator
from typing import Any

import pytest
from django.db import connection

from tests.faults import ground as grounds
from tests.faults import rows
from tests.faults.ground import Ground
from tests.isolation.cast import Cast, Life, client_of

FULL = os.environ.get("FAULTS") == "full"
SEED = int(os.environ.get("FAULTS_SEED", "0")) or random.SystemRandom().randrange(1, 10**6)
collect_ignore_glob = [] if FULL else ["test_full_*.py"]
CROWD = int(os.environ.get("FAULTS_CROWD", "130" if FULL else "18"))  # three places each


def pytest_report_header(config: pytest.Config) -> str:
    """The seed of what is broken at random, to break it again the same way."""
    return f"faults: {'full' if FULL else 'small'} counts, FAULTS_SEED={SEED}"


@pytest.fixture
def dice() -> random.Random:
    """Chance, the same again with the same seed."""
    return random.Random(SEED)


@pytest.fixture
def row(request: pytest.FixtureRequest) -> rows.Row:
    """Says what was run and what it showed, for docs/faults.md."""
    return rows.Row(request.node.user_properties)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Number the fault tests."""
    rows.number(items)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """After a full run, the table of docs/faults.md."""
    reports = [
        each for name in ("passed", "failed") for each in terminalreporter.stats.get(name, [])
    ]
    if FULL and reports:
        terminalreporter.section("docs/faults.md")
        for line in rows.lines(reports):
            terminalreporter.write_line(line)


@pytest.fixture(scope="module")
def told(cast: Cast) -> None:
    """Ada's own phone takes pushes, and so does Jo's."""
    for name in ("ada", "jo"):
        push = {"provider": "fcm", "value": f"device-of-{name}"}
        body: dict[str, Any] = {"platform": "android", "push": push}
        cast.people[name].ok("PUT", f"/v1/devices/{uuid.uuid4()}", body)


@pytest.fixture(scope="module")
def crowd(cast: Cast) -> list[Life]:
    """Clients of Ada's, each on a phone; to be asked for before ``servers``, which copies them."""
    return [client_of(cast.people["ada"], f"Crowd{number}") for number in range(CROWD)]


@pytest.fixture(scope="module")
def servers(told: None) -> Generator[Ground, None, None]:
    """PostgreSQL with the cast in it, Valkey and a provider, for this module to break."""
    with grounds.standing(connection.settings_dict["NAME"]) as standing:
        yield standing


@pytest.fixture
def ground(crowd: list[Life], servers: Ground) -> Ground:
    """The whole with web and one worker, as if nothing had happened yet."""
    servers.mend("web", "worker")
    return servers


@pytest.fixture
def empty(servers: Ground) -> Ground:
    """Servers and a provider; no process of ours runs yet."""
    servers.mend()
    return servers
