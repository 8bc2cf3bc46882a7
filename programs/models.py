"""Exercises, the edges between them, program templates and rule books, both append-only."""

from __future__ import annotations

from django.db import models

from coachapi.accounts.models import Practice, User
from coachapi.ids import new_id


class Exercise(models.Model):
    """A movement of the library. Its demands and ratios are rule data, not columns (ADR 0008)."""

    id = models.CharField(primary_key=True, max_length=40)
    practice = models.ForeignKey(
        Practice, null=True, on_delete=models.PROTECT, related_name="+"
    )  # null: everybody's
    name = models.CharField(max_length=120)
    pattern = models.CharField(max_length=20)
    position = models.PositiveIntegerField()  # order of the library

    class Meta:
        db_table = "programs_exercise"

    def __str__(self) -> str:
        return self.name


class Variation(models.Model):
    """A directed edge: ``easier`` asks less of ``region`` than ``source`` does."""

    source = models.ForeignKey(Exercise, on_delete=models.CASCADE, related_name="easier")
    easier = models.ForeignKey(Exercise, on_delete=models.CASCADE, related_name="harder")
    region = models.CharField(max_length=20)
    ratio_low = models.DecimalField(max_digits=4, decimal_places=3, null=True)
    reason = models.CharField(max_length=200)
    mark = models.CharField(max_length=12)

    class Meta:
        db_table = "programs_variation"
        constraints = [
            models.UniqueConstraint(
                fields=["source", "easier", "region"], name="one_edge_per_pair_and_region"
            ),
            models.CheckConstraint(
                condition=~models.Q(source=models.F("easier")), name="no_exercise_eases_itself"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source_id} → {self.easier_id} for {self.region}"


class Program(models.Model):
    """A template that a practice's coaches assign."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="programs")
    name = models.CharField(max_length=120)
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    archived_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "programs_program"

    def __str__(self) -> str:
        return self.name


class ProgramRevision(models.Model):
    """The whole template as it stood: one document, never edited (ADR 0008)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    program = models.ForeignKey(Program, on_delete=models.PROTECT, related_name="revisions")
    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    document = models.JSONField()
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        db_table = "programs_revision"
        constraints = [
            models.UniqueConstraint(
                fields=["program", "number"], name="program_revisions_are_numbered"
            )
        ]

    def __str__(self) -> str:
        return f"{self.program_id} r{self.number}"


class RuleBook(models.Model):
    """A practice's own protocols or borders as published: the whole text, never edited.

    Number 1 is the first after what ships; who may publish which stands in docs/adr/0010.
    """

    PROTOCOLS = "protocols"
    SETTINGS = "settings"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=9)
    number = models.PositiveIntegerField()
    body = models.TextField()
    digest = models.CharField(max_length=64)  # sha256 of the body
    note = models.CharField(max_length=200, default="", blank=True)
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        db_table = "programs_rule_book"
        constraints = [
            models.UniqueConstraint(
                fields=["practice", "kind", "number"], name="rule_books_are_numbered"
            ),
            models.CheckConstraint(
                condition=models.Q(kind__in=["protocols", "settings"]),
                name="rule_book_kind_is_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.number} of {self.practice_id}"
