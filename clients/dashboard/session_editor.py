"""The editor of a session: what is done, in which order, how many, how heavy; and one more session.

Nothing typed is ever lost: a fault, a restriction or somebody else's newer version shows the form
as it was typed, with what stands against it beside.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable
from typing import Any

from django import forms
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from clients.actions import plan_edits
from clients.actions.restricting import Restricted
from clients.actions.revising import ChangedMeanwhile
from clients.dashboard import session_lines
from clients.dashboard.plan import PlanDesk, part_of
from clients.dashboard.session_lines import NOTHING, Line, Made, Stood
from clients.domain.diff import describe
from clients.domain.plan_edits import SCOPES
from clients.domain.plan_writing import DAYS_IN_WEEK, Spot
from clients.domain.sets_text import EXAMPLE
from clients.queries import books, plan_views, plans
from clients.queries.running import unit_of
from coachapi.refusals import NotThere, Refused
from programs.domain.document import Workout
from programs.domain.exercise import Library
from programs.domain.sheet_words import GROWTHS
from programs.domain.words import name_of

SLOTS_OF_A_NEW_ONE = ("A1", "B1", "C1", "D1", "E1", "F1")


class _Editor(PlanDesk):
    """The form of a session, and what becomes of it when it is not taken."""

    template = "clients/session_editor.html"

    def asked(self) -> dict[str, Any]:
        """What was typed beside the lines."""
        post = self.request.POST
        return {
            "name": post.get("name", ""),
            "reason": post.get("reason", "")[:200],
            "override": post.get("override", "")[:500],
            "expected": _number(post.get("expected", "")),
        }

    def made(self, client: Any, said: dict[str, Any], lines: list[Line], stood: Stood) -> Made:
        """What was typed, in the program's grammar."""
        shown = plan_views.workout_json(stood.shown)["prescriptions"]
        rows = {each["slot"]: each for each in shown}
        book = books.whole(client.practice_id)
        return session_lines.made(said["name"], lines, stood, rows, unit_of(client), book)

    def written(self, write: Callable[[], Any], made: Made) -> Any | tuple[int, dict[str, Any]]:
        """The revision, or the status and what the form says of a refusal."""
        try:
            with transaction.atomic():
                return write()
        except NotThere:
            raise
        except Refused as no:
            context: dict[str, Any] = {"no": no, "faults": made.told(no.faults)}
            if isinstance(no, Restricted):
                context |= {"restrictions": no.restrictions, "may_override": no.may_override}
            return no.status, context

    def form(
        self,
        client: Any,
        part: plans.Part,
        lines: list[Line],
        said: dict[str, Any],
        *,
        status: int = 200,
    ) -> HttpResponse:
        """The page; ``said`` is what only this form knows, or what was typed."""
        known = books.whole(client.practice_id)
        context = {
            "page": "clients",
            "client": client,
            "expected": part.revision.number,
            "lines": lines,
            "exercises": sorted(each.name for each in known.values()),
            "example": EXAMPLE,
            "growths": GROWTHS,
            "wrong": [(each.slot, one) for each in lines for one in each.wrong],
        }
        return self.show(self.template, context | said, status=status)

    def reordered(self, lines: list[Line]) -> tuple[list[Line], dict[str, Any]] | None:
        """The lines with one moved, when that is what was pressed; nothing is saved by it."""
        way, _colon, slot = self.request.POST.get("place", "").partition(":")
        if not slot:
            return None
        for each in lines:
            each.wrong.clear()  # still being typed
        return session_lines.moved(lines, way, slot), {"moved": slot, "way": way}


