"""A consumer that has lost its places to acknowledgements nobody heard connects anew."""

from __future__ import annotations

from collections.abc import Generator
from types import SimpleNamespace
from typing import Any

import pytest
from celery.worker import state
from kombu import Connection, Queue

from coachapi.celery import Places


class Request:
    """Something under way; Celery holds it weakly."""


@pytest.fixture
def channel() -> Generator[Any, None, None]:
    """A channel that lets one message be under way, and has it."""
    with Connection("memory://") as connection:
        channel = connection.channel()
        channel.basic_qos(0, 1, apply_global=False)
        queue = Queue("places", channel=channel)
        queue.declare()
        connection.Producer(channel).publish({}, routing_key="places")
        channel.held = queue.get()
        yield channel


def looks(channel: Any, times: int) -> None:
    """The step looks so many times."""
    consumer = SimpleNamespace(task_consumer=SimpleNamespace(channel=channel))
    step = Places(consumer)
    for _ in range(times):
        step.look(consumer)


def test_a_place_that_nobody_holds_twice_in_a_row(channel: Any) -> None:
    looks(channel, 1)
    with pytest.raises(ConnectionResetError):  # what Celery takes for a lost connection
        looks(channel, 2)


def test_not_while_its_task_is_under_way(channel: Any) -> None:
    request = Request()
    state.reserved_requests.add(request)  # type: ignore[arg-type]
    looks(channel, 3)


def test_not_once_it_is_acknowledged(channel: Any) -> None:
    channel.held.ack()
    looks(channel, 3)
