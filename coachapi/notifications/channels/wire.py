"""The way out to every provider: one POST, bounded in time and size.

No redirect is followed, no proxy of the environment is used, nothing is tried twice: trying again
is the relay's. The whole exchange ends before the delivery's lease does, also with a server that
answers one byte a second.
"""

from __future__ import annotations

import atexit
import datetime as dt
import functools
import ssl
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from email.utils import parsedate_to_datetime

import httpcore
import httpx
from django.conf import settings

from coachapi.notifications.channels.guard import Guarded, NotPublic
from coachapi.notifications.channels.outcomes import NotNow

LONGEST_WAIT = 3600.0  # seconds that a provider's Retry-After may ask for
_deadline: ContextVar[float] = ContextVar("deadline")
_idle: dict[tuple[bool, bool, str], list[httpcore.ConnectionPool]] = {}


@dataclass(frozen=True, slots=True)
class Answer:
    """What a provider answered; of a long body the beginning."""

    status: int
    headers: dict[str, str]  # names in lower case
    body: bytes

    @property
    def retry_after(self) -> float | None:
        """The seconds it asked to be left alone, if it did."""
        said = self.headers.get("retry-after", "")
        if said.isdigit():
            return min(float(said), LONGEST_WAIT)
        try:
            when = parsedate_to_datetime(said)
        except ValueError:
            return None
        seconds = (when - dt.datetime.now(dt.UTC)).total_seconds()
        return min(max(seconds, 1.0), LONGEST_WAIT)

    def again(self, who: str) -> NotNow:
        """That the provider wants to be asked again, in its own time if it named one."""
        return NotNow(f"{who} answered {self.status}", after=self.retry_after)


def post(
    url: str,
    *,
    headers: Mapping[str, str],
    content: bytes,
    who: str,
    within: float = 15.0,
    http2: bool = False,
    guarded: bool = False,
    at_most: int = 65_536,
) -> Answer:
    """Send, and read the answer; raises ``NotNow`` when there is none within so many seconds.

    ``guarded`` is for addresses that somebody typed in; it may raise ``guard.NotPublic``.
    """
    try:
        where = httpx.URL(url)
    except httpx.InvalidURL as wrong:
        raise NotPublic("This is not an address.") from wrong
    target = httpcore.URL(
        scheme=where.raw_scheme, host=where.raw_host, port=where.port, target=where.raw_path
    )
    sent: list[tuple[bytes | str, bytes | str]] = [("Host", where.netloc), *headers.items()]
    timeout = dict.fromkeys(("connect", "read", "write", "pool"), within)
    _deadline.set(time.monotonic() + within)
    try:
        with (
            _line(http2, guarded, settings.CA_FILE) as pool,
            pool.stream(
                "POST", target, headers=sent, content=content, extensions={"timeout": timeout}
            ) as answer,
        ):
            body = b""
            for part in answer.iter_stream():
                body += part
                if len(body) >= at_most:
                    break
            named = {
                name.decode("latin-1").lower(): value.decode("latin-1")
                for name, value in answer.headers
            }
            return Answer(answer.status, named, body[:at_most])
    except (httpcore.NetworkError, httpcore.ProtocolError, httpcore.TimeoutException) as broken:
        raise NotNow(f"{who}: {type(broken).__name__}") from broken


@contextmanager
def _line(http2: bool, guarded: bool, ca_file: str) -> Iterator[httpcore.ConnectionPool]:
    """A pool for one exchange, then for the next: no connection is ever two threads'.

    HTTP/2 would let many share one, but two threads in one TLS connection break it on Python 3.11.
    """
    idle = _idle.setdefault((http2, guarded, ca_file), [])
    try:
        pool = idle.pop()
    except IndexError:
        pool = _pool(http2, guarded, ca_file)
    try:
        yield pool
    finally:
        idle.append(pool)


def _pool(http2: bool, guarded: bool, ca_file: str) -> httpcore.ConnectionPool:
    pool = httpcore.ConnectionPool(
        ssl_context=_trust(http2, ca_file),
        max_keepalive_connections=0 if guarded else 2,  # a judged address is used once
        keepalive_expiry=60,
        http1=not http2,
        http2=http2,
        network_backend=_Bounded(Guarded() if guarded else httpcore.SyncBackend()),
    )
    atexit.register(pool.close)
    return pool


@functools.cache
def _trust(http2: bool, ca_file: str) -> ssl.SSLContext:
    return ssl.create_default_context(cafile=ca_file)


class _Bounded(httpcore.NetworkBackend):
    """Connections whose every step ends by the deadline of the request at hand."""

    def __init__(self, inner: httpcore.NetworkBackend) -> None:
        self._inner = inner

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        left = _left(httpcore.ConnectTimeout)
        return _Stream(self._inner.connect_tcp(host, port, left, local_address, socket_options))


class _Stream(httpcore.NetworkStream):
    def __init__(self, inner: httpcore.NetworkStream) -> None:
        self._inner = inner

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._inner.read(max_bytes, _left(httpcore.ReadTimeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._inner.write(buffer, _left(httpcore.WriteTimeout))

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        left = _left(httpcore.ConnectTimeout)
        return _Stream(self._inner.start_tls(ssl_context, server_hostname, left))

    def get_extra_info(self, info: str) -> object:
        return self._inner.get_extra_info(info)


def _left(late: type[httpcore.TimeoutException]) -> float:
    left = _deadline.get() - time.monotonic()
    if left <= 0:
        raise late("deadline")
    return left
