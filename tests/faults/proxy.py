"""A wire that can go dead: forwards TCP to a unix socket until told to swallow everything.

When it comes back it either goes on where it was, or (``forgets``) leaves every line of before as
dead as a router does that was started anew: nothing comes, nobody is told.
"""

from __future__ import annotations

import contextlib
import select
import socket
import threading
import time


class Wire:
    """Listens on a port of its own. ``dead`` keeps every connection open and lets nothing by."""

    def __init__(self, target: str, *, forgets: bool = False) -> None:
        self.target, self.dead, self.forgets = target, threading.Event(), forgets
        self.door = socket.create_server(("127.0.0.1", 0))
        self.port: int = self.door.getsockname()[1]
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                near, _ = self.door.accept()
                threading.Thread(target=self._carry, args=(near,), daemon=True).start()

    def _carry(self, near: socket.socket) -> None:
        with near, socket.socket(socket.AF_UNIX) as far, contextlib.suppress(OSError):
            far.connect(self.target)
            lost = False
            while True:
                ready, _, _ = select.select([near, far], [], [], 1.0)
                while lost or self.dead.is_set():
                    lost = self.forgets
                    time.sleep(0.05)
                for each in ready:
                    if not (data := each.recv(65_536)):
                        return
                    (far if each is near else near).sendall(data)
