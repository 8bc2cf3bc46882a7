"""A wire that can go dead: forwards TCP to a unix socket until told to swallow everything."""

from __future__ import annotations

import contextlib
import select
import socket
import threading
import time


class Wire:
    """Listens on a port of its own. ``dead`` keeps every connection open and lets nothing by."""

    def __init__(self, target: str) -> None:
        self.target, self.dead = target, threading.Event()
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
            while True:
                ready, _, _ = select.select([near, far], [], [], 1.0)
                while self.dead.is_set():
                    time.sleep(0.05)
                for each in ready:
                    if not (data := each.recv(65_536)):
                        return
                    (far if each is near else near).sendall(data)
