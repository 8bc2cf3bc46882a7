"""A server of its own on committed data, and phones that are not ours: WatermelonDB in Node."""

from __future__ import annotations

import datetime as dt
import json
import os
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from coachapi.embedded.process import last_lines
from coachapi.models import DemoClock
from tests import databases
from tests.bodies import MONDAY, sore_back
from tests.isolation.phone import Person
from tests.webs import running_web
from tests.world import World

NODE = Path(__file__).parents[1] / "node"
NO_CLIENT = not (NODE / "node_modules" / "@nozbe").is_dir() or shutil.which("node") is None
Watermelon = Callable[..., None]


@pytest.fixture
def world(committed: None) -> World:
    """Noor and Sam, three weeks into their plans; the server's clock says Monday noon."""
    DemoClock.objects.create(ahead=MONDAY - dt.datetime.now(dt.UTC))
    return World.opened()


@pytest.fixture
def watermelon(world: World, tmp_path: Path) -> Watermelon:
    """Run a file of tests/node/sync against a server in a process of its own.

    ``mutant`` names a change of tests/sync/mutants.py, ``only`` the tests to run; with ``red``
    they must fail.
    """
    if NO_CLIENT:
        pytest.skip("NO WATERMELONDB: run `make node`; the client that is not ours is not tried")

    def run(file: str, *, mutant: str = "", only: str = "", red: bool = False, **env: str) -> None:
        application = "tests.sync.mutants" if mutant else "coachapi.wsgi"
        served = running_web(
            tmp_path / "web.log", application=f"{application}:application", MUTANT=mutant
        )
        with served as base:
            command = ["node", "--test", "--test-concurrency=1", "--test-reporter=tap"]
            command += [f"--test-name-pattern={re.escape(only)}"] if only else []
            done = subprocess.run(
                [*command, f"sync/{file}"],
                cwd=NODE,
                env=os.environ | {"COACH_WORLD": json.dumps(_told(world, base))} | env,
                capture_output=True,
                text=True,
                timeout=600,
                check=False,
            )
        said = f"{done.stdout}\n{done.stderr}\n{last_lines(tmp_path / 'web.log', 20)}"
        failed = re.findall(r"^\s*not ok \d+ - (.*)$", done.stdout, re.MULTILINE)
        if red:
            assert [name for name in failed if name.startswith(only)], said
        else:
            assert (failed, done.returncode) == ([], 0), said

    return run


def _told(world: World, base: str) -> dict[str, Any]:
    """What the phones are told of the world."""
    assert world.noor.user is not None
    session = world.session(world.noor)
    set_ = {
        "session_id": str(session.pk),
        "exercise_id": "ht_barbell",
        "slot": "A1",
        "set_index": 0,
        "kind": "work",
        "reps": 8,
        "weight": 120,
        "weight_unit": "kg",
        "rir": 2,
        "performed_at": int(MONDAY.timestamp() * 1000),
        "zone": "Europe/London",
    }
    noor = {
        "token": Person.signed_in(world.noor.user).token,
        "client": str(world.noor.pk),
        "user": str(world.noor.user_id),
    }
    return {
        "base": base,
        "database": databases.address(databases.superuser(), connection.settings_dict["NAME"]),
        "noor": noor,
        "coach": str(world.ada.pk),
        "set": set_,
        "said": sore_back(4),
    }
