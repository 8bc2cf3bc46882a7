"""What a coach decided: decisions, regressions with their steps, clearances. All append-only."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from clients.models.people import Client
from clients.models.plans import Plan
from clients.models.reports import Episode, SymptomReport, Verdict
from coachapi.accounts.models import User
from coachapi.ids import new_id

STEP_KINDS = ("applied", "rung", "extended", "ended", "undone")
OUTCOMES = ("settled", "failed", "referred", "withdrawn")
DECISION_KINDS = (
    "applied",
    "watch",
    "undone",
    "ended",
    "extended",
    "rung",
    "acknowledged",
    "cleared",
    "mistaken_tap",
    "told_to_get_checked",
    "overridden",
    "provisional",
    "confirmed",
)


class Regression(models.Model):
    """A time-boxed change: symptom → reason → scope → operations → review → ladder → outcome.

    The row is its identity; what happens to it is its steps. It never edits the plan.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="regressions")
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="regressions")
    report = models.ForeignKey(SymptomReport, on_delete=models.PROTECT, related_name="regressions")
    episodes = models.ManyToManyField(Episode, related_name="regressions")
    protocol_id = models.CharField(max_length=20)
    option_id = models.CharField(max_length=24)
    protocol_version = models.CharField(max_length=40)
    protocol_digest = models.CharField(max_length=64, default="", blank=True)
    pattern = models.CharField(max_length=20)
    title = models.CharField(max_length=120)
    reason = models.CharField(max_length=300)
    ladder = models.CharField(max_length=2, default="", blank=True)
    created_at = models.DateTimeField()

    class Meta:
        db_table = "clients_regression"
        indexes = [models.Index(fields=["client"], name="regressions_of_a_client")]

    def __str__(self) -> str:
        return f"{self.option_id} {self.id}"


class RegressionStep(models.Model):
    """One act of a person on a regression; the overlay of a day follows from the steps."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="+")
    regression = models.ForeignKey(Regression, on_delete=models.PROTECT, related_name="steps")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=8)
    starts_on = models.DateField()
    review_on = models.DateField(null=True)
    overlay = models.JSONField(null=True)  # clients.domain.overlay, of applied and rung
    rung = models.PositiveSmallIntegerField(default=0)  # 0: the regression itself
    outcome = models.CharField(max_length=12, default="", blank=True)  # of an ended one
    reason = models.CharField(max_length=300, default="", blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        db_table = "clients_regression_step"
        constraints = [
            models.UniqueConstraint(
                fields=["regression", "number"], name="regression_steps_are_numbered"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=STEP_KINDS),
                name="regression_step_kind_is_known",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["applied", "rung"], overlay__isnull=False)
                | Q(kind__in=["extended", "ended", "undone"], overlay__isnull=True),
                name="applied_steps_and_rungs_hold_an_overlay",
            ),
            models.CheckConstraint(
                condition=Q(outcome="") | Q(kind="ended", outcome__in=OUTCOMES),
                name="only_an_ended_regression_has_an_outcome",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.regression_id}"


class Decision(models.Model):
    """What the coach did with a verdict, also when it was "nothing, watch"."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="decisions")
    report = models.ForeignKey(
        SymptomReport, null=True, on_delete=models.PROTECT, related_name="decisions"
    )
    verdict = models.ForeignKey(Verdict, null=True, on_delete=models.PROTECT, related_name="+")
    regression = models.ForeignKey(
        Regression, null=True, on_delete=models.PROTECT, related_name="decisions"
    )
    kind = models.CharField(max_length=20)
    note = models.CharField(max_length=500, default="", blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        db_table = "clients_decision"
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=DECISION_KINDS), name="decision_kind_is_known"
            )
        ]
        indexes = [models.Index(fields=["client", "at"], name="decisions_of_a_client")]

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"


class Clearance(models.Model):
    """A professional has looked: the only way out of emergency, urgent and refer (I-2)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="clearances")
    report = models.ForeignKey(SymptomReport, on_delete=models.PROTECT, related_name="clearances")
    seen_on = models.DateField()
    professional = models.CharField(max_length=60)
    limits = models.CharField(max_length=500, default="", blank=True)
    cleared = ArrayField(models.CharField(max_length=40))  # what it takes off, Verdict.to_clear
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        db_table = "clients_clearance"

    def __str__(self) -> str:
        return f"clearance {self.id}"
