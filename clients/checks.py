"""No server with real clients starts on a rule set that no clinician has signed (decision 11)."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register

HINT = (
    "Have a clinician read the pack that `make review-pack` writes, then set RULES_REVIEWED_BY (a"
    " name), RULES_REVIEWED_ON (YYYY-MM-DD) and RULES_REVIEWED_HASH={digest}. A changed rule set"
    " needs a new review."
)
SOON = dt.timedelta(days=1)  # a reviewer east of us may already write tomorrow


@register
def rules_are_reviewed(**_: Any) -> list[CheckMessage]:
    """Refuse to start unless reviewer, date and hash are set and the hash is today's rule set's."""
    if settings.DEBUG or settings.DEMO:
        return []
    from clients.domain.ruleset import whole_digest

    digest = whole_digest()
    wrong = _wrong(digest, dt.datetime.now(dt.UTC).date())
    if not wrong:
        return []
    return [Error(wrong, hint=HINT.format(digest=digest), id="clients.E001")]


def _wrong(digest: str, today: dt.date) -> str:
    """What the review lacks, as a sentence; empty when it stands."""
    if not settings.RULES_REVIEWED_BY.strip():
        return "No clinician has signed the rule set: RULES_REVIEWED_BY is empty."
    try:
        on = dt.datetime.strptime(settings.RULES_REVIEWED_ON.strip(), "%Y-%m-%d").date()  # noqa: DTZ007
    except ValueError:
        return "RULES_REVIEWED_ON is not a date such as 2026-01-31."
    if on > today + SOON:
        return f"RULES_REVIEWED_ON={on} is in the future."
    signed = settings.RULES_REVIEWED_HASH.strip().lower()
    if not signed:
        return "RULES_REVIEWED_HASH is empty."
    if signed != digest:
        return (
            f"The rule set changed since {settings.RULES_REVIEWED_BY.strip()} signed it on {on}:"
            f" {signed[:12]}… was signed, {digest[:12]}… is here."
        )
    return ""
