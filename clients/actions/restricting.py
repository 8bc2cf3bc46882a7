"""The one guard of every path that writes training into a client's plan.

Assigning, editing, a template that flows and an import all come through ``allow``, whether asked
by the API or by a page. What a running change keeps away may be written by a coach who says why;
that is a Decision, kept for ever. What waits for a clearance may not, by anybody (I-1, I-4).
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Collection, Iterable
from typing import Any

from clients import models
from clients.domain.restrictions import Brought, Restriction, restrictions
from clients.queries import plans
from clients.queries import restrictions as standing_against
from clients.queries.books import book_for
from coachapi.accounts.models import User
from coachapi.refusals import Refused


class Restricted(Refused):
    """Something in what was written is kept away from this client now; nothing was written."""

    code = "plan.restricted"
    title = "Not written"

    def __init__(self, found: Collection[Restriction]) -> None:
        self.restrictions = tuple(found)
        self.may_override = all(each.may_override for each in found)
        first, more = self.restrictions[0].sentence, len(found) - 1
        rest = f" And {more} more." if more else ""
        way = " Say why to write it all the same." if self.may_override else ""
        super().__init__(
            f"{first}{rest}{way}",
            extra={
                "may_override": self.may_override,
                "restrictions": [shown(each) for each in found],
            },
        )


def allow(
    *,
    client: models.Client,
    brought: Iterable[Brought],
    known: Collection[str],
    override: str,
    by: User,
    at: dt.datetime,
    steps: dict[uuid.UUID, list[models.RegressionStep]] | None = None,
) -> tuple[Restriction, ...]:
    """Let a write pass, raise ``Restricted``, or write down who overrode what, and why.

    Called under the client's lock, so that no report raises a level meanwhile (ruling 5).
    """
    found = against(client, brought, known=known, steps=steps)
    if not found:
        return ()
    if not override.strip() or not all(each.may_override for each in found):
        raise Restricted(found)
    overridden = {each.regression for each in found if each.regression is not None}
    for row in models.Regression.objects.filter(client=client, pk__in=overridden):
        models.Decision.objects.create(
            client=client,
            regression=row,
            report_id=row.report_id,
            kind="overridden",
            note=override.strip()[:500],
            by=by,
            at=at,
        )
    return found


def against(
    client: models.Client,
    brought: Iterable[Brought],
    *,
    known: Collection[str],
    steps: dict[uuid.UUID, list[models.RegressionStep]] | None = None,
) -> tuple[Restriction, ...]:
    """What stands against a write, for a preview too. Four queries at most."""
    wanted = set(brought)
    if not wanted:
        return ()
    lifts = {one for each in wanted for one in (each.exercise, each.instead_of or each.exercise)}
    taken = plans.steps_of(client.pk) if steps is None else steps
    return restrictions(
        wanted,
        stops=standing_against.stops(client),
        changes=standing_against.changes(client, taken),
        library=book_for(client.practice_id, lifts),
        known=known,
    )


def shown(one: Restriction) -> dict[str, Any]:
    """A restriction for the wire."""
    return {
        "code": one.code,
        "exercise_id": one.exercise,
        "sentence": one.sentence,
        "may_override": one.may_override,
        "report_id": str(one.report) if one.report else None,
        "regression_id": str(one.regression) if one.regression else None,
    }
