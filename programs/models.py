"""Exercises, the edges between them, program templates and rule books, both append-only."""

from __future__ import annotations

from django.db import models

from coachapi.accounts.models import Practice, User
from coachapi.ids import new_id


class Exercise(models.Model):
    """A movement of the library, or of one practice.

    What a movement of the library asks of the body is rule data, not columns (ADR 0008). One of a
    practice's own is rated as the one it is ``like``; like none, nobody rated it.
    """

    id = models.CharField(primary_key=True, max_length=40)
    practice = models.ForeignKey(
        Practice, null=True, on_delete=models.PROTECT, related_name="+"
    )  # null: everybody's
    name = models.CharField(max_length=120)
    pattern = models.CharField(max_length=20)
    position = models.PositiveIntegerField()  # order of the library
    digest = models.CharField(max_length=16, default="", blank=True)  # of all that is shown of it
    # Of a practice's own only:
    like = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    equipment = models.JSONField(default=list)
    basis = models.CharField(max_length=6, default="cal")
    hands = models.PositiveSmallIntegerField(default=0)
    archived_at = models.DateTimeField(null=True)
    changed_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "programs_exercise"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(practice__isnull=True) | models.Q(changed_at__isnull=False),
                name="an_own_exercise_says_when_it_changed",
            ),
            models.CheckConstraint(
                condition=models.Q(basis__in=["cal", "bw", "bw_cal", "band"]),
                name="exercise_basis_is_known",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class PracticeNote(models.Model):
    """What a practice adds to an exercise, its own or the library's: cues, films, alternates."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="+")
    exercise = models.ForeignKey(Exercise, on_delete=models.PROTECT, related_name="+")
    cues = models.JSONField(default=list)
    media = models.JSONField(default=list)
    alternates = models.JSONField(default=list)
    changed_at = models.DateTimeField()

    class Meta:
        db_table = "programs_practice_note"
        constraints = [
            models.UniqueConstraint(
                fields=["practice", "exercise"], name="one_note_of_a_practice_per_exercise"
            )
        ]

    def __str__(self) -> str:
        return f"{self.exercise_id} in {self.practice_id}"


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
    """A template that a practice's coaches assign; a private one its author's and the owner's."""

    PRACTICE = "practice"
    PRIVATE = "private"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="programs")
    name = models.CharField(max_length=120)
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    archived_at = models.DateTimeField(null=True)
    visibility = models.CharField(max_length=8, default=PRACTICE)
    weeks = models.PositiveIntegerField(default=0)  # of the latest revision, for the list

    class Meta:
        db_table = "programs_program"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(visibility__in=["practice", "private"]),
                name="program_visibility_is_known",
            )
        ]

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
