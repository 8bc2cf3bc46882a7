"""What became of each alert: for the coach their own, for the owner the practice's.

Times and rule ids, never an answer and never whose: the owner sees levels and times (ruling 15).
"""

from django.db import migrations

from coachapi.rls import sql


class Migration(migrations.Migration):
    dependencies = [("clients", "0010_imports"), ("notifications", "0008_preferences_and_digests")]

    operations = [
        sql(
            """
            CREATE FUNCTION handled_alerts(since timestamptz)
            RETURNS TABLE (coach text, rule text, level text, reported_at timestamptz,
                           visible_at timestamptz, seen_at timestamptz, decided_at timestamptz,
                           acted boolean, dismissed boolean)
            LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
              SELECT u.name::text, coalesce(v.rule, ''), a.level::text, r.received_at,
                     coalesce(loud.at, f.accepted_at), coalesce(r.seen_at, a.seen_at),
                     d.decided_at, coalesce(d.acted, false), coalesce(d.dismissed, false)
              FROM notifications_alert a
              JOIN notifications_delivery f ON f.alert_id = a.id AND f.step = 1
                   AND f.channel = 'feed'
              JOIN accounts_user u ON u.id = f.recipient_id
              JOIN clients_report r ON r.id = a.about_id
              LEFT JOIN LATERAL (
                SELECT min(l.accepted_at) AS at FROM notifications_delivery l
                WHERE l.alert_id = a.id AND l.step = 1 AND l.channel NOT IN ('feed', 'webhook')
              ) loud ON true
              LEFT JOIN LATERAL (
                SELECT x.rows[1]::text AS rule FROM clients_verdict x
                WHERE x.report_id = r.id AND x.at <= a.created_at ORDER BY x.number DESC LIMIT 1
              ) v ON true
              LEFT JOIN LATERAL (
                SELECT min(y.at) AS decided_at,
                       bool_or(y.kind IN ('applied', 'cleared', 'told_to_get_checked',
                                          'mistaken_tap')) AS acted,
                       bool_or(y.kind = 'watch') AS dismissed
                FROM clients_decision y
                WHERE y.report_id = r.id AND y.kind <> 'acknowledged' AND y.at >= a.created_at
              ) d ON true
              WHERE a.kind = 'symptom.reported' AND a.created_at >= since
                AND (f.recipient_id = app_user()
                     OR a.practice_id IN (SELECT owned_practice_ids())) $$
            """
        ),
    ]
