"""Who covers in which order, and when a coach is away."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import coachapi.ids
from coachapi.rls import protect

_COLLEAGUES = "user_id IN (SELECT user_id FROM accounts_coach)"  # under that table's own policy


class Migration(migrations.Migration):
    dependencies = [("accounts", "0004_devices")]

    operations = [
        migrations.AddField(
            model_name="coach",
            name="rota",
            field=models.PositiveSmallIntegerField(default=1, db_default=1),
        ),
        migrations.CreateModel(
            name="Absence",
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
                ("first_on", models.DateField()),
                ("last_on", models.DateField()),
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
                "db_table": "accounts_absence",
                "indexes": [models.Index(fields=["user", "last_on"], name="absences_of_a_user")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("last_on__gte", models.F("first_on"))),
                        name="an_absence_ends_after_it_began",
                    )
                ],
            },
        ),
        protect(
            "accounts_absence",
            sees=f"user_id = app_user() OR {_COLLEAGUES}",
            writes="user_id = app_user()",
            delete=True,
        ),
    ]
