"""A mail server that keeps every message in a folder and sends none on: the demo's postman, and in
tests a provider whose faults are written down beforehand.

`python -m coachapi.embedded.mailbox --port 0 --folder mail [--faults faults.txt]` prints its port.
The first line of the faults file is what the next message meets, and is struck out by it; a line
that ends in `always` stays. Known: ok, accept-then-drop, 450, 550, hang.
"""

from __future__ import annotations

import argparse
import asyncio
import datetime as dt
import itertools
import os
import signal
import sys
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from pathlib import Path

from aiosmtpd.smtp import SMTP, Envelope, Session

LOG = "log.txt"
LARGEST = 2 * 1024 * 1024
HANG_SECONDS = 3600
ACCEPTED = "250 OK"
REFUSALS = {"450": "450 4.2.1 Try again later", "550": "550 5.1.1 No such mailbox"}
FAULTS = ("ok", "accept-then-drop", "hang", *REFUSALS)


@dataclass(slots=True)
class Mailbox:
    """Takes messages for anybody; `faults` is the file of what goes wrong, if anything does."""

    folder: Path
    faults: Path | None = None
    _count: itertools.count[int] = field(default_factory=lambda: itertools.count(1))

    async def handle_DATA(  # noqa: N802 - the library calls it so
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        """Keep the message and say so, or do what the faults file says."""
        fault = self.next_fault()
        if fault in REFUSALS:
            return REFUSALS[fault]
        if fault == "hang":
            await asyncio.sleep(HANG_SECONDS)
        content = envelope.content
        self.keep(content if isinstance(content, bytes) else b"", envelope.rcpt_tos)
        if fault == "accept-then-drop" and isinstance(server.transport, asyncio.Transport):
            server.transport.abort()  # taken, but the sender never learns it
        return ACCEPTED

    def keep(self, message: bytes, to: list[str]) -> Path:
        """Write a message as `.eml` and a line of the log: time, Message-ID, recipients."""
        at = dt.datetime.now(dt.UTC)
        name = f"{at:%Y%m%dT%H%M%S%f}-{os.getpid()}-{next(self._count)}.eml"
        draft = self.folder / f".{name}"
        draft.write_bytes(message)
        draft.rename(self.folder / name)  # a reader never sees half a message
        named = message_from_bytes(message, policy=policy.default).get("Message-ID", "-")
        line = f"{at.isoformat()} {str(named).strip()} {','.join(to)}\n"
        with (self.folder / LOG).open("a") as log:
            log.write(line)
        return self.folder / name

    def next_fault(self) -> str:
        """What the next message meets; raises ValueError for a word nobody knows."""
        if self.faults is None or not self.faults.exists():
            return "ok"
        first, _, rest = self.faults.read_text().strip().partition("\n")
        word, _, how_often = first.strip().partition(" ")
        if not word:
            return "ok"
        if word not in FAULTS:
            raise ValueError(f"{word!r} is no fault. Known: {', '.join(FAULTS)}.")
        if how_often != "always":
            self.faults.write_text(rest)
        return word


async def serve(mailbox: Mailbox, port: int) -> None:
    """Listen on this machine only, print the port, go on until SIGTERM."""
    loop = asyncio.get_running_loop()
    server = await loop.create_server(
        lambda: SMTP(mailbox, hostname="localhost", data_size_limit=LARGEST, loop=loop),
        "127.0.0.1",
        port,
    )
    print(server.sockets[0].getsockname()[1], flush=True)
    asked = asyncio.Event()
    for each in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(each, asked.set)
    await asked.wait()
    server.close()


def main(arguments: list[str]) -> None:
    """Run a mailbox as its own program."""
    reader = argparse.ArgumentParser(prog="python -m coachapi.embedded.mailbox")
    reader.add_argument("--port", type=int, default=0, help="0 takes a free one")
    reader.add_argument("--folder", type=Path, required=True)
    reader.add_argument("--faults", type=Path)
    given = reader.parse_args(arguments)
    given.folder.mkdir(parents=True, exist_ok=True)
    asyncio.run(serve(Mailbox(given.folder, given.faults), given.port))


if __name__ == "__main__":
    main(sys.argv[1:])
