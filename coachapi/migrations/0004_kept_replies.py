"""Answers kept for an Idempotency-Key: each user's own, forgotten after seven days."""

from django.db import migrations, models

import coachapi.ids
from coachapi.rls import protect, sql


class Migration(migrations.Migration):
    dependencies = [
        ("coachapi", "0003_sync"),
    ]

    operations = [
        migrations.CreateModel(
            name="KeptReply",
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
                ("user_id", models.UUIDField()),
                ("key", models.CharField(max_length=255)),
                ("method", models.CharField(max_length=8)),
                ("path", models.TextField()),
                ("fingerprint", models.CharField(max_length=64)),
                ("status", models.PositiveSmallIntegerField(null=True)),
                ("body", models.TextField(default="")),
                ("headers", models.JSONField(default=dict)),
                ("created_at", models.DateTimeField()),
            ],
            options={
                "db_table": "coachapi_kept_reply",
                "indexes": [models.Index(fields=["created_at"], name="replies_by_age")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("user_id", "key"), name="one_reply_per_user_and_key"
                    )
                ],
            },
        ),
        protect("coachapi_kept_reply", sees="user_id = app_user()"),
        sql(
            "CREATE FUNCTION forget_kept_replies() RETURNS void LANGUAGE sql SECURITY DEFINER"
            " SET search_path = public, pg_temp AS $$ DELETE FROM coachapi_kept_reply"
            " WHERE created_at < coach_now() - interval '7 days' $$",
            "REVOKE EXECUTE ON FUNCTION forget_kept_replies() FROM PUBLIC",
            "GRANT EXECUTE ON FUNCTION forget_kept_replies() TO coach_worker",
        ),
    ]
