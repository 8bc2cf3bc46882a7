"""Plans are edited by revisions: each keeps its places; clients move and swap; overrides are told."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import coachapi.ids
from coachapi.rls import append_only, protect, sql

_HEALTH = "client_id = ANY (ARRAY(SELECT health_client_ids()))"

# The places of a revision written before there were any: its sessions in the document's order.
PLACES = """
    WITH weeks AS (
      SELECT r.id AS revision, r.plan_id, p.at AS phase, w.at AS block, turn, w.week
      FROM clients_plan_revision r,
        jsonb_array_elements(r.document->'phases') WITH ORDINALITY p(phase, at),
        jsonb_array_elements(p.phase->'weeks') WITH ORDINALITY w(week, at),
        generate_series(1, coalesce((w.week->>'repeat')::int, 1)) turn
    ), counted AS (
      SELECT *, row_number() OVER (PARTITION BY revision ORDER BY phase, block, turn) AS number
      FROM weeks
    ), workouts AS (
      SELECT c.revision, c.plan_id, c.number, x.at AS index,
        row_number() OVER (PARTITION BY c.revision ORDER BY c.number, x.at) - 1 AS slot
      FROM counted c, jsonb_array_elements(c.week->'workouts') WITH ORDINALITY x(workout, at)
    )
    UPDATE clients_plan_revision r SET places = found.places, template = (
      SELECT max(t.number) FROM clients_plan p JOIN programs_revision t USING (program_id)
      WHERE p.id = r.plan_id AND t.at <= p.created_at)
    FROM (SELECT o.revision, jsonb_agg(jsonb_build_object(
              'id', s.id, 'on', s."on", 'origin', jsonb_build_array(o.number, o.index))
              ORDER BY o.slot) AS places
          FROM workouts o JOIN clients_session s ON s.plan_id = o.plan_id AND s.index = o.slot
          GROUP BY o.revision) found
    WHERE found.revision = r.id AND r.places = '[]'
"""


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_walls"),
        ("clients", "0004_check_ins_and_messages"),
        ("programs", "0003_rule_books"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="SessionChange",
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
                ("kind", models.CharField(max_length=4)),
                ("was_on", models.DateField(null=True)),
                ("on", models.DateField(null=True)),
                ("slot", models.CharField(blank=True, default="", max_length=20)),
                ("at", models.DateTimeField()),
            ],
            options={
                "db_table": "clients_session_change",
            },
        ),
        migrations.RemoveConstraint(
            model_name="decision",
            name="decision_kind_is_known",
        ),
        migrations.AddField(
            model_name="client",
            name="moves",
            field=models.CharField(default="week", max_length=6),
        ),
        migrations.AddField(
            model_name="planrevision",
            name="brings_in",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="planrevision",
            name="kind",
            field=models.CharField(default="assigned", max_length=8),
        ),
        migrations.AddField(
            model_name="planrevision",
            name="places",
            field=models.JSONField(default=list),
        ),
        migrations.AddField(
            model_name="planrevision",
            name="template",
            field=models.PositiveIntegerField(null=True),
        ),
        migrations.AddField(
            model_name="session",
            name="skipped_for",
            field=models.CharField(blank=True, default="", max_length=8),
        ),
        migrations.AlterField(
            model_name="planrevision",
            name="reason",
            field=models.CharField(blank=True, default="", max_length=200),
        ),
        migrations.AddConstraint(
            model_name="client",
            constraint=models.CheckConstraint(
                condition=models.Q(("moves__in", ["strict", "week", "free"])),
                name="moves_policy_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        (
                            "applied",
                            "watch",
                            "undone",
                            "ended",
                            "extended",
                            "rung",
                            "acknowledged",
                            "cleared",
                            "mistaken_tap",
                            "told_to_get_checked",
                            "overridden",
                        ),
                    )
                ),
                name="decision_kind_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="planrevision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("kind__in", ("assigned", "edited", "added", "flowed", "undone"))
                ),
                name="plan_revision_kind_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="session",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("skipped_for", ""),
                    models.Q(
                        ("skipped_for__in", ("injury", "illness", "holiday", "no_time", "other")),
                        ("state", "skipped"),
                    ),
                    _connector="OR",
                ),
                name="only_a_skipped_session_has_a_reason",
            ),
        ),
        migrations.AddField(
            model_name="sessionchange",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="sessionchange",
            name="client",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="clients.client"
            ),
        ),
        migrations.AddField(
            model_name="sessionchange",
            name="exercise",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="programs.exercise",
            ),
        ),
        migrations.AddField(
            model_name="sessionchange",
            name="session",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="changes",
                to="clients.session",
            ),
        ),
        migrations.AddIndex(
            model_name="sessionchange",
            index=models.Index(fields=["client", "session"], name="changes_of_a_session"),
        ),
        migrations.AddConstraint(
            model_name="sessionchange",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("kind", "move"),
                        ("on__isnull", False),
                        ("slot", ""),
                        ("was_on__isnull", False),
                    ),
                    models.Q(
                        ("kind", "swap"),
                        ("on__isnull", True),
                        ("was_on__isnull", True),
                        models.Q(("slot", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="a_session_is_moved_or_swapped",
            ),
        ),
        sql(
            "ALTER TABLE clients_plan_revision DISABLE TRIGGER clients_plan_revision_is_a_record",
            PLACES,
            "ALTER TABLE clients_plan_revision ENABLE TRIGGER clients_plan_revision_is_a_record",
        ),
        protect("clients_session_change", sees=_HEALTH),
        append_only("clients_session_change"),
        sql(
            # I-1: while a stop is open for the whole client, nothing is written in and nothing
            # is overridden, whoever asks. A referral of one area is the action's to judge.
            """
            CREATE FUNCTION refuse_writing_in_while_stopped() RETURNS trigger LANGUAGE plpgsql
            SECURITY DEFINER SET search_path = public, pg_temp AS $$
            DECLARE found text;
            BEGIN
              SELECT level INTO found FROM clients_report
                WHERE client_id = NEW.client_id AND closed_at IS NULL AND merged_into_id IS NULL
                  AND level IN ('emergency', 'urgent', 'incomplete') LIMIT 1;
              IF found IS NOT NULL THEN
                RAISE EXCEPTION 'nothing is written in while % is open', found
                  USING ERRCODE = 'CA001';
              END IF;
              RETURN NEW;
            END $$
            """,
            "CREATE TRIGGER nothing_written_in_while_stopped BEFORE INSERT ON clients_plan_revision"
            " FOR EACH ROW WHEN (NEW.brings_in) EXECUTE FUNCTION refuse_writing_in_while_stopped()",
            "CREATE TRIGGER nothing_overridden_while_stopped BEFORE INSERT ON clients_decision"
            " FOR EACH ROW WHEN (NEW.kind = 'overridden')"
            " EXECUTE FUNCTION refuse_writing_in_while_stopped()",
        ),
    ]
