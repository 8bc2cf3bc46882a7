"""The documents: every link leads somewhere, every command they name exists."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LINK = re.compile(r"\[[^\]]*\]\((?P<to>[^)\s]+)[^)]*\)")
FENCE = re.compile(r"```.*?```", re.DOTALL)
HEADING = re.compile(r"^#+\s+(?P<words>.+?)\s*$", re.MULTILINE)
CODE = re.compile(r"```(?:sh|bash|console)?\n(?P<block>.*?)```|`(?P<inline>[^`]+)`", re.DOTALL)
MAKE = re.compile(r"(?:^|[\s;&])make (?P<words>[^;&|#\n]+)", re.MULTILINE)
TARGET = re.compile(r"^(?P<name>[a-z][a-z-]*):", re.MULTILINE)
PATH = re.compile(r"(?:coachapi|programs|clients|tests|docs)/[\w./-]*\w\.\w+")


def documents() -> list[Path]:
    """Every page that is, or is about to be, in the repository."""
    asked = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "*.md"]
    done = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=False)
    listed = [ROOT / name for name in done.stdout.splitlines()]
    return [page for page in listed if page.exists()] or sorted(ROOT.glob("*.md"))


def anchors(page: Path) -> set[str]:
    """The places in a page that a link may name, as GitHub makes them."""
    words = (found["words"] for found in HEADING.finditer(FENCE.sub("", page.read_text())))
    return {re.sub(r"[^\w\- ]", "", each).strip().lower().replace(" ", "-") for each in words}


def commands(page: Path) -> list[str]:
    """Every word after `make` in the page's code."""
    named = []
    for code in CODE.finditer(page.read_text()):
        for found in MAKE.finditer(code["block"] or code["inline"]):
            words = found["words"].split()
            named += [word for word in words if re.fullmatch(r"[a-z][a-z-]*", word)]
    return named


def name_of(page: Path) -> str:
    return str(page.relative_to(ROOT))


@pytest.mark.parametrize("page", documents(), ids=name_of)
def test_every_link_leads_somewhere(page: Path) -> None:
    broken = []
    for found in LINK.finditer(FENCE.sub("", page.read_text())):
        to = found["to"]
        if re.match(r"[a-z]+:", to):
            continue
        name, _, place = to.partition("#")
        target = (page.parent / name).resolve() if name else page
        missing = not target.exists()
        if missing or (place and target.suffix == ".md" and place not in anchors(target)):
            broken.append(to)
    assert broken == []


@pytest.mark.parametrize("page", documents(), ids=name_of)
def test_every_make_target_it_names_exists(page: Path) -> None:
    targets = {found["name"] for found in TARGET.finditer((ROOT / "Makefile").read_text())}
    assert [word for word in commands(page) if word not in targets] == []


@pytest.mark.parametrize("page", documents(), ids=name_of)
def test_every_file_it_names_exists(page: Path) -> None:
    named = set(PATH.findall(page.read_text()))
    assert sorted(path for path in named if not (ROOT / path).exists()) == []


def test_the_gate_calls_what_people_type() -> None:
    called = re.findall(r"^make .*?([\w-]+) \|\|", (ROOT / ".ci" / "run").read_text(), re.MULTILINE)
    assert called == ["check", "test", "test-whole"]
