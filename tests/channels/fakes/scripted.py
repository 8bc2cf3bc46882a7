"""What all fakes share: a log of what was taken, the faults asked for, a plain HTTP server."""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, TypeVar


@dataclass(frozen=True)
class Taken:
    """One message a fake accepted."""

    path: str
    headers: dict[str, str]
    body: bytes


@dataclass
class Reply:
    """What a fake answers."""

    status: int
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)


@dataclass
class Fake:
    """The state of a fake; subclasses say what they take and how they refuse."""

    url: str = ""
    taken: list[Taken] = field(default_factory=list)
    asked: list[Taken] = field(default_factory=list)  # also what was refused or met a fault
    faults: deque[str] = field(default_factory=deque)
    over: threading.Event = field(default_factory=threading.Event)

    def fail(self, *faults: str) -> None:
        """The next requests meet these."""
        self.faults.extend(faults)

    def forget(self) -> None:
        """Begin anew."""
        self.taken.clear()
        self.asked.clear()
        self.faults.clear()

    def judge(self, request: Taken) -> Reply:
        """The answer to a request without faults; a 2xx is taken."""
        return Reply(200, b"ok")

    def refusal(self, status: int) -> bytes:
        """The body of a scripted status."""
        return b""

    def answer(self, request: Taken) -> Reply | None:
        """The answer to a request; ``None`` cuts the connection."""
        self.asked.append(request)
        fault = self.faults.popleft() if self.faults else ""
        if fault and not fault.startswith("+"):
            return self._fail(fault)
        reply = self.judge(request)
        if reply.status < 300:
            self.taken.append(request)
        return self._fail(fault[1:]) if fault else reply

    def _fail(self, fault: str) -> Reply | None:
        word, _, number = fault.partition(" ")
        if word == "reset":
            return None
        if word == "hang":
            self.over.wait(float(number))
            return None
        wait = {"Retry-After": number} if number else {}
        return Reply(int(word), self.refusal(int(word)), wait)


AnyFake = TypeVar("AnyFake", bound=Fake)


@contextlib.contextmanager
def serving(fake: AnyFake, tls: ssl.SSLContext | None = None) -> Iterator[AnyFake]:
    """Serve a fake over HTTP/1.1 on a port of its own, in threads of this process."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(fake))
    server.daemon_threads = True
    if tls is not None:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    fake.url = f"{'https' if tls else 'http'}://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield fake
    finally:
        fake.over.set()
        server.shutdown()
        server.server_close()


def _handler(fake: Fake) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            headers = {name.lower(): value for name, value in self.headers.items()}
            reply = fake.answer(Taken(self.path, headers, body))
            if reply is None:
                self.close_connection = True
                with contextlib.suppress(OSError):
                    self.connection.shutdown(socket.SHUT_RDWR)
                return
            self.send_response(reply.status)
            for name, value in reply.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(reply.body)))
            self.end_headers()
            self.wfile.write(reply.body)

        def log_message(self, *_: Any) -> None:
            """Nothing to the terminal."""

    return Handler
