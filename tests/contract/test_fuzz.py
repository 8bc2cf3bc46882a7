"""Whatever fits the document, to every operation, as every role: no 5xx, nothing undocumented.

Everyday a few cases of each operation; ``make fuzz`` sends many. Names in an address are now and
then those of Noor's own rows, so that cases get past the first 404. Every case is rolled back.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import pytest
import schemathesis
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.contract.document import document
from tests.house.calls import ids_of
from tests.isolation.cast import Cast

ROLES = ("anonymous", "noor", "ada", "olga")
MANY = int(os.environ.get("FUZZ", "0"))
SEND = ("GET", "POST", "PUT", "PATCH", "DELETE")
QUIET = settings(
    max_examples=MANY or 1,
    deadline=None,
    database=None,
    derandomize=not MANY,
    phases=(Phase.generate,),
    suppress_health_check=list(HealthCheck),
)
SCHEMA = schemathesis.openapi.from_dict(document())


def operations() -> Iterator[Any]:
    """Every operation that takes JSON or nothing; an upload's bytes have tests of their own."""
    for found in SCHEMA.get_all_operations():
        operation = found.ok()
        asked = document()["paths"][operation.path][operation.method.lower()]
        content = asked.get("requestBody", {}).get("content", {"application/json": {}})
        if "application/json" in content:
            yield operation


OPERATIONS = {f"{each.method.upper()} {each.path}": each for each in operations()}


@pytest.mark.parametrize("role", ROLES if MANY else ROLES[1:3])
@pytest.mark.parametrize("name", OPERATIONS)
def test_whatever_fits_the_document_gets_a_documented_answer(
    name: str, role: str, cast: Cast
) -> None:
    operation, person = OPERATIONS[name], cast.people[role]
    known = ids_of(cast.lives["noor"], cast)

    @QUIET
    @given(case=operation.as_strategy(), real=st.booleans())
    def check(case: Any, real: bool) -> None:
        given_ids = dict(case.path_parameters or {})
        if real or not MANY:
            given_ids |= {key: known[key] for key in given_ids if key in known}
        path = operation.path.format(**{key: _segment(each) for key, each in given_ids.items()})
        query = urlencode(case.query or {}, doseq=True)
        headers = {str(key): str(each) for key, each in (case.headers or {}).items()}
        with transaction.atomic():
            answer = person.send(
                case.method, f"{path}?{query}" if query else path, _body(case.body), **headers
            )
            transaction.set_rollback(True)
        assert answer.status_code < 500, (case.method, path, query, case.body, answer.content)

    check()


def _segment(value: Any) -> str:
    """One step of an address; what would end or split it is another address."""
    return "".join(each for each in str(value) if each.isalnum() or each in "-_.~") or "x"


def _body(body: Any) -> Any:
    """What is sent; nothing where the document has no body."""
    try:
        json.dumps(body)
    except TypeError:
        return None
    return body
