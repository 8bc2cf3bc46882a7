"""Whatever address somebody types in: no connection into this machine or its network, counted."""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from collections.abc import Iterator

import httpcore
import pytest
from pytest_django import Settings

from coachapi.notifications.channels import guard, wire
from coachapi.notifications.channels.outcomes import NotNow
from tests.channels.fakes import receiver
from tests.channels.fakes.scripted import Reply, Taken, serving

# Every way to write this machine, its network, the cloud's metadata, and what is nobody's.
HOSTS = """
    127.0.0.1 127.0.0.2 127.1 127.0.1 127.255.255.255 2130706433 0x7f000001 0x7f.0.0.1 0x7f.1
    0177.0.0.1 017700000001 0177.0.0.01 127.0.0.1. 0 0.0.0.0 0.1.2.3 00000000
    localhost localhost. LOCALHOST a.localhost ip6-localhost
    [::1] [::] [0:0:0:0:0:0:0:1] [::127.0.0.1] [::7f00:1]
    [::ffff:127.0.0.1] [::ffff:7f00:1] [::ffff:0:127.0.0.1] [::ffff:10.0.0.1] [::ffff:100.64.0.1]
    [::ffff:169.254.169.254] [64:ff9b::127.0.0.1] [64:ff9b::7f00:1] [64:ff9b::a00:1]
    [64:ff9b:1::7f00:1] [2002:7f00:1::] [2002:7f00:0001::1] [2002:a00:1::] [2002:c0a8:101::]
    [2002:a9fe:a9fe::] [2001:0:7f00:1::] [2001::80ff:fffe] [fe80::1] [fe80::1%25lo] [fec0::1]
    [fc00::1] [fd00:ec2::254] [ff02::1] [ff0e::1] [100::1] [2001:db8::1] [2001:10::1] [4000::1]
    10.0.0.1 10.255.255.255 172.16.0.1 172.31.255.255 192.168.0.1 192.168.1.1 169.254.169.254
    169.254.0.1 100.64.0.1 100.127.255.255 100.100.100.200 192.0.0.1 192.0.0.192 192.0.2.1
    198.18.0.1 198.19.255.255 198.51.100.1 203.0.113.1 224.0.0.1 239.255.255.250 240.0.0.1
    255.255.255.255 2852039166 0xa9fea9fe 0xa9.0xfe.0xa9.0xfe 0251.0376.0251.0376
    ①②⑦.⓪.⓪.① 127。0。0。1 metadata.google.internal printer.local
""".split()
# Names whose answers are in a stranger's hand.
NAMES = {
    "rebound.example": ["127.0.0.1"],
    "half.example": ["93.184.216.34", "127.0.0.1"],
    "six.example": ["::ffff:127.0.0.1"],
    "nat.example": ["64:ff9b::7f00:1"],
    "shared.example": ["100.64.0.1"],
    "a.localhost": ["127.0.0.1"],
    "metadata.google.internal": ["169.254.169.254"],
    "printer.local": ["192.168.1.9"],
    "nobody.example": [],
}


