"""Sync: what the phone is shown of the plan, what it could not be given, and every mark.

A mark is left by triggers (coachapi.synced); a later table adds itself with ``synced`` in its own
migration.
"""

import django.db.models.deletion
from django.db import migrations, models

import coachapi.ids
from coachapi.rls import append_only, protect, sql
from coachapi.synced import makes_stale, synced, touches

_HEALTH = "client_id = ANY (ARRAY(SELECT health_client_ids()))"
_DEFINER = "SECURITY DEFINER SET search_path = public, pg_temp"


class Migration(migrations.Migration):
    dependencies = [
        ("clients", "0008_grants"),
        ("coachapi", "0003_sync"),
    ]

    operations = [
        migrations.CreateModel(
            name="Projection",
            fields=[
                (
                    "client",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="projection",
                        serialize=False,
                        to="clients.client",
                    ),
                ),
                ("on", models.DateField()),
            ],
            options={
                "db_table": "clients_projection",
            },
        ),
        migrations.CreateModel(
            name="ProjectionMark",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="projection_marks",
                        to="clients.client",
                    ),
                ),
            ],
            options={
                "db_table": "clients_projection_mark",
            },
        ),
        migrations.CreateModel(
            name="RemovedSet",
            fields=[
                ("id", models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ("row", models.JSONField()),
                ("removed_at", models.DateTimeField()),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="clients.client",
                    ),
                ),
            ],
            options={
                "db_table": "clients_set_log_removed",
            },
        ),
        migrations.CreateModel(
            name="ShownSession",
            fields=[
                (
                    "session",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="shown",
                        serialize=False,
                        to="clients.session",
                    ),
                ),
                ("name", models.CharField(max_length=120)),
                ("on", models.DateField()),
                ("emptied", models.BooleanField(default=False)),
                ("paused", models.BooleanField(default=False)),
                ("items", models.JSONField()),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="clients.client",
                    ),
                ),
            ],
            options={
                "db_table": "clients_session_shown",
            },
        ),
        migrations.CreateModel(
            name="ShownPrescription",
            fields=[
                ("id", models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ("shown", models.JSONField()),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="clients.client",
                    ),
                ),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="places",
                        to="clients.shownsession",
                    ),
                ),
            ],
            options={
                "db_table": "clients_prescription_shown",
            },
        ),
        migrations.CreateModel(
            name="Quarantined",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=coachapi.ids.new_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("collection", models.CharField(max_length=40)),
                ("row_id", models.CharField(max_length=64)),
                ("row", models.JSONField()),
                ("row_hash", models.CharField(max_length=64)),
                ("code", models.CharField(max_length=60)),
                ("reason", models.TextField()),
                ("received_at", models.DateTimeField()),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="clients.client",
                    ),
                ),
            ],
            options={
                "db_table": "clients_sync_quarantine",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("client", "collection", "row_id", "row_hash"),
                        name="a_row_is_quarantined_once",
                    )
                ],
            },
        ),
        migrations.AddIndex(
            model_name="shownsession",
            index=models.Index(fields=["client", "on"], name="shown_sessions_by_day"),
        ),
        *(
            protect(table, sees=_HEALTH, delete=True)  # copies, written anew at will
            for table in (
                "clients_projection",
                "clients_projection_mark",
                "clients_session_shown",
                "clients_prescription_shown",
            )
        ),
        protect("clients_set_log_removed", sees=_HEALTH),
        protect("clients_sync_quarantine", sees=_HEALTH),
        append_only("clients_set_log_removed"),
        append_only("clients_sync_quarantine"),
        sql(
            # Who may be told what: the user a client is, and the practice of that client.
            f"""
            CREATE FUNCTION sync_client_access() RETURNS trigger LANGUAGE plpgsql {_DEFINER} AS $$
            BEGIN
              IF TG_OP <> 'INSERT' AND OLD.user_id IS NOT NULL THEN
                PERFORM sync_give(OLD.user_id, 'client', OLD.id, false);
                PERFORM sync_give(OLD.user_id, 'practice', OLD.practice_id, false);
              END IF;
              IF TG_OP <> 'DELETE' AND NEW.user_id IS NOT NULL THEN
                PERFORM sync_give(NEW.user_id, 'client', NEW.id, true);
                PERFORM sync_give(NEW.user_id, 'practice', NEW.practice_id, true);
              END IF;
              RETURN NULL;
            END $$
            """,
            "CREATE TRIGGER sync_client_access AFTER INSERT OR DELETE ON clients_client"
            " FOR EACH ROW EXECUTE FUNCTION sync_client_access()",
            "CREATE TRIGGER sync_client_access_changed AFTER UPDATE ON clients_client FOR EACH ROW"
            " WHEN (OLD.user_id IS DISTINCT FROM NEW.user_id)"
            " EXECUTE FUNCTION sync_client_access()",
            "SELECT sync_give(user_id, 'client', id, true),"
            " sync_give(user_id, 'practice', practice_id, true)"
            " FROM clients_client WHERE user_id IS NOT NULL",
            f"""
            CREATE FUNCTION projection_is_stale() RETURNS trigger LANGUAGE plpgsql {_DEFINER} AS $$
            DECLARE whose uuid := CASE TG_TABLE_NAME WHEN 'clients_client' THEN (to_jsonb(NEW)->>'id')
                                  ELSE (to_jsonb(NEW)->>'client_id') END::uuid;
            BEGIN
              INSERT INTO clients_projection_mark (client_id) SELECT whose
                WHERE NOT EXISTS (SELECT FROM clients_projection_mark WHERE client_id = whose);
              RETURN NULL;
            END $$
            """,
            # A set is taken back by its client alone, and kept where nobody counts it. One that a
            # coach has been asked to look at stays.
            f"""
            CREATE FUNCTION remove_sets(whose uuid, ids uuid[]) RETURNS SETOF uuid
            LANGUAGE plpgsql {_DEFINER} AS $$
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
                    RETURN NEXT one;
                  END IF;
                EXCEPTION WHEN foreign_key_violation THEN NULL;
                END;
              END LOOP;
            END $$
            """,
            "REVOKE EXECUTE ON FUNCTION remove_sets(uuid, uuid[]) FROM PUBLIC",
            "GRANT EXECUTE ON FUNCTION remove_sets(uuid, uuid[]) TO coach_app, coach_worker",
        ),
        makes_stale("clients_client", "UPDATE OF time_zone, unit ON clients_client FOR EACH ROW"),
        makes_stale("clients_plan", "INSERT OR UPDATE ON clients_plan FOR EACH ROW"),
        makes_stale("clients_plan_revision", "INSERT ON clients_plan_revision FOR EACH ROW"),
        makes_stale("clients_session", "INSERT OR UPDATE ON clients_session FOR EACH ROW"),
        makes_stale("clients_session_change", "INSERT ON clients_session_change FOR EACH ROW"),
        makes_stale(  # what waits for the log
            "clients_set_log", "INSERT OR UPDATE ON clients_set_log FOR EACH ROW"
        ),
        makes_stale("clients_regression_step", "INSERT ON clients_regression_step FOR EACH ROW"),
        makes_stale(  # an open stop pauses every session
            "clients_report",
            "UPDATE ON clients_report FOR EACH ROW"
            " WHEN ((OLD.level, OLD.closed_at) IS DISTINCT FROM (NEW.level, NEW.closed_at)"
            " AND (OLD.level IN ('emergency', 'urgent') OR NEW.level IN ('emergency', 'urgent')))",
        ),
        sql(
            "CREATE TRIGGER clients_session_rev BEFORE UPDATE ON clients_session FOR EACH ROW"
            " WHEN (OLD.* IS DISTINCT FROM NEW.*) EXECUTE FUNCTION sync_next_rev()"
        ),
        synced("clients_session_shown", "sessions", row="session_id"),
        touches("clients_session", "sessions", row="id"),
        synced("clients_prescription_shown", "prescriptions"),
        synced("clients_set_log", "set_logs", rev=True),
        synced("clients_report", "symptom_reports"),
        touches("clients_site", "symptom_reports", row="report_id"),
        touches("clients_decision", "symptom_reports", row="report_id"),
        touches("clients_verdict", "symptom_reports", row="report_id"),
        synced("clients_answer", "answers"),
        synced("clients_follow_up", "follow_ups"),
        synced("clients_regression", "regressions"),
        touches("clients_regression_step", "regressions", row="regression_id"),
    ]
