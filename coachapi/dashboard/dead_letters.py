"""The owner's page of what could not be delivered."""

from __future__ import annotations

import uuid

from django.http import HttpRequest, HttpResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _

from coachapi.dashboard.pages import DeskView
from coachapi.notifications import dead_letters


class DeadLettersPage(DeskView):
    """What providers refused for good."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """The list, each with a button that sends it again."""
        found = dead_letters.of_owner(self.user)
        return self.show("coachapi/dead_letters.html", {"letters": found, "page": "settings"})


class Redrive(DeskView):
    """Once the address is mended."""

    def post(self, request: HttpRequest, delivery_id: uuid.UUID) -> HttpResponse:
        """Send it again and show what is left."""
        dead_letters.redrive(delivery_id, by=self.user)
        return self.done(_("On its way again."), reverse("dead-letters"))


urlpatterns = [
    path("dead-letters/", DeadLettersPage.as_view(), name="dead-letters"),
    path("dead-letters/<uuid:delivery_id>/redrive/", Redrive.as_view(), name="redrive"),
]
