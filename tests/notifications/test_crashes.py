"""Killed at six exact places, nothing is lost, nothing is made up, and the reader sees one."""

from __future__ import annotations

import datetime as dt
import os
import subprocess
import sys
import uuid

import pytest

from coachapi.notifications import relay
from tests.notifications.conftest import Post
from tests.notifications.provider import ROOT, key_of
from tests.notifications.runner import PLACES

TIMES = 50 if os.environ.get("FAULTS") == "full" else 3
RELAYS = PLACES[2:]

pytestmark = pytest.mark.fault("D2")


def killed(post: Post, place: str, times: int, mutant: str = "", about: str = "") -> int:
    """Run that many processes that die at the place; returns how many did."""
    life = post.cast.lives["noor"]
    environment = os.environ | {
        "PROCESS_ROLE": "worker",
        "DJANGO_SETTINGS_MODULE": "coachapi.settings",
        "EMAIL_HOST": "127.0.0.1",
        "EMAIL_PORT": str(post.provider.port),
        "TELL": f"{life.person.id} {life.client.pk} {life.client.practice_id}",
        "ABOUT": about or str(uuid.uuid4()),
    }
    command = [sys.executable, "-m", "tests.notifications.runner", place, str(times)]
    done = subprocess.run(
        [*command, mutant] if mutant else command,
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return int(done.stdout.split()[-1])


def healed(post: Post) -> None:
    """Leases run out, and a relay that lives does the rest."""
    post.pass_time()
    relay.drain()


def lost(post: Post) -> list[str]:
    """What was committed and never taken by the mail server."""
    return sorted({key_of(row) for row in post.mails()} - set(post.provider.visible()))


def phantoms(post: Post) -> list[str]:
    """What the mail server took and nobody had written."""
    return sorted(set(post.provider.visible()) - {key_of(row) for row in post.mails()})


@pytest.mark.parametrize("place", RELAYS)
def test_a_relay_killed_loses_nothing(post: Post, place: str) -> None:
    step_up = dt.timedelta(microseconds=1) if "escalation" in place else None
    for _ in range(TIMES):
        post.tell(escalate_after=step_up)
    assert killed(post, place, TIMES) == TIMES, "each died there"
    post.admin.execute("UPDATE notifications_alert SET escalate_every = '1 hour'")  # then no more
    healed(post)
    assert (lost(post), phantoms(post)) == ([], [])
    assert set(post.states()) == {"accepted"}
    doubled = sum(times > 1 for times in post.provider.visible().values())
    assert doubled == (TIMES if place == "taken but not marked" else 0)
    steps = {row["step"] for row in post.rows("notifications_alert")}
    assert steps == {2 if step_up else 1}


def test_a_request_killed_after_its_commit_has_told(post: Post) -> None:
    about = str(uuid.uuid4())
    assert killed(post, "after the report's commit", 1, about=about) == 1
    healed(post)
    assert len(post.mails()) == 1 and (lost(post), phantoms(post)) == ([], [])
    with pytest.raises(AssertionError):  # the phone sends it again: the same alert
        post.tell(about=uuid.UUID(about))
    assert len(post.rows("notifications_alert")) == 1


def test_a_request_killed_before_its_commit_has_told_nothing(post: Post) -> None:
    assert killed(post, "before the report's commit", TIMES) == TIMES
    healed(post)
    assert post.rows() == post.rows("notifications_alert") == []
    assert post.provider.taken() == []
