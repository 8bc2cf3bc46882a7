"""A pytest plugin: the real PostgreSQL and Valkey for the tests, started once per run.

It is loaded by `-p` in pyproject.toml, before pytest-django reads the settings, so that the
addresses stand in the environment by then; with -n the workers inherit them. Addresses that
are set already win, and nothing is started. A run of nothing but tests/domain starts nothing.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import uuid
from collections.abc import Generator

import pytest

from coachapi.embedded.process import Trouble
from coachapi.embedded.servers import Servers
from tests.databases import drop_all

STARTED = pytest.StashKey[Servers]()
PLAIN_SETTINGS = {
    "DEBUG": "1",
    "ALLOWED_HOSTS": "testserver,localhost,127.0.0.1",
    "PUBLIC_URL": "http://testserver",
}


def needs_no_servers(arguments: list[str]) -> bool:
    """Whether only rules are tested, which know no database."""
    return bool(arguments) and all(each.startswith("tests/domain") for each in arguments)


@pytest.hookimpl(wrapper=True)
def pytest_load_initial_conftests(
    early_config: pytest.Config,
) -> Generator[None, object, object]:
    """Put the addresses into the environment and start the servers, before anything else."""
    for name, value in PLAIN_SETTINGS.items():
        os.environ.setdefault(name, value)
    worker = os.environ.get("PYTEST_XDIST_WORKER", "")
    if worker:  # each worker has a broker database of its own
        number = int(worker.removeprefix("gw")) + 1
        os.environ["BROKER_URL"] = os.environ["BROKER_URL"].replace(
            "virtual_host=0", f"virtual_host={number}"
        )
        return (yield)
    os.environ["COACHAPI_TEST_RUN"] = uuid.uuid4().hex[:8]
    os.environ["UPLOAD_FOLDER"] = tempfile.mkdtemp(prefix="coachapi-uploads-")
    os.environ["CLIP_FOLDER"] = tempfile.mkdtemp(prefix="coachapi-clips-")
    try:
        servers = Servers()
        early_config.stash[STARTED] = servers
        os.environ.update(servers.addresses())
        if servers.needs_postgres:
            os.environ["ADMIN_DATABASE_URL"] = servers.superuser_address()
        if not needs_no_servers(early_config.known_args_namespace.file_or_dir):
            servers.start()
    except Trouble as trouble:
        raise pytest.UsageError(str(trouble)) from None
    return (yield)


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop what was started; on a server that was there before, remove our databases."""
    servers = config.stash.get(STARTED, None)
    if servers is None:
        return
    if not servers.needs_postgres and os.environ.get("ADMIN_DATABASE_URL"):
        drop_all()
    servers.stop()
    for name in ("UPLOAD_FOLDER", "CLIP_FOLDER"):
        shutil.rmtree(os.environ[name], ignore_errors=True)
