"""Apple's push service: TLS, HTTP/2, the rules of its header fields, 410 with a timestamp."""

from __future__ import annotations

import contextlib
import json
import re
import socket
import ssl
import threading
import time
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import jwt
from h2.config import H2Configuration
from h2.connection import H2Connection
from h2.events import DataReceived, RequestReceived, StreamEnded
from h2.exceptions import ProtocolError

from tests.channels.fakes import keys
from tests.channels.fakes.scripted import Fake, Reply, Taken

TOPIC, TEAM, KEY_ID = "example.coach", "TEAM123456", "KEY1234567"
REASONS = {429: "TooManyRequests", 500: "InternalServerError", 503: "ServiceUnavailable"}


def no(status: int, reason: str, **more: Any) -> Reply:
    """A refusal as Apple words it."""
    return Reply(status, json.dumps({"reason": reason, **more}).encode())


@dataclass
class Apns(Fake):
    """``dead`` maps a token to the millisecond Apple lost it; ``bad`` tokens were never Apple's."""

    ca_file: str = ""
    dead: dict[str, int] = field(default_factory=dict)
    bad: set[str] = field(default_factory=set)
    provider_tokens: set[str] = field(default_factory=set)
    connections: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def key(self) -> str:
        """The signing key whose tokens this fake accepts."""
        return keys.pem(keys.ec_key())

    @property
    def payloads(self) -> list[dict[str, Any]]:
        """Every payload taken."""
        return [json.loads(each.body) for each in self.taken]

    def judge(self, request: Taken) -> Reply:
        """As Apple's "Sending notification requests to APNs" says."""
        found = re.fullmatch(r"/3/device/([0-9a-fA-F]+)", request.path)
        headers = request.headers
        if found is None:
            return no(404, "BadPath")
        if not self._is_ours(headers.get("authorization", "")):
            return no(403, "InvalidProviderToken")
        token, kind = found[1], headers.get("apns-push-type")
        aps = json.loads(request.body or b"{}").get("aps", {})
        if headers.get("apns-topic") != TOPIC:
            return no(400, "DeviceTokenNotForTopic")
        if kind not in ("alert", "background"):
            return no(400, "InvalidPushType")
        if headers.get("apns-priority", "10") not in ("1", "5", "10"):
            return no(400, "BadPriority")
        if kind == "background" and (headers.get("apns-priority") != "5" or "alert" in aps):
            return no(400, "BadPriority")
        if len(headers.get("apns-collapse-id", "").encode()) > 64:
            return no(400, "BadCollapseId")
        if not headers.get("apns-expiration", "0").isdigit():
            return no(400, "BadExpirationDate")
        if not request.body:
            return no(400, "PayloadEmpty")
        if len(request.body) > 4096:
            return no(413, "PayloadTooLarge")
        if token in self.bad or len(token) != 64:
            return no(400, "BadDeviceToken")
        if token in self.dead:
            return no(410, "Unregistered", timestamp=self.dead[token])
        return Reply(200)

    def refusal(self, status: int) -> bytes:
        """With the reason that belongs to a status."""
        return no(status, REASONS[status]).body

    def _is_ours(self, authorization: str) -> bool:
        scheme, _, token = authorization.partition(" ")
        try:
            known = jwt.get_unverified_header(token)["kid"] == KEY_ID
            claim = jwt.decode(token, keys.ec_key().public_key(), algorithms=["ES256"])
        except jwt.PyJWTError:
            return False
        fresh = abs(time.time() - claim["iat"]) < 3600
        self.provider_tokens.add(token)
        return scheme.lower() == "bearer" and known and claim["iss"] == TEAM and fresh


@contextlib.contextmanager
def running(folder: Path) -> Iterator[Apns]:
    """The fake, on a port of its own; ``folder`` takes its certificate (``ca_file``)."""
    file = keys.certificate(folder)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    context.set_alpn_protocols(["h2"])
    listener = socket.create_server(("127.0.0.1", 0))
    fake = Apns(url=f"https://127.0.0.1:{listener.getsockname()[1]}", ca_file=str(file))
    threading.Thread(target=_accept, args=(fake, listener, context), daemon=True).start()
    try:
        yield fake
    finally:
        fake.over.set()
        with contextlib.suppress(OSError):
            listener.shutdown(socket.SHUT_RDWR)
        listener.close()


def _accept(fake: Apns, listener: socket.socket, context: ssl.SSLContext) -> None:
    while not fake.over.is_set():
        try:
            link, _ = listener.accept()
        except OSError:
            return
        threading.Thread(target=_talk, args=(fake, link, context), daemon=True).start()


def _talk(fake: Apns, raw: socket.socket, context: ssl.SSLContext) -> None:
    """One connection; its requests are answered one after the other."""
    with contextlib.suppress(OSError, ProtocolError), context.wrap_socket(raw, True) as link:
        fake.connections += 1
        talk = H2Connection(H2Configuration(client_side=False, header_encoding="utf-8"))
        talk.initiate_connection()
        link.sendall(talk.data_to_send())
        heads: dict[int, dict[str, str]] = {}
        bodies: dict[int, bytes] = {}
        while data := link.recv(65536):
            for event in talk.receive_data(data):
                if isinstance(event, RequestReceived):
                    heads[event.stream_id] = {str(k): str(v) for k, v in event.headers}
                    bodies[event.stream_id] = b""
                elif isinstance(event, DataReceived):
                    bodies[event.stream_id] += event.data
                    talk.acknowledge_received_data(event.flow_controlled_length, event.stream_id)
                elif isinstance(event, StreamEnded):
                    stream = event.stream_id
                    request = Taken(heads[stream][":path"], heads[stream], bodies[stream])
                    with fake._lock:
                        reply = fake.answer(request)
                    if reply is None:
                        return
                    _reply(talk, stream, request, reply)
            link.sendall(talk.data_to_send())


def _reply(talk: H2Connection, stream: int, request: Taken, reply: Reply) -> None:
    """Without a body the headers end the stream: aioapns falls over an empty DATA frame."""
    apns_id = request.headers.get("apns-id") or str(uuid.uuid4())
    headers = [(":status", str(reply.status)), ("apns-id", apns_id)]
    headers += [(name.lower(), value) for name, value in reply.headers.items()]
    talk.send_headers(stream, headers, end_stream=not reply.body)
    if reply.body:
        talk.send_data(stream, reply.body, end_stream=True)
