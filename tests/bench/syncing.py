"""What sync costs: a session in one push, two years in one pull, and a pull with nothing new.

Each beside the same rows barely inserted or selected, in the same run.
"""

from __future__ import annotations

import datetime as dt
import gzip
import json
import time
from collections.abc import Callable, Sequence
from typing import Any

from django.test import Client as Browser

from clients.models import Session, SetLog
from coachapi.door import acting_as
from coachapi.ids import new_id
from tests.bench import crowd
from tests.bench.ground import Ground
from tests.bench.load import Ask, open_loop
from tests.bench.table import Table, at_rank, middle

SETS, YEARS_OF_ROWS, REPEATS = 30, 6_000, 50
LIFTS = ("ht_barbell", "row_chest")


def push(
    ground: Ground,
    table: Table,
    phones: Sequence[crowd.Phone],
    *,
    per_second: float,
    seconds: float,
) -> None:
    """Whole sessions at the rate, each of another client; then their sets barely inserted."""
    at = dt.datetime.now(dt.UTC)
    ours = phones[: int(per_second * seconds)]
    asks = [Ask("POST", "/v1/sync", each.token, session(each, at)) for each in ours]
    said = open_loop(ground.base, asks, per_second=per_second)
    took = [each.took * 1000 for each in said]
    table.must("push of a session: not taken", sum(each.status != 200 for each in said))
    bare = [_bare_insert(each) for each in phones[:REPEATS]]
    table.figure(f"push of {SETS} sets and a report: p50", middle(took), "ms")
    table.figure(f"push of {SETS} sets and a report: p99", at_rank(took, 99), "ms", most=200)
    table.figure("the same sets barely inserted, in process: p50", middle(bare), "ms")
    ratio = middle(took) / middle(bare)
    table.figure("push against bare insert, median", ratio, "×", ratio=ratio)


def pull(table: Table, noor: crowd.Phone) -> None:
    """Two years at once, then nothing new; in this process, as the figures say."""
    at = dt.datetime.now(dt.UTC)
    _years_of_sets(noor, at)
    _get(noor, "")  # the plan's copy is written once
    first = _timed(lambda: _get(noor, ""), 5)
    bare = _timed(lambda: _bare_select(noor), 5)
    answer = _get(noor, "")
    body = gzip.decompress(answer.content)
    table.figure("first sync of two years: p50", middle(first), "ms", most=1000)
    table.figure("first sync of two years: size", len(answer.content), "bytes", most=400_000)
    ratio = middle(first) / middle(bare)
    table.figure("first sync against a bare select of the sets", ratio, "×", ratio=ratio)
    cursor = f"?last_pulled_at={json.loads(body)['timestamp']}"
    delta = _timed(lambda: _get(noor, cursor), REPEATS)
    signed_in = _timed(lambda: _get(noor, "", path="/v1/me"), REPEATS)
    table.figure("delta with nothing new: p50", middle(delta), "ms", most=15)
    ratio = middle(delta) / middle(signed_in)
    table.figure("delta against GET /v1/me", ratio, "×", ratio=ratio)


def session(phone: crowd.Phone, at: dt.datetime) -> dict[str, Any]:
    """A session of thirty sets with a report, as a phone pushes it."""
    with acting_as(phone.user.pk):
        trained = str(Session.objects.filter(client=phone.client).order_by("on")[0].pk)
    millis = int(at.timestamp() * 1000)
    sets = [
        {
            "id": str(new_id()),
            "session_id": trained,
            "exercise_id": LIFTS[0],
            "slot": "A1",
            "set_index": index,
            "kind": "work",
            "reps": 8,
            "weight": 100,
            "weight_unit": "kg",
            "rir": 2,
            "performed_at": millis,
            "zone": crowd.ZONE,
            "_status": "created",
            "_changed": "",
        }
        for index in range(SETS)
    ]
    said = crowd.said(crowd.PLACES[0], at) | {"session_id": trained}
    return {
        "set_logs": {"created": sets},
        "sessions": {"updated": [{"id": trained, "state": "done", "finished_at": millis}]},
        "symptom_reports": {
            "created": [{"id": str(new_id()), "said": json.dumps(said), "performed_at": millis}]
        },
    }


def _bare_insert(phone: crowd.Phone) -> float:
    """The sets a client has pushed, under new ids; milliseconds."""
    with acting_as(phone.user.pk):
        rows = list(SetLog.objects.filter(client=phone.client))
    for row in rows:
        row.pk = new_id()
    begun = time.perf_counter()
    with acting_as(phone.user.pk):
        SetLog.objects.bulk_create(rows)
    return (time.perf_counter() - begun) * 1000


def _bare_select(phone: crowd.Phone) -> bytes:
    with acting_as(phone.user.pk):
        rows = list(SetLog.objects.filter(client=phone.client).values())
    return gzip.compress(json.dumps(rows, default=str).encode(), 6)


def _years_of_sets(phone: crowd.Phone, at: dt.datetime) -> None:
    with acting_as(phone.user.pk):
        trained = Session.objects.filter(client=phone.client).order_by("on")[0]
        SetLog.objects.bulk_create(
            SetLog(
                id=new_id(),
                client=phone.client,
                session=trained,
                exercise_id=LIFTS[number // 4 % 2],
                slot=f"{'ABCDE'[number // 4 % 5]}1",
                set_index=number % 4,
                reps=5 + number % 7,
                weight_kg=40 + number % 90,
                weight_entered=40 + number % 90,
                rir=number % 4,
                performed_at=at - dt.timedelta(hours=number // 20 * 48, minutes=number % 20 * 3),
                zone=crowd.ZONE,
                performed_on=(at - dt.timedelta(days=number // 20 * 2)).date(),
                received_at=at,
                prescription_hash=f"{number // 4 * 7919:064x}"[::-1],
                body_hash="",
            )
            for number in range(YEARS_OF_ROWS)
        )


def _get(phone: crowd.Phone, query: str, path: str = "/v1/sync") -> Any:
    browser = Browser(headers={"Authorization": f"Bearer {phone.token}", "Accept-Encoding": "gzip"})
    answer = browser.get(f"{path}{query}", SERVER_NAME="127.0.0.1")
    assert answer.status_code == 200, answer.content[:300]
    return answer


def _timed(work: Callable[[], Any], times: int) -> list[float]:
    took = []
    for _ in range(times):
        begun = time.perf_counter()
        work()
        took.append((time.perf_counter() - begun) * 1000)
    return took
