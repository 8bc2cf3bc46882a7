"""Were the alerts worth it: counts and times by rule, so that a noisy rule is seen as such."""

from __future__ import annotations

from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from clients.dashboard import precision_drawings as drawn
from clients.domain.precision import Precision, Wait
from clients.queries import alert_precision
from clients.reviewing.decision_table import ROWS, TRENDS
from coachapi.dashboard.pages import DeskView

RULE_WORDS = {each.id: each.condition for each in (*ROWS, *TRENDS)}


class PrecisionPage(DeskView):
    """Alerts sent, opened, acted on and watched, by rule and coach."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """The page; ``?span=`` says how far back."""
        span = alert_precision.read_span(request.GET.dict())
        shown = alert_precision.found(self.user, span, at=self.now())
        spans = [("28", _("28 days")), ("90", _("90 days")), ("365", _("1 year"))]
        context = {
            "page": "outcomes",
            "shown": shown,
            "groups": [
                (coach, [_row(each) for each in rows])
                for coach, rows in groupby(shown.rows, key=lambda row: row.coach)
            ],
            "ticks": drawn.ticks(),
            "width": drawn.TIMES,
            "bar": drawn.BAR,
            "span_links": [
                ("?" + urlencode({"span": key}), words, key == span) for key, words in spans
            ],
        }
        return self.show("clients/precision.html", context)


def _row(row: Precision) -> dict[str, Any]:
    return {
        "row": row,
        "words": RULE_WORDS.get(row.rule, ""),
        "bar": drawn.bar(row),
        "lines": drawn.lines(row),
        "waits": [
            (_("Visible"), *_words(row.visible)),
            (_("Seen"), *_words(row.seen)),
            (_("Decided"), *_words(row.decided)),
        ],
    }


def _words(wait: Wait) -> tuple[str, str]:
    return _time(wait.p50), "" if wait.p95 is None else _time(wait.p95)


def _time(seconds: float | None) -> str:
    """Seconds, minutes, hours or days, whichever says it in two digits."""
    if seconds is None:
        return "–"
    for size, words in ((86400, _("%(n)s d")), (3600, _("%(n)s h")), (60, _("%(n)s min"))):
        if seconds >= 2 * size:
            return words % {"n": round(seconds / size)}
    return _("%(n)s s") % {"n": round(seconds)}
