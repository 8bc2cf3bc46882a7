"""A practice's own rule books: read by everybody of the practice, written as docs/adr/0010 says."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import coachapi.ids
from coachapi.rls import append_only, protect

_SEES = "practice_id = ANY (ARRAY(SELECT visible_practice_ids()))"
_WRITES = """
  CASE kind
    WHEN 'settings' THEN practice_id = ANY (ARRAY(SELECT owned_practice_ids()))
    ELSE practice_id IN (
      SELECT practice_id FROM accounts_coach WHERE user_id = app_user() AND active)
  END
"""


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_walls"),
        ("programs", "0002_walls"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="RuleBook",
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
                ("kind", models.CharField(max_length=9)),
                ("number", models.PositiveIntegerField()),
                ("body", models.TextField()),
                ("digest", models.CharField(max_length=64)),
                ("note", models.CharField(blank=True, default="", max_length=200)),
                ("at", models.DateTimeField()),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
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
                "db_table": "programs_rule_book",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("practice", "kind", "number"), name="rule_books_are_numbered"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["protocols", "settings"])),
                        name="rule_book_kind_is_known",
                    ),
                ],
            },
        ),
        protect("programs_rule_book", sees=_SEES, writes=_WRITES),
        append_only("programs_rule_book"),
    ]
