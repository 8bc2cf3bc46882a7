"""The phone's evaluator gives what the server's own code gives, and never more than its level."""

import json
import os
import shutil
import subprocess
import warnings
from collections.abc import Iterable
from pathlib import Path

import pytest

from clients.domain.ruleset import document
from tests.vectors.every import every
from tests.vectors.make import SHIPPED, Vector, answered, everyday, shipped

ROOT = Path(__file__).parents[3]
NODE = shutil.which("node")
STATIC = ROOT / "clients" / "static" / "clients" / "rules"
AT_LEAST = 200_000


@pytest.fixture(autouse=True)
def _node() -> None:
    if NODE is None:
        if os.environ.get("CI"):
            pytest.fail("node is missing: the evaluator for phones cannot be compared")
        warnings.warn("SKIPPED: no node; the evaluator is not compared", stacklevel=1)
        pytest.skip("node is missing: the evaluator for phones is NOT compared")


def differences(vectors: Iterable[Vector], folder: Path) -> str:
    """What check.mjs says of these vectors: the differences, then "0 of <vectors>"."""
    rules, told = folder / "rules.json", folder / "told.txt"
    rules.write_text(document(), encoding="utf-8")
    command = [str(NODE), str(ROOT / "tests" / "vectors" / "check.mjs"), str(rules)]
    with told.open("w", encoding="utf-8") as file:
        node = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=file, stderr=subprocess.STDOUT, text=True
        )
        assert node.stdin is not None
        with node.stdin:
            node.stdin.writelines(json.dumps(one) + "\n" for one in vectors)
        node.wait()
    return told.read_text(encoding="utf-8").strip()


@pytest.fixture(scope="module")
def vectors() -> list[Vector]:
    return everyday()


def test_a_sample_of_every_kind_is_equal(vectors: list[Vector], tmp_path: Path) -> None:
    assert len(vectors) >= 3000
    assert differences(vectors, tmp_path) == f"0 of {len(vectors)}"


def test_a_difference_would_be_seen(vectors: list[Vector], tmp_path: Path) -> None:
    wrong = [{**one, "gives": {**one["gives"], "level": "log"}} for one in vectors[:1]]
    assert differences([*wrong, vectors[1]], tmp_path).endswith("1 of 2")


def test_the_vectors_that_ship_are_today_s(vectors: list[Vector]) -> None:
    lines = SHIPPED.read_text(encoding="utf-8").splitlines()
    assert lines == shipped(vectors), "run: make docs"


def test_it_depends_on_nothing() -> None:
    taken = [
        line.split(" from ")[1]
        for file in sorted(STATIC.glob("*.js"))
        for line in file.read_text(encoding="utf-8").splitlines()
        if line.startswith(("import", "}", "export")) and " from " in line
    ]
    assert taken and all(name.startswith('"./') for name in taken)


@pytest.mark.enumerated
def test_every_enumerated_input_is_equal(tmp_path: Path) -> None:
    told = differences(map(answered, every()), tmp_path)
    none, of = told.split(" of ")
    assert none == "0", told
    assert int(of) >= AT_LEAST
