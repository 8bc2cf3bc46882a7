"""Counts over every practice for health, without a row: any login of ours may ask."""

from django.db import migrations

from coachapi.rls import PEOPLE, sql


class Migration(migrations.Migration):
    dependencies = [("notifications", "0005_indexes_by_channel"), ("coachapi", "0002_walls")]

    operations = [
        sql(
            """
            CREATE FUNCTION delivery_vitals() RETURNS TABLE (waiting bigint, oldest float8,
              dead_letters bigint, red_flags bigint, clock_went_back boolean)
            LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
              SELECT
                (SELECT count(*) FROM notifications_delivery WHERE state IN ('pending', 'sending')),
                (SELECT coalesce(extract(epoch FROM coach_now() - min(wanted_at)), 0)
                   FROM notifications_delivery WHERE state IN ('pending', 'sending')),
                (SELECT count(*) FROM notifications_delivery WHERE state = 'dead'),
                (SELECT count(*) FROM notifications_alert WHERE acked_at IS NULL AND priority <= 1),
                (SELECT coalesce(max(beat_at) > clock_timestamp() + interval '60 s', false)
                   FROM coachapi_heartbeat) $$
            """,
            "REVOKE EXECUTE ON FUNCTION delivery_vitals() FROM PUBLIC",
            f"GRANT EXECUTE ON FUNCTION delivery_vitals() TO {PEOPLE}",
        ),
    ]
