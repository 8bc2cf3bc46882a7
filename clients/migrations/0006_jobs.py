"""Work for many clients at once: the coach who asked sees it, the worker finds it."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import coachapi.ids
from coachapi.rls import protect, sql


class Migration(migrations.Migration):
    dependencies = [
        ("clients", "0005_plan_revisions"),
        ("programs", "0003_rule_books"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Job",
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
                ("kind", models.CharField(max_length=6)),
                ("template", models.PositiveIntegerField()),
                ("spec", models.JSONField(default=dict)),
                ("total", models.PositiveIntegerField()),
                ("at", models.DateTimeField()),
                ("finished_at", models.DateTimeField(null=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "program",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="programs.program",
                    ),
                ),
            ],
            options={
                "db_table": "clients_job",
            },
        ),
        migrations.CreateModel(
            name="JobItem",
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
                ("place", models.PositiveIntegerField()),
                ("override", models.CharField(blank=True, default="", max_length=500)),
                ("state", models.CharField(default="waiting", max_length=7)),
                ("code", models.CharField(blank=True, default="", max_length=60)),
                ("sentence", models.TextField(blank=True, default="")),
                ("done_at", models.DateTimeField(null=True)),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="clients.client",
                    ),
                ),
                (
                    "job",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="items",
                        to="clients.job",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="clients.plan",
                    ),
                ),
            ],
            options={
                "db_table": "clients_job_item",
            },
        ),
        migrations.AddIndex(
            model_name="job",
            index=models.Index(
                condition=models.Q(("finished_at", None)), fields=["at"], name="jobs_not_finished"
            ),
        ),
        migrations.AddConstraint(
            model_name="job",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["assign", "flow"])), name="job_is_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="jobitem",
            constraint=models.UniqueConstraint(
                fields=("job", "client"), name="a_client_once_in_a_job"
            ),
        ),
        migrations.AddConstraint(
            model_name="jobitem",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("done_at__isnull", True), ("state", "waiting")),
                    models.Q(("done_at__isnull", False), ("state__in", ["done", "refused"])),
                    _connector="OR",
                ),
                name="job_item_state_is_known",
            ),
        ),
        protect("clients_job", sees="by_id = app_user()"),
        protect("clients_job_item", sees="client_id = ANY (ARRAY(SELECT health_client_ids()))"),
        sql(
            """
            CREATE FUNCTION jobs_to_do() RETURNS TABLE (id uuid, by_id uuid) LANGUAGE sql STABLE
            SECURITY DEFINER SET search_path = public, pg_temp AS $$
              SELECT id, by_id FROM clients_job WHERE finished_at IS NULL ORDER BY at LIMIT 20 $$
            """,
            "REVOKE EXECUTE ON FUNCTION jobs_to_do() FROM PUBLIC",
            "GRANT EXECUTE ON FUNCTION jobs_to_do() TO coach_worker",
        ),
    ]
