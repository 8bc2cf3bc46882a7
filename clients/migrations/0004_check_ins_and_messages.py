"""Check-ins and the thread of coach and client: behind the wall, and records."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from coachapi.rls import append_only, protect

_HEALTH = "client_id = ANY (ARRAY(SELECT health_client_ids()))"


class Migration(migrations.Migration):
    dependencies = [
        ("clients", "0003_rule_versions_and_technique"),
        ("programs", "0003_rule_books"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="CheckIn",
            fields=[
                ("id", models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ("kind", models.CharField(max_length=12)),
                ("said", models.JSONField()),
                ("body_hash", models.CharField(max_length=64)),
                ("region", models.CharField(blank=True, default="", max_length=20)),
                ("side", models.CharField(blank=True, default="", max_length=8)),
                ("score", models.PositiveSmallIntegerField(null=True)),
                ("substantial", models.BooleanField(default=False)),
                ("instrument_version", models.CharField(max_length=40)),
                ("performed_at", models.DateTimeField()),
                ("zone", models.CharField(max_length=64)),
                ("performed_on", models.DateField()),
                ("received_at", models.DateTimeField()),
                ("rev", models.PositiveIntegerField(default=1)),
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
                        related_name="check_ins",
                        to="clients.client",
                    ),
                ),
            ],
            options={
                "db_table": "clients_check_in",
                "indexes": [
                    models.Index(
                        fields=["client", "kind", "performed_at"], name="check_ins_of_a_client"
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["readiness", "weekly"])),
                        name="check_in_kind_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("kind", "readiness"),
                                ("region", ""),
                                ("score__isnull", True),
                                ("side", ""),
                            ),
                            models.Q(
                                ("kind", "weekly"),
                                ("score__isnull", False),
                                ("side__in", ("left", "right", "midline")),
                                models.Q(("region", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="a_weekly_check_has_a_place_and_a_score",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("score__isnull", True),
                            models.Q(("score__gte", 0), ("score__lte", 100)),
                            _connector="OR",
                        ),
                        name="weekly_score_between_0_and_100",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Message",
            fields=[
                ("id", models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ("from_coach", models.BooleanField()),
                ("text", models.CharField(max_length=2000)),
                ("hurts", models.BooleanField(default=False)),
                ("body_hash", models.CharField(max_length=64)),
                ("performed_at", models.DateTimeField()),
                ("zone", models.CharField(max_length=64)),
                ("received_at", models.DateTimeField()),
                ("read_at", models.DateTimeField(null=True)),
                ("rev", models.PositiveIntegerField(default=1)),
                (
                    "author",
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
                        related_name="messages",
                        to="clients.client",
                    ),
                ),
                (
                    "exercise",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="programs.exercise",
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="messages",
                        to="clients.symptomreport",
                    ),
                ),
                (
                    "session",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="clients.session",
                    ),
                ),
            ],
            options={
                "db_table": "clients_message",
                "indexes": [
                    models.Index(fields=["client", "received_at", "id"], name="thread_of_a_client"),
                    models.Index(
                        condition=models.Q(("read_at__isnull", True)),
                        fields=["client", "from_coach"],
                        name="messages_unread",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True),
                        name="a_message_says_something",
                    )
                ],
            },
        ),
        protect("clients_check_in", sees=_HEALTH),
        protect("clients_message", sees=_HEALTH),
        append_only("clients_check_in", may_change=("rev",)),
        append_only("clients_message", may_change=("read_at", "rev")),
    ]
