"""Whether `monitor` goes to the digest is the reader's own choice now, not a column of their place.

After clients 0007, which took away the last function that read the column.
"""

from django.db import migrations

from coachapi.rls import sql


class Migration(migrations.Migration):
    dependencies = [("accounts", "0005_rota_and_absences"), ("clients", "0007_readers")]

    operations = [
        sql(
            """
            CREATE OR REPLACE FUNCTION found_practice(name text, country text, zone text,
                                                      founder uuid)
            RETURNS uuid LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
            DECLARE made uuid := uuidv7();
            BEGIN
              INSERT INTO accounts_practice (id, name, country, time_zone, created_at)
                VALUES (made, name, country, zone, coach_now());
              INSERT INTO accounts_coach (id, user_id, practice_id, role, active)
                VALUES (uuidv7(), founder, made, 'owner', true);
              RETURN made;
            END $$
            """
        ),
        migrations.RemoveField(model_name="coach", name="monitor_to_digest"),
    ]
