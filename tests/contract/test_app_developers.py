"""docs/app-developers.md runs as it stands: the shell's examples, and the typed client's."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.contract.document import FILE, ROOT
from tests.stories.conftest import web, world
from tests.stories.world import ADA, GLUTES, PASSWORD, Client, World

__all__ = ["web", "world"]

PAGE = ROOT / "docs" / "app-developers.md"
MODULES = ROOT / "tests" / "node" / "node_modules"
TSCONFIG = """{"compilerOptions": {"strict": true, "exactOptionalPropertyTypes": true,
 "noUncheckedIndexedAccess": true, "target": "ES2022", "module": "NodeNext",
 "moduleResolution": "NodeNext", "lib": ["ES2022", "DOM", "DOM.Iterable"], "types": [],
 "skipLibCheck": true, "outDir": "out"}, "files": ["page.ts"]}"""


def blocks(language: str) -> str:
    """Every example of a language, in the page's order."""
    return "\n".join(re.findall(rf"```{language}\n(.*?)```", PAGE.read_text(), re.DOTALL))


def environment(world: World) -> dict[str, str]:
    """Noor, who trains today, and her coach, as the page's examples name them."""
    noor = Client.join(world, "Noor Haddad")
    today = world.now().date()
    noor.given(GLUTES, [(today.weekday() + each) % 7 for each in (0, 2, 4)], today)
    return os.environ | {
        "BASE": world.base,
        "EMAIL": noor.phone.get("/v1/me")["email"],
        "PASSWORD": "a-long-password",
        "COACH_EMAIL": ADA[1],
        "COACH_PASSWORD": PASSWORD,
    }


def run(command: list[str], where: Path, env: dict[str, str] | None = None) -> str:
    """What a command says; its own words when it fails."""
    done = subprocess.run(command, cwd=where, env=env, capture_output=True, text=True, timeout=180)
    assert done.returncode == 0, f"{command[0]} failed:\n{done.stdout[-3000:]}{done.stderr[-3000:]}"
    return done.stdout


@pytest.fixture(scope="session")
def typed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page's TypeScript, compiled strictly against types made from the document."""
    if not (MODULES / ".bin" / "tsc").exists():
        pytest.skip("NO NODE CLIENTS: run make node; the typed client is not tried")
    where = tmp_path_factory.mktemp("typed")
    (where / "node_modules").symlink_to(MODULES)
    (where / "package.json").write_text('{"type": "module"}')
    (where / "tsconfig.json").write_text(TSCONFIG)
    (where / "page.ts").write_text(blocks("ts"))
    tools = MODULES / ".bin"
    types = ["--default-non-nullable=false", "-o", "schema.d.ts"]
    run([str(tools / "openapi-typescript"), str(FILE), *types], where)
    run([str(tools / "tsc"), "-p", "."], where)
    return where


@pytest.mark.whole
def test_the_examples_work_as_they_stand(world: World, typed: Path, tmp_path: Path) -> None:
    if shutil.which("jq") is None or shutil.which("curl") is None:
        pytest.skip("NO CURL OR JQ: the page's shell examples are not tried")
    env = environment(world)
    said = run(["bash", "-euo", "pipefail", "-c", blocks("sh")], tmp_path, env)
    assert "Barbell hip thrust: 3 × 8" in said
    assert "Your coach" in said
    said = run(["node", "out/page.js"], typed, env)
    assert "American hip thrust" in said.splitlines()[-1]