class Listener:
    """Counts every connection to this machine, on both families."""

    def __init__(self) -> None:
        self.count = 0
        self.sockets = [socket.create_server(("127.0.0.1", 0))]
        self.port = self.sockets[0].getsockname()[1]
        with contextlib.suppress(OSError):
            self.sockets.append(socket.create_server(("::1", self.port), family=socket.AF_INET6))
        for each in self.sockets:
            threading.Thread(target=self._count, args=(each,), daemon=True).start()

    def _count(self, listener: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while True:
                link, _ = listener.accept()
                self.count += 1
                link.close()

    def close(self) -> None:
        for each in self.sockets:
            with contextlib.suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
            each.close()


@pytest.fixture
def listener(monkeypatch: pytest.MonkeyPatch, settings: Settings) -> Iterator[Listener]:
    """Its port is allowed, so that only the address stands between."""
    made = Listener()
    settings.ALLOW_PRIVATE_TARGETS = False
    monkeypatch.setattr(guard, "PORTS", (*guard.PORTS, made.port))
    asked = guard.resolve
    monkeypatch.setattr(
        guard, "resolve", lambda host, port: NAMES[host] if host in NAMES else asked(host, port)
    )
    yield made
    made.close()


def called(url: str, within: float = 3) -> Exception | None:
    """What came of calling an address, past every look at its letters."""
    try:
        wire.post(url, headers={}, content=b"x", who="it", within=within, guarded=True)
    except (guard.NotPublic, NotNow, ValueError, httpcore.UnsupportedProtocol) as no:
        return no
    return None


def test_no_hostile_address_is_connected_to(listener: Listener) -> None:
    forms = [f"https://{host}:{listener.port}/" for host in (*HOSTS, *NAMES)]
    assert len(forms) > 90
    reached = [url for url in forms if called(url) is None]
    assert reached == []
    assert listener.count == 0


def test_the_listener_would_have_noticed(listener: Listener, settings: Settings) -> None:
    settings.ALLOW_PRIVATE_TARGETS = True
    called(f"https://127.1:{listener.port}/")
    called(f"https://rebound.example:{listener.port}/")
    deadline = time.monotonic() + 5
    while listener.count < 2 and time.monotonic() < deadline:
        time.sleep(0.01)
    assert listener.count == 2


def test_the_answer_that_was_judged_is_the_one_connected_to(
    listener: Listener, monkeypatch: pytest.MonkeyPatch
) -> None:
    judged = ["93.184.216.34", "2606:4700::1111"]
    answers = [judged, ["127.0.0.1"]]  # the second is for who asks twice
    monkeypatch.setattr(guard, "resolve", lambda host, port: answers.pop(0))
    went: list[str] = []

    def connect(self: object, host: str, *_: object) -> httpcore.NetworkStream:
        went.append(host)
        raise httpcore.ConnectError("not from a test")

    monkeypatch.setattr(httpcore.SyncBackend, "connect_tcp", connect)
    assert isinstance(called(f"https://turns.example:{listener.port}/"), NotNow)
    assert went == judged
    assert len(answers) == 1


@pytest.mark.parametrize(
    "url",
    [
        "http://hooks.example.org/",
        "https://hooks.example.org:8080/",
        "https://hooks.example.org:22/",
        "https://ada:secret@hooks.example.org/",
        "https://@hooks.example.org/",
        "https://localhost/",
        "https://intranet/",
        "https://10.0.0.1/",
        "https://[::1]/",
        "https://[::ffff:127.0.0.1]/",
        "https://service.internal/",
        "https://hooks.example.org:99999/",
        "https://[::1/",
        "https:///x",
        "ftp://hooks.example.org/",
        "file:///etc/passwd",
        "gopher://hooks.example.org/",
        "//hooks.example.org/",
        "hooks.example.org",
        "",
    ],
)
def test_what_could_never_be_public_is_refused_when_it_is_typed_in(
    url: str, settings: Settings
) -> None:
    settings.ALLOW_PRIVATE_TARGETS = False
    with pytest.raises(guard.NotPublic):
        guard.check_url(url)


def test_public_addresses_pass(settings: Settings) -> None:
    settings.ALLOW_PRIVATE_TARGETS = False
    for url in (
        "https://hooks.example.org/x?y=1",
        "https://hooks.example.org:8443",
        "https://1.1.1.1",
    ):
        guard.check_url(url)
    for address in ("1.1.1.1", "93.184.216.34", "2606:4700::1111", "64:ff9b::101:101"):
        assert guard.public(address)


def test_a_redirect_is_not_followed(listener: Listener, settings: Settings) -> None:
    class Redirecting(receiver.Receiver):
        def judge(self, request: Taken) -> Reply:
            return Reply(302, headers={"Location": f"http://127.0.0.1:{listener.port}/"})

    settings.ALLOW_PRIVATE_TARGETS = True
    with serving(Redirecting()) as fake:
        answer = wire.post(fake.url, headers={}, content=b"x", who="it", guarded=True)
    assert answer.status == 302
    assert listener.count == 0


@pytest.mark.parametrize("drip", [b"H", b"HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n"])
def test_a_server_that_answers_a_byte_at_a_time_is_left(drip: bytes, settings: Settings) -> None:
    settings.ALLOW_PRIVATE_TARGETS = True
    over = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as server:

        def trickle() -> None:
            link, _ = server.accept()
            with link, contextlib.suppress(OSError):
                link.sendall(drip)
                while not over.wait(0.05):
                    link.sendall(b"x")

        threading.Thread(target=trickle, daemon=True).start()
        began = time.monotonic()
        no = called(f"http://127.0.0.1:{server.getsockname()[1]}/", within=0.4)
        over.set()
    assert isinstance(no, NotNow)
    assert time.monotonic() - began < 2


def test_of_a_long_answer_only_the_beginning_is_read(settings: Settings) -> None:
    class Endless(receiver.Receiver):
        def judge(self, request: Taken) -> Reply:
            return Reply(200, b"x" * 5_000_000)

    settings.ALLOW_PRIVATE_TARGETS = True
    with serving(Endless()) as fake:
        answer = wire.post(fake.url, headers={}, content=b"x", who="it", guarded=True)
    assert len(answer.body) == 65_536
