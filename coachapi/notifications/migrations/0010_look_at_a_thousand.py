"""A relay asks before every drain whether it sees the outbox: a thousand rows tell that too."""

from django.db import migrations

from coachapi.rls import sql


class Migration(migrations.Migration):
    dependencies = [("notifications", "0009_digest_hours")]

    operations = [
        sql(
            "CREATE OR REPLACE FUNCTION deliveries_waiting() RETURNS bigint LANGUAGE sql STABLE"
            " SECURITY DEFINER SET search_path = public, pg_temp AS"
            " $$ SELECT count(*) FROM (SELECT FROM notifications_delivery"
            "     WHERE state IN ('pending', 'sending') LIMIT 1000) AS found $$",
        ),
    ]
