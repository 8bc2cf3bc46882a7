"""Pages and problem documents for what is not there and for what broke."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from coachapi.api import errors


@login_not_required
def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The same answer for not there and not yours."""
    if request.path.startswith("/v1/"):
        return errors.not_found(request, exception)
    return render(request, "coachapi/not_found.html", status=404)


@login_not_required
def broken(request: HttpRequest) -> HttpResponse:
    """A fault of ours; the page needs no database."""
    if request.path.startswith("/v1/"):
        return errors.broken(request)
    return render(request, "coachapi/broken.html", status=500)
