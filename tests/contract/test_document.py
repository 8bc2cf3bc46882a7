"""docs/openapi.yaml is one that other people's tools read without a word of complaint."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from clients.api.examples import EXAMPLES
from tests.contract.document import FILE, ROOT, document, faults
from tests.contract.test_app_developers import MODULES

VERB_NOUN = re.compile(r"[a-z]+[A-Z][A-Za-z]+")
LINTERS = {
    "redocly": ["lint", str(FILE)],
    "spectral": [
        "lint",
        str(FILE),
        "--ruleset",
        str(ROOT / "tests" / "contract" / "spectral.yaml"),
    ],
}


def operations() -> Iterator[tuple[str, dict[str, Any]]]:
    """Every operation with the words that name it."""
    for path, methods in document()["paths"].items():
        for method, operation in methods.items():
            yield f"{method.upper()} {path}", operation


@pytest.mark.whole
@pytest.mark.parametrize("name", LINTERS)
def test_a_linter_finds_no_error(name: str) -> None:
    tool = MODULES / ".bin" / name
    if not tool.exists():
        pytest.skip("NO NODE CLIENTS: run make node; the document is not linted")
    done = subprocess.run(
        [str(tool), *LINTERS[name]], capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, (
        f"Mend the view's @extend_schema, then make openapi:\n{done.stdout}"
    )


def test_every_operation_is_named_explained_and_may_be_refused() -> None:
    seen: dict[str, str] = {}
    for where, each in operations():
        id_ = each["operationId"]
        assert VERB_NOUN.fullmatch(id_), f"{where}: operation_id={id_!r} is no verbNoun"
        assert id_ not in seen, f"{where} and {seen[id_]} are both {id_}"
        seen[id_] = where
        assert len(each["tags"]) == 1, where
        assert 5 < len(each["summary"]) <= 120, (
            f"{where}: the docstring's first line is its summary"
        )
        assert {"4XX", "5XX"} <= set(each["responses"]), where


def test_every_list_says_that_it_is_one_and_no_tag_is_nameless() -> None:
    told = {tag["name"]: tag["description"] for tag in document()["tags"]}
    used = {each["tags"][0] for _, each in operations()}
    assert used == set(told)
    assert all(told.values()), "a module of views without a docstring has a nameless tag"


@pytest.mark.parametrize("id_", EXAMPLES)
def test_an_example_is_what_its_operation_takes(id_: str) -> None:
    [operation] = [each for _, each in operations() if each["operationId"] == id_]
    content = operation["requestBody"]["content"]["application/json"]
    assert content["example"] == EXAMPLES[id_]
    schemas = {"components": document()["components"]}
    found = Draft202012Validator({**content["schema"], **schemas}).iter_errors(EXAMPLES[id_])
    assert [each.message for each in found] == []


WRONG = {
    "a member too many": b'{"items": [], "next_cursor": null, "total": 3}',
    "a member missing": b'{"items": []}',
    "another type": b'{"items": [], "next_cursor": 5}',
}


@pytest.mark.parametrize("body", WRONG.values(), ids=list(WRONG))
def test_the_judge_of_answers_sees_what_is_wrong(body: bytes) -> None:
    right = b'{"items": [], "next_cursor": null}'
    assert faults("GET", "/v1/sets", 200, "application/json", right) == []
    assert faults("GET", "/v1/sets", 200, "application/json", body)
    assert faults("GET", "/v1/sets", 200, "text/html", right)
    assert faults("GET", "/v1/sets", 302, "", b"")
    assert faults("GET", "/v1/nowhere", 200, "application/json", right)
