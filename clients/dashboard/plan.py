"""A client's plan on the desk: its weeks, its history, and the way back."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from django import forms
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clients.actions import plan_edits, session_changes
from clients.actions.revising import Act
from clients.domain.client_moves import POLICIES
from clients.domain.diff_groups import grouped
from clients.domain.moments import local_date
from clients.queries import books, people, plan_views, plans, running
from clients.queries.running import unit_of
from coachapi.dashboard.pages import DeskView
from coachapi.refusals import NotThere, Refused
from programs.domain.exercise import Library
from programs.spreadsheets.answer import xlsx

POLICY_WORDS = {
    "strict": gettext_lazy("Nothing: ask me first"),
    "week": gettext_lazy("Move within the week, swap to what I listed"),
    "free": gettext_lazy("Move to any day, swap to what I listed"),
}
SHOWN_REVISIONS = 20


class PlanDesk(DeskView):
    """What the pages of one client's plan share."""

    def client_of(self, client_id: uuid.UUID) -> Any:
        """A client of this coach; raises ``NotThere``."""
        return people.coached_client(self.user, client_id)

    def today(self, client: Any) -> dt.date:
        """The client's day."""
        return local_date(self.now(), client.time_zone)

    def standing_of(self, client: Any) -> plans.Standing:
        """The plan as it stands; raises ``NotThere`` where none runs."""
        found = running.standing(client.pk, today=self.today(client))
        if found is None:
            raise NotThere
        return found

    def act(self, client: Any, *, reason: str = "", override: str = "") -> Act:
        """Who, when, why, and against what advice."""
        return Act(self.user, self.now(), self.today(client), reason, override)

    def back(self, client_id: uuid.UUID, week: int | None = None) -> str:
        """The plan's page, at a week."""
        at = f"?week={week}" if week else ""
        return reverse("plan", args=[client_id]) + at


