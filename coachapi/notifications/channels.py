"""Senders: one short function per channel. Neutral text; the content is read after sign-in.

A sender runs in a thread of the relay, many at once. It has all it needs in the parcel and asks no
database; it returns when the provider has accepted, and raises ``NotNow`` or ``NeverDeliverable``.
Its own timeout stays below the lease of 25 s, its library's own retries are off.
"""

from __future__ import annotations

import smtplib
from collections.abc import Callable
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from coachapi.notifications.relay import Parcel


class NotNow(Exception):
    """The channel could not say that it took the message; try again, after so many seconds."""

    def __init__(self, reason: str, *, after: float | None = None) -> None:
        super().__init__(reason)
        self.after = after


class NeverDeliverable(Exception):
    """The channel says that this can never work: this message, or with ``device`` the device.

    A dead device ends no alert: the person's other devices and channels stay.
    """

    def __init__(self, reason: str, *, device: bool = False) -> None:
        super().__init__(reason)
        self.device = device


def send_email(parcel: Parcel) -> None:
    """Hand the message to the mail server under a Message-ID that every attempt shares."""
    host = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip("<> ")
    message = EmailMessage(
        subject=_("A client of yours needs a look"),
        body=_(
            "There is something new about one of your clients.\n\n{address}\n\n"
            "This app is not watched round the clock and is not medical advice."
        ).format(address=f"{settings.PUBLIC_URL}/desk/alerts/{parcel.alert_id}/"),
        to=[parcel.address],
        headers={"Message-ID": f"<{parcel.collapse_id}@{host or 'localhost'}>"},
    )
    try:
        with get_connection() as server:
            server.send_messages([message])
    except smtplib.SMTPRecipientsRefused as refused:
        code = next(iter(refused.recipients.values()))[0]
        kind = NeverDeliverable if code >= 500 else NotNow
        raise kind(f"the mail server refused the address ({code})") from refused
    except smtplib.SMTPDataError as refused:
        kind = NeverDeliverable if refused.smtp_code >= 500 else NotNow
        raise kind(f"the mail server refused the message ({refused.smtp_code})") from refused
    except (smtplib.SMTPException, OSError) as broken:
        raise NotNow(f"mail server: {type(broken).__name__}") from broken


SENDERS: dict[str, Callable[[Parcel], None]] = {"email": send_email}
