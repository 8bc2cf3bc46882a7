"""The digest asks how old its oldest item is: what came after the hour waits for tomorrow's."""

from django.db import migrations

from coachapi.rls import sql


class Migration(migrations.Migration):
    dependencies = [("notifications", "0008_preferences_and_digests")]

    operations = [
        sql(
            "DROP FUNCTION digests_waiting()",
            """
            CREATE FUNCTION digests_waiting()
            RETURNS TABLE (user_id uuid, practice_id uuid, zone text, hour int, channels jsonb,
                           last_at timestamptz, oldest_at timestamptz, waiting bigint)
            LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
              SELECT d.recipient_id, a.practice_id, u.time_zone::text,
                     coalesce(p.digest_hour, 7)::int, coalesce(p.channels, '{}'), l.at,
                     min(d.accepted_at), count(*)
              FROM notifications_delivery d
              JOIN notifications_alert a ON a.id = d.alert_id AND a.acked_at IS NULL
              JOIN accounts_user u ON u.id = d.recipient_id AND u.is_active
              JOIN accounts_coach c ON c.user_id = u.id AND c.practice_id = a.practice_id
                   AND c.active
              LEFT JOIN notifications_preference p ON p.user_id = u.id
              CROSS JOIN LATERAL (
                SELECT max(o.created_at) AS at FROM notifications_delivery e
                JOIN notifications_alert o ON o.id = e.alert_id AND o.kind = 'digest'
                     AND o.practice_id = a.practice_id
                WHERE e.recipient_id = u.id AND e.wording = 'digest') l
              WHERE d.for_digest AND d.read_at IS NULL
                AND d.accepted_at > greatest(coalesce(l.at, '-infinity'),
                                             coach_now() - interval '7 days')
              GROUP BY 1, 2, 3, 4, 5, 6 $$
            """,
            "REVOKE EXECUTE ON FUNCTION digests_waiting() FROM PUBLIC",
            "GRANT EXECUTE ON FUNCTION digests_waiting() TO coach_relay",
        ),
    ]
