"""The hash of the whole rule set: what a clinician signs."""

from typing import Any

from django.core.management.base import BaseCommand

from clients.domain.ruleset import whole_digest


class Command(BaseCommand):
    """Prints the hash and nothing else; it works before a review is set."""

    help = "Print the hash of the rule set, for RULES_REVIEWED_HASH."
    requires_system_checks = []  # noqa: RUF012

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the hash to standard output."""
        self.stdout.write(whole_digest())
