"""The change index of the phone's sync: what changed, in whose scope, by which transaction.

``coachapi_sync_change``: one mark a row, kept as a tombstone (``gone_at``) when the row goes.
``coachapi_sync_access``: which scopes a user has, or had: whoever loses one is told its ids.
``coachapi_sync_generation``: transaction ids mean something in one cluster and one history of it.
"""

from django.db import migrations

from coachapi.rls import open_to_all, protect, sql
from coachapi.synced import NOBODYS

_DEFINER = "SECURITY DEFINER SET search_path = public, pg_temp"


class Migration(migrations.Migration):
    dependencies = [("coachapi", "0002_walls")]

    operations = [
        sql(
            """
            CREATE TABLE coachapi_sync_change (
              scope_kind text NOT NULL CHECK (scope_kind IN ('client', 'practice', 'library')),
              scope_id uuid NOT NULL, collection text NOT NULL, row_id text NOT NULL,
              rev integer NOT NULL, xid xid8 NOT NULL, gone_at timestamptz,
              PRIMARY KEY (scope_kind, scope_id, collection, row_id))
            """,
            "CREATE INDEX coachapi_sync_since ON coachapi_sync_change (scope_id, xid)",
            "CREATE INDEX coachapi_sync_tombstones ON coachapi_sync_change (gone_at)"
            " WHERE gone_at IS NOT NULL",
            """
            CREATE TABLE coachapi_sync_access (
              user_id uuid NOT NULL, scope_kind text NOT NULL, scope_id uuid NOT NULL,
              open boolean NOT NULL, xid xid8 NOT NULL,
              PRIMARY KEY (user_id, scope_kind, scope_id))
            """,
            """
            CREATE TABLE coachapi_sync_generation (
              only_one boolean PRIMARY KEY DEFAULT true CHECK (only_one),
              number integer NOT NULL CHECK (number BETWEEN 1 AND 8191),
              origin text NOT NULL, oldest xid8 NOT NULL)
            """,
            # Which cluster, and which history of it: a restore to an earlier moment starts another.
            """
            CREATE FUNCTION sync_origin() RETURNS text LANGUAGE sql STABLE AS $$
              SELECT s.system_identifier || '/' || c.timeline_id
              FROM pg_control_system() s, pg_control_checkpoint() c $$
            """,
            "INSERT INTO coachapi_sync_generation (number, origin, oldest)"
            " VALUES (1, sync_origin(), '0')",
            # The scopes whose marks a user may read. Marks hold ids only, so a scope that was lost
            # stays readable: its ids must still be told as deleted.
            f"""
            CREATE FUNCTION synced_scopes() RETURNS SETOF uuid LANGUAGE sql STABLE {_DEFINER} AS $$
              SELECT scope_id FROM coachapi_sync_access WHERE user_id = app_user()
              UNION SELECT app_client() WHERE app_client() IS NOT NULL
              UNION SELECT '{NOBODYS}' WHERE app_user() IS NOT NULL OR app_client() IS NOT NULL $$
            """,
            # One mark a transaction: nobody else ever saw what lay between.
            """
            CREATE FUNCTION sync_stamp(what text, kind text, whose uuid, id text, number integer,
              gone boolean) RETURNS void LANGUAGE sql AS $$
              INSERT INTO coachapi_sync_change AS held
                VALUES (kind, whose, what, id, coalesce(number, 1), pg_current_xact_id(),
                        CASE WHEN gone THEN clock_timestamp() END)
              ON CONFLICT (scope_kind, scope_id, collection, row_id) DO UPDATE
                SET xid = excluded.xid, gone_at = excluded.gone_at,
                    rev = coalesce(number, held.rev + 1)
                WHERE held.xid <> excluded.xid OR held.rev <> coalesce(number, held.rev)
                   OR (held.gone_at IS NULL) <> (excluded.gone_at IS NULL) $$
            """,
            """
            CREATE FUNCTION sync_touch(what text, kind text, whose uuid, id text) RETURNS void
            LANGUAGE sql AS $$
              UPDATE coachapi_sync_change SET xid = pg_current_xact_id(), rev = rev + 1
              WHERE scope_kind = kind AND scope_id = whose AND collection = what AND row_id = id
                AND gone_at IS NULL AND xid <> pg_current_xact_id() $$
            """,
            """
            CREATE FUNCTION sync_next_rev() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN NEW.rev := OLD.rev + 1; RETURN NEW; END $$
            """,
            # A row that a phone sent and the server did not take: at its next pull the phone gets
            # the server's row back, or is told that there is none.
            f"""
            CREATE FUNCTION sync_restore(client uuid, what text, ids text[]) RETURNS void
            LANGUAGE sql {_DEFINER} AS $$
              INSERT INTO coachapi_sync_change AS held
                SELECT 'client', client, what, id, 1, pg_current_xact_id(), clock_timestamp()
                FROM unnest(ids) AS id WHERE client IN (SELECT synced_scopes())
              ON CONFLICT (scope_kind, scope_id, collection, row_id) DO UPDATE
                SET xid = excluded.xid $$
            """,
            f"""
            CREATE FUNCTION sync_give(who uuid, kind text, whose uuid, yes boolean) RETURNS void
            LANGUAGE sql {_DEFINER} AS $$
              INSERT INTO coachapi_sync_access AS held
                VALUES (who, kind, whose, yes, pg_current_xact_id())
              ON CONFLICT (user_id, scope_kind, scope_id) DO UPDATE
                SET open = yes, xid = excluded.xid WHERE held.open <> yes $$
            """,
            # Tombstones are kept half a year; a phone that was away for longer starts anew.
            f"""
            CREATE FUNCTION sync_forget() RETURNS integer LANGUAGE plpgsql {_DEFINER} AS $$
            DECLARE newest xid8; many integer;
            BEGIN
              WITH old AS (DELETE FROM coachapi_sync_change
                           WHERE gone_at < clock_timestamp() - interval '180 days' RETURNING xid)
              SELECT max(xid), count(*) INTO newest, many FROM old;
              UPDATE coachapi_sync_generation SET oldest = (newest::text::bigint + 1)::text::xid8
                WHERE oldest <= newest;
              RETURN many;
            END $$
            """,
            # After a restore or a move: every cursor given out so far is foreign, every mark new.
            f"""
            CREATE FUNCTION sync_begin_again() RETURNS integer LANGUAGE plpgsql {_DEFINER} AS $$
            DECLARE made integer;
            BEGIN
              UPDATE coachapi_sync_change SET xid = pg_current_xact_id();
              UPDATE coachapi_sync_access SET xid = pg_current_xact_id();
              UPDATE coachapi_sync_generation
                SET number = number % 8191 + 1, origin = sync_origin(), oldest = '0'
                RETURNING number INTO made;
              RETURN made;
            END $$
            """,
            "REVOKE EXECUTE ON FUNCTION sync_give(uuid, text, uuid, boolean), sync_forget(),"
            " sync_begin_again(), sync_restore(uuid, text, text[]) FROM PUBLIC",
            "GRANT EXECUTE ON FUNCTION sync_restore(uuid, text, text[]) TO coach_app, coach_worker",
            "GRANT EXECUTE ON FUNCTION sync_forget() TO coach_worker",
        ),
        protect("coachapi_sync_change", sees="scope_id = ANY (ARRAY(SELECT synced_scopes()))"),
        protect("coachapi_sync_access", sees="user_id = app_user()"),
        open_to_all("coachapi_sync_generation", "SELECT"),  # a number; nobody's
        sql(  # only triggers write here
            "REVOKE INSERT, UPDATE ON coachapi_sync_change, coachapi_sync_access"
            " FROM coach_app, coach_worker",
        ),
    ]
