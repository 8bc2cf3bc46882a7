"""Who sees a practice and its coaches. Users, sessions and addresses are narrow and hashed."""

from django.db import migrations

from coachapi.rls import open_to_all, protect, sql

_MINE = "id = ANY (ARRAY(SELECT visible_practice_ids()))"


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_tables"),
        ("coachapi", "0002_walls"),
        ("account", "0009_emailaddress_unique_primary_email"),
    ]

    operations = [
        sql(
            "CREATE OR REPLACE FUNCTION visible_practice_ids() RETURNS SETOF uuid LANGUAGE sql"
            " STABLE SECURITY DEFINER SET search_path = public, pg_temp AS"
            " $$ SELECT practice_id FROM accounts_coach WHERE user_id = app_user() AND active $$",
            "CREATE OR REPLACE FUNCTION owned_practice_ids() RETURNS SETOF uuid LANGUAGE sql"
            " STABLE SECURITY DEFINER SET search_path = public, pg_temp AS"
            " $$ SELECT practice_id FROM accounts_coach"
            " WHERE user_id = app_user() AND active AND role = 'owner' $$",
        ),
        sql(
            """
            CREATE FUNCTION found_practice(name text, country text, zone text, founder uuid)
            RETURNS uuid LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
            DECLARE made uuid := uuidv7();
            BEGIN
              INSERT INTO accounts_practice (id, name, country, time_zone, created_at)
                VALUES (made, name, country, zone, coach_now());
              INSERT INTO accounts_coach (id, user_id, practice_id, role, active, monitor_to_digest)
                VALUES (uuidv7(), founder, made, 'owner', true, false);
              RETURN made;
            END $$
            """
        ),
        protect("accounts_practice", sees=_MINE),
        protect(
            "accounts_coach",
            sees="practice_id = ANY (ARRAY(SELECT visible_practice_ids()))",
            writes="practice_id = ANY (ARRAY(SELECT owned_practice_ids()))",
        ),
        open_to_all("accounts_user", "SELECT, INSERT, UPDATE"),
        sql("GRANT SELECT (id, email, time_zone) ON accounts_user TO coach_relay"),
        open_to_all("account_emailaddress"),
        open_to_all("account_emailconfirmation"),
        sql(
            "GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO coach_app, coach_worker",
        ),
    ]
