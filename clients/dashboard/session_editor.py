"""The editor of one session: what is done, how many, how heavy; this, following, or all.

Nothing typed is ever lost: a fault, a restriction or somebody else's newer version shows the form
as it was typed, with what stands against it beside.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from clients.actions import plan_edits
from clients.actions.restricting import Restricted
from clients.actions.revising import ChangedMeanwhile
from clients.dashboard.plan import PlanDesk, part_of
from clients.domain.diff import describe
from clients.domain.plan_edits import SCOPES
from clients.domain.plan_writing import Spot
from clients.domain.sets_text import EXAMPLE, NotMeant, read, written
from clients.queries import books, plan_views, plans, running
from clients.queries.running import unit_of
from coachapi.refusals import NotThere, Refused
from programs.domain.document import Workout
from programs.domain.exercise import Library
from programs.domain.prescription import Prescription
from programs.domain.words import name_of

NEW_ROWS = 2
NEW_SLOTS = "XYZW"


@dataclass
class Line:
    """One place as typed: what it is, whether it goes, what is wrong with it."""

    slot: str
    exercise: str = ""
    sets: str = ""
    rest: str = ""
    note: str = ""
    gone: bool = False
    exercise_id: str = ""
    beside: str = ""  # warm-ups, superset, progression: kept as they are
    wrong: list[str] = field(default_factory=list)


class SessionEditor(PlanDesk):
    """One session ahead."""

    def get(
        self, request: HttpRequest, client_id: uuid.UUID, session_id: uuid.UUID
    ) -> HttpResponse:
        """The session as it is written, loads worked out."""
        client, part, shown, spot = self._found(client_id, session_id)
        unit = unit_of(client)
        lines = [_line(each, unit, part.book) for each in shown.prescriptions]
        return self._form(client, part, spot, shown.name, [*lines, *_blank(lines)], {})

    def post(
        self, request: HttpRequest, client_id: uuid.UUID, session_id: uuid.UUID
    ) -> HttpResponse:
        """Saved as a revision, or the form as typed with what stands against it."""
        client, part, shown, spot = self._found(client_id, session_id)
        typed = request.POST
        stood = {each.slot: each for each in shown.prescriptions}
        lines = _typed(typed)
        book = books.whole(client.practice_id)
        workout = _workout(typed.get("name", ""), lines, stood, shown, unit_of(client), book)
        said: dict[str, Any] = {
            "scope": typed.get("scope", "this"),
            "reason": typed.get("reason", "")[:200],
            "override": typed.get("override", "")[:500],
            "expected": _number(typed.get("expected", "")),
        }
        if any(each.wrong for each in lines) or said["scope"] not in SCOPES:
            return self._form(client, part, spot, typed.get("name", ""), lines, said, status=422)
        try:
            with transaction.atomic():
                made = plan_edits.edit(
                    client=client,
                    plan_id=part.plan.pk,
                    session_id=session_id,
                    expected=said["expected"],
                    scope=said["scope"],
                    workout=workout,
                    act=self.act(client, reason=said["reason"], override=said["override"]),
                )
        except NotThere:
            raise
        except Refused as no:
            context = said | {"no": no, "faults": [each.detail for each in no.faults]}
            if isinstance(no, Restricted):
                context |= {"restrictions": no.restrictions, "may_override": no.may_override}
            if isinstance(no, ChangedMeanwhile):
                context |= {
                    "theirs": self._theirs(shown, client, part.book),
                    "expected": part.revision.number,
                }
            return self._form(
                client, part, spot, typed.get("name", ""), lines, context, status=no.status
            )
        same = made.number == part.revision.number
        words = (
            _("Nothing was changed.")
            if same
            else _("Saved as revision %(n)s.") % {"n": made.number}
        )
        return self.done(words, self.back(client_id, spot.week))

    def _found(
        self, client_id: uuid.UUID, session_id: uuid.UUID
    ) -> tuple[Any, plans.Part, Workout, Any]:
        client = self.client_of(client_id)
        standing = running.standing(client.pk, today=self.today(client))
        if standing is None:
            raise NotThere
        part = part_of(standing, session_id)
        spot = plan_views.spot_of(part, session_id)
        return client, part, plan_views.shown(part, spot), spot

    def _theirs(self, shown: Workout, client: Any, book: Library) -> list[tuple[str, str]]:
        unit = unit_of(client)
        return [
            (name_of(book, each.exercise), describe(each, unit)) for each in shown.prescriptions
        ]

    def _form(
        self,
        client: Any,
        part: plans.Part,
        spot: Spot,
        name: str,
        lines: list[Line],
        said: dict[str, Any],
        *,
        status: int = 200,
    ) -> HttpResponse:
        session_id = spot.place.id
        context = {
            "page": "clients",
            "client": client,
            "session_id": session_id,
            "on": part.rows[session_id].on,
            "week": spot.week,
            "open": session_id in plans.open_ids(part, today=self.today(client)),
            "dropped": spot.place.dropped,
            "expected": part.revision.number,
            "scope": "this",
            "name": name,
            "lines": lines,
            "exercises": sorted(each.name for each in books.whole(client.practice_id).values()),
            "example": EXAMPLE,
            "wrong": [(each.slot, one) for each in lines for one in each.wrong],
        }
        return self.show("clients/session_editor.html", context | said, status=status)


def _line(one: Prescription, unit: Any, book: Library) -> Line:
    warm = len(one.sets) - len(one.work_sets)
    beside = [
        _("%(n)s warm-up sets") % {"n": warm} if warm else "",
        _("superset %(letter)s") % {"letter": one.superset} if one.superset else "",
        _("tempo %(tempo)s") % {"tempo": one.tempo} if one.tempo else "",
    ]
    return Line(
        slot=one.slot,
        exercise=name_of(book, one.exercise),
        sets=written(one, unit),
        rest="" if one.rest_seconds is None else str(one.rest_seconds),
        note=one.note,
        exercise_id=one.exercise,
        beside=", ".join(each for each in beside if each),
    )


def _blank(lines: list[Line]) -> list[Line]:
    taken = {each.slot for each in lines}
    return [Line(slot) for slot in NEW_SLOTS if slot not in taken][:NEW_ROWS]


def _typed(post: Any) -> list[Line]:
    return [
        Line(
            slot=slot[:20],
            exercise=post.get(f"exercise-{slot}", "").strip(),
            sets=post.get(f"sets-{slot}", "").strip(),
            rest=post.get(f"rest-{slot}", "").strip(),
            note=post.get(f"note-{slot}", ""),
            gone=bool(post.get(f"gone-{slot}")),
        )
        for slot in post.getlist("slot")[:40]
    ]


def _workout(
    name: str,
    lines: list[Line],
    stood: dict[str, Prescription],
    shown: Workout,
    unit: Any,
    book: Library,
) -> dict[str, Any]:
    """The session in the program's grammar; what is wrong with a line is noted on it."""
    rows = {each["slot"]: each for each in plan_views.workout_json(shown)["prescriptions"]}
    ids = {each.name.casefold(): each.id for each in book.values()}
    made = []
    for line in lines:
        blank = not (line.exercise or line.sets) and line.slot not in rows
        if line.gone or blank:
            continue
        row = dict(rows.get(line.slot, {"slot": line.slot, "rest_seconds": 120}))
        held = stood.get(line.slot)
        _exercise(line, row, ids)
        if held is None or line.sets != written(held, unit):
            _sets(line, row)
        _rest(line, row)
        row.pop("note", None)
        if line.note.strip():
            row["note"] = line.note.strip()[:500]
        made.append(row)
    return {"name": name.strip() or shown.name, "prescriptions": made}


def _exercise(line: Line, row: dict[str, Any], ids: dict[str, str]) -> None:
    line.exercise_id = ids.get(line.exercise.casefold(), "")
    if not line.exercise_id:
        line.wrong.append(
            _("“%(name)s” is no exercise of the library; choose one from the list.")
            % {"name": line.exercise}
        )
    row["exercise"] = line.exercise_id


def _sets(line: Line, row: dict[str, Any]) -> None:
    try:
        work = read(line.sets)
    except NotMeant as no:
        line.wrong.append(str(no))
        return
    warm = [each for each in row.get("sets", []) if each.get("kind") == "warmup"]
    row["sets"] = [*warm, *work]


def _rest(line: Line, row: dict[str, Any]) -> None:
    if not line.rest:
        row.pop("rest_seconds", None)
    elif line.rest.isascii() and line.rest.isdigit():
        row["rest_seconds"] = int(line.rest)
    else:
        line.wrong.append(_("“%(rest)s” is no rest in seconds.") % {"rest": line.rest})


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0
