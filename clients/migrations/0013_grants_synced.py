"""What a coach allowed beforehand comes down with the sync (docs/adr/0013)."""

from django.db import migrations

from coachapi.synced import synced


class Migration(migrations.Migration):
    dependencies = [
        ("clients", "0012_media"),
    ]

    operations = [synced("clients_grant", "grants")]
