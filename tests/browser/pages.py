"""Every page of desk and phone, with something on it, and what is looked for on each.

A page that is added to the addresses and not here fails a test, so none goes unlooked at.
"""

from __future__ import annotations

import datetime as dt
import tempfile
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile
from django.urls import URLPattern, URLResolver, get_resolver

from clients import models
from clients.actions import enrolment
from clients.queries import media
from coachapi.accounts import away
from coachapi.accounts.models import Coach, User
from coachapi.door import acting_as
from coachapi.ids import new_id
from coachapi.notifications.models import Alert, Delivery
from coachapi.webhooks import endpoints
from programs.actions import programs
from tests.dashboard import world
from tests.media.films import film

WIDTHS = (320, 390, 820, 1440)
ALLOW = "place=back_low:midline&exercise=ht_barbell&most_pain=4"
# Answers to GET that are not pages: parts, numbers, files, addresses that lead on.
NOT_PAGES = {
    "inbox-live",
    "inbox-count",
    "be-away",  # the page of settings-alerts again
    "plan-xlsx",
    "program-xlsx",
    "program-sample-file",
    "desk-worker",
    "phone-manifest",
    "phone-worker",
}
WIDE_TABLES = """() => [...document.querySelectorAll('.scroller')]
  .filter(each => each.scrollWidth > each.clientWidth).map(each => each.ariaLabel)"""


def names_of_pages() -> set[str]:
    """The name of every address of desk and phone that answers a GET with a page."""
    return {
        pattern.name
        for route, pattern in _patterns(get_resolver(), "")
        if route.startswith(("desk/", "phone/")) and hasattr(_view(pattern), "get")
    } - NOT_PAGES


def _patterns(resolver: URLResolver, before: str) -> Iterator[tuple[str, URLPattern]]:
    for each in resolver.url_patterns:
        route = before + str(each.pattern)
        if isinstance(each, URLResolver):
            yield from _patterns(each, route)
        else:
            yield route, each


def _view(pattern: URLPattern) -> Any:
    """The class behind an address; a bare function is taken to answer GET."""
    return getattr(pattern.callback, "view_class", dict)


def of_ada(ada: User, now: dt.datetime) -> dict[str, str]:
    """Where Ada's pages are: each with rows on it, and what differs most told apart by a colon."""
    noor = world.client(ada, "Noor Haddad", at=now)
    modify = world.sore_back(noor, ada, at=now - dt.timedelta(minutes=5))
    world.writes(noor, "My knee hurts a bit.", at=now)
    sam = world.client(ada, "Sam Carter", at=now)
    stop = world.hurts(sam, [("back_low", "midline", 5)], at=now, yes=["L1"])
    jo = world.cover(ada)
    world.hurts(world.client(jo, "Not Hers", at=now), [("back_low", "midline", 4)], at=now)
    with acting_as(ada.pk):
        endpoints.add(
            url="https://hooks.example.org/a/rather/long/address/" + "and/on" * 12,
            events=["symptom.reported", "regression.applied"],
            description="Our own",
            by=ada,
            at=now,
        )
        away.be_away(user=ada, first_on=now.date(), last_on=now.date(), today=now.date())
        ahead = models.Session.objects.filter(client=noor, state="planned", on__gt=now.date())
        place = Coach.objects.get(user=ada)
        template = programs.write(place=place, raw=world.document(), by=ada, at=now)
        refused = Delivery.objects.filter(channel="email")
        refused.update(state="dead", trouble="the mail server refused the address (550)")
        alert = Alert.objects.exclude(client_id__in=[noor.pk, sam.pk])[0].pk
        _, token = enrolment.invite(
            place=place, name="Mei", email="mei@test.example", time_zone=world.ZONE, by=ada, at=now
        )
        job = _job(noor, template, by=ada, at=now)
        clip = _clip(noor, by=ada, at=now)
        client, program = f"/desk/clients/{noor.pk}", f"/desk/programs/{template.program_id}"
        return {
            "alert": f"/desk/alerts/{alert}/",
            "allowed": f"{client}/allowed/?{ALLOW}",
            "assign": f"{client}/assign/",
            "client": f"{client}/",
            "clients": "/desk/clients/",
            "dead-letters": "/desk/dead-letters/",
            "devices": "/desk/settings/devices/",
            "digest": "/desk/digest/",
            "exercise": "/desk/exercises/ht_barbell/",
            "exercise-new": "/desk/exercises/new/",
            "exercises": "/desk/exercises/?q=thrust",
            "flow": f"{program}/flow/",
            "form-check": f"/desk/form-checks/{clip}/",
            "form-checks": "/desk/form-checks/",
            "give": f"{program}/give/",
            "inbox": "/desk/",
            "inbox: pane": f"/desk/?open={modify}",
            "invite": "/desk/clients/invite/",
            "job": f"/desk/jobs/{job}/",
            "lift": f"{client}/exercises/ht_barbell/",
            "messages": f"{client}/messages/",
            "outcomes": "/desk/outcomes/",
            "phone-join": f"/phone/join/#{token}",
            "plan": f"{client}/plan/",
            "plan-session-new": f"{client}/plan/new/",
            "plan-history": f"{client}/plan/history/",
            "plan-session": f"{client}/plan/{ahead.latest('on').pk}/",
            "precision": "/desk/outcomes/alerts/",
            "program": f"{program}/",
            "program-edit": f"{program}/edit/",
            "program-import": "/desk/programs/import/",
            "program-new": "/desk/programs/new/",
            "programs": "/desk/programs/",
            "report: emergency": f"/desk/reports/{stop}/",
            "report": f"/desk/reports/{modify}/?option=LB-HT.b",
            "rule-book": "/desk/rules/protocols/",
            "rules": "/desk/rules/",
            "settings": "/desk/settings/",
            "settings-alerts": "/desk/settings/alerts/",
            "technique": f"{client}/technique/",
            "webhooks": "/desk/settings/webhooks/",
            "accounts: factors": "/accounts/2fa/",
            "accounts: address": "/accounts/email/",
            "accounts: password": "/accounts/password/change/",
        }


SIGNED_OUT = {
    "phone": "/phone/",
    "accounts: in": "/accounts/login/",
    "accounts: code": "/accounts/login/code/",
    "accounts: forgotten": "/accounts/password/reset/",
}


def _job(noor: models.Client, template: Any, *, by: User, at: dt.datetime) -> uuid.UUID:
    """One that has ended; nothing is rung for."""
    job = models.Job.objects.create(
        by=by, kind="assign", program=template.program, template=1, total=1, at=at, finished_at=at
    )
    models.JobItem.objects.create(
        job=job, client=noor, place=0, state="refused", sentence="A plan is running.", done_at=at
    )
    return job.pk


def _clip(noor: models.Client, *, by: User, at: dt.datetime) -> uuid.UUID:
    with tempfile.TemporaryDirectory() as folder:
        made = film(Path(folder) / "lift.mp4", size="32x32").read_bytes()
    name = media.store().save(f"{new_id().hex}.mp4", ContentFile(made))
    row = models.Media.objects.create(
        id=new_id(),
        client=noor,
        exercise_id="ht_barbell",
        content_type="video/mp4",
        size_bytes=len(made),
        state="ready",
        clip=name,
        poster=name,
        seconds=1,
        by=by,
        at=at,
    )
    return row.pk
