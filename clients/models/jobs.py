"""Work for many clients at once, and how far it has got."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from clients.models.people import Client
from clients.models.plans import Plan
from coachapi.accounts.models import User
from coachapi.ids import new_id
from programs.models import Program


class Job(models.Model):
    """What a coach asked for many clients; a worker does it one client at a time."""

    KINDS = ("assign", "flow")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=6)
    program = models.ForeignKey(Program, on_delete=models.PROTECT, related_name="+")
    template = models.PositiveIntegerField()  # the program's revision that was shown
    spec = models.JSONField(default=dict)  # from when, on which days; nothing about health
    total = models.PositiveIntegerField()
    at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "clients_job"
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=["assign", "flow"]), name="job_is_known")
        ]
        indexes = [
            models.Index(fields=["at"], condition=Q(finished_at=None), name="jobs_not_finished")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"


class JobItem(models.Model):
    """One client of a job: waiting, done, or refused with the sentence that says why."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    job = models.ForeignKey(Job, on_delete=models.PROTECT, related_name="items")
    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="+")
    place = models.PositiveIntegerField()
    override = models.CharField(max_length=500, default="", blank=True)
    state = models.CharField(max_length=7, default="waiting")
    code = models.CharField(max_length=60, default="", blank=True)
    sentence = models.TextField(default="", blank=True)
    plan = models.ForeignKey(Plan, null=True, on_delete=models.PROTECT, related_name="+")
    done_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "clients_job_item"
        constraints = [
            models.UniqueConstraint(fields=["job", "client"], name="a_client_once_in_a_job"),
            models.CheckConstraint(
                condition=Q(state="waiting", done_at__isnull=True)
                | Q(state__in=["done", "refused"], done_at__isnull=False),
                name="job_item_state_is_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.state} {self.client_id}"
