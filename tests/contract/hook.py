"""Every answer of the API that a test sees is held against docs/openapi.yaml."""

from __future__ import annotations

from collections.abc import Generator
from typing import Any

import pytest
from django.test import Client as Browser

from tests.contract import document


class NotAsDocumented(AssertionError):
    """An answer the document does not describe: a generated client would stumble over it."""


def hold(method: str, path: str, status: int, kind: str, body: bytes) -> None:
    """Raise ``NotAsDocumented`` with what to mend."""
    found = document.faults(method, path, status, kind.partition(";")[0], body)
    if found:
        raise NotAsDocumented("\n".join([f"{method} {path} answered {status}:", *found]))


@pytest.fixture(autouse=True, scope="session")
def answers_are_as_documented() -> Generator[None, None, None]:
    """Every answer under /v1/ that Django's test client gets."""
    request = Browser.request

    def held(self: Browser, **environment: Any) -> Any:
        answer = request(self, **environment)
        path = environment.get("PATH_INFO", "")
        packed = "Content-Encoding" in answer.headers
        method = environment["REQUEST_METHOD"]
        described = method not in ("HEAD", "OPTIONS")  # of HTTP and of tus, not of a document
        if path.startswith("/v1/") and described and not (answer.streaming or packed):
            kind = answer.headers.get("Content-Type", "")
            hold(method, path, answer.status_code, kind, answer.content)
        return answer

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Browser, "request", held)
        yield
