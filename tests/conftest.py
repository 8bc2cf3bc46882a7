"""What every test stands on: a migrated database of its own, and no network but this machine.

`db` (pytest-django) wraps a test in a transaction that is rolled back, signed in as the web.
`committed` is for tests whose facts other connections must see (isolation, races, a worker).
`worker` is a real Celery worker over the same database and broker; it brings `committed`.
Never mark a test `django_db(transaction=True)`: its flush is not the web's to run.
"""

from __future__ import annotations

import os
import shutil
import socket
from collections.abc import Generator
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from pytest_django import DjangoDbBlocker

from tests import databases
from tests.contract.hook import answers_are_as_documented
from tests.workers import Worker, running_worker

__all__ = ["answers_are_as_documented"]

# A busy machine is slow at drawing examples; that says nothing about the rule they are for.
settings.register_profile("here", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("here")

OWN_TARGETS = ("whole", "traces", "long", "enumerated")  # marks that only `-m` asks for


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what has a make target of its own, unless `-m` names its mark."""
    asked = config.option.markexpr
    marks = [each for each in OWN_TARGETS if each not in asked]
    left = [each for each in items if any(each.get_closest_marker(mark) for mark in marks)]
    if left:
        config.hook.pytest_deselected(items=left)
        items[:] = [each for each in items if each not in left]


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: DjangoDbBlocker) -> Generator[None, None, None]:
    """This worker's copy of the migrated database; settings and children are pointed at it."""
    from django.conf import settings
    from django.db import connections

    name = databases.copy_for_worker(os.environ.get("PYTEST_XDIST_WORKER", "main"))
    databases.point_at(name)
    with django_db_blocker.unblock():
        for alias in connections:
            connections[alias].close()
            connections[alias].settings_dict["NAME"] = name
            settings.DATABASES[alias]["NAME"] = name
        yield
        _hang_up()


@pytest.fixture
def committed(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Generator[None, None, None]:
    """A test that commits. Afterwards every table is what the migrations left."""
    from django.db import connection

    with django_db_blocker.unblock():
        yield
        connection.close()
    databases.restore(connection.settings_dict["NAME"])


@pytest.fixture(scope="module")
def cast(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Generator[Any, None, None]:
    """Two practices with everybody in them, committed, in a copy of its own for this module.

    Built once per run (tests/isolation/cast.py). Its tests share it: they read, are refused, or
    roll back.
    """
    from tests import snapshots
    from tests.isolation import cast

    with django_db_blocker.unblock(), snapshots.own(cast.build) as everybody:
        yield everybody


@pytest.fixture
def opened_world(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Generator[Any, None, None]:
    """`tests.world.World.opened()`, built once. Ask for it before `db`, which rolls back."""
    from tests import snapshots
    from tests.world import World

    with django_db_blocker.unblock(), snapshots.of(World.opened) as world:
        yield world


@pytest.fixture(scope="session")
def _worker_process(
    django_db_setup: None, tmp_path_factory: pytest.TempPathFactory
) -> Generator[Worker, None, None]:
    with running_worker(tmp_path_factory.mktemp("worker") / "worker.log") as worker:
        yield worker


@pytest.fixture
def worker(_worker_process: Worker, committed: None) -> Generator[Worker, None, None]:
    """A running Celery worker, its queues empty. `worker.until(lambda: …)` waits for its work."""
    _worker_process.forget_waiting_tasks()
    yield _worker_process
    _worker_process.until_idle()


@pytest.fixture(autouse=True, scope="session")
def static_files_are_not_the_web_s(tmp_path_factory: pytest.TempPathFactory) -> None:
    """A folder as collectstatic leaves it, empty: without one every request of a test client warns.

    Every new test client would also look up each static file in every app, which took longer than
    the request. Tests that need the files start a server, which serves them itself.
    """
    from django.conf import settings

    settings.STATIC_ROOT = tmp_path_factory.mktemp("static")
    settings.WHITENOISE_USE_FINDERS = False


@pytest.fixture(autouse=True, scope="session")
def only_this_machine() -> Generator[None, None, None]:
    """A test that would reach another machine fails, naming the address."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        inet = self.family in (socket.AF_INET, socket.AF_INET6)
        if inet and address[0] not in ("127.0.0.1", "::1", "localhost"):
            raise RuntimeError(f"A test tried to reach {address[0]}; only this machine is allowed.")
        connect(self, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", guarded)
        yield


def _hang_up() -> None:
    """Close every connection, also the pool's, so that the database can be dropped."""
    from django.db import connections

    for alias in connections:
        connections[alias].close()
        close_pool = getattr(connections[alias], "close_pool", None)
        if close_pool:
            close_pool()


@pytest.fixture(scope="session")
def chromium() -> Generator[Any, None, None]:
    """One browser for all tests of a process: Playwright allows no second one beside it."""
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if found is None:
        pytest.skip("NO CHROMIUM: the pages are not tried")
    from playwright.sync_api import sync_playwright

    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        # Playwright keeps an event loop in this thread; Django would take it for an async view.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield browser
        browser.close()
