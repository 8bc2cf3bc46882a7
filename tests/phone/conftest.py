"""Phones for the browser tests: pages of a whole running server, with a worker behind it."""

from __future__ import annotations

from collections.abc import Callable, Generator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, ViewportSize

from tests.stories.conftest import web, world
from tests.stories.world import World

__all__ = ["web", "world"]

PHONE: ViewportSize = {"width": 390, "height": 844}


@pytest.fixture
def open_phone(chromium: Browser, world: World) -> Generator[Callable[..., Page], None, None]:
    """Opens pages of the running server; at the end none has broken the content policy."""
    complaints: list[str] = []
    contexts: list[Any] = []

    def opened(address: str, *, size: ViewportSize = PHONE, **more: Any) -> Page:
        context = chromium.new_context(
            base_url=world.base, viewport=size, timezone_id="Europe/London", **more
        )
        contexts.append(context)
        page: Page = context.new_page()
        page.set_default_timeout(30_000)
        page.on("console", lambda line: complaints.append(line.text))
        page.on("pageerror", lambda error: complaints.append(f"page error: {error}"))
        page.goto(address)
        return page

    yield opened
    for context in contexts:
        context.close()
    bad = [each for each in complaints if "Content Security" in each or "page error" in each]
    assert not bad, bad
