"""Where an address that somebody typed in may lead: the public internet, and nowhere else.

A webhook's or a browser's address is a stranger's words. What counts is the address that is
connected to, not the name: a name is asked once and the connection goes to the very answer that
was judged, so a second answer (DNS rebinding) is never used. Python's own ``is_global`` lets
through what hides a private address inside a public-looking one; those are unwrapped first.
"""

from __future__ import annotations

import contextlib
import ipaddress
import socket
import time
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as TooLate
from urllib.parse import urlsplit

import httpcore
import httpx
from django.conf import settings

PORTS = (443, 8443)
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_UNICAST = ipaddress.ip_network("2000::/3")  # all there is of the public IPv6 internet
_PROTOCOLS = ipaddress.ip_network("192.0.0.0/24")  # a cloud's metadata; Python knows parts of it
_V4_COMPATIBLE = ipaddress.ip_network("::/96")
_names = ThreadPoolExecutor(4, "names")  # the system's resolver knows no deadline


class NotPublic(Exception):
    """The address leads somewhere it must not."""


def public(address: str) -> bool:
    """Whether an address is one of the public internet, whatever it is wrapped in."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(found, ipaddress.IPv6Address):
        inner = _inside(found)
        if inner is None and found not in _UNICAST:
            return False
        found = inner or found
    odd = found.is_multicast or found.is_reserved or found in _PROTOCOLS
    return found.is_global and not odd


def _inside(found: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    """The IPv4 address that an IPv6 one stands for: mapped, compatible, 6to4, Teredo, NAT64."""
    if found.ipv4_mapped or found.sixtofour:
        return found.ipv4_mapped or found.sixtofour
    if found.teredo:
        return found.teredo[1]
    if found in _V4_COMPATIBLE or found in _NAT64:
        return ipaddress.IPv4Address(int(found) & 0xFFFF_FFFF)
    return None


def check_url(url: str) -> None:
    """Refuse an address by its looks: scheme, port, a name and password in it.

    Raises ``NotPublic`` with a sentence. The addresses behind the name are judged on connecting.
    """
    try:
        parts = urlsplit(url)
        port = parts.port
        httpx.URL(url)
    except (ValueError, httpx.InvalidURL) as wrong:
        raise NotPublic("This is not an address.") from wrong
    if settings.ALLOW_PRIVATE_TARGETS and parts.scheme in ("http", "https") and parts.hostname:
        return
    if parts.scheme != "https" or not parts.hostname:
        raise NotPublic("Accepted: an address that begins with https://.")
    if parts.username is not None or parts.password is not None:
        raise NotPublic("The address must not hold a user name or a password.")
    if (port or 443) not in PORTS:
        raise NotPublic(f"Accepted ports: {', '.join(map(str, PORTS))}.")
    if not _may_be_a_name(parts.hostname):
        raise NotPublic("The address leads into a private network.")


def _may_be_a_name(host: str) -> bool:
    """A public address, or a name that is not one of this machine's or this network's."""
    try:
        ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return "." in host.strip(".") and not host.rstrip(".").endswith(
            (".localhost", ".local", ".internal", ".arpa")
        )
    return public(host)


def resolve(host: str, port: int) -> list[str]:
    """The addresses of a name, as the system's resolver knows them."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(each[4][0]) for each in found))


class Guarded(httpcore.SyncBackend):
    """Connects to public addresses only; asks for a name once and connects to that answer."""

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        """A connection, or ``NotPublic`` when any address of the name is not public."""
        until = time.monotonic() + (timeout or 10.0)
        addresses = self._asked(host, port, timeout)
        if not settings.ALLOW_PRIVATE_TARGETS:
            if port not in PORTS:
                raise NotPublic("port")
            if not all(public(each) for each in addresses):
                raise NotPublic("The address leads into a private network.")
        for each in addresses[:-1]:  # perhaps of a family this machine cannot speak
            left = max(0.1, (until - time.monotonic()) / 2)
            with contextlib.suppress(httpcore.ConnectError, httpcore.ConnectTimeout):
                return super().connect_tcp(each, port, left, local_address, socket_options)
        left = max(0.1, until - time.monotonic())
        return super().connect_tcp(addresses[-1], port, left, local_address, socket_options)

    def _asked(self, host: str, port: int, timeout: float | None) -> list[str]:
        try:
            found = _names.submit(resolve, host, port).result(timeout)
        except TooLate as late:
            raise httpcore.ConnectTimeout("name") from late
        except (OSError, UnicodeError) as unknown:
            raise httpcore.ConnectError("name") from unknown
        if not found:
            raise httpcore.ConnectError("name")
        return found
