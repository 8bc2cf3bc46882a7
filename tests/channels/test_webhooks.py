"""A practice's own systems hear of events: signed, by id only, tried for three days."""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pytest_django import Settings

from coachapi.door import acting_as
from coachapi.notifications import outbox, relay
from coachapi.webhooks.models import Endpoint
from tests.channels.fakes import receiver
from tests.channels.fakes.scripted import Taken
from tests.isolation.phone import Person
from tests.notifications.conftest import Post, post, provider

__all__ = ["post", "provider"]

PAGE = Path(__file__).parents[2] / "docs" / "webhooks.md"


def documented() -> Any:
    """The check that the page for developers gives."""
    found: dict[str, Any] = {}
    exec(re.findall(r"```python\n(.*?)```", PAGE.read_text(), re.S)[0], found)  # noqa: S102
    return found["is_ours"]


@pytest.fixture
def hooks(post: Post, settings: Settings) -> Iterator[receiver.Receiver]:
    """Somebody's server; local addresses are allowed."""
    settings.ALLOW_PRIVATE_TARGETS = True
    with receiver.running() as fake:
        yield fake
    olga = post.cast.people["olga"]
    for each in olga.ok("GET", "/v1/webhooks")["items"]:
        if each["url"].startswith(fake.url):
            olga.ok("DELETE", f"/v1/webhooks/{each['id']}")


class Hooked:
    """Olga's endpoint, and what the rows say about it."""

    def __init__(self, post: Post, url: str) -> None:
        self.post = post
        self.olga: Person = post.cast.people["olga"]
        body = {"url": url, "events": ["symptom.reported", "regression.applied"]}
        made = self.olga.ok("POST", "/v1/webhooks", body)
        self.id, self.secret = made["id"], made["secret"]

    def shown(self) -> dict[str, Any]:
        """As the owner sees it."""
        (found,) = (
            each for each in self.olga.ok("GET", "/v1/webhooks")["items"] if each["id"] == self.id
        )
        return dict(found)

    def states(self) -> list[str]:
        """What became of each delivery to it."""
        return [row["state"] for row in self.post.rows() if row["device_key"] == self.id]

    def again(self) -> None:
        """The next try."""
        self.post.pass_time()
        relay.drain()

    def aged(self, column: str, table: str, days: int) -> None:
        """As if so many days had gone by."""
        self.post.admin.execute(  # type: ignore[call-overload]
            f"UPDATE {table} SET {column} = {column} - make_interval(days => {days})"
        )


@pytest.fixture
def hooked(post: Post, hooks: receiver.Receiver) -> Hooked:
    """An endpoint that hears of reports."""
    return Hooked(post, hooks.url)


def test_an_event_is_signed_and_holds_ids_only(
    post: Post, hooks: receiver.Receiver, hooked: Hooked
) -> None:
    about = uuid.uuid4()
    alert = post.tell(about=about)
    relay.drain()
    (sent,) = hooks.taken
    is_ours = documented()
    assert is_ours(sent.headers, sent.body, hooked.secret, set())
    assert not is_ours(sent.headers, sent.body + b" ", hooked.secret, set())
    assert not is_ours(sent.headers, sent.body, "whsec_" + "A" * 44, set())
    assert not is_ours(sent.headers, sent.body, hooked.secret, {sent.headers["webhook-id"]})
    old = sent.headers | {"webhook-timestamp": "1700000000"}
    assert not is_ours(old, sent.body, hooked.secret, set())
    noor = post.cast.lives["noor"].client
    event = json.loads(sent.body)
    assert event["type"] == "symptom.reported"
    assert event["data"] == {
        "id": str(about),
        "client_id": str(noor.pk),
        "practice_id": str(noor.practice_id),
        "alert_id": str(alert),
        "level": "urgent",
    }
    assert hooked.states() == ["accepted"]
    shown = hooked.shown()
    assert shown["last_success_at"] and not shown["failing_since"] and shown["state"] == "on"
    assert "secret" not in shown


