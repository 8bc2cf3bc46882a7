"""A whole server for the stories: granian and a worker as processes, over the tests' database."""

from __future__ import annotations

from collections.abc import Generator

import pytest

from tests.stories import coaches
from tests.stories.world import World
from tests.webs import running_web
from tests.workers import Worker


@pytest.fixture(scope="session")
def web(
    django_db_setup: None, tmp_path_factory: pytest.TempPathFactory
) -> Generator[str, None, None]:
    """The address of a web process as the demo runs it."""
    with running_web(tmp_path_factory.mktemp("web") / "web.log") as base:
        yield base


@pytest.fixture
def world(web: str, worker: Worker) -> World:
    """Ada and Jo of one practice, signed in on a running server with a worker."""
    coaches.make()
    return World.open(web, lambda line: None)
