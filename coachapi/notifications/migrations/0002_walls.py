"""Alerts exist for who may see the client, for the practice's owner, and for the relay."""

from django.db import migrations

from coachapi.rls import protect, sql


class Migration(migrations.Migration):
    dependencies = [
        ("notifications", "0001_tables"),
        ("accounts", "0002_walls"),
    ]

    operations = [
        protect(
            "notifications_alert",
            sees="client_id = ANY (ARRAY(SELECT health_client_ids()))"
            " OR practice_id = ANY (ARRAY(SELECT owned_practice_ids()))",
            relay="true",
        ),
        protect(
            "notifications_delivery",
            # Not "or told to me": a coach who has left keeps no list of who had an alert.
            sees="client_id = ANY (ARRAY(SELECT health_client_ids()))",
            relay="true",
        ),
        sql(
            "CREATE FUNCTION deliveries_waiting() RETURNS bigint LANGUAGE sql STABLE"
            " SECURITY DEFINER SET search_path = public, pg_temp AS"
            " $$ SELECT count(*) FROM notifications_delivery WHERE state IN ('pending','sending') $$",
            "REVOKE EXECUTE ON FUNCTION deliveries_waiting() FROM PUBLIC",
            "GRANT EXECUTE ON FUNCTION deliveries_waiting() TO coach_relay",
        ),
    ]
