"""What the phone is shown of the plan: a copy of what ``resolve()`` says, for sync (ruling 13).

Never a fact: it may be thrown away and written anew (docs/adr/0013).
"""

from __future__ import annotations

from django.db import models

from clients.models.people import Client
from clients.models.plans import Session


class Projection(models.Model):
    """Up to which day a client's copy was written."""

    client = models.OneToOneField(
        Client, primary_key=True, on_delete=models.CASCADE, related_name="projection"
    )
    on = models.DateField()

    class Meta:
        db_table = "clients_projection"

    def __str__(self) -> str:
        return f"{self.client_id} as of {self.on}"


class ProjectionMark(models.Model):
    """Something that the copy depends on has changed since. Written by triggers, never waited for:
    a row each, so that who trains and who coaches never queue for one."""

    client = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="projection_marks")

    class Meta:
        db_table = "clients_projection_mark"

    def __str__(self) -> str:
        return f"mark of {self.client_id}"


class ShownSession(models.Model):
    """A session as it stands: once shown it stays, so that a phone long away can still close it."""

    session = models.OneToOneField(
        Session, primary_key=True, on_delete=models.CASCADE, related_name="shown"
    )
    client = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=120)
    on = models.DateField()
    emptied = models.BooleanField(default=False)  # a change has taken everything out of it
    paused = models.BooleanField(default=False)
    items = models.JSONField()  # programs.domain.prescription_json, frozen when it starts

    class Meta:
        db_table = "clients_session_shown"
        indexes = [models.Index(fields=["client", "on"], name="shown_sessions_by_day")]

    def __str__(self) -> str:
        return f"{self.name} on {self.on}"


class ShownPrescription(models.Model):
    """One place of a shown session, in the form the phone is sent."""

    id = models.UUIDField(primary_key=True, editable=False)  # follows from session and slot
    client = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="+")
    session = models.ForeignKey(ShownSession, on_delete=models.CASCADE, related_name="places")
    shown = models.JSONField()

    class Meta:
        db_table = "clients_prescription_shown"

    def __str__(self) -> str:
        return f"place {self.id}"
