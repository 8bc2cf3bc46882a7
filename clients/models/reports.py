"""What the client said, what it was taken to mean, and what is still to be asked.

Report → Site → Answer (ruling 11): a report holds what is common, a site is one leaf region and
side, answers are append-only rows with their own ids and times.
"""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from clients.models.people import Client
from clients.models.plans import Session, SetLog
from coachapi.accounts.models import User
from coachapi.ids import new_id

LEVELS = ("log", "monitor", "modify", "incomplete", "refer", "urgent", "emergency")
SIDES = ("left", "right", "midline")
SOURCES = ("next_morning", "after_session", "coach_entered", "mistaken_tap", "exposure")


class Episode(models.Model):
    """All reports of one client and region-side until it is closed."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="episodes")
    region = models.CharField(max_length=20)
    side = models.CharField(max_length=8)
    opened_at = models.DateTimeField()
    settled_on = models.DateField(null=True)
    closed_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=24, default="", blank=True)
    previous = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "clients_episode"
        constraints = [
            models.UniqueConstraint(
                fields=["client", "region", "side"],
                condition=Q(closed_at__isnull=True),
                name="one_open_episode_per_region_and_side",
            ),
            models.CheckConstraint(condition=Q(side__in=SIDES), name="episode_side_is_known"),
        ]

    def __str__(self) -> str:
        return f"episode {self.id}"


class SymptomReport(models.Model):
    """What the client said, kept whole as it was sent; never refused for its content."""

    id = models.UUIDField(primary_key=True, editable=False)
    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="reports")
    session = models.ForeignKey(
        Session, null=True, on_delete=models.PROTECT, related_name="reports"
    )
    kind = models.CharField(max_length=24)
    source = models.CharField(max_length=16)
    said = models.JSONField()  # the body as sent
    body_hash = models.CharField(max_length=64)
    performed_at = models.DateTimeField()
    zone = models.CharField(max_length=64)
    performed_on = models.DateField()
    received_at = models.DateTimeField()
    clock_suspect = models.BooleanField(default=False)
    entered_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    merged_into = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    level = models.CharField(max_length=12)  # of the latest verdict
    seen_at = models.DateTimeField(null=True)
    seen_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True)  # answered by a Decision, a clearance or E1

    class Meta:
        db_table = "clients_report"
        constraints = [
            models.CheckConstraint(condition=Q(level__in=LEVELS), name="report_level_is_known"),
            models.CheckConstraint(
                condition=Q(seen_at__isnull=True, seen_by__isnull=True)
                | Q(seen_at__isnull=False, seen_by__isnull=False),
                name="seen_has_a_time_and_a_person",
            ),
        ]
        indexes = [
            models.Index(fields=["client", "performed_at"], name="reports_of_a_client"),
            models.Index(
                fields=["client", "level"],
                condition=Q(closed_at__isnull=True),
                name="open_reports",
            ),
        ]

    def __str__(self) -> str:
        return f"report {self.id}"


class Site(models.Model):
    """One leaf region and side of a report, with its present level."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="+")
    report = models.ForeignKey(SymptomReport, on_delete=models.PROTECT, related_name="sites")
    episode = models.ForeignKey(Episode, null=True, on_delete=models.PROTECT, related_name="sites")
    region = models.CharField(max_length=20)
    side = models.CharField(max_length=8)
    value = models.PositiveSmallIntegerField(null=True)  # v of domain §3.3
    level = models.CharField(max_length=12)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "clients_site"
        constraints = [
            models.UniqueConstraint(
                fields=["report", "region", "side"], name="one_site_per_report_region_side"
            ),
            models.CheckConstraint(condition=Q(level__in=LEVELS), name="site_level_is_known"),
            models.CheckConstraint(condition=Q(side__in=SIDES), name="site_side_is_known"),
            models.CheckConstraint(
                condition=Q(value__isnull=True) | Q(value__gte=0, value__lte=10),
                name="pain_between_0_and_10",
            ),
        ]
        indexes = [
            models.Index(fields=["client"], condition=Q(closed_at__isnull=True), name="open_sites"),
            models.Index(fields=["episode"], name="sites_of_an_episode"),
        ]

    def __str__(self) -> str:
        return f"site {self.id}"


