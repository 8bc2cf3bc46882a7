"""What people choose for their own pages."""

from __future__ import annotations

from coachapi.accounts.models import User


def choose(*, user: User, theme: str, keys_on: bool, time_zone: str) -> None:
    """Keep how a user wants the pages: theme, single-letter keys, zone of every time shown."""
    User.objects.filter(pk=user.pk).update(theme=theme, keys_on=keys_on, time_zone=time_zone)
