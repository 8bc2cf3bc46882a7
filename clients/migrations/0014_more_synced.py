"""Check-ins, the thread, what was allowed beforehand and what the client was told are synced too."""

from django.db import migrations

from coachapi.rls import sql
from coachapi.synced import synced, touches, touches_all

_TOLD_TO_THE_CLIENT = (
    "{0}.channel = 'feed' AND EXISTS (SELECT FROM clients_client c"
    " WHERE c.id = {0}.client_id AND c.user_id = {0}.recipient_id)"
)


class Migration(migrations.Migration):
    dependencies = [
        ("clients", "0013_grants_synced"),
        ("notifications", "0008_preferences_and_digests"),
    ]

    operations = [
        # What points at a set is asked at once, not at the commit, so that the rest of a push stands.
        sql(
            """
            CREATE OR REPLACE FUNCTION remove_sets(whose uuid, ids uuid[]) RETURNS SETOF uuid
            LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
            DECLARE one uuid;
            BEGIN
              FOREACH one IN ARRAY ids LOOP
                BEGIN
                  INSERT INTO clients_set_log_removed (id, client_id, row, removed_at)
                    SELECT s.id, s.client_id, to_jsonb(s), coach_now() FROM clients_set_log s
                      JOIN clients_client c ON c.id = s.client_id
                      WHERE s.id = one AND s.client_id = whose AND c.user_id = app_user();
                  IF FOUND THEN
                    DELETE FROM clients_set_log WHERE id = one;
                    SET CONSTRAINTS ALL IMMEDIATE;
                    SET CONSTRAINTS ALL DEFERRED;
                    RETURN NEXT one;
                  END IF;
                EXCEPTION WHEN foreign_key_violation THEN NULL;
                END;
              END LOOP;
            END $$
            """
        ),
        sql(  # a report may be a stop from the first
            "CREATE TRIGGER clients_report_stops AFTER INSERT ON clients_report FOR EACH ROW"
            " WHEN (NEW.level IN ('emergency', 'urgent'))"
            " EXECUTE FUNCTION projection_is_stale()"
        ),
        # A set changed by hand is no longer what its phone sent: the same sent again is a change.
        sql(
            """
            CREATE FUNCTION forget_set_fingerprint() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
              IF NEW.body_hash = OLD.body_hash THEN NEW.body_hash := ''; END IF;
              RETURN NEW;
            END $$
            """,
            "CREATE TRIGGER forget_set_fingerprint BEFORE UPDATE ON clients_set_log FOR EACH ROW"
            " WHEN (OLD.* IS DISTINCT FROM NEW.*) EXECUTE FUNCTION forget_set_fingerprint()",
        ),
        synced("clients_check_in", "check_ins", rev=True),
        synced("clients_message", "messages", rev=True),
        touches_all("clients_coaching", "grants"),  # a grant lasts as long as its coach does
        synced("clients_grant_use", "grant_uses"),
        touches("clients_grant_use", "grants", row="grant_id"),
        synced("notifications_delivery", "notifications", only=_TOLD_TO_THE_CLIENT),
    ]
