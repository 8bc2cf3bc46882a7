"""What a client is to do, and what was done."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from clients.models.people import Client
from coachapi.accounts.models import User
from coachapi.ids import new_id
from programs.models import Exercise, Program

REVISION_KINDS = ("assigned", "edited", "added", "flowed", "undone")
SKIP_REASONS = ("injury", "illness", "holiday", "no_time", "other")


class Plan(models.Model):
    """A program assigned to a client from a date; its content is its latest revision."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="plans")
    program = models.ForeignKey(Program, null=True, on_delete=models.PROTECT, related_name="plans")
    name = models.CharField(max_length=120)
    starts_on = models.DateField()
    weekdays = ArrayField(models.PositiveSmallIntegerField())
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    ended_on = models.DateField(null=True)

    class Meta:
        db_table = "clients_plan"
        constraints = [
            models.UniqueConstraint(
                fields=["client"],
                condition=Q(ended_on__isnull=True),
                name="one_running_plan_per_client",
            )
        ]

    def __str__(self) -> str:
        return self.name


class PlanRevision(models.Model):
    """The whole plan as written at a moment: never edited, never touched by a regression."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="+")
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="revisions")
    number = models.PositiveIntegerField()
    document = models.JSONField()
    places = models.JSONField(default=list)  # clients.domain.plan_writing, one per workout
    template = models.PositiveIntegerField(null=True)  # the program's revision it stands on
    kind = models.CharField(max_length=8, default="assigned")
    brings_in = models.BooleanField(default=False)  # training is added or made harder
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=200, default="", blank=True)
    at = models.DateTimeField()

    class Meta:
        db_table = "clients_plan_revision"
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="plan_revisions_are_numbered"),
            models.CheckConstraint(
                condition=Q(kind__in=REVISION_KINDS), name="plan_revision_kind_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.plan_id} r{self.number}"


class Session(models.Model):
    """A dated workout of a plan; minted at assignment, so that its id outlives every revision."""

    STATES = ("planned", "started", "done", "skipped", "excused")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="sessions")
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="sessions")
    index = models.PositiveIntegerField()  # the plan's own numbering, never reused
    on = models.DateField()
    state = models.CharField(max_length=8, default="planned")
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    skipped_for = models.CharField(max_length=8, default="", blank=True)
    frozen = models.JSONField(null=True)  # what the phone showed when it started (ruling 12)
    rev = models.PositiveIntegerField(default=1)

    class Meta:
        db_table = "clients_session"
        constraints = [
            models.UniqueConstraint(fields=["plan", "index"], name="one_session_per_plan_slot"),
            models.CheckConstraint(
                condition=Q(state__in=["planned", "started", "done", "skipped", "excused"]),
                name="session_state_is_known",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["planned", "skipped", "excused"])
                | Q(frozen__isnull=False, started_at__isnull=False),
                name="a_started_session_keeps_what_was_shown",
            ),
            models.CheckConstraint(
                condition=Q(skipped_for="") | Q(state="skipped", skipped_for__in=SKIP_REASONS),
                name="only_a_skipped_session_has_a_reason",
            ),
        ]
        indexes = [models.Index(fields=["client", "on"], name="sessions_of_a_client_by_day")]

    def __str__(self) -> str:
        return f"session {self.id}"


class SessionChange(models.Model):
    """What a client did with a session ahead: moved it, or swapped a place to a listed way out.

    Of several swaps of one place the latest holds; one without an exercise is back to the plan.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="+")
    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="changes")
    kind = models.CharField(max_length=4)
    was_on = models.DateField(null=True)
    on = models.DateField(null=True)
    slot = models.CharField(max_length=20, default="", blank=True)
    exercise = models.ForeignKey(Exercise, null=True, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        db_table = "clients_session_change"
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="move", on__isnull=False, was_on__isnull=False, slot="")
                | Q(kind="swap", on__isnull=True, was_on__isnull=True) & ~Q(slot=""),
                name="a_session_is_moved_or_swapped",
            )
        ]
        indexes = [models.Index(fields=["client", "session"], name="changes_of_a_session")]

    def __str__(self) -> str:
        return f"{self.kind} of {self.session_id}"


class SetLog(models.Model):
    """A set as performed. The phone owns it; a correction carries the ``rev`` it corrects."""

    id = models.UUIDField(primary_key=True, editable=False)
    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="set_logs")
    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="set_logs")
    exercise = models.ForeignKey(Exercise, on_delete=models.PROTECT, related_name="+")
    slot = models.CharField(max_length=20)
    set_index = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=8, default="work")
    reps = models.PositiveSmallIntegerField(null=True)
    seconds = models.PositiveIntegerField(null=True)
    weight_kg = models.DecimalField(max_digits=7, decimal_places=3, null=True)
    weight_entered = models.DecimalField(max_digits=7, decimal_places=3, null=True)
    weight_unit = models.CharField(max_length=2, default="kg")
    rir = models.DecimalField(max_digits=3, decimal_places=1, null=True)
    end_reason = models.CharField(max_length=20, default="", blank=True)
    checklist = models.JSONField(default=dict)
    note = models.CharField(max_length=500, default="", blank=True)
    performed_at = models.DateTimeField()
    zone = models.CharField(max_length=64)
    performed_on = models.DateField()
    received_at = models.DateTimeField()
    prescription_hash = models.CharField(max_length=64, default="", blank=True)
    body_hash = models.CharField(max_length=64)
    rev = models.PositiveIntegerField(default=1)

    class Meta:
        db_table = "clients_set_log"
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["warmup", "work"]), name="set_kind_is_known"
            ),
            models.CheckConstraint(
                condition=Q(reps__isnull=False) | Q(seconds__isnull=False),
                name="a_set_has_reps_or_seconds",
            ),
            models.CheckConstraint(
                condition=Q(weight_kg__isnull=True) | Q(weight_kg__gte=0, weight_kg__lte=1000),
                name="weight_between_0_and_1000_kg",
            ),
            models.CheckConstraint(
                condition=Q(rir__isnull=True) | Q(rir__gte=0, rir__lte=10),
                name="rir_between_0_and_10",
            ),
            models.CheckConstraint(
                condition=Q(weight_unit__in=["kg", "lb"]), name="weight_unit_is_kg_or_lb"
            ),
            models.CheckConstraint(
                condition=Q(
                    end_reason__in=[
                        "",
                        "target_reached",
                        "muscular_failure",
                        "position_lost",
                        "pain",
                    ]
                ),
                name="end_reason_is_known",
            ),
        ]
        indexes = [
            models.Index(fields=["client", "exercise", "performed_at"], name="history_of_a_lift"),
            models.Index(fields=["session"], name="sets_of_a_session"),
        ]

    def __str__(self) -> str:
        return f"set {self.id}"
