"""What was refused for good, for the practice's owner: whom and why, and nothing about health.

The owner does not see deliveries (they belong to who sees the client's health), so two definer
functions tell as much as is needed to see to it.
"""

from django.db import migrations

from coachapi.rls import PEOPLE, sql

_DEFINER = "SECURITY DEFINER SET search_path = public, pg_temp"


class Migration(migrations.Migration):
    dependencies = [("notifications", "0006_vitals"), ("accounts", "0002_walls")]

    operations = [
        sql(
            f"""
            CREATE FUNCTION dead_letters() RETURNS TABLE (id uuid, recipient varchar,
              channel varchar, trouble varchar, attempts int, told_at timestamptz)
            LANGUAGE sql STABLE {_DEFINER} AS $$
              SELECT d.id, u.name, d.channel, d.trouble, d.attempt, a.created_at
              FROM notifications_delivery d
              JOIN notifications_alert a ON a.id = d.alert_id
              JOIN accounts_user u ON u.id = d.recipient_id
              WHERE d.state = 'dead' AND a.practice_id IN (SELECT owned_practice_ids())
              ORDER BY d.id DESC LIMIT 200 $$
            """,
            f"""
            CREATE FUNCTION redrive_dead_letter(delivery uuid) RETURNS boolean
            LANGUAGE plpgsql {_DEFINER} AS $$
            BEGIN
              PERFORM FROM notifications_delivery d JOIN notifications_alert a ON a.id = d.alert_id
                WHERE d.id = delivery AND a.practice_id IN (SELECT owned_practice_ids());
              IF NOT FOUND THEN RETURN false; END IF;
              UPDATE notifications_delivery SET state = 'pending', due_at = coach_now(),
                     wanted_at = coach_now(), trouble = ''
                WHERE id = delivery AND state = 'dead';
              RETURN true;
            END $$
            """,
            "REVOKE EXECUTE ON FUNCTION dead_letters(), redrive_dead_letter(uuid) FROM PUBLIC",
            f"GRANT EXECUTE ON FUNCTION dead_letters(), redrive_dead_letter(uuid) TO {PEOPLE}",
        ),
    ]
