"""E-mail: by SMTP, or through a provider."""

from __future__ import annotations

import smtplib
from typing import TYPE_CHECKING

from anymail.exceptions import AnymailError, AnymailRecipientsRefused
from django.conf import settings
from django.core.mail import EmailMessage, get_connection

from coachapi.notifications.channels import letters
from coachapi.notifications.channels.outcomes import NeverDeliverable, NotNow

if TYPE_CHECKING:
    from coachapi.notifications.ledger import Parcel


_OURS = (401, 403, 404, 408, 429)  # a provider's answers that say nothing of this one message


def send(parcel: Parcel) -> None:
    """Hand the message to the mail server under a Message-ID that every attempt shares."""
    host = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip("<> ")
    text = letters.of(parcel)
    message = EmailMessage(
        subject=text.title,
        body=text.body,
        to=[text.to],
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
    except AnymailRecipientsRefused as refused:
        raise NeverDeliverable("the mail provider refused the address") from refused
    except AnymailError as refused:
        status = refused.status_code
        final = status is not None and 400 <= status < 500 and status not in _OURS
        kind = NeverDeliverable if final else NotNow
        raise kind(f"the mail provider refused the message ({status})") from refused
    except (smtplib.SMTPException, OSError) as broken:
        raise NotNow(f"mail server: {type(broken).__name__}") from broken
