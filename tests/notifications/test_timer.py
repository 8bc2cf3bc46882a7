"""The workers' timer does what beat asks Celery for, when no task has lately."""

from __future__ import annotations

import uuid
from collections.abc import Generator

import pytest
from django.conf import settings

from clients import tasks
from coachapi import heartbeat
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
    post.admin.execute("DELETE FROM coachapi_heartbeat")


def due_question(post: Post) -> uuid.UUID:
    """A question of Noor's that she has left unanswered for three days."""
    (row,) = post.admin.execute(
        "UPDATE clients_follow_up SET due_at = now() - interval '3 days', told_at = NULL,"
        " done_at = NULL WHERE id = %s RETURNING id",
        [post.cast.lives["noor"].follow_up],
    ).fetchall()
    found: uuid.UUID = row["id"]
    return found


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


def test_tells_what_has_come_due_when_no_task_has(post: Post) -> None:
    question = due_question(post)
    since(post, DUE, 29)
    timer.overlooked()
    assert not told(post, question), "beat's next one may still come"
    since(post, DUE, 31)
    timer.overlooked()
    assert told(post, question)
    age = heartbeat.age(DUE)
    assert age is not None and age < 10, "the other workers see that it is done"


def test_a_task_that_runs_leaves_it_nothing_to_do(post: Post) -> None:
    question = due_question(post)
    since(post, DUE, 31)
    note_periodic(task=tasks.due)
    timer.overlooked()
    assert not told(post, question)


def test_one_that_fails_holds_up_no_other(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    question = due_question(post)
    first = next(iter(settings.PERIODIC))
    periodic = {"coachapi.no.such.task": 1.0, **settings.PERIODIC}
    monkeypatch.setattr(settings, "PERIODIC", periodic)
    since(post, first, 31)
    timer.overlooked()
    assert told(post, question)
