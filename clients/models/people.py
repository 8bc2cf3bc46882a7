"""Who is coached, by whom, and what was agreed."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from coachapi.accounts.models import Coach, Practice, User
from coachapi.ids import new_id


class Client(models.Model):
    """A person coached in one practice. The row of identity; health stands elsewhere."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="clients")
    user = models.ForeignKey(
        User, null=True, on_delete=models.PROTECT, related_name="client_places"
    )
    name = models.CharField(max_length=120)
    time_zone = models.CharField(max_length=64, default="UTC")
    unit = models.CharField(max_length=2, default="kg")
    moves = models.CharField(max_length=6, default="week")  # clients.domain.client_moves.Policy
    created_at = models.DateTimeField()

    class Meta:
        db_table = "clients_client"
        constraints = [
            models.CheckConstraint(condition=Q(unit__in=["kg", "lb"]), name="unit_is_kg_or_lb"),
            models.CheckConstraint(
                condition=Q(moves__in=["strict", "week", "free"]), name="moves_policy_is_known"
            ),
            models.UniqueConstraint(
                fields=["user", "practice"], name="one_client_place_per_user_and_practice"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class HealthProfile(models.Model):
    """Facts that change slowly and bear on safety or on loads (domain §2.2), each with a date."""

    client = models.OneToOneField(
        Client, primary_key=True, on_delete=models.CASCADE, related_name="health"
    )
    born_on = models.DateField(null=True)
    facts = models.JSONField(default=dict)  # {"pregnant": {"value": false, "on": "2026-05-01"}}
    equipment = models.JSONField(default=list)  # empty: a full gym
    loadable = models.JSONField(default=dict)  # bar, plates, dumbbell step; empty: the defaults
    morning_hour = models.PositiveSmallIntegerField(default=8)
    emergency_contact = models.CharField(max_length=200, default="", blank=True)

    class Meta:
        db_table = "clients_health_profile"
        constraints = [
            models.CheckConstraint(
                condition=Q(morning_hour__gte=4, morning_hour__lte=11),
                name="the_morning_is_asked_between_4_and_11",
            )
        ]

    def __str__(self) -> str:
        return f"profile of {self.client_id}"


class Coaching(models.Model):
    """The endable link of a coach and a client; with consent it opens the client's health rows."""

    LEAD = "lead"
    COVER = "cover"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="coachings")
    coach = models.ForeignKey(Coach, on_delete=models.PROTECT, related_name="coachings")
    role = models.CharField(max_length=5, default=LEAD)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    class Meta:
        db_table = "clients_coaching"
        constraints = [
            models.CheckConstraint(
                condition=Q(role__in=["lead", "cover"]), name="coaching_role_is_known"
            ),
            models.UniqueConstraint(
                fields=["client"],
                condition=Q(role="lead", until__isnull=True),
                name="one_lead_coach_at_a_time",
            ),
            models.UniqueConstraint(
                fields=["client", "coach"],
                condition=Q(until__isnull=True),
                name="one_open_coaching_per_coach_and_client",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.coach_id} {self.role} of {self.client_id}"


class Invitation(models.Model):
    """A single-use, hashed, e-mail-bound way in (delivery and security §3.4)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    client = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="invitations")
    email = models.EmailField()
    token_hash = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "clients_invitation"

    def __str__(self) -> str:
        return f"invitation {self.id}"


class Consent(models.Model):
    """What a client agreed to, in which wording, until withdrawn."""

    PURPOSES = ("coach_sees", "statistics", "emergency_contact")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    client = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="consents")
    purpose = models.CharField(max_length=20)
    wording = models.CharField(max_length=20)
    given_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "clients_consent"
        constraints = [
            models.CheckConstraint(
                condition=Q(purpose__in=["coach_sees", "statistics", "emergency_contact"]),
                name="consent_purpose_is_known",
            ),
            models.UniqueConstraint(
                fields=["client", "purpose"],
                condition=Q(withdrawn_at__isnull=True),
                name="one_standing_consent_per_purpose",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} of {self.client_id}"
