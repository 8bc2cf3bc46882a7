"""Two small tables of the house itself: heartbeats, and the demo's clock."""

from __future__ import annotations

from django.db import models


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
