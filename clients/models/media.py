"""A clip of a lift that the client filmed, on its way to the coach's eyes."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from clients.models.people import Client
from clients.models.plans import Session
from clients.models.technique import TechniqueCheck
from coachapi.accounts.models import User
from programs.models import Exercise

STATES = ("pending", "uploading", "processing", "ready", "failed", "deleted")


class Media(models.Model):
    """A form-check clip: announced, uploaded in pieces, made small and bare, looked at.

    ``clip`` and ``poster`` name what is kept; what the phone sent is gone once they are made.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="media")
    session = models.ForeignKey(Session, null=True, on_delete=models.PROTECT, related_name="media")
    exercise = models.ForeignKey(Exercise, on_delete=models.PROTECT, related_name="+")
    note = models.CharField(max_length=500, default="", blank=True)
    content_type = models.CharField(max_length=40)
    size_bytes = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    body_hash = models.CharField(max_length=64)
    state = models.CharField(max_length=10, default="pending")
    failure = models.CharField(max_length=40, default="", blank=True)
    clip = models.CharField(max_length=100, default="", blank=True)
    poster = models.CharField(max_length=100, default="", blank=True)
    seconds = models.DecimalField(max_digits=6, decimal_places=2, null=True)
    claimed_until = models.DateTimeField(null=True)
    checked = models.ForeignKey(
        TechniqueCheck, null=True, on_delete=models.PROTECT, related_name="media"
    )
    looked_at = models.DateTimeField(null=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        db_table = "clients_media"
        constraints = [
            models.CheckConstraint(condition=Q(state__in=STATES), name="media_state_is_known"),
            models.CheckConstraint(
                condition=~Q(state="ready") | ~Q(clip=""), name="ready_media_has_a_clip"
            ),
        ]
        indexes = [
            models.Index(fields=["client", "at"], name="media_of_a_client"),
            models.Index(
                fields=["at"],
                condition=~Q(state__in=["ready", "failed"]),
                name="media_under_way",
            ),
        ]

    def __str__(self) -> str:
        return f"clip {self.id}"
