"""Devices: a user's own, moved with their push token, gone with their session."""

import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models

import coachapi.ids
from coachapi.rls import protect, sql


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_sign_ins"),
    ]

    operations = [
        migrations.CreateModel(
            name="Device",
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
                ("installation_id", models.UUIDField()),
                ("session_key", models.CharField(max_length=40)),
                ("platform", models.CharField(max_length=8)),
                ("model", models.CharField(blank=True, default="", max_length=80)),
                ("os_version", models.CharField(blank=True, default="", max_length=40)),
                ("app_version", models.CharField(blank=True, default="", max_length=40)),
                ("locale", models.CharField(blank=True, default="", max_length=35)),
                ("time_zone", models.CharField(default="UTC", max_length=64)),
                ("push_provider", models.CharField(blank=True, default="", max_length=8)),
                ("push_kind", models.CharField(blank=True, default="", max_length=12)),
                ("push_value", models.CharField(blank=True, default="", max_length=2048)),
                ("push_keys", models.JSONField(blank=True, default=dict)),
                ("registered_at", models.DateTimeField()),
                ("refreshed_at", models.DateTimeField()),
                ("dead_at", models.DateTimeField(null=True)),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "db_table": "accounts_device",
                "indexes": [models.Index(fields=["session_key"], name="devices_of_a_session")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("user", "installation_id"),
                        name="one_device_per_user_and_installation",
                    ),
                    models.UniqueConstraint(
                        models.F("push_provider"),
                        django.db.models.functions.text.MD5("push_value"),
                        condition=models.Q(("push_value", ""), _negated=True),
                        name="one_device_per_push_token",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("push_provider__in", ["", "fcm", "apns", "webpush"])),
                        name="push_provider_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("push_provider", ""), ("push_value", "")),
                            models.Q(
                                models.Q(("push_provider", ""), _negated=True),
                                models.Q(("push_value", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="a_push_token_has_a_provider",
                    ),
                ],
            },
        ),
        # A device is one user's; nobody else's request sees it, and it may be forgotten.
        protect("accounts_device", sees="user_id = app_user()", delete=True),
        sql(
            # A token names one installation: seen at another device, it is that device's now.
            # The lock lets two phones that bring the same token wait for each other.
            """
            CREATE FUNCTION move_push_token() RETURNS trigger LANGUAGE plpgsql
            SECURITY DEFINER SET search_path = public, pg_temp AS $$
            BEGIN
              IF NEW.push_value <> '' THEN
                PERFORM pg_advisory_xact_lock(
                  hashtextextended(NEW.push_provider || ' ' || NEW.push_value, 0));
                UPDATE accounts_device
                  SET push_provider = '', push_kind = '', push_value = '', push_keys = '{}'
                  WHERE push_provider = NEW.push_provider AND push_value = NEW.push_value
                    AND md5(push_value) = md5(NEW.push_value) AND id <> NEW.id;
              END IF;
              RETURN NEW;
            END $$
            """,
            "CREATE TRIGGER a_push_token_moves"
            " BEFORE INSERT OR UPDATE OF push_provider, push_value ON accounts_device"
            " FOR EACH ROW EXECUTE FUNCTION move_push_token()",
            # Whatever ends a session (signing out, signing out elsewhere, sweeping) ends its device.
            """
            CREATE FUNCTION forget_devices_of_session() RETURNS trigger LANGUAGE plpgsql
            SECURITY DEFINER SET search_path = public, pg_temp AS $$
            BEGIN
              DELETE FROM accounts_device WHERE session_key = OLD.session_key;
              RETURN OLD;
            END $$
            """,
            "CREATE TRIGGER a_session_takes_its_devices_along"
            " AFTER DELETE ON accounts_sign_in FOR EACH ROW"
            " EXECUTE FUNCTION forget_devices_of_session()",
            # A new key for the same sign-in (a changed password) keeps its device.
            """
            CREATE FUNCTION devices_follow_their_session() RETURNS trigger LANGUAGE plpgsql
            SECURITY DEFINER SET search_path = public, pg_temp AS $$
            BEGIN
              UPDATE accounts_device SET session_key = NEW.session_key
                WHERE session_key = OLD.session_key;
              RETURN NEW;
            END $$
            """,
            "CREATE TRIGGER a_session_keeps_its_devices"
            " AFTER UPDATE OF session_key ON accounts_sign_in FOR EACH ROW"
            " WHEN (OLD.session_key <> NEW.session_key)"
            " EXECUTE FUNCTION devices_follow_their_session()",
        ),
        sql(
            # A client's request asks this about the coach: which devices, never their tokens.
            """
            CREATE FUNCTION push_devices_of(people uuid[])
            RETURNS TABLE (user_id uuid, channel text, key uuid) LANGUAGE sql STABLE
            SECURITY DEFINER SET search_path = public, pg_temp AS $$
              SELECT d.user_id, d.push_provider::text, d.id
              FROM accounts_device d
              JOIN accounts_user u ON u.id = d.user_id AND u.is_active
              JOIN accounts_sign_in s ON s.session_key = d.session_key AND s.expire_date > now()
              WHERE d.user_id = ANY (people) AND d.push_value <> '' AND d.dead_at IS NULL
              ORDER BY d.user_id, d.refreshed_at DESC $$
            """,
            # The tokens, just before sending; a device whose sign-in has ended has none.
            """
            CREATE FUNCTION push_addresses(keys uuid[])
            RETURNS TABLE (key uuid, user_id uuid, channel text, kind text, value text,
                           secrets jsonb, locale text)
            LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
              SELECT d.id, d.user_id, d.push_provider::text, d.push_kind::text,
                     d.push_value::text, d.push_keys, d.locale::text
              FROM accounts_device d
              JOIN accounts_user u ON u.id = d.user_id AND u.is_active
              JOIN accounts_sign_in s ON s.session_key = d.session_key AND s.expire_date > now()
              WHERE d.id = ANY (keys) AND d.push_value <> '' AND d.dead_at IS NULL $$
            """,
            # Only the token that was tried dies, and not one registered again since `as_of`.
            """
            CREATE FUNCTION retire_device(device uuid, tried text, as_of timestamptz)
            RETURNS void LANGUAGE sql
            SECURITY DEFINER SET search_path = public, pg_temp AS $$
              UPDATE accounts_device SET dead_at = coach_now()
              WHERE id = device AND push_value = tried AND dead_at IS NULL
                AND (as_of IS NULL OR refreshed_at <= as_of) $$
            """,
            "REVOKE EXECUTE ON FUNCTION push_devices_of(uuid[]), push_addresses(uuid[]),"
            " retire_device(uuid, text, timestamptz) FROM PUBLIC",
            "GRANT EXECUTE ON FUNCTION push_devices_of(uuid[])"
            " TO coach_app, coach_worker, coach_relay",
            "GRANT EXECUTE ON FUNCTION push_addresses(uuid[]),"
            " retire_device(uuid, text, timestamptz) TO coach_worker, coach_relay",
        ),
    ]
