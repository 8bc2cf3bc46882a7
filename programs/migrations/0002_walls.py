"""The library is everybody's to read; programs are a practice's own."""

from django.db import migrations

from coachapi.rls import append_only, open_to_all, protect

_PRACTICE = "practice_id = ANY (ARRAY(SELECT visible_practice_ids()))"


class Migration(migrations.Migration):
    dependencies = [("programs", "0001_tables"), ("accounts", "0002_walls")]

    operations = [
        protect("programs_exercise", sees=f"practice_id IS NULL OR {_PRACTICE}", writes=_PRACTICE),
        open_to_all("programs_variation", "SELECT"),
        protect("programs_program", sees=_PRACTICE),
        protect("programs_revision", sees=_PRACTICE),
        append_only("programs_revision"),
    ]
