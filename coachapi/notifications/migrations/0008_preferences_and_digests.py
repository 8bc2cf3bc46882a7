"""What people wish: quiet hours, channels, a digest; and what an owner may see of deliveries."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from coachapi.rls import PEOPLE, protect, sql

CHANNELS = ("feed", "email", "fcm", "apns", "webpush", "webhook", "contact")


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0005_rota_and_absences"),
        ("notifications", "0007_dead_letters"),
    ]

    operations = [
        migrations.CreateModel(
            name="Preference",
            fields=[
                (
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("quiet_from", models.TimeField(null=True)),
                ("quiet_to", models.TimeField(null=True)),
                ("passes", models.CharField(default="urgent", max_length=8)),
                ("monitor_to_digest", models.BooleanField(default=False)),
                ("digest_hour", models.PositiveSmallIntegerField(default=7)),
                ("channels", models.JSONField(default=dict)),
            ],
            options={
                "db_table": "notifications_preference",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("passes__in", ("monitor", "modify", "modify+", "refer", "urgent"))
                        ),
                        name="what_passes_is_a_level",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("quiet_from__isnull", True), ("quiet_to__isnull", True)),
                            models.Q(("quiet_from__isnull", False), ("quiet_to__isnull", False)),
                            _connector="OR",
                        ),
                        name="quiet_hours_have_two_ends",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("digest_hour__lte", 23)), name="a_digest_has_an_hour"
                    ),
                ],
            },
        ),
        protect("notifications_preference", sees="user_id = app_user()"),
        migrations.RemoveConstraint(model_name="delivery", name="delivery_channel_is_known"),
        migrations.AddField(
            "delivery", "counted", models.PositiveSmallIntegerField(default=0, db_default=0)
        ),
        migrations.AddField(
            "delivery", "for_digest", models.BooleanField(default=False, db_default=False)
        ),
        migrations.AddField("delivery", "read_at", models.DateTimeField(null=True)),
        migrations.AddField(
            "delivery",
            "wording",
            models.CharField(default="alert", db_default="alert", max_length=8),
        ),
        migrations.AlterField("alert", "client_id", models.UUIDField(null=True)),
        migrations.AlterField("delivery", "client_id", models.UUIDField(null=True)),
        migrations.AddIndex(
            "delivery",
            models.Index(
                condition=models.Q(("for_digest", True)),
                fields=["recipient", "accepted_at"],
                name="deliveries_for_the_digest",
            ),
        ),
        migrations.AddIndex(
            "delivery",
            models.Index(
                condition=models.Q(("channel", "feed")),
                fields=["recipient", "id"],
                name="feed_of_a_recipient",
            ),
        ),
        migrations.AddConstraint(
            "delivery",
            models.CheckConstraint(
                condition=models.Q(("channel__in", CHANNELS)), name="delivery_channel_is_known"
            ),
        ),
        migrations.AddConstraint(
            "delivery",
            models.CheckConstraint(
                condition=models.Q(("wording__in", ("alert", "digest", "contact", "answer"))),
                name="delivery_wording_is_known",
            ),
        ),
        sql(
            # The owner sees who was told of an alert and when, in the practice they own.
            "DROP POLICY people ON notifications_delivery",
            "CREATE POLICY people ON notifications_delivery FOR ALL TO " + PEOPLE + " USING ("
            "client_id = ANY (ARRAY(SELECT health_client_ids())) OR EXISTS ("
            "SELECT FROM notifications_alert a WHERE a.id = alert_id"
            " AND a.practice_id = ANY (ARRAY(SELECT owned_practice_ids()))))",
            # Whose digest has something in it: counts and hours, asked by the relay.
            """
            CREATE FUNCTION digests_waiting()
            RETURNS TABLE (user_id uuid, practice_id uuid, zone text, hour int, channels jsonb,
                           last_at timestamptz, waiting bigint)
            LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
              SELECT d.recipient_id, a.practice_id, u.time_zone, coalesce(p.digest_hour, 7),
                     coalesce(p.channels, '{}'), l.at, count(*)
              FROM notifications_delivery d
              JOIN notifications_alert a ON a.id = d.alert_id AND a.acked_at IS NULL
              JOIN accounts_user u ON u.id = d.recipient_id AND u.is_active
              JOIN accounts_coach c ON c.user_id = u.id AND c.practice_id = a.practice_id
                   AND c.active
              LEFT JOIN notifications_preference p ON p.user_id = u.id
              CROSS JOIN LATERAL (
                SELECT max(o.created_at) AS at FROM notifications_delivery e
                JOIN notifications_alert o ON o.id = e.alert_id AND o.kind = 'digest'
                     AND o.practice_id = a.practice_id
                WHERE e.recipient_id = u.id AND e.wording = 'digest') l
              WHERE d.for_digest AND d.read_at IS NULL
                AND d.accepted_at > greatest(coalesce(l.at, '-infinity'),
                                             coach_now() - interval '7 days')
              GROUP BY 1, 2, 3, 4, 5, 6 $$
            """,
            "REVOKE EXECUTE ON FUNCTION digests_waiting() FROM PUBLIC",
            "GRANT EXECUTE ON FUNCTION digests_waiting() TO coach_relay",
        ),
    ]
