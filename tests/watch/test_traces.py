"""With a collector named, one trace goes from a request through the broker into the task."""

from __future__ import annotations

import gzip
import http.server
import json
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

from coachapi.accounts import addresses
from coachapi.accounts.models import User
from coachapi.watch.traces import ATTRIBUTES
from tests.webs import running_web
from tests.workers import running_worker

PATIENCE = 60.0
pytestmark = pytest.mark.traces


@pytest.fixture
def spans() -> Iterator[tuple[str, list[Any]]]:
    """A collector: its address, and every span it was sent."""
    taken: list[Any] = []

    class Collector(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            raw = self.rfile.read(int(self.headers["Content-Length"]))
            raw = gzip.decompress(raw) if self.headers.get("Content-Encoding") == "gzip" else raw
            sent = ExportTraceServiceRequest.FromString(raw)
            taken.extend(
                span
                for resource in sent.resource_spans
                for scope in resource.scope_spans
                for span in scope.spans
            )
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Collector)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", taken
    server.shutdown()
    server.server_close()


@pytest.fixture
def base(spans: Any, committed: None, tmp_path: Path) -> Iterator[str]:
    """A web and a worker that trace."""
    traced = {"OTEL_EXPORTER_OTLP_ENDPOINT": spans[0], "OTEL_BSP_SCHEDULE_DELAY": "200"}
    with pytest.MonkeyPatch.context() as patch:
        for name, value in traced.items():
            patch.setenv(name, value)
        with running_web(tmp_path / "web.log") as web, running_worker(tmp_path / "worker.log"):
            yield web


def until(happens: Any, said: Any = lambda: "") -> None:
    deadline = time.monotonic() + PATIENCE
    while not happens():
        assert time.monotonic() < deadline, said()
        time.sleep(0.1)


def test_one_trace_from_the_request_into_the_task(spans: tuple[str, list[Any]], base: str) -> None:
    user = User.objects.create_user("kanari@traces.example", None, name="Kanari")
    addresses.prove(user)
    body = json.dumps({"email": user.email, "note": "kanari"}).encode()
    asked = urllib.request.Request(
        f"{base}/_allauth/app/v1/auth/code/request?q=kanari",
        body,
        {"Content-Type": "application/json", "User-Agent": "kanari"},
    )
    with pytest.raises(urllib.error.HTTPError, match="401"):
        urllib.request.urlopen(asked, timeout=30)
    _, taken = spans

    def names() -> dict[bytes, set[str]]:
        found: dict[bytes, set[str]] = {}
        for span in taken:
            found.setdefault(span.trace_id, set()).add(span.name)
        return found

    request = "POST _allauth/app/v1/auth/code/request"
    until(
        lambda: any(
            request in each and any(one.startswith("run/coachapi") for one in each)
            for each in names().values()
        ),
        lambda: str(names()),
    )
    for span in taken:
        assert {each.key for each in span.attributes} <= ATTRIBUTES and not span.events
        assert b"kanari" not in span.SerializeToString()