def test_it_is_tried_again_under_the_same_id_and_what_else_waits_waits_along(
    post: Post, hooks: receiver.Receiver, hooked: Hooked
) -> None:
    hooks.fail("503", "reset")
    post.tell()
    relay.drain()
    shown = hooked.shown()
    assert shown["failing_since"] and "503" in shown["last_trouble"]
    post.tell()  # a second event does not knock at a door that has just not opened
    relay.drain()
    assert len(hooks.asked) == 1
    hooked.again()
    hooked.again()
    assert hooked.states() == ["accepted", "accepted"]
    ids = [each.headers["webhook-id"] for each in hooks.asked]
    assert len(set(ids)) == 2
    assert not hooked.shown()["failing_since"]


def test_a_new_secret_and_the_old_one_sign_for_a_day(
    post: Post, hooks: receiver.Receiver, hooked: Hooked
) -> None:
    fresh = hooked.olga.ok("POST", f"/v1/webhooks/{hooked.id}/rotate")["secret"]
    is_ours = documented()

    def accepted(sent: Taken) -> list[bool]:
        return [is_ours(sent.headers, sent.body, each, set()) for each in (hooked.secret, fresh)]

    post.tell()
    relay.drain()
    hooked.aged("before_until", "webhooks_endpoint", 2)
    post.tell()
    relay.drain()
    assert [accepted(each) for each in hooks.taken] == [[True, True], [False, True]]


def test_after_three_days_it_is_a_dead_letter_and_after_five_the_endpoint_is_off(
    post: Post, hooks: receiver.Receiver, hooked: Hooked
) -> None:
    hooks.fail(*["500"] * 9)
    post.tell()
    relay.drain()
    hooked.aged("wanted_at", "notifications_delivery", 4)
    hooked.again()
    assert hooked.states() == ["dead"]
    letters = hooked.olga.ok("GET", "/v1/dead-letters")["items"]
    assert [each["channel"] for each in letters] == ["webhook"]
    hooked.aged("failing_since", "webhooks_endpoint", 6)
    hooked.aged("retry_at", "webhooks_endpoint", 6)
    post.tell()
    relay.drain()
    shown = hooked.shown()
    assert (shown["state"], shown["off_because"]) == ("off", "failing")
    asked = len(hooks.asked)
    post.tell()
    hooked.again()
    assert len(hooks.asked) == asked
    assert hooked.states()[-1] == "withheld"


def test_one_that_says_it_is_gone_is_off_until_a_test_is_taken(
    post: Post, hooks: receiver.Receiver, hooked: Hooked
) -> None:
    hooks.fail("410")
    post.tell()
    relay.drain()
    assert hooked.shown()["off_because"] == "gone"
    made = hooked.olga.ok("POST", f"/v1/webhooks/{hooked.id}/test")["id"]
    relay.drain()
    (sent,) = hooks.taken
    assert sent.headers["webhook-id"] == made
    assert json.loads(sent.body)["type"] == "webhook.test"
    assert hooked.shown()["state"] == "on"


def test_a_redirect_counts_as_a_failure(
    post: Post, hooks: receiver.Receiver, hooked: Hooked
) -> None:
    hooks.fail("302")
    post.tell()
    relay.drain()
    assert "redirects are not followed" in hooked.shown()["last_trouble"]


def test_a_removed_endpoint_is_told_nothing_more(
    post: Post, hooks: receiver.Receiver, hooked: Hooked
) -> None:
    post.tell()
    hooked.olga.ok("DELETE", f"/v1/webhooks/{hooked.id}")
    relay.drain()
    assert not hooks.asked
    assert hooked.states() == ["withheld"]
    with acting_as(hooked.olga.id):
        assert Endpoint.objects.get(pk=hooked.id).secret == ""


