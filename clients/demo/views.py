"""The demo: phone and desk side by side, a clock to set ahead, and the coach's mails.

Included in the addresses only where ``DEMO`` is set; a production server has none of it.
"""

from __future__ import annotations

from django.conf import settings
from django.contrib import auth
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.views.decorators.http import require_POST

from clients.demo import mail
from clients.demo.people import PASSWORD, PEOPLE
from coachapi.accounts import sessions
from coachapi.accounts.models import User

COACHES = tuple(each for each in PEOPLE if each.role != "client")
CLIENTS = tuple(each for each in PEOPLE if each.role == "client")


@login_not_required
def side_by_side(request: HttpRequest) -> HttpResponse:
    """The client's phone on the left, the coach's desk on the right."""
    context = {
        "coaches": COACHES,
        "clients": CLIENTS,
        "password": PASSWORD,
        "coach": request.user.email if isinstance(request.user, User) else "",
    }
    response = render(request, "clients/demo/side_by_side.html", context)
    response.headers["Cache-Control"] = "no-store"
    return response


@login_not_required
def mails(request: HttpRequest) -> HttpResponse:
    """What the coaches were sent."""
    return render(request, "clients/demo/mails.html", {"mails": mail.latest(settings.MAIL_FOLDER)})


@login_not_required
@require_POST
def sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in as a person of the demo: coaches get the desk's cookie, clients the phone's token."""
    named = request.POST.get("email", "")
    person = next((each for each in PEOPLE if each.email == named), None)
    user = User.objects.filter(email=named, is_active=True).first()
    if person is None or user is None:
        return JsonResponse(
            {"detail": f"{named[:80]} is not in this demo. Try: make seed"}, status=404
        )
    body = {"user": str(user.pk)}
    if person.role == "client":
        body["token"] = sessions.begin(user)
    else:
        auth.login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
    return JsonResponse({**body, "csrf": get_token(request)})
