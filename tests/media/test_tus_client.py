"""tus-js-client, broken off and gone on with, does with us what it does with the protocol's own."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.media.films import film
from tests.stories.conftest import web, world
from tests.stories.people import until
from tests.stories.world import Client, World
from tests.workers import Worker

__all__ = ["web", "world"]
NODE = Path(__file__).parents[1] / "node"
INSTALLED = shutil.which("node") and (NODE / "node_modules" / "tus-js-client").exists()


# Without Node there is no tus-js-client to hold us to the protocol; make test installs it with npm.
@pytest.mark.whole
@pytest.mark.skipif(not INSTALLED, reason="NO NODE CLIENTS: make node installs them")
def test_an_upload_broken_off_goes_on_and_becomes_a_clip(
    world: World, worker: Worker, tmp_path: Path
) -> None:
    noor = Client.join(world, "Noor Haddad")
    clip = film(tmp_path / "lift.mp4", seconds=2)
    command = ["node", str(Path(__file__).parent / "tus.cjs")]
    command += [world.base, noor.phone.token, str(clip), str(tmp_path / "oracle")]
    (tmp_path / "oracle").mkdir()
    done = subprocess.run(
        command,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env={"NODE_PATH": str(NODE / "node_modules"), "PATH": "/usr/bin:/bin:/usr/local/bin"},
    )
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    id_ = said["ours"].pop("id")
    assert {**said["ours"], "name": ""} == {**said["oracle"], "name": ""}
    until("the clip is made", lambda: noor.phone.get(f"/v1/media/{id_}")["state"] == "ready")
