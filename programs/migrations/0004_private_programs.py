"""A program may be private: its author's, and the owner's who answers for the practice."""

from django.db import migrations, models

from coachapi.rls import PEOPLE, sql

_PRACTICE = "practice_id = ANY (ARRAY(SELECT visible_practice_ids()))"
_SEES = f"""{_PRACTICE} AND (
    visibility = 'practice'
    OR created_by_id = app_user()
    OR practice_id = ANY (ARRAY(SELECT owned_practice_ids())))"""
# Its revisions are seen where it is seen; the policy above is asked again by this sub-select.
_OF_SEEN = f"{_PRACTICE} AND program_id IN (SELECT id FROM programs_program)"


class Migration(migrations.Migration):
    dependencies = [("programs", "0003_rule_books")]

    operations = [
        migrations.AddField(
            model_name="program",
            name="visibility",
            field=models.CharField(default="practice", max_length=8),
        ),
        migrations.AddField(
            model_name="program",
            name="weeks",
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddConstraint(
            model_name="program",
            constraint=models.CheckConstraint(
                condition=models.Q(("visibility__in", ["practice", "private"])),
                name="program_visibility_is_known",
            ),
        ),
        sql(
            """
            UPDATE programs_program SET weeks = coalesce((
              SELECT sum(coalesce((week->>'repeat')::int, 1))
              FROM programs_revision r,
                   jsonb_path_query(r.document, '$.phases[*].weeks[*]') week
              WHERE r.program_id = programs_program.id
                AND r.number = (SELECT max(number) FROM programs_revision
                                WHERE program_id = programs_program.id)), 0)
            """,
            "DROP POLICY people ON programs_program",
            f"CREATE POLICY people ON programs_program FOR ALL TO {PEOPLE}"
            f" USING ({_SEES}) WITH CHECK ({_SEES})",
            "DROP POLICY people ON programs_revision",
            f"CREATE POLICY people ON programs_revision FOR ALL TO {PEOPLE}"
            f" USING ({_OF_SEEN}) WITH CHECK ({_OF_SEEN})",
        ),
    ]
