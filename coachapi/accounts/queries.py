"""What is asked about people's places in practices."""

from __future__ import annotations

from coachapi.accounts.models import Coach, User


def owns_a_practice(user: User) -> bool:
    """Whether this user is the active owner of any practice. One query."""
    return Coach.objects.filter(user=user, active=True, role=Coach.OWNER).exists()
