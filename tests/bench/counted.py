"""How many queries a request needs, counted in this process against the same database.

As in the budgets (ruling of the figures): from the door on, so without signing in and without the
two statements that name the user.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from typing import Any

from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext

from coachapi.accounts import sessions
from coachapi.accounts.models import User
from coachapi.door import acting_as
from tests.bench import bare, crowd
from tests.bench.ground import Ground
from tests.bench.load import Ask
from tests.bench.table import Table

INSERTED = re.compile(r'^INSERT INTO "(\w+)"')
ENDS = ("SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN", "COMMIT")
EARLIER = 20


def report(table: Table, noor: crowd.Phone, ground: Ground, at: dt.datetime) -> None:
    """A first report and its rows; one of a client with twenty earlier; the bare insert's."""
    id_, ask = noor.report(0, at)
    first = _queries(ask)
    table.figure("PUT report, first of a client: queries", len(first), "")
    with acting_as(noor.user.pk):
        rows = bare.keep_rows(id_, ground.rows)
    table.figure("rows a report inserts", sum(rows.values()), "")
    plain = _queries(noor.bare(at))
    table.figure("bare insert: queries", len(plain), "")
    table.must("tables the bare insert leaves out", len(_tables(first) - _tables(plain)))
    week = dt.timedelta(days=7)
    for number in range(EARLIER):
        _, earlier = noor.report(number, at - week - dt.timedelta(hours=number))
        _queries(earlier)
    _, ask = noor.report(1, at)
    table.figure(f"PUT report, with {EARLIER + 1} open ones: queries", len(_queries(ask)), "")


def reading(table: Table, ada: User, noor: crowd.Phone, at: dt.datetime) -> None:
    """The inbox and today's document."""
    inbox = _queries(Ask("GET", "/v1/inbox", sessions.begin(ada)))
    table.figure("inbox: queries", len(inbox), "", most=12)
    today = _queries(Ask("GET", "/v1/today", noor.token))
    table.figure("today's document: queries", len(today), "", most=6)


def _queries(ask: Ask) -> list[str]:
    """The statements of one request inside the door."""
    browser = Browser(headers={"Authorization": f"Bearer {ask.token}"}, SERVER_NAME="127.0.0.1")
    with CaptureQueriesContext(connection) as seen:
        answer = (
            getattr(browser, ask.method.lower())(
                ask.path, json.dumps(ask.body or {}), content_type="application/json"
            )
            if ask.method != "GET"
            else browser.get(ask.path)
        )
    assert answer.status_code in {200, 201}, answer.content[:500]
    said: list[dict[str, Any]] = list(seen.captured_queries)
    statements = [each["sql"] for each in said]
    inside = False
    found = []
    for each in statements:
        if "set_config('app.user_id'" in each:
            inside = True
        elif inside and not each.startswith(ENDS):
            found.append(each)
    return found


def _tables(statements: list[str]) -> set[str]:
    return {found[1] for each in statements if (found := INSERTED.match(each))}
