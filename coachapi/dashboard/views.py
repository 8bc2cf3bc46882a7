"""The base of every page: signed in, through the door, one transaction a request."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.generic import View

from coachapi.accounts.models import User
from coachapi.door import acting_as
from coachapi.refusals import NotThere, Refused


class CoachView(View):
    """A page for a signed-in person. A refusal shows the API's own sentence and rolls all back."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """One transaction around the whole request; what is not yours is not there."""
        with acting_as(self.user.pk) as self._now:
            try:
                response = super().dispatch(request, *args, **kwargs)
            except NotThere as no:
                raise Http404 from no
            except Refused as no:
                transaction.set_rollback(True)
                response = self.refused(no)
        response.headers.setdefault("Cache-Control", "no-store")
        return response

    def refused(self, no: Refused) -> HttpResponse:
        """The page that shows a refusal; pages with a form override this to keep what was typed."""
        context = {"no": no}
        return render(self.request, "coachapi/refused.html", context, status=no.status)

    @property
    def user(self) -> User:
        """The signed-in user."""
        user = self.request.user
        assert isinstance(user, User)  # LoginRequiredMiddleware has seen to it
        return user

    def now(self) -> dt.datetime:
        """The instant of this request, as its transaction began."""
        return self._now
