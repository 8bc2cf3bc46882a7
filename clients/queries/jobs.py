"""How far work for many clients has got. Two queries, whatever the number of clients."""

from __future__ import annotations

import uuid
from typing import Any

from clients import models
from coachapi.accounts.models import User
from coachapi.refusals import NotThere


def job(user: User, job_id: uuid.UUID) -> dict[str, Any]:
    """A job this coach asked for, with the outcome of each client; raises ``NotThere``."""
    row = models.Job.objects.filter(by=user, pk=job_id).select_related("program").first()
    if row is None:
        raise NotThere
    items = list(row.items.select_related("client").order_by("place"))
    done = sum(each.state == "done" for each in items)
    refused = sum(each.state == "refused" for each in items)
    return {
        "id": row.pk,
        "kind": row.kind,
        "program_id": row.program_id,
        "program": row.program.name,
        "template_revision": row.template,
        "total": row.total,
        "done": done,
        "refused": refused,
        "over": done + refused,
        "waiting": row.total - done - refused,
        "asked_at": row.at,
        "finished_at": row.finished_at,
        "clients": [
            {
                "client_id": each.client_id,
                "name": each.client.name,
                "state": each.state,
                "code": each.code,
                "sentence": each.sentence,
                "plan_id": each.plan_id,
            }
            for each in items
        ],
    }
