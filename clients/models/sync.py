"""What a phone sent and what became of it where no other table keeps it: nothing is ever lost."""

from __future__ import annotations

from django.db import models

from clients.models.people import Client
from coachapi.ids import new_id


class RemovedSet(models.Model):
    """A set that its client took back, whole as it was."""

    id = models.UUIDField(primary_key=True, editable=False)  # the set's own
    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="+")
    row = models.JSONField()
    removed_at = models.DateTimeField()

    class Meta:
        db_table = "clients_set_log_removed"

    def __str__(self) -> str:
        return f"removed set {self.id}"


class Quarantined(models.Model):
    """A pushed row that could not be taken, raw, with the reason; the rest of its push stands."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="+")
    collection = models.CharField(max_length=40)
    row_id = models.CharField(max_length=64)
    row = models.JSONField()
    row_hash = models.CharField(max_length=64)
    code = models.CharField(max_length=60)
    reason = models.TextField()
    received_at = models.DateTimeField()

    class Meta:
        db_table = "clients_sync_quarantine"
        constraints = [
            models.UniqueConstraint(
                fields=["client", "collection", "row_id", "row_hash"],
                name="a_row_is_quarantined_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.collection} {self.row_id}: {self.code}"