class Answer(models.Model):
    """Something said about a report after it was sent; added, never edited."""

    id = models.UUIDField(primary_key=True, editable=False)
    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="+")
    report = models.ForeignKey(SymptomReport, on_delete=models.PROTECT, related_name="answers")
    said = models.JSONField()
    body_hash = models.CharField(max_length=64)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    source = models.CharField(max_length=16)
    session = models.ForeignKey(Session, null=True, on_delete=models.PROTECT, related_name="+")
    performed_at = models.DateTimeField()
    zone = models.CharField(max_length=64)
    received_at = models.DateTimeField()

    class Meta:
        db_table = "clients_answer"
        constraints = [
            models.CheckConstraint(condition=Q(source__in=SOURCES), name="answer_source_is_known")
        ]
        indexes = [models.Index(fields=["report"], name="answers_of_a_report")]

    def __str__(self) -> str:
        return f"answer {self.id}"


class Verdict(models.Model):
    """What the rules made of a report at a moment, with every reason; the audit of I-7."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="+")
    report = models.ForeignKey(SymptomReport, on_delete=models.PROTECT, related_name="verdicts")
    number = models.PositiveIntegerField()
    level = models.CharField(max_length=12)
    priority = models.CharField(max_length=8)
    action_set = models.CharField(max_length=2)
    rows = ArrayField(models.CharField(max_length=8))
    body = models.JSONField()  # reasons, what is due, pauses, notice
    rule_version = models.CharField(max_length=40)
    digest = models.CharField(max_length=64)
    settings_version = models.CharField(max_length=40, default="1")  # whose borders it was under
    at = models.DateTimeField()

    class Meta:
        db_table = "clients_verdict"
        constraints = [
            models.UniqueConstraint(fields=["report", "number"], name="verdicts_are_numbered"),
            models.CheckConstraint(condition=Q(level__in=LEVELS), name="verdict_level_is_known"),
        ]

    def __str__(self) -> str:
        return f"verdict {self.id}"


class FollowUp(models.Model):
    """A question that is due: the next morning, day 7, the review, questions left."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="follow_ups")
    report = models.ForeignKey(
        SymptomReport, null=True, on_delete=models.PROTECT, related_name="follow_ups"
    )
    regression = models.ForeignKey(
        "clients.Regression", null=True, on_delete=models.PROTECT, related_name="follow_ups"
    )
    session = models.ForeignKey(Session, null=True, on_delete=models.PROTECT, related_name="+")
    set_log = models.ForeignKey(SetLog, null=True, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=24)
    about = models.CharField(max_length=200, default="", blank=True)  # why a task was set
    asks = models.CharField(max_length=6, default="client")  # client or coach
    items = ArrayField(models.CharField(max_length=12), default=list)  # questions to be asked
    due_at = models.DateTimeField()
    ask_at = models.DateTimeField()
    told_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    answer = models.ForeignKey(Answer, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "clients_follow_up"
        constraints = [
            models.CheckConstraint(
                condition=Q(asks__in=["client", "coach"]), name="a_follow_up_asks_client_or_coach"
            ),
            models.UniqueConstraint(
                fields=["report", "kind", "due_at"], name="one_follow_up_per_report_kind_and_time"
            ),
            models.UniqueConstraint(
                fields=["regression", "session"], name="one_check_per_exposure"
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_at"], condition=Q(done_at__isnull=True), name="follow_ups_waiting"
            ),
            models.Index(
                fields=["client"], condition=Q(done_at__isnull=True), name="follow_ups_of_a_client"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"