class SessionEditor(_Editor):
    """One session ahead."""

    def get(
        self, request: HttpRequest, client_id: uuid.UUID, session_id: uuid.UUID
    ) -> HttpResponse:
        """The session as it is written, loads worked out."""
        client, part, stood, spot = self._found(client_id, session_id)
        lines = stood.lines(unit_of(client), part.book)
        said = self._here(client, part, spot) | {"name": stood.shown.name, "scope": "this"}
        return self.form(client, part, [*lines, *session_lines.blank(lines)], said)

    def post(
        self, request: HttpRequest, client_id: uuid.UUID, session_id: uuid.UUID
    ) -> HttpResponse:
        """Saved as a revision, or the form as typed with what stands against it."""
        client, part, stood, spot = self._found(client_id, session_id)
        lines = session_lines.typed(request.POST)
        said = self.asked() | {"scope": request.POST.get("scope", "this")}
        here = self._here(client, part, spot) | said
        made = self.made(client, said, lines, stood)
        pressed = self.reordered(lines)
        if pressed:
            return self.form(client, part, pressed[0], here | pressed[1])
        if any(each.wrong for each in lines) or said["scope"] not in SCOPES:
            return self.form(client, part, lines, here, status=422)

        def write() -> Any:
            return plan_edits.edit(
                client=client,
                plan_id=part.plan.pk,
                session_id=session_id,
                expected=said["expected"],
                scope=said["scope"],
                workout=made.workout,
                ends=made.ends,
                act=self.act(client, reason=said["reason"], override=said["override"]),
            )

        found = self.written(write, made)
        if isinstance(found, tuple):
            status, no = found
            if isinstance(no["no"], ChangedMeanwhile):
                no |= {
                    "theirs": _theirs(stood.shown, client, part.book),
                    "expected": part.revision.number,
                }
            return self.form(client, part, lines, here | no, status=status)
        same = found.number == part.revision.number
        words = (
            _("Nothing was changed.")
            if same
            else _("Saved as revision %(n)s.") % {"n": found.number}
        )
        return self.done(words, self.back(client_id, spot.week))

    def _found(
        self, client_id: uuid.UUID, session_id: uuid.UUID
    ) -> tuple[Any, plans.Part, Stood, Spot]:
        client = self.client_of(client_id)
        standing = self.standing_of(client)
        part = part_of(standing, session_id)
        spot = plan_views.spot_of(part, session_id)
        return client, part, Stood(plan_views.shown(part, spot), spot.workout), spot

    def _here(self, client: Any, part: plans.Part, spot: Spot) -> dict[str, Any]:
        session_id = spot.place.id
        return {
            "session_id": session_id,
            "on": part.rows[session_id].on,
            "week": spot.week,
            "open": session_id in plans.open_ids(part, today=self.today(client)),
            "dropped": spot.place.dropped,
        }


class NewForm(forms.Form):
    """The day of a new session."""

    date = forms.DateField()


class NewSession(_Editor):
    """One more session of this client's own."""

    def get(self, request: HttpRequest, client_id: uuid.UUID) -> HttpResponse:
        """An empty form, on the first day of the week asked for that is still ahead."""
        client, part = self._found(client_id)
        today = self.today(client)
        week = _number(request.GET.get("week", ""))
        begins = part.plan.starts_on + dt.timedelta(days=DAYS_IN_WEEK * (min(week, 104) - 1))
        on = max(today, begins) if week else today
        lines = session_lines.blank([], SLOTS_OF_A_NEW_ONE, len(SLOTS_OF_A_NEW_ONE))
        return self.form(client, part, lines, {"new": True, "open": True, "date": on.isoformat()})

    def post(self, request: HttpRequest, client_id: uuid.UUID) -> HttpResponse:
        """Added as a revision, or the form as typed with what stands against it."""
        client, part = self._found(client_id)
        lines = session_lines.typed(request.POST)
        said = self.asked() | {
            "new": True,
            "open": True,
            "date": request.POST.get("date", ""),
        }
        pressed = self.reordered(lines)
        if pressed:
            return self.form(client, part, pressed[0], said | pressed[1])
        day = NewForm(request.POST)
        made = self.made(client, said, lines, NOTHING)
        faults = [] if day.is_valid() else [_("Choose the day of the session.")]
        if not made.lines:
            faults.append(_("Say at least one exercise and its sets."))
        if faults or any(each.wrong for each in lines):
            return self.form(client, part, lines, said | {"faults": faults}, status=422)
        on = day.cleaned_data["date"]

        def write() -> Any:
            revision, _session_id = plan_edits.add(
                client=client,
                plan_id=part.plan.pk,
                expected=said["expected"],
                on=on,
                workout=made.workout,
                act=self.act(client, reason=said["reason"], override=said["override"]),
            )
            return revision

        found = self.written(write, made)
        if isinstance(found, tuple):
            status, no = found
            return self.form(
                client, part, lines, said | no | {"expected": part.revision.number}, status=status
            )
        week = (on - part.plan.starts_on).days // DAYS_IN_WEEK + 1
        return self.done(
            _("Added, as revision %(n)s.") % {"n": found.number}, self.back(client_id, week)
        )

    def _found(self, client_id: uuid.UUID) -> tuple[Any, plans.Part]:
        client = self.client_of(client_id)
        return client, self.standing_of(client).parts[0]


def _theirs(shown: Workout, client: Any, book: Library) -> list[tuple[str, str]]:
    unit = unit_of(client)
    return [(name_of(book, each.exercise), describe(each, unit)) for each in shown.prescriptions]


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0
