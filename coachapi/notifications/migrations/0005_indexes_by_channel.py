"""Claims ask by channel, so that a sick provider's backlog is not read through for the others."""

from django.db import migrations, models

_WAITING = models.Q(state__in=["pending", "sending"])


class Migration(migrations.Migration):
    dependencies = [("notifications", "0004_wanted_at")]

    operations = [
        migrations.RemoveIndex(model_name="delivery", name="deliveries_still_to_send"),
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(
                fields=["channel", "priority", "due_at", "id"],
                condition=_WAITING,
                name="deliveries_still_to_send",
            ),
        ),
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(
                fields=["id"],
                condition=models.Q(state="dead"),
                name="deliveries_refused_for_good",
            ),
        ),
        migrations.AddIndex(
            model_name="alert",
            index=models.Index(
                fields=["priority"],
                condition=models.Q(acked_at__isnull=True, priority__lte=1),
                name="red_flags_not_taken_on",
            ),
        ),
    ]
