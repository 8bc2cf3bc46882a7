"""What a coach allowed a phone to do at once, and what a phone did with it (product decision 6)."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from clients.models.people import Client
from clients.models.regressions import Regression
from clients.models.reports import SymptomReport
from coachapi.accounts.models import User
from coachapi.ids import new_id

MOST_PAIN = 5  # ruling 3


class Grant(models.Model):
    """A pre-authorisation: a named option down, or the way back up, until a local date."""

    DOWN, UP = "down", "up"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="grants")
    way = models.CharField(max_length=4)
    option_id = models.CharField(max_length=24, default="", blank=True)
    title = models.CharField(max_length=120)
    region = models.CharField(max_length=20, default="", blank=True)
    side = models.CharField(max_length=8, default="", blank=True)
    exercise = models.CharField(max_length=40, default="", blank=True)
    classes = ArrayField(models.CharField(max_length=12), default=list)
    most_pain = models.PositiveSmallIntegerField(null=True)
    regression = models.ForeignKey(
        Regression, null=True, on_delete=models.PROTECT, related_name="grants"
    )
    until = models.DateField()
    given_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "clients_grant"
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    way="down",
                    most_pain__gte=1,
                    most_pain__lte=MOST_PAIN,
                    regression__isnull=True,
                )
                | Q(way="up", most_pain__isnull=True, regression__isnull=False),
                name="a_grant_names_an_option_and_a_border_or_a_way_back",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
                name="a_withdrawal_has_a_time_and_a_person",
            ),
        ]
        indexes = [models.Index(fields=["client", "until"], name="grants_of_a_client")]

    def __str__(self) -> str:
        return f"{self.way} {self.id}"


class GrantUse(models.Model):
    """The phone used a grant; judged again here. ``refused`` says why it was not carried out."""

    id = models.UUIDField(primary_key=True, editable=False)
    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="grant_uses")
    grant = models.ForeignKey(Grant, on_delete=models.PROTECT, related_name="uses")
    report = models.ForeignKey(
        SymptomReport, null=True, on_delete=models.PROTECT, related_name="grant_uses"
    )
    regression = models.ForeignKey(
        Regression, null=True, on_delete=models.PROTECT, related_name="grant_uses"
    )
    body_hash = models.CharField(max_length=64)
    used_at = models.DateTimeField()
    zone = models.CharField(max_length=64)
    synced_at = models.DateTimeField(null=True)
    received_at = models.DateTimeField()
    refused = ArrayField(models.CharField(max_length=20), default=list)
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "clients_grant_use"
        constraints = [
            models.CheckConstraint(
                condition=Q(refused=[], regression__isnull=False)
                | (~Q(refused=[]) & Q(regression__isnull=True)),
                name="a_use_led_to_a_change_or_says_why_not",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True, confirmed_by__isnull=True)
                | Q(confirmed_at__isnull=False, confirmed_by__isnull=False),
                name="a_confirmation_has_a_time_and_a_person",
            ),
        ]
        indexes = [
            models.Index(
                fields=["client"],
                condition=Q(confirmed_at__isnull=True),
                name="provisional_changes",
            )
        ]

    def __str__(self) -> str:
        return f"use {self.id}"
