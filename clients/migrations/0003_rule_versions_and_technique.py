"""Verdicts and changes name the books they came from; a coach's look at a lift is a record."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import coachapi.ids
from coachapi.rls import append_only, protect


class Migration(migrations.Migration):
    dependencies = [
        ("clients", "0002_walls"),
        ("programs", "0003_rule_books"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="verdict",
            name="settings_version",
            field=models.CharField(default="1", max_length=40),
        ),
        migrations.AddField(
            model_name="regression",
            name="protocol_digest",
            field=models.CharField(blank=True, default="", max_length=64),
        ),
        migrations.AddField(
            model_name="followup",
            name="about",
            field=models.CharField(blank=True, default="", max_length=200),
        ),
        migrations.AddField(
            model_name="followup",
            name="set_log",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="clients.setlog",
            ),
        ),
        migrations.CreateModel(
            name="TechniqueCheck",
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
                ("pattern", models.CharField(max_length=20)),
                ("checklist", models.CharField(max_length=40)),
                ("answers", models.JSONField()),
                ("passed", models.BooleanField()),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="technique_checks",
                        to="clients.client",
                    ),
                ),
                (
                    "exercise",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="programs.exercise",
                    ),
                ),
            ],
            options={
                "db_table": "clients_technique_check",
                "indexes": [
                    models.Index(fields=["client", "pattern", "at"], name="technique_of_a_pattern")
                ],
            },
        ),
        protect(
            "clients_technique_check",
            sees="client_id = ANY (ARRAY(SELECT health_client_ids()))",
        ),
        append_only("clients_technique_check"),
    ]
