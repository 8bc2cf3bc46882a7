"""Collections of the phone's sync, as migration operations: one call a table (docs/adr/0013).

Every change of a synced table leaves a mark in ``coachapi_sync_change``: which row, in whose scope,
and the transaction that did it (``pg_current_xact_id()``, the top-level one; a row's own ``xmin``
is that of a savepoint). Triggers do it, so that an import, a task or a hand at psql is seen too.
"""

from __future__ import annotations

from django.db import migrations

from coachapi.rls import sql

NOBODYS = "00000000-0000-0000-0000-000000000000"  # the scope id of what is everybody's
_FUNCTION = "RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp"


def synced(
    table: str,
    collection: str,
    *,
    scope: str = "client",
    row: str = "id",
    rev: bool = False,
    only: str = "true",
) -> migrations.RunSQL:
    """Mark every change of a table's rows, and those that are there already.

    ``scope``: rows are a client's (by ``client_id``) or a practice's (by ``practice_id``; where
    that is NULL, everybody's). ``row``: the column of the row's id. With ``rev`` the table has a
    column of that name, counted up here at each change and told to the phone; without, the mark
    itself counts. ``only`` is a condition on a row, named ``{0}`` in it: other rows leave no mark.
    """
    function = f"sync_{table}"
    number = "{}.rev" if rev else "NULL"

    def mark(one: str, *, gone: bool) -> str:
        kind, whose = f"'{scope}'", f"{one}.{scope}_id"
        if scope == "practice":
            kind = f"CASE WHEN {whose} IS NULL THEN 'library' ELSE 'practice' END"
            whose = f"coalesce({whose}, '{NOBODYS}')"
        count = "NULL" if gone else number.format(one)
        return f"sync_stamp('{collection}', {kind}, {whose}, {one}.{row}::text, {count}, {gone})"

    statements = [
        f"CREATE FUNCTION {function}() {_FUNCTION} AS $$ BEGIN"
        f" IF TG_OP = 'DELETE' THEN PERFORM {mark('OLD', gone=True)} WHERE {only.format('OLD')};"
        f" ELSE PERFORM {mark('NEW', gone=False)} WHERE {only.format('NEW')}; END IF;"
        " RETURN NULL; END $$",
        f"CREATE TRIGGER {function} AFTER INSERT OR DELETE ON {table}"
        f" FOR EACH ROW EXECUTE FUNCTION {function}()",
        f"CREATE TRIGGER {function}_changed AFTER UPDATE ON {table}"
        f" FOR EACH ROW WHEN (OLD.* IS DISTINCT FROM NEW.*) EXECUTE FUNCTION {function}()",
        f"SELECT {mark('t', gone=False)} FROM {table} t WHERE {only.format('t')}",
    ]
    if rev:
        statements.append(
            f"CREATE TRIGGER {function}_rev BEFORE UPDATE ON {table}"
            " FOR EACH ROW WHEN (OLD.* IS DISTINCT FROM NEW.*) EXECUTE FUNCTION sync_next_rev()"
        )
    return sql(*statements)


def touches(table: str, collection: str, *, row: str) -> migrations.RunSQL:
    """A change of this table changes the row of ``collection`` that its column ``row`` names."""
    function = f"sync_{table}_touches_{collection}"
    touch = f"PERFORM sync_touch('{collection}', 'client', {{0}}.client_id, {{0}}.{row}::text);"
    return sql(
        f"CREATE FUNCTION {function}() {_FUNCTION} AS $$ BEGIN"
        f" IF TG_OP = 'DELETE' THEN {touch.format('OLD')} ELSE {touch.format('NEW')} END IF;"
        " RETURN NULL; END $$",
        f"CREATE TRIGGER {function} AFTER INSERT OR UPDATE OR DELETE ON {table}"
        f" FOR EACH ROW EXECUTE FUNCTION {function}()",
    )


def touches_all(table: str, collection: str) -> migrations.RunSQL:
    """A change of this table may hide or show any row a client has of ``collection``."""
    function = f"sync_{table}_touches_all_{collection}"
    return sql(
        f"CREATE FUNCTION {function}() {_FUNCTION} AS $$ BEGIN"
        " UPDATE coachapi_sync_change SET xid = pg_current_xact_id(), rev = rev + 1"
        f" WHERE scope_kind = 'client' AND scope_id = NEW.client_id AND collection = '{collection}'"
        " AND gone_at IS NULL AND xid <> pg_current_xact_id(); RETURN NULL; END $$",
        f"CREATE TRIGGER {function} AFTER INSERT OR UPDATE ON {table}"
        f" FOR EACH ROW EXECUTE FUNCTION {function}()",
    )


def makes_stale(table: str, when: str) -> migrations.RunSQL:
    """A change of this table may change the sessions a phone is shown: they are written anew
    before its next pull. ``when`` is a trigger's, such as ``INSERT ON clients_plan FOR EACH ROW``.
    """
    return sql(
        f"CREATE TRIGGER {table}_is_shown AFTER {when} EXECUTE FUNCTION projection_is_stale()"
    )