def test_nothing_of_a_client_who_took_back_consent_leaves(
    post: Post, hooks: receiver.Receiver, hooked: Hooked
) -> None:
    wes = post.cast.lives["wes"]
    message = outbox.Message(
        kind="symptom.reported",
        about_id=uuid.uuid4(),
        client_id=wes.client.pk,
        practice_id=wes.client.practice_id,
        level="modify",
        priority=5,
    )
    with acting_as(wes.person.id):
        outbox.record(message, to=[], at=wes.client.created_at)
    relay.drain()
    assert not hooks.asked
    assert hooked.states() == ["withheld"]


def test_a_coachs_act_on_a_change_is_told_to_systems_and_to_nobody_else(
    post: Post, hooks: receiver.Receiver, hooked: Hooked
) -> None:
    eli, ada = post.cast.lives["eli"], post.cast.people["ada"]
    body = {"option_id": eli.option, "basis": eli.basis}
    made = ada.ok("POST", f"/v1/inbox/{eli.report}/apply", body)
    (act,) = (
        each for each in post.rows("notifications_alert") if each["kind"] == "regression.applied"
    )
    told = [each["channel"] for each in post.rows() if each["alert_id"] == act["id"]]
    assert told == ["webhook"]
    relay.drain()
    event = json.loads(hooks.taken[0].body)
    assert event["type"] == "regression.applied"
    assert event["data"]["id"] == made["regression_id"]
    assert "level" not in event["data"]


def test_an_event_nobody_asked_for_writes_nothing(post: Post, hooked: Hooked) -> None:
    noor = post.cast.lives["noor"]
    message = outbox.Message(
        kind="regression.ended",
        about_id=uuid.uuid4(),
        client_id=noor.client.pk,
        practice_id=noor.client.practice_id,
        level="act 2",
        priority=5,
    )
    with acting_as(noor.person.id):
        outbox.publish(message, at=noor.client.created_at)
    assert post.rows("notifications_alert") == []


def test_the_secret_is_sealed_and_an_unreadable_one_says_what_to_do(
    post: Post, hooks: receiver.Receiver, hooked: Hooked, settings: Settings
) -> None:
    (row,) = (each for each in post.rows("webhooks_endpoint") if str(each["id"]) == hooked.id)
    assert hooked.secret not in row["secret"]
    before = settings.SECRET_KEY
    settings.SECRET_KEY = "another " * 10
    settings.SECRET_KEY_FALLBACKS = [before]
    post.tell()
    relay.drain()
    assert len(hooks.taken) == 1
    settings.SECRET_KEY_FALLBACKS = []
    post.tell()
    relay.drain()
    settings.SECRET_KEY = before
    assert "rotate it" in hooked.shown()["last_trouble"]


def test_an_address_inside_is_refused_with_a_pointer(post: Post, settings: Settings) -> None:
    settings.ALLOW_PRIVATE_TARGETS = False
    olga = post.cast.people["olga"]
    body = {"url": "https://169.254.169.254/latest", "events": ["symptom.reported"]}
    answer = olga.send("POST", "/v1/webhooks", body)
    assert answer.status_code == 422
    assert json.loads(answer.content)["errors"][0]["pointer"] == "#/url"


def test_the_page_shows_the_secret_once(post: Post, hooks: receiver.Receiver) -> None:
    browser = post.cast.people["olga"].browser
    sent = {"url": hooks.url, "events": ["symptom.reported"], "description": "Our own"}
    made = browser.post("/desk/settings/webhooks/", sent).content.decode()
    assert re.search(r'value="whsec_[A-Za-z0-9+/=]{44}"', made)
    later = browser.get("/desk/settings/webhooks/").content.decode()
    assert "whsec_" not in later and "Our own" in later
    bad = browser.post("/desk/settings/webhooks/", sent | {"url": "ftp://x"})
    assert bad.status_code == 422 and b"https://" in bad.content
