"""E-mails about an account, written into the transaction at hand and posted by a worker.

A request never waits for a mail server: it would fail with it, and the wait would tell who has an
account. The web may write letters and not read them; a letter is deleted once it is accepted, or
after an hour, when the code in it is long worthless.
"""

from __future__ import annotations

import datetime as dt
import logging
import smtplib

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import connection
from django.db.models.functions import Now

from coachapi.accounts.models import Letter
from coachapi.notifications import outbox

log = logging.getLogger(__name__)

LEASE = dt.timedelta(seconds=45)  # longer than the mail server is waited for
KEPT = dt.timedelta(hours=1)


def write(*, to: str, subject: str, body: str) -> None:
    """Put a letter into the box and wake a worker once this transaction has committed."""
    Letter.objects.bulk_create(  # a plain INSERT: the web may not read the box
        [Letter(to=to, subject=subject[:200], body=body, made_at=Now(), due_at=Now())]
    )
    outbox.ring()


def post() -> int:
    """Send what waits, oldest first; returns how many were accepted. Two at once share the work.

    Called after every drain of the alerts: by the bell, by the beat, by the timer in each worker.
    """
    Letter.objects.filter(made_at__lt=Now() - KEPT).delete()
    accepted = 0
    while letter := _claim():
        if not _send(letter):
            break  # the server is away: the rest would only wait for it too
        Letter.objects.filter(pk=letter.pk).delete()
        accepted += 1
    return accepted


def _claim() -> Letter | None:
    """The oldest due letter, put off while it is being sent: a crash sends it again."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            UPDATE accounts_letter SET attempt = attempt + 1,
                   due_at = clock_timestamp() + make_interval(secs => %s)
            WHERE id = (SELECT id FROM accounts_letter WHERE due_at <= clock_timestamp()
                        ORDER BY due_at LIMIT 1 FOR UPDATE SKIP LOCKED)
            RETURNING id
            """,
            [LEASE.total_seconds()],
        )
        row = cursor.fetchone()
    return Letter.objects.get(pk=row[0]) if row else None


def _send(letter: Letter) -> bool:
    """Whether the letter needs no more care; an address that can never work needs none."""
    host = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip("<> ")
    message = EmailMessage(
        letter.subject,
        letter.body,
        to=[letter.to],
        headers={"Message-ID": f"<{letter.pk}@{host or 'localhost'}>"},
    )
    try:
        message.send()
    except smtplib.SMTPRecipientsRefused:
        log.warning("letter %s: the mail server refused the address", letter.pk)
    except (smtplib.SMTPException, OSError) as broken:
        log.warning("letter %s waits: mail server: %s", letter.pk, type(broken).__name__)
        return False
    return True
