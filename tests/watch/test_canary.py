"""A whole story with words of its own: none of them in logs, metrics, broker or tasks (S2)."""

from __future__ import annotations

import base64
import binascii
import os
import re
import secrets
import threading
import urllib.request
from collections.abc import Iterator
from typing import Any

import pytest
import redis

from tests.stories.conftest import web, world
from tests.stories.people import ZONE, Person, instant, new_id, until
from tests.stories.world import World
from tests.workers import Worker

__all__ = ["web", "world"]

CANARY = "kanari" + secrets.token_hex(5)


@pytest.fixture
def broker() -> Iterator[list[str]]:
    """Everything that anybody says to the broker, base64 opened."""
    said: list[str] = []
    where = os.environ["BROKER_URL"].replace("redis+socket://", "unix://").partition("?")[0]
    link = redis.Redis.from_url(where)
    monitor = link.monitor()
    monitor.__enter__()

    def listen() -> None:
        try:
            for each in monitor.listen():
                said.append(opened(each["command"]))
        except (redis.ConnectionError, OSError, ValueError):
            return

    threading.Thread(target=listen, daemon=True).start()
    yield said
    monitor.connection.disconnect()
    link.close()


def opened(text: str) -> str:
    """A command with every base64 part read."""
    inside = []
    for part in re.findall(r"[A-Za-z0-9+/]{16,}={0,2}", text):
        try:
            inside.append(
                base64.b64decode(part + "=" * (-len(part) % 4)).decode("utf-8", "replace")
            )
        except binascii.Error:
            continue
    return " ".join([text, *inside])


def play(world: World) -> str:
    """Invited, signed in, hurt, decided, written to; returns the report's request id."""
    email = f"{CANARY}@clients.example"
    person = {"name": f"Noor {CANARY}", "email": email, "time_zone": ZONE}
    invited = world.ada.post("/v1/invitations", person).ok(201)
    token = invited["link"].partition("#")[2]
    accepted = {"token": token, "password": f"long-{CANARY}", "consents": ["coach_sees"]}
    Person(world.base, "x").post("/v1/invitations/accept", accepted).ok(201)
    Person(world.base, "x").post("/_allauth/app/v1/auth/code/request", {"email": email})
    Person(world.base, "x").post(
        "/_allauth/app/v1/auth/login", {"email": email, "password": CANARY}
    )
    noor = Person.sign_in(world.base, "Noor", email, f"long-{CANARY}")
    form = noor.get("/v1/report-form?region=back_low")
    report = new_id()
    request_id = f"rid-{secrets.token_hex(8)}"
    noor.headers = {"Request-Id": request_id}
    said = {
        "performed_at": instant(world.now()),
        "zone": ZONE,
        "regions": [{"region": "back_low", "side": "midline", "pain_worst": 5}],
        "timing": ["during_set"],
        "effect": "stopped_exercise",
        "red_flags": {"none_of_these": True, "tiles_shown": [t["id"] for t in form["tiles"]]},
        "note": f"it feels {CANARY} and numb",
        "source": "spontaneous",
    }
    noor.put(f"/v1/reports/{report}?q={CANARY}", said).ok(201)
    noor.headers = {}
    until("Ada is told", lambda: world.ada.get("/v1/alerts")["items"])
    assert CANARY in str(world.ada.get(f"/v1/inbox/{report}")), "the coach does read it"
    noor.send("GET", f"/v1/{CANARY}")
    noor.put(f"/v1/reports/{report}", {**said, "note": CANARY * 2})
    noor.send("PUT", f"/v1/sets/{new_id()}", {"reps": CANARY})
    return request_id


def test_no_word_of_the_story_leaves_by_a_side_door(
    world: World, worker: Worker, broker: list[str], tmp_path_factory: Any
) -> None:
    # pytest leaves a link beside the folder
    logs = tmp_path_factory.getbasetemp().glob("web*/web.log")
    web_logs = {each.resolve() for each in logs}  # other tests of this process had servers too
    request_id = play(world)
    bound = re.compile(r"request_id=\S+ task=coachapi\.notifications\.tasks\.drain")
    worker.until(lambda: bound.search(worker.log.read_text()))  # a letter that found no server
    asked = urllib.request.Request(
        f"{world.base}/metrics", headers={"Authorization": "Bearer demo"}
    )
    with urllib.request.urlopen(asked) as reply:
        numbers = reply.read().decode()
    assert 'route="v1/reports/<uuid:report_id>"' in numbers
    assert any("tasks.drain" in each and request_id in each for each in broker), "it goes along"
    web_said = "".join(each.read_text() for each in web_logs)
    assert request_id in web_said
    places = {
        "the web's log": web_said,
        "the worker's log": worker.log.read_text(),
        "the metrics": numbers,
        "the broker": "\n".join(broker),
    }
    assert [name for name, said in places.items() if CANARY in said] == []
