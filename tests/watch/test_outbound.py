"""The outbound heartbeat is asked once a minute, by one worker, only while all is green."""

from __future__ import annotations

import http.server
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection

from coachapi import heartbeat
from coachapi.watch import outbound


@pytest.fixture
def outside(settings: Any, committed: None) -> Iterator[list[str]]:
    """Somebody outside who counts; the list of what they were asked."""
    asked: list[str] = []

    class Counting(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            pass

    server = http.server.HTTPServer(("127.0.0.1", 0), Counting)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    settings.HEARTBEAT_URL = f"http://127.0.0.1:{server.server_port}/ping/me"
    yield asked
    server.shutdown()
    server.server_close()


def a_minute_later() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE coachapi_heartbeat SET beat_at = now() - interval '61 s' WHERE name = %s",
            [outbound.NAME],
        )


def test_it_is_asked_once_a_minute_while_green(outside: list[str]) -> None:
    heartbeat.beat("worker")
    assert outbound.ping() and not outbound.ping()
    assert outside == ["/ping/me"]
    a_minute_later()
    assert outbound.ping() and len(outside) == 2


def test_red_is_silence(outside: list[str]) -> None:
    assert not outbound.ping(), "no worker has ever swept"
    heartbeat.beat("worker")
    a_minute_later()
    assert outbound.ping() and len(outside) == 1


def test_nobody_there_is_no_fault(outside: list[str], settings: Any) -> None:
    heartbeat.beat("worker")
    settings.HEARTBEAT_URL = "http://127.0.0.1:9/"
    assert not outbound.ping()
    settings.HEARTBEAT_URL = "not an address"
    a_minute_later()
    assert not outbound.ping()


def test_without_an_address_nothing_is_asked(outside: list[str], settings: Any) -> None:
    heartbeat.beat("worker")
    settings.HEARTBEAT_URL = ""
    assert not outbound.ping() and outside == []
