"""What a sender may answer besides having sent: not now, or never."""

from __future__ import annotations

import datetime as dt


class NotNow(Exception):
    """The channel could not say that it took the message; try again, after so many seconds."""

    def __init__(self, reason: str, *, after: float | None = None) -> None:
        super().__init__(reason)
        self.after = after


class NeverDeliverable(Exception):
    """The channel says that this can never work: this message, or with ``device`` the device.

    A dead device ends no alert: the person's other devices and channels stay. ``as_of`` is when
    the provider lost it; a device that has registered since lives on.
    """

    def __init__(
        self, reason: str, *, device: bool = False, as_of: dt.datetime | None = None
    ) -> None:
        super().__init__(reason)
        self.device = device
        self.as_of = as_of
