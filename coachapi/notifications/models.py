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

CHANNELS = ("feed", "email", "fcm", "apns", "webpush", "webhook", "contact")
PASSES = ("monitor", "modify", "modify+", "refer", "urgent")
WORDINGS = ("alert", "digest", "contact", "answer")
STATES = ("pending", "sending", "accepted", "withheld", "dead")


class Alert(models.Model):
    """Something a person must know; a rise in level about the same subject is a new alert."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="+")
    client_id = models.UUIDField(null=True)  # an id of the floor above; none: about many clients
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
    client_id = models.UUIDField(null=True)
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
    # Which neutral text a sender takes, and the number in a digest's text.
    wording = models.CharField(max_length=8, default="alert", db_default="alert")
    counted = models.PositiveSmallIntegerField(default=0, db_default=0)
    # Of the feed: counted in the next digest; and when the reader had it open.
    for_digest = models.BooleanField(default=False, db_default=False)
    read_at = models.DateTimeField(null=True)

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
            models.CheckConstraint(
                condition=models.Q(wording__in=WORDINGS), name="delivery_wording_is_known"
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
            models.Index(
                fields=["recipient", "accepted_at"],
                condition=models.Q(for_digest=True),
                name="deliveries_for_the_digest",
            ),
            models.Index(
                fields=["recipient", "id"],
                condition=models.Q(channel="feed"),
                name="feed_of_a_recipient",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.channel} {self.id}"


class Preference(models.Model):
    """When and where a person wants to be told; without a row the defaults hold.

    Quiet hours are on the wall of the user's own zone. ``passes`` is the level from which on
    nothing waits. ``channels``: for each kind of news the channels that interrupt.
    """

    user = models.OneToOneField(User, primary_key=True, on_delete=models.CASCADE, related_name="+")
    quiet_from = models.TimeField(null=True)
    quiet_to = models.TimeField(null=True)
    passes = models.CharField(max_length=8, default="urgent")
    monitor_to_digest = models.BooleanField(default=False)
    digest_hour = models.PositiveSmallIntegerField(default=7)
    channels = models.JSONField(default=dict)

    class Meta:
        db_table = "notifications_preference"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(passes__in=PASSES), name="what_passes_is_a_level"
            ),
            models.CheckConstraint(
                condition=models.Q(quiet_from__isnull=True, quiet_to__isnull=True)
                | models.Q(quiet_from__isnull=False, quiet_to__isnull=False),
                name="quiet_hours_have_two_ends",
            ),
            models.CheckConstraint(
                condition=models.Q(digest_hour__lte=23), name="a_digest_has_an_hour"
            ),
        ]

    def __str__(self) -> str:
        return f"preferences of {self.user_id}"
