"""When a delivery should first have left: a retry moves ``due_at``, and the age must not follow."""

from django.db import migrations, models
from django.db.models.functions import Now


class Migration(migrations.Migration):
    dependencies = [("notifications", "0003_more_channels")]

    operations = [
        migrations.AddField(
            model_name="delivery",
            name="wanted_at",
            field=models.DateTimeField(db_default=Now()),
        ),
    ]
