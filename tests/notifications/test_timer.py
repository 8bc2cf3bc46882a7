"""The workers' timer does what beat asks Celery for, when no task has lately."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Generator

import pytest
from django.conf import settings

from clients import tasks
from coachapi import clock, heartbeat
from coachapi.celery import note_periodic
from coachapi.notifications import timer
from tests.notifications.conftest import Post

DUE = "clients.tasks.due"


@pytest.fixture(autouse=True)
def quiet(post: Post) -> Generator[None, None, None]:
    """Every periodic task was begun a moment ago."""
    for name in settings.PERIODIC:
        heartbeat.beat(name)
    yield
    post.admin.execute("TRUNCATE coachapi_heartbeat")


@pytest.fixture
def question(post: Post) -> Generator[uuid.UUID, None, None]:
    """A question that Noor has left unanswered for three days, for one test."""
    found = uuid.UUID(post.cast.lives["noor"].follow_up)
    (was,) = post.admin.execute(
        "SELECT due_at, told_at, done_at FROM clients_follow_up WHERE id = %s", [found]
    ).fetchall()
    change = (
        "UPDATE clients_follow_up SET due_at = %(due_at)s, told_at = %(told_at)s,"
        " done_at = %(done_at)s WHERE id = %(id)s"
    )
    due_at = clock.now() - dt.timedelta(days=3)
    row = {"due_at": due_at, "told_at": None, "done_at": None, "id": found}
    post.admin.execute(change, row)
    yield found
    post.admin.execute(change, was | {"id": found})


def told(post: Post, question: uuid.UUID) -> bool:
    """Whether somebody was told of it."""
    (row,) = post.admin.execute(
        "SELECT told_at FROM clients_follow_up WHERE id = %s", [question]
    ).fetchall()
    return row["told_at"] is not None


def since(post: Post, name: str, seconds: float) -> None:
    """That task was last begun so long ago."""
    post.admin.execute(
        "UPDATE coachapi_heartbeat SET beat_at = clock_timestamp() - make_interval(secs => %s)"
        " WHERE name = %s",
        [seconds, name],
    )


def test_tells_what_has_come_due_when_no_task_has(post: Post, question: uuid.UUID) -> None:
    since(post, DUE, 29)
    timer.overlooked()
    assert not told(post, question), "beat's next one may still come"
    since(post, DUE, 31)
    timer.overlooked()
    assert told(post, question)
    age = heartbeat.age(DUE)
    assert age is not None and age < 10, "the other workers see that it is done"


def test_a_task_that_runs_leaves_it_nothing_to_do(post: Post, question: uuid.UUID) -> None:
    since(post, DUE, 31)
    note_periodic(task=tasks.due)
    timer.overlooked()
    assert not told(post, question)


def test_one_that_fails_holds_up_no_other(
    post: Post, question: uuid.UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = next(iter(settings.PERIODIC))
    periodic = {"coachapi.no.such.task": 1.0, **settings.PERIODIC}
    monkeypatch.setattr(settings, "PERIODIC", periodic)
    since(post, first, 31)
    timer.overlooked()
    assert told(post, question)
