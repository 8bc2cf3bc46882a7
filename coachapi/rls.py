"""Row-level security as migration operations: who sees which rows, said once per table.

Roles (created by the launcher or by compose): ``coach_owner`` owns the schema and migrates,
``coach_app`` serves the web, ``coach_worker`` runs jobs, ``coach_relay`` moves alerts. None may
bypass a policy. ``FORCE`` binds the owner too, so the owner gets a policy of its own: migrations
and the definer functions below need it (docs/adr/0007).
"""

from __future__ import annotations

from django.db import migrations

PEOPLE = "coach_app, coach_worker"


def sql(*statements: str) -> migrations.RunSQL:
    """SQL that has no way back: it goes with its table."""
    return migrations.RunSQL(list(statements), migrations.RunSQL.noop)


def protect(
    table: str,
    *,
    sees: str,
    writes: str | None = None,
    relay: str = "",
    delete: bool = False,
) -> migrations.RunSQL:
    """Put a table behind row-level security.

    ``sees`` is the condition under which a row exists for the web and the worker, ``writes`` the
    one a written row must meet (default: the same). ``relay`` is the relay's, empty for none.
    Deleting is not granted unless asked for: most rows are records.
    """
    verbs = "SELECT, INSERT, UPDATE, DELETE" if delete else "SELECT, INSERT, UPDATE"
    statements = [
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
        f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY",
        f"CREATE POLICY owner_all ON {table} FOR ALL TO coach_owner USING (true) WITH CHECK (true)",
        f"CREATE POLICY people ON {table} FOR ALL TO {PEOPLE}"
        f" USING ({sees}) WITH CHECK ({writes or sees})",
        f"REVOKE ALL ON {table} FROM {PEOPLE}",
        f"GRANT {verbs} ON {table} TO {PEOPLE}",
    ]
    if relay:
        statements += [
            f"CREATE POLICY relay ON {table} FOR ALL TO coach_relay"
            f" USING ({relay}) WITH CHECK ({relay})",
            f"GRANT SELECT, INSERT, UPDATE ON {table} TO coach_relay",
        ]
    return sql(*statements)


def open_to_all(table: str, verbs: str = "SELECT, INSERT, UPDATE, DELETE") -> migrations.RunSQL:
    """A table outside row-level security: narrow, hashed or public (sessions, library)."""
    return sql(f"REVOKE ALL ON {table} FROM {PEOPLE}", f"GRANT {verbs} ON {table} TO {PEOPLE}")


def append_only(table: str, *, may_change: tuple[str, ...] = ()) -> migrations.RunSQL:
    """Refuse updates of a record's columns, except those named."""
    listed = ", ".join(f"'{column}'" for column in may_change) or "''"
    return sql(
        f"CREATE TRIGGER {table}_is_a_record BEFORE UPDATE ON {table} FOR EACH ROW"
        f" EXECUTE FUNCTION refuse_rewriting({listed})"
    )
