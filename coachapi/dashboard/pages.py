"""What every page of the desk shares: the reader's own zone, the receipt of the last act."""

from __future__ import annotations

import zoneinfo
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import patch_vary_headers

from coachapi.dashboard.views import CoachView

RECEIPT = "receipt"


def _storable(typed: QueryDict) -> QueryDict:
    """PostgreSQL holds no NUL: it becomes U+FFFD, as in what the API reads; nothing is dropped."""
    if not any("\x00" in each for _, values in typed.lists() for each in values):
        return typed
    clean = typed.copy()
    for key, values in typed.lists():
        clean.setlist(key, [each.replace("\x00", "\ufffd") for each in values])
    return clean


class DeskView(CoachView):
    """A page of the desk: times in the coach's zone, one receipt shown once."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Everything is rendered in the zone of the person who reads it."""
        request.POST = _storable(request.POST)  # type: ignore[assignment]
        with timezone.override(zoneinfo.ZoneInfo(self.user.time_zone)):
            return super().dispatch(request, *args, **kwargs)

    def show(self, template: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
        """A page or a part of one, with the time it was true."""
        shared = {"now": self.now(), "receipt": self.request.session.pop(RECEIPT, None)}
        response = render(self.request, template, shared | context, status=status)
        patch_vary_headers(response, ["HX-Request"])
        return response

    def done(self, words: str, to: str, *, undo: str = "") -> HttpResponseRedirect:
        """Leave a receipt in the past tense and go on; ``undo`` is where it is taken back."""
        self.request.session[RECEIPT] = {"words": words, "undo": undo}
        response = HttpResponseRedirect(to)
        response.status_code = 303
        return response

    @property
    def wants_part(self) -> bool:
        """Whether a part of a page is asked for, not the whole."""
        return self.request.headers.get("HX-Request") == "true"
