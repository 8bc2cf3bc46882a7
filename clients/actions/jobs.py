"""Work for many clients: asked by a coach, done by a worker, one client a transaction.

All or nothing per client: a refusal is that client's outcome and stops nobody else. The rows are
the work; Celery only rings. Run twice at once, each client is still done once.
"""

from __future__ import annotations

import datetime as dt
import logging
import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from clients import models
from clients.actions import flowing, plans
from clients.domain.moments import local_date
from clients.queries import people, templates
from coachapi import clock
from coachapi.accounts.models import User
from coachapi.door import acting_as
from coachapi.notifications import outbox
from coachapi.refusals import Fault, NotThere, Refused, Unreadable
from programs.models import ProgramRevision

MOST_CLIENTS = 300
log = logging.getLogger(__name__)


def ask(
    *,
    kind: str,
    template: ProgramRevision,
    clients: Mapping[uuid.UUID, str] | Sequence[uuid.UUID],
    spec: dict[str, Any],
    by: User,
    at: dt.datetime,
) -> models.Job:
    """Write down what is to be done for whom, and ring; ``clients`` may say an override each."""
    chosen = dict(clients) if isinstance(clients, Mapping) else dict.fromkeys(clients, "")
    if not 1 <= len(chosen) <= MOST_CLIENTS:
        raise Unreadable(
            f"Choose 1 to {MOST_CLIENTS} clients, not {len(chosen)}.",
            faults=(Fault("#/client_ids", "count", f"Accepted: 1 to {MOST_CLIENTS}."),),
        )
    known = people.for_coach(by).filter(pk__in=chosen).order_by("name", "id")
    ids = list(known.values_list("pk", flat=True))
    if len(ids) < len(chosen):
        raise NotThere
    job = models.Job.objects.create(
        by=by,
        kind=kind,
        program=template.program,
        template=template.number,
        spec=spec,
        total=len(ids),
        at=at,
    )
    models.JobItem.objects.bulk_create(
        models.JobItem(job=job, client_id=id_, place=place, override=chosen[id_])
        for place, id_ in enumerate(ids)
    )
    outbox.ring_for("clients.tasks.work", job_id=str(job.pk), by_id=str(by.pk))
    return job


def ask_to_assign(
    *,
    template: ProgramRevision,
    clients: Mapping[uuid.UUID, str] | Sequence[uuid.UUID],
    starts_on: dt.date,
    weekdays: Sequence[int],
    end_running: bool,
    by: User,
    at: dt.datetime,
) -> models.Job:
    """Ask for a program to be given; what would be refused for every client is refused now."""
    plans.fits(
        template.document,
        practice_id=template.practice_id,
        starts_on=starts_on,
        weekdays=weekdays,
        today=local_date(at, by.time_zone),
    )
    spec = {
        "starts_on": starts_on.isoformat(),
        "weekdays": list(weekdays),
        "end_running": end_running,
    }
    return ask(kind="assign", template=template, clients=clients, spec=spec, by=by, at=at)


def work(*, job_id: uuid.UUID, by_id: uuid.UUID) -> None:
    """Do what is left of a job, client by client, as the coach who asked."""
    while True:
        item_id = None
        try:
            with acting_as(by_id):
                item = _next(job_id)
                if item is None:
                    _finish(job_id)
                    return
                item_id = item.pk
                _do(item, clock.now())
        except Exception:
            if item_id is None:
                raise
            # A fault of ours at one client is told as such; the others are not held up.
            log.exception("job %s broke at item %s", job_id, item_id)
            with acting_as(by_id):
                _give_up(item_id, clock.now())


def _next(job_id: uuid.UUID) -> models.JobItem | None:
    """The next client that waits and that nobody else is at."""
    return (
        models.JobItem.objects.select_for_update(skip_locked=True, of=("self",))
        .filter(job_id=job_id, state="waiting")
        .select_related("job__by", "job__program")
        .order_by("place")
        .first()
    )


def _give_up(item_id: uuid.UUID, at: dt.datetime) -> None:
    models.JobItem.objects.filter(pk=item_id, state="waiting").update(
        state="refused",
        code="server_error",
        sentence="The fault is ours. Nothing was changed for this client.",
        done_at=at,
    )


def _do(item: models.JobItem, at: dt.datetime) -> None:
    job = item.job
    try:
        with transaction.atomic():
            client = people.coached_client(job.by, item.client_id)
            item.plan = _DO[job.kind](job, client, item.override, at)
            item.state = "done"
    except Refused as no:
        item.state, item.code, item.sentence = "refused", no.code, no.sentence
    item.done_at = at
    item.save(update_fields=["state", "code", "sentence", "plan", "done_at"])


def _assign(job: models.Job, client: models.Client, override: str, at: dt.datetime) -> models.Plan:
    spec = job.spec
    return plans.assign(
        client=client,
        document=_template(job).document,
        program=job.program,
        template=job.template,
        starts_on=dt.date.fromisoformat(spec["starts_on"]),
        weekdays=spec["weekdays"],
        end_running=spec["end_running"],
        today=local_date(at, client.time_zone),
        override=override,
        by=job.by,
        at=at,
    )


def _flow(job: models.Job, client: models.Client, override: str, at: dt.datetime) -> models.Plan:
    return flowing.flow(client=client, template=_template(job), override=override, by=job.by, at=at)


_DO = {"assign": _assign, "flow": _flow}


def _template(job: models.Job) -> ProgramRevision:
    """The revision the coach saw when they asked; a later one waits for the next word."""
    return templates.template(job.by, job.program_id, job.template)


def _finish(job_id: uuid.UUID) -> None:
    """The job is over once no client waits; one that another worker holds is waited for."""
    left = models.JobItem.objects.filter(job_id=job_id, state="waiting")
    if not left.exists():
        models.Job.objects.filter(pk=job_id, finished_at__isnull=True).update(
            finished_at=clock.now()
        )
