"""What is measured over HTTP against the running server, and the queries behind it."""

from __future__ import annotations

import math
import os
import uuid
from collections import Counter
from collections.abc import Callable, Sequence

from coachapi import clock
from coachapi.accounts import sessions
from tests.bench import burst, counted, crowd, mail, planning, pushes, syncing
from tests.bench.ground import Ground
from tests.bench.load import Ask, Said, one_by_one, open_loop
from tests.bench.table import Table, at_rank, middle

CLIENTS, OTHERS = int(os.environ.get("BENCH_CLIENTS", "500")), 20
PER_SECOND = 20.0
SECONDS = float(os.environ.get("BENCH_SECONDS", "30"))
MINUTES = float(os.environ.get("BENCH_MINUTES", "0"))  # 5 is the product's figure
REPEATS = 100
SIGN_INS = 10
Say = Callable[[str], None]


def serve(ground: Ground, table: Table, say: Say) -> None:
    """In order: build, count, report at a rate, read, insert barely, drain, lose the broker."""
    at = clock.now()
    say(f"A coach with {CLIENTS} clients, each on a plan of 16 weeks …")
    ada = crowd.coach(at)
    phones = crowd.clients(ada, CLIENTS, at)
    others = crowd.clients(ada, OTHERS, at, named="Other")
    noor = crowd.client(ada, "Noor Haddad", at)
    counted.report(table, noor, ground, at)
    say(f"{PER_SECOND:g} reports a second for {SECONDS:g} s …")
    _reports(ground, table, phones, first=0, what="")
    if MINUTES:
        _for_minutes(ground, table, say)
    say("Reading …")
    _reading(ground, table, ada_token=sessions.begin(ada), noor=noor)
    counted.reading(table, ada, noor, at)
    say("A plan that grows, and one for fifty clients …")
    planning.figures(table, ada, noor, phones)
    say("The same rows by a bare insert …")
    _bare(ground, table, others)
    say(f"Sync: {PER_SECOND:g} whole sessions a second, then two years at once …")
    syncing.push(ground, table, phones, per_second=PER_SECOND, seconds=SECONDS)
    syncing.pull(table, noor)
    say("A burst of letters …")
    burst.deliveries(ground, table, ada, phones[0])
    say("Pushes: bare parts, a backlog, a burst, a worker killed …")
    pushes.everything(ground, table, ada, phones[0])
    say(f"The broker is dead, {PER_SECOND:g} reports a second for {SECONDS:g} s …")
    ground.broker_dies()
    _reports(ground, table, phones, first=int(PER_SECOND * SECONDS), what=", broker dead")


def _for_minutes(ground: Ground, table: Table, say: Say) -> None:
    """The same for minutes, from as many clients of another coach as there must be."""
    at, seconds = clock.now(), MINUTES * 60
    wanted = math.ceil(PER_SECOND * seconds / len(crowd.PLACES))
    say(f"Another coach, with {wanted} clients without a plan …")
    bea = crowd.coach(at, "Bea")
    phones = crowd.clients(bea, wanted, at, named="Long", planned=False)
    say(f"{PER_SECOND:g} reports a second for {MINUTES:g} minutes …")
    _reports(ground, table, phones, first=0, what=f", {MINUTES:g} minutes", seconds=seconds)


def _reports(
    ground: Ground,
    table: Table,
    phones: Sequence[crowd.Phone],
    *,
    first: int,
    what: str,
    seconds: float = SECONDS,
) -> None:
    """Reports at the rate, each client a place of its own every time; then their letters."""
    at = clock.now()
    made = []
    for number in range(first, first + int(PER_SECOND * seconds)):
        made.append(phones[number % len(phones)].report(number // len(phones), at))
    said = open_loop(ground.base, [ask for _, ask in made], per_second=PER_SECOND)
    took, dead = [each.took * 1000 for each in said], "dead" in what
    table.figure(f"PUT report{what}: p50", middle(took), "ms")
    table.figure(f"PUT report{what}: p99", at_rank(took, 99), "ms", most=250 if dead else 150)
    _right(table, f"PUT report{what}", said, status=201)
    since: dict[uuid.UUID, float] = {
        id_: each.asked_at for (id_, _), each in zip(made, said, strict=True) if each.status == 201
    }
    handed = mail.handed_over(
        since, superuser=ground.servers.superuser_address("coach"), folder=ground.mail, within=30
    )
    name = f"report sent → letter handed over{what}"
    most = (None, None) if dead else (0.3, 2.0)
    table.figure(f"{name}: p50", middle(handed.took), "s", most=most[0])
    table.figure(f"{name}: p99", at_rank(handed.took, 99), "s", most=most[1])
    table.must(f"{name}: lost of {len(since)}", handed.lost)
    table.must(f"{name}: Message-IDs that came twice", handed.twice)
    if not what:
        MEASURED["report"] = took


MEASURED: dict[str, list[float]] = {}


def _bare(ground: Ground, table: Table, others: Sequence[crowd.Phone]) -> None:
    """The baseline, and the report's time as a multiple of it."""
    at = clock.now()
    number = int(PER_SECOND * SECONDS)
    asks = [others[each % len(others)].bare(at) for each in range(number)]
    said = open_loop(ground.base, asks, per_second=PER_SECOND)
    _right(table, "bare insert", said, status=201)
    took, ours = [each.took * 1000 for each in said], MEASURED["report"]
    table.figure("bare insert of the same rows: p50", middle(took), "ms")
    table.figure("bare insert of the same rows: p99", at_rank(took, 99), "ms")
    for name, percent in (("median", 50), ("p99", 99)):
        ratio = at_rank(ours, percent) / at_rank(took, percent)
        table.figure(f"report against bare insert, {name}", ratio, "×", most=2, ratio=ratio)


def _reading(ground: Ground, table: Table, *, ada_token: str, noor: crowd.Phone) -> None:
    """The inbox, today's document, and today straight after signing in."""
    for name, ask, most in (
        (f"inbox of {CLIENTS} clients", Ask("GET", "/v1/inbox", ada_token), 300.0),
        ("today's document", Ask("GET", "/v1/today", noor.token), 100.0),
    ):
        said = one_by_one(ground.base, [ask] * REPEATS)
        _right(table, name, said)
        took = [each.took * 1000 for each in said]
        table.figure(f"{name}: p50", middle(took), "ms")
        table.figure(f"{name}: p99", at_rank(took, 99), "ms", most=most)
        table.figure(f"{name}: size", said[0].bytes, "bytes")
    took = []
    login = {"email": noor.user.email, "password": crowd.PASSWORD}
    for _ in range(SIGN_INS):
        asks = [
            Ask("POST", "/_allauth/app/v1/auth/login", "", login),
            Ask("GET", "/v1/today", noor.token),
        ]
        said = one_by_one(ground.base, asks)
        _right(table, "signing in", said)
        took.append(sum(each.took for each in said) * 1000)
    table.figure("sign in, then today: p50", middle(took), "ms")


def _right(table: Table, name: str, said: Sequence[Said], *, status: int = 200) -> None:
    others = Counter(each.status for each in said if each.status != status)
    seen = f", but {dict(others)}" if others else ""
    if others:
        table.must(f"{name}: not answered with {status}{seen}", others.total())
