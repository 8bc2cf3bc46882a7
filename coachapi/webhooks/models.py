"""Endpoint: an address of a practice's own that is told of events."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from coachapi.accounts.models import Practice, User
from coachapi.ids import new_id

OFF = ("", "gone", "failing")


class Endpoint(models.Model):
    """Where events of a practice are sent, with the secrets that sign them.

    How sending goes is written by the database as deliveries are marked (migration 0001): nothing
    else needs to remember it.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="+")
    url = models.CharField(max_length=500)
    description = models.CharField(max_length=80, default="", blank=True)
    events = ArrayField(models.CharField(max_length=40))
    secret = models.CharField(max_length=400)  # sealed
    secret_before = models.CharField(max_length=400, default="", blank=True)  # sealed
    before_until = models.DateTimeField(null=True)  # until then both secrets sign
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)
    off = models.CharField(max_length=8, default="", blank=True)  # why it is told nothing
    off_at = models.DateTimeField(null=True)
    last_success_at = models.DateTimeField(null=True)
    last_failure_at = models.DateTimeField(null=True)
    last_trouble = models.CharField(max_length=200, default="", blank=True)
    failing_since = models.DateTimeField(null=True)
    retry_at = models.DateTimeField(null=True)  # nothing new is sent before

    class Meta:
        db_table = "webhooks_endpoint"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(off__in=OFF), name="why_an_endpoint_is_off_is_known"
            )
        ]
        indexes = [
            models.Index(
                fields=["practice"],
                condition=models.Q(removed_at__isnull=True),
                name="endpoints_of_a_practice",
            )
        ]

    def __str__(self) -> str:
        return str(self.id)
