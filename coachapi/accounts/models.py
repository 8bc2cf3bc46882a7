"""Who signs in (User), the business (Practice), and who coaches in it (Coach)."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower

from coachapi.ids import new_id


class UserManager(BaseUserManager["User"]):
    """Makes users whose name is their e-mail address."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        """A user with this e-mail; without a password nobody can sign in with one."""
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save()
        return user


class User(AbstractBaseUser):
    """A person who signs in, by e-mail. May be a coach here and a client there."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120)
    time_zone = models.CharField(max_length=64, default="UTC")
    theme = models.CharField(max_length=8, default="auto")
    keys_on = models.BooleanField(default=True)
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        db_table = "accounts_user"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(email=Lower("email")), name="an_email_is_stored_in_lower_case"
            ),
            models.CheckConstraint(
                condition=models.Q(theme__in=["auto", "light", "dark"]),
                name="theme_is_auto_light_or_dark",
            ),
        ]

    def __str__(self) -> str:
        return self.email


class Practice(models.Model):
    """The business: the wall between tenants."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.CharField(max_length=120)
    time_zone = models.CharField(max_length=64, default="UTC")
    country = models.CharField(max_length=2, default="GB")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        db_table = "accounts_practice"

    def __str__(self) -> str:
        return self.name


class Coach(models.Model):
    """A user's place in a practice; ``owner`` also answers for the business."""

    OWNER = "owner"
    COACH = "coach"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="coach_places")
    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="coaches")
    role = models.CharField(max_length=8, default=COACH)
    active = models.BooleanField(default=True)
    monitor_to_digest = models.BooleanField(default=False)

    class Meta:
        db_table = "accounts_coach"
        constraints = [
            models.UniqueConstraint(
                fields=["user", "practice"], name="one_coach_place_per_user_and_practice"
            ),
            models.CheckConstraint(
                condition=models.Q(role__in=["owner", "coach"]), name="coach_role_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} in {self.practice_id}"
