"""Somebody's server that takes webhooks, and counts every connection made to it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from tests.channels.fakes.scripted import Fake, serving


@dataclass
class Receiver(Fake):
    """Takes everything; ``verified`` is up to the test."""


@contextmanager
def running() -> Iterator[Receiver]:
    """The server, on a port of its own."""
    with serving(Receiver()) as fake:
        yield fake