class PlanPage(PlanDesk):
    """The plan week by week, each session as it stands."""

    def get(self, request: HttpRequest, client_id: uuid.UUID) -> HttpResponse:
        """The week that runs, or the one asked for."""
        client = self.client_of(client_id)
        today = self.today(client)
        standing = running.standing(client.pk, today=today)
        context: dict[str, Any] = {"page": "clients", "client": client, "today": today}
        if standing is not None:
            plan = plan_views.plan(standing, today=today)
            now = min(max((today - plan["starts_on"]).days // 7 + 1, 1), max(plan["weeks"], 1))
            asked = request.GET.get("week", "")
            week = min(int(asked), plan["weeks"]) if asked.isascii() and asked.isdigit() else now
            context |= {
                "plan": plan,
                "week": week,
                "this_week": now,
                "weeks": range(1, plan["weeks"] + 1),
                "sessions": _with_neighbours(
                    [each for each in plan["sessions"] if each["week"] == week]
                ),
                "policies": [(each, POLICY_WORDS[each]) for each in POLICIES],
                "follows": standing.parts[1].plan if len(standing.parts) > 1 else None,
            }
        return self.show("clients/plan.html", context)


def _with_neighbours(sessions: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The sessions of a week, each with the open one before and after it, to trade days with."""
    ahead = [each["id"] for each in sessions if each["open"] and each["state"] == "planned"]
    before = dict(zip(ahead[1:], ahead, strict=False))
    after = dict(zip(ahead, ahead[1:], strict=False))
    return [
        each | {"before": before.get(each["id"]), "after": after.get(each["id"])}
        for each in sessions
    ]


class PlanXlsx(PlanDesk):
    """The plan as a spreadsheet."""

    def get(self, request: HttpRequest, client_id: uuid.UUID) -> HttpResponse:
        """Dated rows, one a place of a session, as it stands."""
        client = self.client_of(client_id)
        standing = self.standing_of(client)
        return xlsx(plan_views.spreadsheet(standing), standing.plan.name)


class Policy(PlanDesk):
    """What the client may do without asking."""

    def post(self, request: HttpRequest, client_id: uuid.UUID) -> HttpResponse:
        """Kept."""
        client = self.client_of(client_id)
        moves = request.POST.get("moves", "")
        if moves not in POLICIES:
            raise NotThere
        session_changes.set_policy(client=client, moves=moves)
        return self.done(_("Saved what the client may do without asking."), self.back(client_id))


class UndoForm(forms.Form):
    """The revision to go back to, and the one the page was read at."""

    to = forms.IntegerField(min_value=1)
    expected = forms.IntegerField(min_value=1)


class PlanHistory(PlanDesk):
    """Every revision of the running plan: who, when, why, what."""

    def get(self, request: HttpRequest, client_id: uuid.UUID) -> HttpResponse:
        """Newest first, each with what it changed from the one before."""
        return self._page(self.client_of(client_id))

    def post(self, request: HttpRequest, client_id: uuid.UUID) -> HttpResponse:
        """Back to an earlier revision, from today on."""
        client = self.client_of(client_id)
        form = UndoForm(request.POST)
        standing = self.standing_of(client)
        if not form.is_valid():
            raise NotThere
        try:
            with transaction.atomic():
                plan_edits.undo(
                    client=client,
                    plan_id=standing.plan.pk,
                    to=form.cleaned_data["to"],
                    expected=form.cleaned_data["expected"],
                    act=self.act(client, override=request.POST.get("override", "")),
                )
        except NotThere:
            raise
        except Refused as no:
            return self._page(client, no)
        words = _("The plan is as it was in revision %(to)s, from today on.") % form.cleaned_data
        return self.done(words, self.back(client_id))

    def _page(self, client: Any, no: Refused | None = None) -> HttpResponse:
        standing = running.standing(client.pk, today=self.today(client))
        context: dict[str, Any] = {"page": "clients", "client": client, "no": no}
        if standing is not None:
            rows = plan_views.revisions(standing.plan.pk)
            book = books.whole(client.practice_id)
            context |= {"plan": standing.plan, "latest": rows[0].number}
            context["revisions"] = [
                {"row": row, **_change(row, before, unit_of(client), book)}
                for row, before in zip(rows, [*rows[1:], None], strict=True)
            ][:SHOWN_REVISIONS]
        status = no.status if no else 200
        return self.show("clients/plan_history.html", context, status=status)


def _change(row: Any, before: Any, unit: Any, book: Library) -> dict[str, Any]:
    found = plan_views.difference(row, before, unit)
    return {"diff": found, "groups": grouped(found.rows, book) if found else ()}


class DayForm(forms.Form):
    """A day."""

    date = forms.DateField()
    expected = forms.IntegerField(min_value=1)
    scope = forms.ChoiceField(choices=[("this", ""), ("following", ""), ("all", "")])


class SessionAct(PlanDesk):
    """Moves a session, takes it out or puts it back."""

    def post(
        self, request: HttpRequest, client_id: uuid.UUID, session_id: uuid.UUID
    ) -> HttpResponse:
        """Done, or the API's own sentence."""
        client = self.client_of(client_id)
        standing = self.standing_of(client)
        form = DayForm(request.POST)
        if not form.is_valid():
            raise NotThere
        what = request.POST.get("do", "")
        chosen = form.cleaned_data
        plan_edits.edit(
            client=client,
            plan_id=part_of(standing, session_id).plan.pk,
            session_id=session_id,
            expected=chosen["expected"],
            scope=chosen["scope"],
            on=chosen["date"] if what == "move" else None,
            dropped={"drop": True, "back": False}.get(what),
            act=self.act(client, override=request.POST.get("override", "")),
        )
        words = {
            "move": _("Moved."),
            "drop": _("Taken out. The plan's history has it."),
            "back": _("Put back."),
        }
        return self.done(words.get(what, _("Nothing changed.")), self.back(client_id))


class TradeForm(forms.Form):
    """The session to trade days with, and the revision the page was read at."""

    other = forms.UUIDField()
    expected = forms.IntegerField(min_value=1)
    week = forms.IntegerField(min_value=1)


class SessionTrade(PlanDesk):
    """Puts a session before or after the next one: each on the other's day."""

    def post(
        self, request: HttpRequest, client_id: uuid.UUID, session_id: uuid.UUID
    ) -> HttpResponse:
        """Done, or the API's own sentence."""
        client = self.client_of(client_id)
        standing = self.standing_of(client)
        form = TradeForm(request.POST)
        if not form.is_valid():
            raise NotThere
        chosen = form.cleaned_data
        plan_edits.trade(
            client=client,
            plan_id=part_of(standing, session_id).plan.pk,
            session_id=session_id,
            with_id=chosen["other"],
            expected=chosen["expected"],
            act=self.act(client),
        )
        return self.done(_("Each is on the other's day."), self.back(client_id, chosen["week"]))


def part_of(standing: plans.Standing, session_id: uuid.UUID) -> plans.Part:
    found = next((each for each in standing.parts if session_id in each.rows), None)
    if found is None:
        raise NotThere
    return found
