"""A real browser before a real server over committed rows; skipped loudly where there is none."""

from __future__ import annotations

import shutil
from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.test.testcases import LiveServerThread

from tests.dashboard.conftest import ada, desk, now, quick_passwords

__all__ = ["ada", "desk", "now", "quick_passwords"]

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every test of this folder needs the browser, so it belongs to `make test-whole`."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.whole)
            if CHROMIUM is None:  # .ci/run installs one; a newcomer's machine may have none
                item.add_marker(pytest.mark.skip(reason="NO CHROMIUM: the pages are not tried"))


@pytest.fixture
def server(chromium: Any, committed: None) -> Generator[str, None, None]:
    """The address of the pages, served by a thread with connections of its own."""
    thread = LiveServerThread("127.0.0.1", StaticFilesHandler, connections_override={})
    thread.daemon = True
    thread.start()
    thread.is_ready.wait()
    if thread.error:
        raise thread.error
    yield f"http://127.0.0.1:{thread.port}"
    thread.terminate()


@pytest.fixture
def open_page(chromium: Any, server: str, desk: Any) -> Generator[Any, None, None]:
    """Open a page of the desk as Ada; what the console complains of fails the test."""
    contexts = []
    complaints: list[str] = []

    def open_(url: str, *, width: int = 1440, height: int = 900, **how: Any) -> Any:
        context = chromium.new_context(viewport={"width": width, "height": height}, **how)
        contexts.append(context)
        cookie = desk.cookies["coach"]
        context.add_cookies([{"name": "coach", "value": cookie.value, "url": server}])
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on(
            "console",
            lambda line: (
                complaints.append(f"{line.text} {line.location['url']}")
                if line.type in ("error", "warning")
                else None
            ),
        )
        page.goto(server + url)
        return page

    yield open_
    for context in contexts:
        context.close()
    assert not complaints, complaints
