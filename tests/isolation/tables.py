"""What every table holds, seen past the walls: did a refused call change anything?"""

from __future__ import annotations

from dataclasses import dataclass, field

import psycopg
from django.db import connection
from psycopg import sql

from tests import databases

# Not records: rate limits, sign-ins and signs of life change by being asked; so does the copy of
# the plan that a phone is shown, with its marks (ADR 0013).
PASSING = (
    "coachapi_cache",
    "accounts_sign_in",
    "coachapi_heartbeat",
    "django_migrations",
    "clients_projection",
    "clients_projection_mark",
    "clients_session_shown",
    "clients_prescription_shown",
    "coachapi_sync_change",
)


@dataclass
class Tables:
    """A superuser's eye on the database at hand."""

    names: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        where = databases.address(databases.superuser(), connection.settings_dict["NAME"])
        self.link = psycopg.connect(where, autocommit=True)
        found = self.link.execute(databases.TABLES).fetchall()
        self.names = [name for name, _ in found if name not in PASSING]
        each = sql.SQL(
            "SELECT {}, count(*), md5(string_agg(t::text, '|' ORDER BY t::text)) FROM {} t"
        )
        self.question = sql.SQL(" UNION ALL ").join(
            each.format(sql.Literal(name), sql.Identifier(name))
            for name in self.names
            if not name.startswith("programs_variation")
        )

    def __enter__(self) -> Tables:
        return self

    def __exit__(self, *_: object) -> None:
        self.link.close()

    def state(self) -> dict[str, tuple[int, str]]:
        """Every table's number of rows and fingerprint."""
        rows = self.link.execute(self.question).fetchall()
        return {name: (count, print_) for name, count, print_ in rows}

    def differing(self, before: dict[str, tuple[int, str]]) -> list[str]:
        """The tables that are not what they were."""
        now = self.state()
        return sorted(name for name in now if now[name] != before[name])
