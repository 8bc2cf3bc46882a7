"""What a client says of a day or a week: ready to train, and how far a spot got in the way."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from clients.models.people import Client
from clients.models.reports import SIDES
from coachapi.accounts.models import User


class CheckIn(models.Model):
    """One check-in, kept as it was sent; a later one of the same day counts in its place."""

    READINESS = "readiness"
    WEEKLY = "weekly"
    KINDS = (READINESS, WEEKLY)

    id = models.UUIDField(primary_key=True, editable=False)
    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="check_ins")
    kind = models.CharField(max_length=12)
    said = models.JSONField()  # the body as sent
    body_hash = models.CharField(max_length=64)
    region = models.CharField(max_length=20, default="", blank=True)  # of a weekly check
    side = models.CharField(max_length=8, default="", blank=True)
    score = models.PositiveSmallIntegerField(null=True)  # weekly, 0–100 (domain §2.3)
    substantial = models.BooleanField(default=False)
    instrument_version = models.CharField(max_length=40)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    performed_at = models.DateTimeField()
    zone = models.CharField(max_length=64)
    performed_on = models.DateField()
    received_at = models.DateTimeField()
    rev = models.PositiveIntegerField(default=1)

    class Meta:
        db_table = "clients_check_in"
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["readiness", "weekly"]), name="check_in_kind_is_known"
            ),
            models.CheckConstraint(
                condition=Q(kind="readiness", region="", side="", score__isnull=True)
                | Q(kind="weekly", side__in=SIDES, score__isnull=False) & ~Q(region=""),
                name="a_weekly_check_has_a_place_and_a_score",
            ),
            models.CheckConstraint(
                condition=Q(score__isnull=True) | Q(score__gte=0, score__lte=100),
                name="weekly_score_between_0_and_100",
            ),
        ]
        indexes = [
            models.Index(fields=["client", "kind", "performed_at"], name="check_ins_of_a_client")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"
