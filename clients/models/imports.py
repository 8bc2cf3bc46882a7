"""What a client brought along from another app: the file as it was, and the sets in it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from clients.models.people import Client
from coachapi.accounts.models import User
from programs.models import Exercise


class Import(models.Model):
    """A file as sent, kept whole; ``done`` of ``total`` sets are in while a worker brings them."""

    STATES = ("read", "running", "done")

    id = models.UUIDField(primary_key=True, editable=False)
    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="imports")
    source = models.CharField(max_length=12)
    text = models.TextField()
    body_hash = models.CharField(max_length=64)
    zone = models.CharField(max_length=64)
    unit = models.CharField(max_length=2, default="", blank=True)  # answered, where the file is mum
    names = models.JSONField(default=dict)  # the file's exercise names to ours
    state = models.CharField(max_length=7, default="read")
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "clients_import"
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["read", "running", "done"]), name="import_state_is_known"
            ),
            models.CheckConstraint(
                condition=Q(unit__in=["", "kg", "lb"]), name="import_unit_is_kg_or_lb"
            ),
        ]
        indexes = [
            models.Index(fields=["at"], condition=Q(state="running"), name="imports_running"),
            models.Index(fields=["client", "at"], name="imports_of_a_client"),
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.id}"


class PastSet(models.Model):
    """A set done before, elsewhere. Its id follows from its content: twice brought is once."""

    id = models.UUIDField(primary_key=True, editable=False)
    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="past_sets")
    brought_by = models.ForeignKey(Import, on_delete=models.PROTECT, related_name="sets")
    line = models.PositiveIntegerField()
    raw = models.JSONField()  # the row's cells as they stood in the file
    exercise = models.ForeignKey(Exercise, null=True, on_delete=models.PROTECT, related_name="+")
    exercise_name = models.CharField(max_length=120)
    workout = models.CharField(max_length=120, default="", blank=True)
    order = models.PositiveIntegerField()
    kind = models.CharField(max_length=8)
    reps = models.PositiveIntegerField(null=True)
    seconds = models.PositiveIntegerField(null=True)
    metres = models.DecimalField(max_digits=10, decimal_places=2, null=True)
    weight_kg = models.DecimalField(max_digits=7, decimal_places=3, null=True)
    weight_entered = models.DecimalField(max_digits=7, decimal_places=3, null=True)
    weight_unit = models.CharField(max_length=2, default="", blank=True)
    rpe = models.DecimalField(max_digits=3, decimal_places=1, null=True)
    note = models.CharField(max_length=500, default="", blank=True)
    performed_at = models.DateTimeField()
    zone = models.CharField(max_length=64)
    performed_on = models.DateField()

    class Meta:
        db_table = "clients_past_set"
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["work", "warmup", "drop", "failure"]),
                name="past_set_kind_is_known",
            )
        ]
        indexes = [
            models.Index(fields=["client", "exercise", "performed_at"], name="past_sets_of_a_lift")
        ]

    def __str__(self) -> str:
        return f"past set {self.id}"
