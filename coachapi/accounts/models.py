"""Who signs in (User), where (SignIn, Device), the business (Practice), its coaches (Coach)."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import MD5, Lower, Now

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


class SignIn(models.Model):
    """One place where somebody is signed in: a browser (desk) or an app (phone)."""

    DESK = "desk"
    PHONE = "phone"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    session_key = models.CharField(max_length=40, unique=True)  # a hash: coachapi.accounts.sessions
    user = models.ForeignKey(User, null=True, on_delete=models.CASCADE, related_name="sign_ins")
    kind = models.CharField(max_length=5)
    user_agent = models.CharField(max_length=200, default="", blank=True)
    session_data = models.TextField()
    made_at = models.DateTimeField(db_default=Now())
    seen_at = models.DateTimeField(db_default=Now())
    expire_date = models.DateTimeField()

    class Meta:
        db_table = "accounts_sign_in"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=["desk", "phone"]), name="a_sign_in_is_desk_or_phone"
            )
        ]
        indexes = [models.Index(fields=["expire_date"], name="sign_ins_by_their_end")]

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"


class Letter(models.Model):
    """An account's e-mail on its way (a code, a security notice); gone once it is accepted."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    to = models.EmailField()
    subject = models.CharField(max_length=200)
    body = models.TextField()
    made_at = models.DateTimeField()
    due_at = models.DateTimeField()
    attempt = models.PositiveSmallIntegerField(default=0)

    class Meta:
        db_table = "accounts_letter"

    def __str__(self) -> str:
        return f"letter {self.id}"


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
    # Order of covering, lower first.
    rota = models.PositiveSmallIntegerField(default=1, db_default=1)

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


class Absence(models.Model):
    """Days on which a coach is away, both included, on their own wall; cover stands in."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    first_on = models.DateField()
    last_on = models.DateField()

    class Meta:
        db_table = "accounts_absence"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(last_on__gte=models.F("first_on")),
                name="an_absence_ends_after_it_began",
            )
        ]
        indexes = [models.Index(fields=["user", "last_on"], name="absences_of_a_user")]

    def __str__(self) -> str:
        return f"{self.user_id} away from {self.first_on}"


class Device(models.Model):
    """One installation of the app, or one browser, of a user; it lives as long as its sign-in.

    The database deletes it with its session, and moves a push token that turns up at another
    user's device (migration 0003): an old phone must not go on showing what is new.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    installation_id = models.UUIDField()  # the phone's own
    session_key = models.CharField(max_length=40)  # as it is stored: hashed
    platform = models.CharField(max_length=8)
    model = models.CharField(max_length=80, default="", blank=True)
    os_version = models.CharField(max_length=40, default="", blank=True)
    app_version = models.CharField(max_length=40, default="", blank=True)
    locale = models.CharField(max_length=35, default="", blank=True)
    time_zone = models.CharField(max_length=64, default="UTC")
    push_provider = models.CharField(max_length=8, default="", blank=True)
    push_kind = models.CharField(max_length=12, default="", blank=True)
    push_value = models.CharField(max_length=2048, default="", blank=True)  # never shown or logged
    push_keys = models.JSONField(default=dict, blank=True)
    registered_at = models.DateTimeField()
    refreshed_at = models.DateTimeField()
    dead_at = models.DateTimeField(null=True)  # the provider said so; a new registration revives

    class Meta:
        db_table = "accounts_device"
        constraints = [
            models.UniqueConstraint(
                fields=["user", "installation_id"], name="one_device_per_user_and_installation"
            ),
            models.UniqueConstraint(
                "push_provider",
                MD5("push_value"),
                condition=~models.Q(push_value=""),
                name="one_device_per_push_token",
            ),
            models.CheckConstraint(
                condition=models.Q(push_provider__in=["", "fcm", "apns", "webpush"]),
                name="push_provider_is_known",
            ),
            models.CheckConstraint(
                condition=models.Q(push_provider="", push_value="")
                | (~models.Q(push_provider="") & ~models.Q(push_value="")),
                name="a_push_token_has_a_provider",
            ),
        ]
        indexes = [models.Index(fields=["session_key"], name="devices_of_a_session")]

    def __str__(self) -> str:
        return f"{self.platform} {self.id}"
