"""The clock, the cache table, and the functions that row-level security asks.

``people_ids``, ``health_client_ids`` and ``visible_practice_ids`` say whose rows exist for the
user (or the system job's client) named in the transaction. Here they know of nobody; the floors
above replace their bodies as their tables appear, and no Python import goes up.
"""

from django.db import migrations

from coachapi.rls import PEOPLE, open_to_all, sql

_NOBODY = (
    "RETURNS SETOF uuid LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp"
)


class Migration(migrations.Migration):
    dependencies = [("coachapi", "0001_tables")]

    operations = [
        sql(
            f"GRANT USAGE ON SCHEMA public TO {PEOPLE}, coach_relay",
            f"GRANT SELECT ON django_migrations TO {PEOPLE}",
            "CREATE FUNCTION coach_now() RETURNS timestamptz LANGUAGE sql VOLATILE"
            " SECURITY DEFINER SET search_path = public, pg_temp AS"
            " $$ SELECT clock_timestamp() +"
            " coalesce((SELECT ahead FROM coachapi_demo_clock), interval '0') $$",
            "CREATE FUNCTION app_user() RETURNS uuid LANGUAGE sql STABLE AS"
            " $$ SELECT nullif(current_setting('app.user_id', true), '')::uuid $$",
            "CREATE FUNCTION app_client() RETURNS uuid LANGUAGE sql STABLE AS"
            " $$ SELECT nullif(current_setting('app.client_id', true), '')::uuid $$",
            f"CREATE FUNCTION people_ids() {_NOBODY} AS $$ SELECT NULL::uuid WHERE false $$",
            f"CREATE FUNCTION health_client_ids() {_NOBODY} AS $$ SELECT NULL::uuid WHERE false $$",
            f"CREATE FUNCTION visible_practice_ids() {_NOBODY}"
            " AS $$ SELECT NULL::uuid WHERE false $$",
            f"CREATE FUNCTION owned_practice_ids() {_NOBODY}"
            " AS $$ SELECT NULL::uuid WHERE false $$",
            """
            CREATE FUNCTION refuse_rewriting() RETURNS trigger LANGUAGE plpgsql AS $$
            DECLARE before jsonb := to_jsonb(OLD); after jsonb := to_jsonb(NEW); spared text;
            BEGIN
              FOREACH spared IN ARRAY TG_ARGV LOOP
                before := before - spared; after := after - spared;
              END LOOP;
              IF before IS DISTINCT FROM after THEN
                RAISE EXCEPTION '% is a record: rows are added, never rewritten', TG_TABLE_NAME
                  USING ERRCODE = 'restrict_violation';
              END IF;
              RETURN NEW;
            END $$
            """,
            # UNLOGGED: a crash may empty the cache, nothing else.
            "CREATE UNLOGGED TABLE coachapi_cache (cache_key varchar(255) PRIMARY KEY,"
            " value text NOT NULL, expires timestamptz NOT NULL)",
            "CREATE INDEX coachapi_cache_expires ON coachapi_cache (expires)",
        ),
        open_to_all("coachapi_cache"),
        open_to_all("coachapi_heartbeat", "SELECT, INSERT, UPDATE"),
        open_to_all("coachapi_demo_clock"),
    ]
