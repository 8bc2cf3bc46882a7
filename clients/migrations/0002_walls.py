"""Who a client's rows exist for, what is a record, and the database's own refusals.

``people_ids``: identity, for the client, every linked coach and the practice's owner.
``health_client_ids``: health, for the client and for a coach with an open coaching *and* the
client's standing consent that the coach sees it. Ending either ends access at once.
"""

from django.db import migrations

from coachapi.rls import append_only, open_to_all, protect, sql

_DEFINER = "LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp"
_HEALTH = "client_id = ANY (ARRAY(SELECT health_client_ids()))"
_PEOPLE = "client_id = ANY (ARRAY(SELECT people_ids()))"
_PRACTICE = "practice_id = ANY (ARRAY(SELECT visible_practice_ids()))"

_HEALTH_TABLES = (
    "clients_health_profile",
    "clients_plan",
    "clients_plan_revision",
    "clients_session",
    "clients_set_log",
    "clients_episode",
    "clients_report",
    "clients_site",
    "clients_answer",
    "clients_verdict",
    "clients_follow_up",
    "clients_regression",
    "clients_regression_step",
    "clients_decision",
    "clients_clearance",
)


class Migration(migrations.Migration):
    dependencies = [
        ("clients", "0001_tables"),
        ("programs", "0002_walls"),
        ("notifications", "0002_walls"),
    ]

    operations = [
        sql(
            f"""
            CREATE OR REPLACE FUNCTION health_client_ids() RETURNS SETOF uuid {_DEFINER} AS $$
              SELECT id FROM clients_client WHERE user_id = app_user()
              UNION SELECT app_client() WHERE app_client() IS NOT NULL
              UNION SELECT g.client_id FROM clients_coaching g
                JOIN accounts_coach c ON c.id = g.coach_id AND c.active
                JOIN accounts_user u ON u.id = c.user_id AND u.is_active
                JOIN clients_consent k ON k.client_id = g.client_id
                     AND k.purpose = 'coach_sees' AND k.withdrawn_at IS NULL
              WHERE c.user_id = app_user() AND g.until IS NULL $$
            """,
            f"""
            CREATE OR REPLACE FUNCTION people_ids() RETURNS SETOF uuid {_DEFINER} AS $$
              SELECT health_client_ids()
              UNION SELECT g.client_id FROM clients_coaching g
                JOIN accounts_coach c ON c.id = g.coach_id AND c.active
              WHERE c.user_id = app_user() AND g.until IS NULL
              UNION SELECT id FROM clients_client
              WHERE practice_id IN (SELECT owned_practice_ids()) $$
            """,
            f"""
            CREATE OR REPLACE FUNCTION visible_practice_ids() RETURNS SETOF uuid {_DEFINER} AS $$
              SELECT practice_id FROM accounts_coach WHERE user_id = app_user() AND active
              UNION SELECT practice_id FROM clients_client
              WHERE user_id = app_user() OR id = app_client() $$
            """,
            # A link opens health: only inside one practice, and only by who knows the client
            # already, or at the client's first link, before there is anything to know.
            """
            CREATE FUNCTION may_be_linked(client uuid, place uuid) RETURNS boolean LANGUAGE sql
            STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
              SELECT EXISTS (SELECT FROM clients_client c
                  JOIN accounts_coach p ON p.id = place AND p.practice_id = c.practice_id
                  WHERE c.id = client AND c.practice_id IN (SELECT visible_practice_ids()))
                AND (client IN (SELECT people_ids())
                     OR NOT EXISTS (SELECT FROM clients_coaching g WHERE g.client_id = client)) $$
            """,
            f"""
            CREATE FUNCTION recipients_of(client uuid)
            RETURNS TABLE (user_id uuid, turn int, monitor_to_digest boolean) {_DEFINER} AS $$
              SELECT c.user_id, CASE g.role WHEN 'lead' THEN 1 ELSE 2 END, c.monitor_to_digest
              FROM clients_coaching g
              JOIN accounts_coach c ON c.id = g.coach_id AND c.active
              JOIN accounts_user u ON u.id = c.user_id AND u.is_active
              JOIN clients_consent k ON k.client_id = g.client_id
                   AND k.purpose = 'coach_sees' AND k.withdrawn_at IS NULL
              WHERE g.client_id = client AND g.until IS NULL
              ORDER BY 2 $$
            """,
            f"""
            CREATE FUNCTION due_follow_ups() RETURNS TABLE (id uuid, client_id uuid) {_DEFINER} AS
            $$ SELECT id, client_id FROM clients_follow_up
               WHERE done_at IS NULL AND told_at IS NULL
                 AND due_at <= coach_now() - CASE asks WHEN 'client' THEN interval '48 hours'
                                             ELSE interval '0' END
               ORDER BY due_at LIMIT 500 $$
            """,
            f"""
            CREATE FUNCTION episodes_to_close() RETURNS TABLE (id uuid, client_id uuid) {_DEFINER}
            AS $$ SELECT id, client_id FROM clients_episode
                  WHERE closed_at IS NULL AND settled_on <= (coach_now() - interval '28 days')::date
                  ORDER BY settled_on LIMIT 500 $$
            """,
            # What looks across clients is the worker's alone.
            "REVOKE EXECUTE ON FUNCTION due_follow_ups(), episodes_to_close() FROM PUBLIC",
            "GRANT EXECUTE ON FUNCTION due_follow_ups(), episodes_to_close() TO coach_worker",
        ),
        protect(
            "clients_client",
            sees="id = ANY (ARRAY(SELECT people_ids()))",
            writes=f"id = ANY (ARRAY(SELECT people_ids())) OR {_PRACTICE}",
        ),
        protect(
            "clients_coaching",
            sees=_PEOPLE,
            writes="may_be_linked(client_id, coach_id)",
        ),
        protect("clients_consent", sees=_PEOPLE, writes=_HEALTH),
        # Looked up by the hash of a token before anybody is signed in: narrow, outside the wall.
        open_to_all("clients_invitation", "SELECT, INSERT, UPDATE"),
        *(protect(table, sees=_HEALTH) for table in _HEALTH_TABLES),
        protect(
            "clients_regression_episodes",
            sees="regression_id IN (SELECT id FROM clients_regression)",
        ),
        append_only("clients_plan_revision"),
        append_only("clients_answer"),
        append_only("clients_verdict"),
        append_only("clients_regression"),
        append_only("clients_regression_step"),
        append_only("clients_decision"),
        append_only("clients_clearance"),
        append_only(
            "clients_report",
            may_change=("level", "seen_at", "seen_by_id", "closed_at", "merged_into_id"),
        ),
        append_only("clients_site", may_change=("level", "value", "closed_at", "episode_id")),
        sql(
            # I-1: while a stop is open, no step that changes training, whoever asks.
            """
            CREATE FUNCTION refuse_step_while_stopped() RETURNS trigger LANGUAGE plpgsql
            SECURITY DEFINER SET search_path = public, pg_temp AS $$
            DECLARE found text;
            BEGIN
              IF NEW.kind IN ('ended', 'undone') THEN RETURN NEW; END IF;
              SELECT level INTO found FROM clients_site
                WHERE client_id = NEW.client_id AND closed_at IS NULL
                  AND level IN ('emergency', 'urgent', 'incomplete') LIMIT 1;
              IF found IS NULL THEN
                SELECT s.level INTO found FROM clients_site s
                  JOIN clients_regression_episodes e ON e.episode_id = s.episode_id
                  WHERE e.regression_id = NEW.regression_id AND s.closed_at IS NULL
                    AND s.level = 'refer' LIMIT 1;
              END IF;
              IF found IS NOT NULL THEN
                RAISE EXCEPTION 'no change while % is open', found USING ERRCODE = 'CA001';
              END IF;
              RETURN NEW;
            END $$
            """,
            "CREATE TRIGGER no_step_while_stopped BEFORE INSERT ON clients_regression_step"
            " FOR EACH ROW EXECUTE FUNCTION refuse_step_while_stopped()",
        ),
    ]
