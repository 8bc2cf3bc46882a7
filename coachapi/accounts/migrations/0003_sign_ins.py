"""Sign-ins take the place of Django's sessions; letters wait here for a worker.

Whoever is signed in signs in again. The web may put letters into the box, not read them: the codes
in them open accounts.
"""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

import coachapi.ids
from coachapi.rls import open_to_all, sql


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_walls"),
        ("mfa", "0003_authenticator_type_uniq"),
    ]

    operations = [
        migrations.CreateModel(
            name="Letter",
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
                ("to", models.EmailField(max_length=254)),
                ("subject", models.CharField(max_length=200)),
                ("body", models.TextField()),
                ("made_at", models.DateTimeField()),
                ("due_at", models.DateTimeField()),
                ("attempt", models.PositiveSmallIntegerField(default=0)),
            ],
            options={
                "db_table": "accounts_letter",
            },
        ),
        migrations.CreateModel(
            name="SignIn",
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
                ("session_key", models.CharField(max_length=40, unique=True)),
                ("kind", models.CharField(max_length=5)),
                ("user_agent", models.CharField(blank=True, default="", max_length=200)),
                ("session_data", models.TextField()),
                (
                    "made_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
                (
                    "seen_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
                ("expire_date", models.DateTimeField()),
                (
                    "user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sign_ins",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "db_table": "accounts_sign_in",
                "indexes": [models.Index(fields=["expire_date"], name="sign_ins_by_their_end")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["desk", "phone"])),
                        name="a_sign_in_is_desk_or_phone",
                    )
                ],
            },
        ),
        open_to_all("accounts_sign_in"),
        open_to_all("mfa_authenticator"),
        sql(
            "REVOKE ALL ON accounts_letter FROM coach_app, coach_worker",
            "GRANT INSERT ON accounts_letter TO coach_app",
            "GRANT SELECT, INSERT, UPDATE, DELETE ON accounts_letter TO coach_worker",
            # Accounts older than the verification of addresses came by invitation.
            'INSERT INTO account_emailaddress (email, verified, "primary", user_id)'
            " SELECT email, true, true, id FROM accounts_user ON CONFLICT DO NOTHING",
            "DROP TABLE IF EXISTS django_session",
        ),
    ]
