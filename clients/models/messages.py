"""What coach and client write to each other: one thread a client."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from clients.models.people import Client
from clients.models.plans import Session
from clients.models.reports import SymptomReport
from coachapi.accounts.models import User
from programs.models import Exercise

LONGEST = 2000


class Message(models.Model):
    """One message, never edited; ``read_at`` is when the other side first had it open."""

    id = models.UUIDField(primary_key=True, editable=False)
    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="messages")
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    from_coach = models.BooleanField()
    text = models.CharField(max_length=LONGEST)
    session = models.ForeignKey(Session, null=True, on_delete=models.PROTECT, related_name="+")
    exercise = models.ForeignKey(Exercise, null=True, on_delete=models.PROTECT, related_name="+")
    report = models.ForeignKey(
        SymptomReport, null=True, on_delete=models.PROTECT, related_name="messages"
    )
    hurts = models.BooleanField(default=False)  # the words speak of something that hurts
    body_hash = models.CharField(max_length=64)
    performed_at = models.DateTimeField()
    zone = models.CharField(max_length=64)
    received_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    rev = models.PositiveIntegerField(default=1)

    class Meta:
        db_table = "clients_message"
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="a_message_says_something")
        ]
        indexes = [
            models.Index(fields=["client", "received_at", "id"], name="thread_of_a_client"),
            models.Index(
                fields=["client", "from_coach"],
                condition=Q(read_at__isnull=True),
                name="messages_unread",
            ),
        ]

    def __str__(self) -> str:
        return f"message {self.id}"
