"""What a coach saw of a lift: the record that outcomes are split by (domain §1 S-10)."""

from __future__ import annotations

from django.db import models

from clients.models.people import Client
from coachapi.accounts.models import User
from coachapi.ids import new_id
from programs.models import Exercise


class TechniqueCheck(models.Model):
    """A coach's ticks on a checklist for one lift of one client; added, never edited."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="technique_checks")
    exercise = models.ForeignKey(Exercise, on_delete=models.PROTECT, related_name="+")
    pattern = models.CharField(max_length=20)
    checklist = models.CharField(max_length=40)
    answers = models.JSONField()  # {"ribs_down": true}, every line of the checklist
    passed = models.BooleanField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        db_table = "clients_technique_check"
        indexes = [models.Index(fields=["client", "pattern", "at"], name="technique_of_a_pattern")]

    def __str__(self) -> str:
        return f"{self.checklist} of {self.client_id}"
