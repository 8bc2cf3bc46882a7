"""Endpoints: their owner's alone; how sending goes is written as deliveries are marked."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import coachapi.ids
from coachapi.rls import protect, sql


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("notifications", "0008_preferences_and_digests"),
        ("accounts", "0006_monitor_is_a_preference"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Endpoint",
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
                ("url", models.CharField(max_length=500)),
                ("description", models.CharField(blank=True, default="", max_length=80)),
                (
                    "events",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=40), size=None
                    ),
                ),
                ("secret", models.CharField(max_length=400)),
                ("secret_before", models.CharField(blank=True, default="", max_length=400)),
                ("before_until", models.DateTimeField(null=True)),
                ("made_at", models.DateTimeField()),
                ("removed_at", models.DateTimeField(null=True)),
                ("off", models.CharField(blank=True, default="", max_length=8)),
                ("off_at", models.DateTimeField(null=True)),
                ("last_success_at", models.DateTimeField(null=True)),
                ("last_failure_at", models.DateTimeField(null=True)),
                ("last_trouble", models.CharField(blank=True, default="", max_length=200)),
                ("failing_since", models.DateTimeField(null=True)),
                ("retry_at", models.DateTimeField(null=True)),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "practice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.practice",
                    ),
                ),
            ],
            options={
                "db_table": "webhooks_endpoint",
                "indexes": [
                    models.Index(
                        condition=models.Q(("removed_at__isnull", True)),
                        fields=["practice"],
                        name="endpoints_of_a_practice",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("off__in", ("", "gone", "failing"))),
                        name="why_an_endpoint_is_off_is_known",
                    )
                ],
            },
        ),
        protect("webhooks_endpoint", sees="practice_id = ANY (ARRAY(SELECT owned_practice_ids()))"),
        sql(
            # Whoever causes an event asks this: which endpoints hear of it, and since when they may.
            """
            CREATE FUNCTION webhook_endpoints_for(practice uuid, event text)
            RETURNS TABLE (endpoint uuid, owner uuid, not_before timestamptz)
            LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
              SELECT id, made_by_id, retry_at FROM webhooks_endpoint
              WHERE practice_id = practice AND removed_at IS NULL AND off = ''
                AND event = ANY (events) $$
            """,
            # What a sender needs, just before sending. An endpoint that was removed or is off is
            # not in the answer; a test reaches also one that is off.
            """
            CREATE FUNCTION webhook_targets(deliveries uuid[])
            RETURNS TABLE (delivery uuid, url text, secrets text[], event text, level text,
                           about_id uuid, client_id uuid, practice_id uuid, alert_id uuid,
                           happened_at timestamptz, age float8, owners uuid[])
            LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
              SELECT d.id, e.url::text,
                     CASE WHEN e.before_until > coach_now()
                          THEN ARRAY[e.secret::text, e.secret_before::text]
                          ELSE ARRAY[e.secret::text] END,
                     a.kind::text, a.level::text, a.about_id, a.client_id, a.practice_id, a.id,
                     a.created_at, extract(epoch FROM coach_now() - d.wanted_at)::float8,
                     ARRAY(SELECT c.user_id FROM accounts_coach c
                           WHERE c.practice_id = e.practice_id AND c.active AND c.role = 'owner')
              FROM notifications_delivery d
              JOIN notifications_alert a ON a.id = d.alert_id
              JOIN webhooks_endpoint e ON e.id::text = d.device_key
                   AND e.practice_id = a.practice_id
              WHERE d.id = ANY (deliveries) AND d.channel = 'webhook' AND e.removed_at IS NULL
                AND (e.off = '' OR a.kind = 'webhook.test') $$
            """,
            # The owner's try: an event of no client, through the same outbox.
            """
            CREATE FUNCTION send_webhook_test(endpoint uuid) RETURNS uuid LANGUAGE plpgsql
            SECURITY DEFINER SET search_path = public, pg_temp AS $$
            DECLARE told uuid := uuidv7(); made uuid := uuidv7(); found webhooks_endpoint;
            BEGIN
              SELECT * INTO STRICT found FROM webhooks_endpoint
                WHERE id = endpoint AND removed_at IS NULL
                  AND practice_id IN (SELECT owned_practice_ids());
              INSERT INTO notifications_alert
                  (id, practice_id, client_id, about_id, kind, level, priority, created_at, step)
                VALUES (told, found.practice_id, NULL, made, 'webhook.test', '', 5, coach_now(), 1);
              INSERT INTO notifications_delivery
                  (id, alert_id, client_id, recipient_id, step, channel, device_key, state,
                   priority, due_at, wanted_at, attempt, trouble)
                VALUES (made, told, NULL, found.made_by_id, 1, 'webhook', endpoint::text, 'pending',
                   5, coach_now(), coach_now(), 0, '');
              RETURN made;
            END $$
            """,
            # It answered 410: it says itself that it is gone.
            """
            CREATE FUNCTION retire_endpoint(endpoint uuid) RETURNS void LANGUAGE sql
            SECURITY DEFINER SET search_path = public, pg_temp AS $$
              UPDATE webhooks_endpoint SET off = 'gone', off_at = coach_now()
              WHERE id = endpoint AND off = '' $$
            """,
            # How sending goes, written as deliveries are marked. What else waits for a failing
            # endpoint waits as long, so that a dead one costs one try a pause and not one an event.
            """
            CREATE FUNCTION note_webhook() RETURNS trigger LANGUAGE plpgsql
            SECURITY DEFINER SET search_path = public, pg_temp AS $$
            BEGIN
              IF NEW.state = 'accepted' THEN
                UPDATE webhooks_endpoint SET last_success_at = coach_now(), failing_since = NULL,
                       retry_at = NULL, off = '', off_at = NULL
                  WHERE id::text = NEW.device_key;
                RETURN NULL;
              END IF;
              UPDATE webhooks_endpoint SET last_failure_at = coach_now(),
                     last_trouble = NEW.trouble,
                     failing_since = coalesce(failing_since, coach_now()),
                     retry_at = CASE WHEN NEW.state = 'pending' THEN NEW.due_at ELSE retry_at END,
                     off = CASE WHEN off = '' AND failing_since < coach_now() - interval '5 days'
                                THEN 'failing' ELSE off END,
                     off_at = CASE WHEN off = '' AND failing_since < coach_now() - interval '5 days'
                                   THEN coach_now() ELSE off_at END
                WHERE id::text = NEW.device_key;
              IF NEW.state = 'pending' THEN
                UPDATE notifications_delivery SET due_at = NEW.due_at
                  WHERE channel = 'webhook' AND device_key = NEW.device_key AND state = 'pending'
                    AND due_at < NEW.due_at AND id <> NEW.id;
              END IF;
              RETURN NULL;
            END $$
            """,
            "CREATE TRIGGER an_endpoint_remembers AFTER UPDATE OF state ON notifications_delivery"
            " FOR EACH ROW WHEN (NEW.channel = 'webhook' AND OLD.state = 'sending'"
            " AND NEW.state IN ('accepted', 'pending', 'dead', 'withheld'))"
            " EXECUTE FUNCTION note_webhook()",
            "CREATE INDEX webhooks_still_to_send ON notifications_delivery (device_key)"
            " WHERE channel = 'webhook' AND state IN ('pending', 'sending')",
            "REVOKE EXECUTE ON FUNCTION webhook_endpoints_for(uuid, text), webhook_targets(uuid[]),"
            " send_webhook_test(uuid), retire_endpoint(uuid) FROM PUBLIC",
            "GRANT EXECUTE ON FUNCTION webhook_endpoints_for(uuid, text)"
            " TO coach_app, coach_worker, coach_relay",
            "GRANT EXECUTE ON FUNCTION send_webhook_test(uuid) TO coach_app, coach_worker",
            "GRANT EXECUTE ON FUNCTION webhook_targets(uuid[]), retire_endpoint(uuid)"
            " TO coach_worker, coach_relay",
        ),
        sql(
            # Somebody else's server that is down is that practice's to see, not an alarm of ours.
            """
            CREATE OR REPLACE FUNCTION delivery_vitals() RETURNS TABLE (waiting bigint,
              oldest float8, dead_letters bigint, red_flags bigint, clock_went_back boolean)
            LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
              SELECT
                (SELECT count(*) FROM notifications_delivery
                   WHERE state IN ('pending', 'sending') AND channel <> 'webhook'),
                (SELECT coalesce(extract(epoch FROM coach_now() - min(wanted_at)), 0)
                   FROM notifications_delivery
                   WHERE state IN ('pending', 'sending') AND channel <> 'webhook'),
                (SELECT count(*) FROM notifications_delivery
                   WHERE state = 'dead' AND channel <> 'webhook'),
                (SELECT count(*) FROM notifications_alert WHERE acked_at IS NULL AND priority <= 1),
                (SELECT coalesce(max(beat_at) > clock_timestamp() + interval '60 s', false)
                   FROM coachapi_heartbeat) $$
            """
        ),
    ]
