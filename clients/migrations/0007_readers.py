"""Who may be told about a client, with what each wishes; and the client's emergency contact.

Two questions that cross the walls, so definer functions: the web asks the first inside a client's
own request, the relay both. Neither tells an answer about health.
"""

from django.db import migrations

from coachapi.rls import sql

_DEFINER = "LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp"


class Migration(migrations.Migration):
    dependencies = [
        ("clients", "0006_jobs"),
        ("accounts", "0005_rota_and_absences"),
        ("notifications", "0008_preferences_and_digests"),
    ]

    operations = [
        sql(
            f"""
            CREATE FUNCTION readers_of(client uuid)
            RETURNS TABLE (user_id uuid, place text, rota int, zone text, away jsonb,
                           wishes jsonb) {_DEFINER} AS $$
              WITH agreed AS (
                SELECT FROM clients_consent WHERE client_id = client
                AND purpose = 'coach_sees' AND withdrawn_at IS NULL
              ), linked AS (
                SELECT c.user_id, g.role::text AS place, c.rota::int
                FROM clients_coaching g
                JOIN accounts_coach c ON c.id = g.coach_id AND c.active
                WHERE g.client_id = client AND g.until IS NULL AND EXISTS (SELECT FROM agreed)
              ), everybody AS (
                SELECT * FROM linked
                UNION ALL
                SELECT c.user_id, 'owner', c.rota::int
                FROM clients_client m
                JOIN accounts_coach c ON c.practice_id = m.practice_id AND c.active
                     AND c.role = 'owner'
                WHERE m.id = client AND EXISTS (SELECT FROM agreed)
                  AND c.user_id NOT IN (SELECT l.user_id FROM linked l)
                UNION ALL
                SELECT m.user_id, 'client', 0 FROM clients_client m
                WHERE m.id = client AND m.user_id IS NOT NULL
              )
              SELECT e.user_id, e.place, e.rota, u.time_zone::text,
                     coalesce((SELECT jsonb_agg(jsonb_build_array(a.first_on, a.last_on))
                               FROM accounts_absence a WHERE a.user_id = e.user_id
                               AND a.last_on >= (coach_now() - interval '2 days')::date), '[]'),
                     coalesce(to_jsonb(p), '{{}}')
              FROM everybody e
              JOIN accounts_user u ON u.id = e.user_id AND u.is_active
              LEFT JOIN notifications_preference p ON p.user_id = e.user_id $$
            """,
            "DROP FUNCTION recipients_of(uuid)",
            f"""
            CREATE FUNCTION emergency_contact_of(client uuid)
            RETURNS TABLE (address text, name text) {_DEFINER} AS $$
              SELECT h.emergency_contact::text, m.name::text
              FROM clients_client m
              JOIN clients_health_profile h ON h.client_id = m.id
              JOIN clients_consent k ON k.client_id = m.id
                   AND k.purpose = 'emergency_contact' AND k.withdrawn_at IS NULL
              WHERE m.id = client AND h.emergency_contact LIKE '%@%' $$
            """,
            "REVOKE EXECUTE ON FUNCTION emergency_contact_of(uuid) FROM PUBLIC",
            "GRANT EXECUTE ON FUNCTION emergency_contact_of(uuid) TO coach_worker, coach_relay",
        ),
    ]
