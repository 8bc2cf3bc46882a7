"""Make a key for Web Push: `python manage.py vapid_key`, once, into the environment."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from coachapi.notifications.channels.webpush import new_private_key, public_key


class Command(BaseCommand):
    """Prints the setting; the public half is worked out from it."""

    help = "Print a new VAPID_PRIVATE_KEY for Web Push, with the public key beside it."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        """A fresh key each time; changing it ends every subscription."""
        made = new_private_key()
        self.stdout.write(f"# public: {public_key(made)}")
        self.stdout.write(f"VAPID_PRIVATE_KEY={made}")
