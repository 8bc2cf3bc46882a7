"""Each import contract of pyproject.toml is proven by breaking it once, in a copy."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FLOORS = ("coachapi", "programs", "clients")
CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"][
    "contracts"
]

# A line that breaks each contract: the file it is added to, the line.
VIOLATIONS = {
    "Imports go down": ("coachapi/clock.py", "import programs.queries"),
    "Inside a floor": ("clients/queries/waiting.py", "import clients.actions.episodes"),
    "Rules are plain Python": ("clients/domain/moments.py", "import django.conf"),
    "Tables are reached": ("clients/tasks.py", "import clients.models"),
}


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The three floors' Python without the demo, and the contracts; nothing else."""
    where = tmp_path_factory.mktemp("copy")
    for floor in FLOORS:
        for source in (ROOT / floor).rglob("*.py"):
            if "demo" in source.parts:  # its own check is make check-imports
                continue
            target = where / source.relative_to(ROOT)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(source, target)
    shutil.copy(ROOT / "pyproject.toml", where)
    return where


def broken_contracts(where: Path) -> list[str]:
    """The names of the contracts that the linter finds broken there."""
    command = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    done = subprocess.run(
        [sys.executable, "-c", command, "--no-logo", "--no-cache"],
        cwd=where,
        env={"PATH": "/usr/bin:/bin", "PYTHONPATH": str(where), "COLUMNS": "200"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert "Contracts:" in done.stdout, done.stdout + done.stderr
    lines = done.stdout.splitlines()
    return [line.removesuffix(" BROKEN").strip() for line in lines if line.endswith(" BROKEN")]


def test_every_contract_has_a_violation_here() -> None:
    named = [contract["name"] for contract in CONTRACTS]
    assert len(named) == len(VIOLATIONS)
    for start in VIOLATIONS:
        assert [name for name in named if name.startswith(start)], start


def test_unbroken_the_contracts_are_kept(copy: Path) -> None:
    assert broken_contracts(copy) == []


@pytest.mark.parametrize("start", VIOLATIONS)
def test_one_line_breaks_its_contract(start: str, copy: Path) -> None:
    path, line = VIOLATIONS[start]
    source = copy / path
    before = source.read_text()
    source.write_text(f"{before}\n{line}\n")
    try:
        found = broken_contracts(copy)
    finally:
        source.write_text(before)
    assert any(name.startswith(start) for name in found), found
