"""What a provider refused for good is seen by the owner and the operator, and sent again."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from coachapi.notifications import relay, vitals
from tests.isolation.cast import canary
from tests.notifications.conftest import Post
from tests.notifications.provider import key_of
from tests.notifications.test_relay import logged_in


def refused(post: Post, times: int = 1) -> list[dict[str, Any]]:
    """So many letters to Noor's coach, each refused for good."""
    post.provider.fail(*["550"] * times)
    for _ in range(times):
        post.tell()
    relay.drain()
    assert post.states() == ["dead"] * times
    return post.mails()


def test_the_owner_sees_it_and_sends_it_again_under_the_same_id(post: Post) -> None:
    (row,) = refused(post)
    olga = post.cast.people["olga"]
    with logged_in("DATABASE_URL"):
        (item,) = olga.ok("GET", "/v1/dead-letters")["items"]
        assert (item["id"], item["recipient"], item["channel"]) == (str(row["id"]), "Ada", "email")
        assert "550" in item["trouble"] and canary("noor") not in str(item)
        for _ in range(2):
            olga.ok("POST", f"/v1/dead-letters/{row['id']}/redrive")
        assert olga.ok("GET", "/v1/dead-letters")["items"] == []
    relay.drain()
    assert post.states() == ["accepted"]
    assert [key for key, _ in post.provider.taken()] == [key_of(row)]
    with logged_in("DATABASE_URL"):
        olga.ok("POST", f"/v1/dead-letters/{row['id']}/redrive")
    assert relay.drain() == 0 and post.states() == ["accepted"], "what arrived is not sent again"


def test_one_dead_letter_or_many_cost_the_same_queries(post: Post) -> None:
    olga, counts = post.cast.people["olga"], []
    for times in (1, 5):
        refused(post, times)
        with logged_in("DATABASE_URL"):
            olga.ok("GET", "/v1/dead-letters")
            with CaptureQueriesContext(connection) as counted:
                assert len(olga.ok("GET", "/v1/dead-letters")["items"]) == times
        counts.append(len(counted))
        post.admin.execute("TRUNCATE notifications_delivery, notifications_alert")
    assert counts[0] == counts[1]


def test_the_operator_lists_and_redrives_with_the_workers_login(post: Post) -> None:
    (row,) = refused(post)
    assert "1 deliveries were refused" in " ".join(vitals.vitals().troubles())
    said = io.StringIO()
    call_command("dead_letters", stdout=said)
    assert str(row["id"]) in said.getvalue() and "1 dead letters" in said.getvalue()
    with pytest.raises(CommandError, match="holds no id"):
        call_command("dead_letters", redrive=["everything"])
    call_command("dead_letters", redrive=["all"], stdout=said)
    assert "1 sent again" in said.getvalue()
    relay.drain()
    assert post.states() == ["accepted"] and vitals.vitals().dead_letters == 0
    with logged_in("DATABASE_URL"), pytest.raises(CommandError, match="PROCESS_ROLE=worker"):
        call_command("dead_letters")
