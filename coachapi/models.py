"""Small tables of the house itself: heartbeats, the demo's clock, answers to say again."""

from __future__ import annotations

from django.db import models

from coachapi.ids import new_id


class Heartbeat(models.Model):
    """When a part of the machinery was last seen doing its work."""

    name = models.CharField(primary_key=True, max_length=64)
    beat_at = models.DateTimeField()

    class Meta:
        db_table = "coachapi_heartbeat"

    def __str__(self) -> str:
        return f"{self.name} at {self.beat_at:%H:%M:%S}"


class DemoClock(models.Model):
    """How far the demo's clock runs ahead; a production server refuses to start with a row."""

    only = models.BooleanField(primary_key=True, default=True)
    ahead = models.DurationField()

    class Meta:
        db_table = "coachapi_demo_clock"
        constraints = [
            models.CheckConstraint(condition=models.Q(only=True), name="there_is_one_demo_clock")
        ]

    def __str__(self) -> str:
        return f"{self.ahead} ahead"


class KeptReply(models.Model):
    """What was answered to a POST that carried an ``Idempotency-Key``, for seven days."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user_id = models.UUIDField()  # accounts stand above; here only an id
    key = models.CharField(max_length=255)
    method = models.CharField(max_length=8)
    path = models.TextField()
    fingerprint = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(null=True)
    body = models.TextField(default="")  # JSON as it was sent, member by member
    headers = models.JSONField(default=dict)
    created_at = models.DateTimeField()

    class Meta:
        db_table = "coachapi_kept_reply"
        constraints = [
            models.UniqueConstraint(fields=["user_id", "key"], name="one_reply_per_user_and_key")
        ]
        indexes = [models.Index(fields=["created_at"], name="replies_by_age")]

    def __str__(self) -> str:
        return f"reply to {self.method} {self.path}"
