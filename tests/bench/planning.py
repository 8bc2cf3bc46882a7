"""Plans: reading one that grows, resolved, and giving a program to fifty clients at once."""

from __future__ import annotations

import datetime as dt
import json
import time
from collections.abc import Sequence
from typing import Any

from clients import models
from clients.actions import jobs, plans
from clients.queries import jobs as job_queries
from clients.queries import plan_views
from clients.queries import plans as standings
from coachapi import clock
from coachapi.accounts.models import Coach, User
from coachapi.door import acting_as
from programs.actions import programs
from programs.models import ProgramRevision
from tests.bench.crowd import Phone
from tests.bench.programs import DAYS, program
from tests.bench.table import Table, at_rank, middle

TIMES, MANY, WAIT = 30, 50, 60.0


def figures(table: Table, ada: User, noor: Phone, phones: Sequence[Phone]) -> None:
    """Both figures, each beside the bare reads or inserts of the same rows."""
    _reading(table, ada, _growing(ada, noor))
    _giving(table, ada, phones[:MANY])


def _growing(ada: User, noor: Phone) -> models.Plan:
    """Noor's plan again, each lift with a progression, one by the log."""
    document = json.loads(json.dumps(program()))
    for workout in document["phases"][0]["weeks"][0]["workouts"]:
        for row in workout["prescriptions"]:
            row["progression"] = {"kind": "linear", "add_kg": 2.5, "every": 2}
        workout["prescriptions"][0]["progression"] = {"kind": "log_gated", "add_kg": 2.5}
    at = clock.now()
    with acting_as(ada.pk):
        return plans.assign(
            client=noor.client,
            document=document,
            program=None,
            starts_on=at.date(),
            weekdays=[(at.weekday() + day) % 7 for day in DAYS],
            today=at.date(),
            by=ada,
            at=at,
            end_running=True,
        )


def _reading(table: Table, ada: User, plan: models.Plan) -> None:
    at = clock.now()
    took, bare = [], []
    with acting_as(ada.pk):
        for _ in range(TIMES):
            start = time.perf_counter()
            found = standings.find(ada, plan.pk, at=at)
            shown = plan_views.plan(found, today=at.date())
            took.append((time.perf_counter() - start) * 1000)
            start = time.perf_counter()
            _rows(plan)
            bare.append((time.perf_counter() - start) * 1000)
    table.must("sessions of the plan read", len(shown["sessions"]), exactly=64)
    ratio = middle(took) / middle(bare)
    name = "a plan of 16 weeks, 4 × 6, read and resolved"
    table.figure(f"{name}: p50", middle(took), "ms", most=50, ratio=ratio)
    table.figure(f"{name}: p99", at_rank(took, 99), "ms")
    table.figure("bare reads of its rows: p50", middle(bare), "ms")


def _rows(plan: models.Plan) -> list[Any]:
    latest = models.PlanRevision.objects.filter(plan=plan).select_related("plan__client__health")
    return [
        latest.order_by("-number").first(),
        list(models.Session.objects.filter(plan=plan)),
        list(models.RegressionStep.objects.filter(client_id=plan.client_id)),
    ]


def _giving(table: Table, ada: User, phones: Sequence[Phone]) -> None:
    at = clock.now()
    with acting_as(ada.pk):
        template = programs.write(place=Coach.objects.get(user=ada), raw=program(), by=ada, at=at)
    starts_on = at.date() + dt.timedelta(days=7)
    spec = {
        "starts_on": starts_on.isoformat(),
        "weekdays": [(starts_on.weekday() + day) % 7 for day in DAYS],
        "end_running": True,
    }
    start = time.perf_counter()
    with acting_as(ada.pk):
        job = jobs.ask(
            kind="assign",
            template=template,
            clients=[each.client.pk for each in phones],
            spec=spec,
            by=ada,
            at=at,
        )
    said = _finished(ada, job)
    took = time.perf_counter() - start
    table.must(f"clients given the program of {len(phones)}", said["done"], exactly=len(phones))
    bare = _barely(ada, template, phones)
    name = f"a program given to {len(phones)} clients, one job"
    table.figure(name, took, "s", most=5, ratio=took / bare)
    table.figure("bare inserts of the same rows", bare, "s")


def _finished(ada: User, job: models.Job) -> dict[str, Any]:
    until = time.monotonic() + WAIT
    while True:
        with acting_as(ada.pk):
            said = job_queries.job(ada, job.pk)
        if said["finished_at"] is not None or time.monotonic() > until:
            return said
        time.sleep(0.02)


def _barely(ada: User, template: ProgramRevision, phones: Sequence[Phone]) -> float:
    """Plan, revision and sessions of each client, and nothing else; taken back by being over."""
    at = clock.now()
    start = time.perf_counter()
    for each in phones:
        with acting_as(ada.pk):
            plan = models.Plan.objects.create(
                client=each.client,
                name="bare",
                starts_on=at.date(),
                weekdays=[0],
                created_by=ada,
                created_at=at,
                ended_on=at.date(),
            )
            models.PlanRevision.objects.create(
                client=each.client,
                plan=plan,
                number=1,
                document=template.document,
                author=ada,
                at=at,
            )
            models.Session.objects.bulk_create(
                models.Session(
                    client=each.client, plan=plan, index=n, on=at.date(), state="excused"
                )
                for n in range(64)
            )
    return time.perf_counter() - start
