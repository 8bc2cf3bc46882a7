"""Pages and problem documents for what is not there and for what broke."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from coachapi.api import errors
from coachapi.away import instead_of_500


@login_not_required
def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The same answer for not there and not yours."""
    if request.path.startswith("/v1/"):
        return errors.not_found(request, exception)
    return render(request, "coachapi/not_found.html", status=404)


@login_not_required
def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """A request that cannot be understood."""
    if request.path.startswith("/v1/"):
        return errors.bad_request(request, exception)
    return render(request, "coachapi/not_found.html", status=400)


@login_not_required
def not_from_here(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form without the mark of the page it came from, or with one of an earlier sign-in."""
    return render(request, "coachapi/not_from_here.html", status=403)


@login_not_required
def broken(request: HttpRequest) -> HttpResponse:
    """A fault of ours, or no database for a moment; the page needs none."""
    if (away := instead_of_500(request)) is not None:
        return away
    if request.path.startswith("/v1/"):
        return errors.broken(request)
    return render(request, "coachapi/broken.html", status=500)
