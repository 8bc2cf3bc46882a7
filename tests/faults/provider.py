"""A push provider of the tests: FCM's HTTP v1 as its clients see it, with faults on order.

A process of its own (`python -m tests.faults.provider LOG`), so that it lives while ours die. Each
message is one line of its append-only log: when, the collapse key, the device, the fault it met
and whether it was taken. It prints its port and goes on until SIGTERM.

A script says what the next messages meet, what all others do, and what those to one device do:
`ok`, a status such as `500`, `429 7` (Retry-After), `410` (unregistered), `400`, `hang`, `reset`,
`accept-then-503`, `accept-then-reset`, `accept-then-hang`, `slow` (a byte now and then).
"""

from __future__ import annotations

import asyncio
import json
import signal
import socket
import struct
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

HANG = 120.0
SAID = {
    200: {"name": "projects/p/messages/1"},
    400: {"error": {"status": "INVALID_ARGUMENT", "details": [{"errorCode": "INVALID_ARGUMENT"}]}},
    404: {"error": {"status": "NOT_FOUND", "details": [{"errorCode": "UNREGISTERED"}]}},
}


@dataclass
class Script:
    """What goes wrong, and how many seconds a message takes."""

    next: list[str] = field(default_factory=list)
    always: str = "ok"
    devices: dict[str, str] = field(default_factory=dict)
    seconds: float = 0.0

    def fault(self, device: str) -> str:
        """What the message at hand meets."""
        if device in self.devices:
            return self.devices[device]
        return self.next.pop(0) if self.next else self.always


class Fake:
    """The provider itself."""

    def __init__(self, log: Path) -> None:
        self.script, self.log = Script(), log.open("a", buffering=1)
        self.under_way, self.quiet = 0, asyncio.Event()
        self.quiet.set()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Requests of one connection, one after the other."""
        try:
            while head := await self._head(reader):
                method, path, length = head
                body = await reader.readexactly(length)
                if not await self._answer(method, path, body, writer):
                    break
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    async def _head(self, reader: asyncio.StreamReader) -> tuple[str, str, int] | None:
        try:
            raw = await reader.readuntil(b"\r\n\r\n")
        except asyncio.IncompleteReadError:
            return None
        first, *rest = raw.decode("latin-1").split("\r\n")
        length = [line.split(":")[1] for line in rest if line.lower().startswith("content-length:")]
        method, path, _ = first.split(" ", 2)
        return method, path, int(length[0]) if length else 0

    async def _answer(
        self, method: str, path: str, body: bytes, writer: asyncio.StreamWriter
    ) -> bool:
        if method == "PUT":  # what came under the old script is taken under it, and written down
            await self.quiet.wait()
            self.script = Script(**json.loads(body))
            return await self._say(writer, 200)
        if path == "/token":
            return await self._say(writer, 200, {"access_token": "t", "expires_in": 3600})
        came, message = time.time(), json.loads(body)["message"]
        key, device = message["android"]["collapse_key"], message["token"]
        fault = self.script.fault(device)
        self.under_way += 1
        self.quiet.clear()
        if self.script.seconds:
            await asyncio.sleep(self.script.seconds)
        taken = fault in ("ok", "slow") or fault.startswith("accept-then-")
        said = {"at": time.time(), "key": key, "to": device, "fault": fault, "taken": taken}
        said["came"] = came
        self.log.write(json.dumps(said) + "\n")
        self.under_way -= 1
        if not self.under_way:
            self.quiet.set()
        return await self._meet(fault.removeprefix("accept-then-"), writer)

    async def _meet(self, fault: str, writer: asyncio.StreamWriter) -> bool:
        word, _, wait = fault.partition(" ")
        if word == "hang":
            await asyncio.sleep(HANG)
            return False
        if word == "reset":
            held: socket.socket = writer.get_extra_info("socket")
            held.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            writer.transport.abort()
            return False
        if word == "slow":
            for byte in b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}":
                writer.write(bytes([byte]))
                await asyncio.sleep(1)
            return True
        status = {"ok": 200, "410": 404}.get(word) or int(word)
        return await self._say(writer, status, SAID.get(status), wait)

    async def _say(
        self, writer: asyncio.StreamWriter, status: int, body: Any = None, wait: str = ""
    ) -> bool:
        raw = json.dumps(body or {}).encode()
        head = f"HTTP/1.1 {status} -\r\nContent-Type: application/json\r\n"
        head += f"Retry-After: {wait}\r\n" if wait else ""
        writer.write(f"{head}Content-Length: {len(raw)}\r\n\r\n".encode() + raw)
        await writer.drain()
        return True


async def main(log: Path) -> None:
    """Listen on this machine only."""
    fake, asked = Fake(log), asyncio.Event()
    server = await asyncio.start_server(fake.serve, "127.0.0.1", 0, backlog=1024)
    print(server.sockets[0].getsockname()[1], flush=True)  # noqa: T201 - its port
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, asked.set)
    await asked.wait()
    server.close()


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1])))
