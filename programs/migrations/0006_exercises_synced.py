"""Exercises are synced, a practice's own and its notes to its clients."""

from django.db import migrations, models

from coachapi.synced import synced


class Migration(migrations.Migration):
    dependencies = [("programs", "0005_own_exercises"), ("coachapi", "0003_sync")]

    operations = [
        migrations.AddField(
            model_name="exercise",
            name="digest",
            field=models.CharField(blank=True, default="", max_length=16),
        ),
        synced("programs_exercise", "exercises", scope="practice"),
        synced("programs_practice_note", "exercise_notes", scope="practice"),
    ]
