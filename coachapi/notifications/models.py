"""Alert: something a person must know. Delivery: one alert, one recipient, one channel, one device.

Neither holds health content: an alert points at its subject by id and carries a level; what it is
about is read after sign-in, under the reader's own access.
"""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now

from coachapi.accounts.models import Practice, User
from coachapi.ids import new_id
from coachapi.notifications.pacing import RED_FLAG

CHANNELS = ("feed", "email", "fcm", "apns", "webpush", "webhook")
STATES = ("pending", "sending", "accepted", "withheld", "dead")


class Alert(models.Model):
    """Something a person must know; a rise in level about the same subject is a new alert."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="+")
    client_id = models.UUIDField()  # the floor above owns clients; here only an id
    about_id = models.UUIDField()
    kind = models.CharField(max_length=40)
    level = models.CharField(max_length=12)
    priority = models.PositiveSmallIntegerField(default=5)
    created_at = models.DateTimeField()
    step = models.PositiveSmallIntegerField(default=1)
    escalate_at = models.DateTimeField(null=True)
    escalate_every = models.DurationField(null=True)
    seen_at = models.DateTimeField(null=True)
    acked_at = models.DateTimeField(null=True)
    acked_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "notifications_alert"
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "about_id", "level"], name="one_alert_per_subject_and_level"
            ),
            models.CheckConstraint(
                condition=models.Q(acked_at__isnull=True, acked_by__isnull=True)
                | models.Q(acked_at__isnull=False, acked_by__isnull=False),
                name="an_acknowledgement_has_a_time_and_a_person",
            ),
        ]
        indexes = [
            models.Index(
                fields=["escalate_at"],
                condition=models.Q(acked_at__isnull=True, escalate_at__isnull=False),
                name="alerts_waiting_to_escalate",
            ),
            models.Index(fields=["client_id", "created_at"], name="alerts_of_a_client"),
            models.Index(
                fields=["priority"],
                condition=models.Q(acked_at__isnull=True, priority__lte=RED_FLAG),
                name="red_flags_not_taken_on",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"


class Delivery(models.Model):
    """One alert on its way to one recipient over one channel; history and outbox in one row."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    alert = models.ForeignKey(Alert, on_delete=models.PROTECT, related_name="deliveries")
    client_id = models.UUIDField()
    recipient = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    step = models.PositiveSmallIntegerField()
    channel = models.CharField(max_length=8)
    device_key = models.CharField(max_length=64, default="", blank=True)
    state = models.CharField(max_length=8, default="pending")
    priority = models.PositiveSmallIntegerField()
    due_at = models.DateTimeField()
    wanted_at = models.DateTimeField(db_default=Now())  # a retry moves due_at, never this
    attempt = models.PositiveIntegerField(default=0)
    token = models.UUIDField(null=True)
    lease_until = models.DateTimeField(null=True)
    accepted_at = models.DateTimeField(null=True)
    trouble = models.CharField(max_length=200, default="", blank=True)

    class Meta:
        db_table = "notifications_delivery"
        constraints = [
            models.UniqueConstraint(
                fields=["alert", "step", "recipient", "channel", "device_key"],
                name="one_delivery_per_alert_step_recipient_channel_device",
            ),
            models.CheckConstraint(
                condition=models.Q(channel__in=CHANNELS), name="delivery_channel_is_known"
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=STATES), name="delivery_state_is_known"
            ),
        ]
        indexes = [
            models.Index(
                fields=["channel", "priority", "due_at", "id"],
                condition=models.Q(state__in=["pending", "sending"]),
                name="deliveries_still_to_send",
            ),
            models.Index(
                fields=["id"], condition=models.Q(state="dead"), name="deliveries_refused_for_good"
            ),
            models.Index(fields=["client_id"], name="deliveries_of_a_client"),
        ]

    def __str__(self) -> str:
        return f"{self.channel} {self.id}"
