"""Did it help: the page that counts, and never ranks (domain §7)."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from clients.dashboard import outcome_drawings
from clients.dashboard.protocol_words import heading
from clients.domain.answer_times import Minutes
from clients.queries import did_it_help
from clients.queries.did_it_help import Group, Scope, Tried
from coachapi.dashboard.pages import DeskView


class OutcomesPage(DeskView):
    """Records by protocol and option, with what was lost and how the work was done."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """The page; ``?who=``, ``?client=`` and ``?span=`` narrow it."""
        scope = did_it_help.read_scope(request.GET.dict())
        found = did_it_help.page(self.user, scope, at=self.now())
        context = {
            "page": "outcomes",
            "found": found,
            "groups": [_group(each) for each in found.groups],
            "figures": found.figures,
            "waits": [
                (_("Seen"), _minutes(found.figures.seen)),
                (_("Decided"), _minutes(found.figures.decided)),
            ],
            "who_links": _links(scope, "who", _who()),
            "span_links": _links(scope, "span", _spans()),
            "chosen": scope.client_id,
            "scope": scope,
        }
        return self.show("clients/outcomes.html", context)


def _who() -> list[tuple[str, str]]:
    return [("practice", _("Everybody I see")), ("mine", _("Those I lead"))]


def _spans() -> list[tuple[str, str]]:
    return [("90", _("90 days")), ("365", _("1 year")), ("all", _("All"))]


def _links(scope: Scope, key: str, words: list[tuple[str, str]]) -> list[tuple[str, str, bool]]:
    """Each choice as a query string that keeps the others, its words, whether it is chosen."""
    held = {"who": scope.who, "span": scope.span}
    if scope.client_id is not None:
        held["client"] = str(scope.client_id)
    return [
        ("?" + urlencode(held | {key: value}), label, held[key] == value) for value, label in words
    ]


def _minutes(minutes: Minutes) -> tuple[str, str, Minutes]:
    """Half of the answers and 95 of 100, each in minutes or, from two hours on, in hours."""
    return _span(minutes.p50), _span(minutes.p95), minutes


def _span(minutes: float | None) -> str:
    if minutes is None:
        return "–"
    if minutes < 120:
        return _("%(n)s min") % {"n": round(minutes)}
    return _("%(n)s h") % {"n": round(minutes / 60)}


def _group(group: Group) -> dict[str, Any]:
    ids = {each.id for each in group.tried}
    return {
        "heading": heading(group.protocol) if group.protocol else _("No longer in your protocols"),
        "id": group.protocol.id if group.protocol else "",
        "tried": [_tried(each) for each in group.tried],
        "overlapping": any(ids & set(each.row.overlaps) for each in group.tried),
    }


def _tried(tried: Tried) -> dict[str, Any]:
    row = tried.row
    return {
        "title": tried.option.title if tried.option else tried.id,
        "row": row,
        "dots": outcome_drawings.dots(row),
        "interval": outcome_drawings.interval(row),
        "curves": outcome_drawings.curves(row),
        "checked": [each for each in row.by_technique if each.verified != "unknown"],
    }
