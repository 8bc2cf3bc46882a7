"""Pre-authorisation: a coach allows beforehand, a phone uses it, a coach confirms or undoes.

Every step of it lies inside what a coach allowed (ruling 3): the option is named, the border is
theirs, the time is bounded. What the phone did is judged again here, by the same rules, and what
does not hold is kept with its reasons and changes nothing.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable
from typing import Any

from django.db import transaction

from clients import models
from clients.actions import ladder, regressions, steps, taken, telling
from clients.actions.fingerprint import body_hash
from clients.actions.moment import Moment
from clients.actions.taken import SaidOtherwise
from clients.domain.moments import local_date
from clients.domain.preauthorisation import MOST_PAIN, Phone, may_step_down, may_step_up
from clients.queries import facts, forms, grants, ladders, people, rules, supposing
from clients.queries import options as choices
from coachapi.accounts.models import User
from coachapi.refusals import Fault, NotThere, Refused, Unreadable
from programs.domain.exercises import library
from programs.domain.regions import UnknownRegion, region

LONGEST = dt.timedelta(days=84)  # twelve weeks, as far back as a failed option counts (RG-4)


class NotGrantable(Refused):
    """This cannot be allowed beforehand for this client now."""

    code = "grant.not_offered"
    title = "Not allowed beforehand"


def give_down(
    *,
    client: models.Client,
    supposed: supposing.Supposed,
    option_id: str,
    until: dt.date,
    by: User,
    at: dt.datetime,
) -> models.Grant:
    """Allow the phone to use a named option at once when this place hurts in this lift.

    ``supposed.pain`` is the coach's own border, 1–5. Only an option that such a report would be
    offered today; ``NotGrantable`` says why another one is not.
    """
    people.lock(client)
    _checked(supposed)
    _within(until, client, at)
    steps.refuse_while_any_stop(client)
    ((_, offers),) = supposing.supposed(client, [supposed], at=at)
    offer = choices.offered(offers, option_id)
    if offer is None:
        raise NotGrantable(choices.why_not(offers, option_id))
    try:
        option = rules.protocols_for(client.practice_id).option(option_id)
    except KeyError:
        raise NotGrantable("Leaving a lift out is never allowed beforehand.") from None
    return models.Grant.objects.create(
        client=client,
        way=models.Grant.DOWN,
        option_id=option_id,
        title=offer.title[:120],
        region=supposed.region,
        side=supposed.side,
        exercise=supposed.exercise,
        classes=sorted({op.op_class.value for op in option.ops}),
        most_pain=supposed.pain,
        until=until,
        given_by=by,
        given_at=at,
    )


def give_up(
    *,
    client: models.Client,
    regression_id: uuid.UUID,
    until: dt.date,
    by: User,
    at: dt.datetime,
) -> models.Grant:
    """Allow the way back up of a running change, a rung at a time, while every check is clean."""
    regression, _, _ = steps.running(client, regression_id)
    _within(until, client, at)
    way = ladders.way(regression, client=client, today=local_date(at, client.time_zone))
    if way is None:
        raise ladder.NoLadder
    return models.Grant.objects.create(
        client=client,
        way=models.Grant.UP,
        title=regression.title,
        regression=regression,
        until=until,
        given_by=by,
        given_at=at,
    )


def withdraw(*, client: models.Client, grant_id: uuid.UUID, by: User, at: dt.datetime) -> None:
    """Take a grant back; a phone that has not heard of it yet is refused when it reports."""
    people.lock(client)
    grant = grants.find(client, grant_id)
    if grant.withdrawn_at is None:
        grant.withdrawn_at, grant.withdrawn_by = at, by
        grant.save(update_fields=["withdrawn_at", "withdrawn_by"])


def use(
    *,
    client: models.Client,
    grant_id: uuid.UUID,
    use_id: uuid.UUID,
    report_id: uuid.UUID | None,
    synced_at: dt.datetime | None,
    moment: Moment,
) -> tuple[models.GrantUse, bool]:
    """Take down that the phone used a grant, judge it again, carry it out if it holds.

    Returns the row and whether it is new. The same id and content again changes nothing; another
    content is ``SaidOtherwise``. A use that does not hold is kept, with ``refused`` saying why.
    """
    people.lock(client)
    said = [str(grant_id), str(report_id), str(synced_at), str(moment.performed_at)]
    fingerprint = body_hash({"said": said})
    held = taken.before(
        models.GrantUse, use_id, fingerprint, client=client, otherwise=SaidOtherwise("use")
    )
    if held is not None:
        return held, False
    grant = grants.find(client, grant_id)
    report = _report(client, report_id)
    refused, regression = _judged(grant, report, client, synced_at=synced_at, moment=moment)
    row = models.GrantUse(
        id=use_id,
        client=client,
        grant=grant,
        report=report,
        regression=regression,
        body_hash=fingerprint,
        used_at=moment.performed_at,
        zone=moment.zone,
        synced_at=synced_at,
        received_at=moment.received_at,
        refused=refused,
    )
    taken.insert(row)
    if regression is not None:
        telling.of_regression(
            regression, "provisional", client=client, at=moment.received_at, about=row.pk
        )
    return row, True


def _report(client: models.Client, report_id: uuid.UUID | None) -> models.SymptomReport | None:
    if report_id is None:
        return None
    found = (
        models.SymptomReport.objects.filter(client=client, pk=report_id)
        .prefetch_related("answers", "decisions", "sites")
        .first()
    )
    if found is None:
        raise NotThere
    return found


def _judged(
    grant: models.Grant,
    report: models.SymptomReport | None,
    client: models.Client,
    *,
    synced_at: dt.datetime | None,
    moment: Moment,
) -> tuple[list[str], models.Regression | None]:
    """Why it does not hold, or the change it led to."""
    today = local_date(moment.performed_at, moment.zone)
    others = models.SymptomReport.objects.filter(client=client, closed_at__isnull=True)
    if report is not None:
        others = others.exclude(pk=report.pk)
    phone = Phone(
        now=moment.performed_at,
        today=today,
        synced_at=synced_at,
        open_levels=tuple(others.values_list("level", flat=True)),
    )
    if moment.suspect:
        return ["clock"], None
    if not grants.standing(client, on=today).filter(pk=grant.pk).exists():
        return ["expired" if grant.until < today else "withdrawn"], None
    if grant.regression is not None:
        return _climbed(grant, grant.regression, client, phone, at=moment.received_at)
    if report is None:
        return ["no_report"], None
    return _eased(grant, report, client, phone, at=moment.received_at)


def _eased(
    grant: models.Grant,
    report: models.SymptomReport,
    client: models.Client,
    phone: Phone,
    *,
    at: dt.datetime,
) -> tuple[list[str], models.Regression | None]:
    against = may_step_down(
        grants.as_down(grant),
        facts.as_report(report),
        facts.profile(client),
        phone,
        borders=rules.settings_for(client),
        last_asked=forms.last_asked(client, phone.now),
    )
    if against:
        return list(against), None
    return _carried_out(
        lambda: regressions.apply_provisionally(
            client=client, report=report, option_id=grant.option_id, by=grant.given_by, at=at
        )
    )


def _climbed(
    grant: models.Grant,
    regression: models.Regression,
    client: models.Client,
    phone: Phone,
    *,
    at: dt.datetime,
) -> tuple[list[str], models.Regression | None]:
    way = ladders.way(regression, client=client, today=phone.today)
    if way is None:
        return ["not_running"], None
    against = may_step_up(grants.as_up(grant, way), way.state.exposures, phone)
    if against:
        return list(against), None

    def climb() -> models.Regression:
        ladder.step(client=client, regression_id=regression.pk, anyway="", by=grant.given_by, at=at)
        return regression

    return _carried_out(climb)


def _carried_out(
    act: Callable[[], models.Regression],
) -> tuple[list[str], models.Regression | None]:
    """Do it as a coach's own act would be done; what that refuses is refused here, and kept."""
    try:
        with transaction.atomic():
            return [], act()
    except steps.ReferralDue:
        return ["open_report"], None
    except Refused:
        return ["not_offered"], None


