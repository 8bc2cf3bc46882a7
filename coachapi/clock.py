"""What time it is: the database decides, so that every process agrees.

The demo may shift it (``DemoClock``); a production server refuses to start with a shifted clock
(``coachapi.E004``). Rules below the interface take ``at=`` and never ask.
"""

from __future__ import annotations

import datetime as dt

from django.db import connection


def now() -> dt.datetime:
    """The current instant in UTC: database time plus the demo's offset."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT coach_now()")
        row = cursor.fetchone()
    moment: dt.datetime = row[0]
    return moment.astimezone(dt.UTC)
