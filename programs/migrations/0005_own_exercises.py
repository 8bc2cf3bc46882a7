"""A practice's own exercises, and what it adds to any; written by its coaches alone."""

import django.db.models.deletion
from django.db import migrations, models

import coachapi.ids
from coachapi.rls import PEOPLE, protect, sql

_SEES = "practice_id = ANY (ARRAY(SELECT visible_practice_ids()))"
_COACHES = """practice_id IN (
    SELECT practice_id FROM accounts_coach WHERE user_id = app_user() AND active)"""


class Migration(migrations.Migration):
    dependencies = [("programs", "0004_private_programs"), ("accounts", "0002_walls")]

    operations = [
        migrations.AddField(
            model_name="exercise",
            name="like",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="programs.exercise",
            ),
        ),
        migrations.AddField(
            model_name="exercise",
            name="equipment",
            field=models.JSONField(default=list),
        ),
        migrations.AddField(
            model_name="exercise",
            name="basis",
            field=models.CharField(default="cal", max_length=6),
        ),
        migrations.AddField(
            model_name="exercise",
            name="hands",
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="exercise",
            name="archived_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="exercise",
            name="changed_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddConstraint(
            model_name="exercise",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("practice__isnull", True), ("changed_at__isnull", False), _connector="OR"
                ),
                name="an_own_exercise_says_when_it_changed",
            ),
        ),
        migrations.AddConstraint(
            model_name="exercise",
            constraint=models.CheckConstraint(
                condition=models.Q(("basis__in", ["cal", "bw", "bw_cal", "band"])),
                name="exercise_basis_is_known",
            ),
        ),
        migrations.CreateModel(
            name="PracticeNote",
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
                ("cues", models.JSONField(default=list)),
                ("media", models.JSONField(default=list)),
                ("alternates", models.JSONField(default=list)),
                ("changed_at", models.DateTimeField()),
                (
                    "exercise",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="programs.exercise",
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
                "db_table": "programs_practice_note",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("practice", "exercise"),
                        name="one_note_of_a_practice_per_exercise",
                    )
                ],
            },
        ),
        protect("programs_practice_note", sees=_SEES, writes=_COACHES),
        sql(
            "DROP POLICY people ON programs_exercise",
            # Everybody's rows can be read and never written, not even to make them one's own.
            f"CREATE POLICY people ON programs_exercise FOR SELECT TO {PEOPLE}"
            f" USING (practice_id IS NULL OR {_SEES})",
            f"CREATE POLICY coaches ON programs_exercise FOR ALL TO {PEOPLE}"
            f" USING ({_COACHES}) WITH CHECK ({_COACHES})",
        ),
    ]