def _checked(supposed: supposing.Supposed) -> None:
    faults: list[Fault] = []
    try:
        sides: list[Any] = [str(side) for side in region(supposed.region).sides]
        if supposed.side not in sides:
            faults.append(Fault("#/side", "unknown_side", f"Accepted here: {', '.join(sides)}."))
    except UnknownRegion:
        faults.append(
            Fault("#/region", "unknown_region", "Accepted: the ids in the body chart's regions.")
        )
    if supposed.exercise not in library():
        faults.append(Fault("#/exercise", "unknown_exercise", "Accepted: a lift of the library."))
    if not 1 <= supposed.pain <= MOST_PAIN:
        faults.append(Fault("#/most_pain", "out_of_range", f"Accepted: 1 to {MOST_PAIN}."))
    if faults:
        raise Unreadable(
            "Nothing was allowed beforehand; see errors.",
            faults=tuple(faults),
        )


def _within(until: dt.date, client: models.Client, at: dt.datetime) -> None:
    today = local_date(at, client.time_zone)
    if not today < until <= today + LONGEST:
        last = today + LONGEST
        raise Unreadable(
            f"A phone is allowed something until a day after {today}, at the latest {last}.",
            faults=(Fault("#/until", "out_of_range", f"Not {until}."),),
        )
