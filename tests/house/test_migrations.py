"""Migrations are whole: what the models say stands in the database, and nothing else is needed."""

from __future__ import annotations

import importlib
import re
from pathlib import Path

import psycopg
import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from tests.isolation.cast import Cast
from tests.isolation.tables import Tables

ROOT = Path(__file__).parents[2]
OURS = ("coachapi", "accounts", "notifications", "programs", "clients")
FILES = sorted(
    each for each in ROOT.glob("*/**/migrations/0*.py") if "node_modules" not in each.parts
)


@pytest.mark.django_db
def test_no_migration_is_missing() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


@pytest.mark.django_db
def test_every_migration_is_applied_and_known() -> None:
    loader = MigrationLoader(connection)
    assert set(loader.disk_migrations) == set(loader.applied_migrations)


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_migration_imports_nothing_of_ours_that_may_change(path: Path) -> None:
    imports = re.findall(
        r"^(?:from|import) ((?:coachapi|programs|clients)\S*)", path.read_text(), re.MULTILINE
    )
    assert set(imports) <= {"coachapi.ids", "coachapi.rls", "coachapi.synced"}, imports


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_migration_needs_no_contrib_extension(path: Path) -> None:
    assert "Extension" not in path.read_text() and "CREATE EXTENSION" not in path.read_text()


def test_every_constraint_of_the_models_stands_in_the_database(cast: Cast) -> None:
    with Tables() as tables:
        rows = tables.link.execute(
            "SELECT conname FROM pg_constraint UNION SELECT indexname FROM pg_indexes"
        ).fetchall()
    held = {name for (name,) in rows}
    named = {
        each.name
        for label in OURS
        for model in apps.get_app_config(label).get_models()
        for each in (*model._meta.constraints, *model._meta.indexes)
    }
    assert named - held == set()


RECORDS = {
    "clients_answer",
    "clients_check_in",
    "clients_clearance",
    "clients_decision",
    "clients_grant",
    "clients_grant_use",
    "clients_import",
    "clients_media",
    "clients_past_set",
    "clients_message",
    "clients_plan_revision",
    "clients_regression",
    "clients_regression_step",
    "clients_report",
    "clients_session_change",
    "clients_set_log_removed",
    "clients_site",
    "clients_sync_quarantine",
    "clients_technique_check",
    "clients_verdict",
    "programs_revision",
    "programs_rule_book",
}


def test_the_tables_of_record_refuse_rewriting(cast: Cast) -> None:
    with Tables() as tables:
        rows = tables.link.execute(
            "SELECT DISTINCT event_object_table FROM information_schema.triggers"
            " WHERE trigger_name LIKE '%\\_is\\_a\\_record'"
        ).fetchall()
        assert {name for (name,) in rows} == RECORDS
        for table in sorted(RECORDS):
            columns = "said = '{}'" if table == "clients_report" else None
            columns = "region = 'knee'" if table == "clients_site" else columns
            columns = columns or "id = uuidv7()"
            (held,) = tables.link.execute(f"SELECT count(*) FROM {table}").fetchone() or (0,)  # type: ignore[arg-type]
            if held == 0:
                continue
            with pytest.raises(psycopg.Error, match="is a record"):
                tables.link.execute(f"UPDATE {table} SET {columns}")  # type: ignore[arg-type]


def test_plans_from_before_places_get_them_from_sessions_and_document(cast: Cast) -> None:
    places = importlib.import_module("clients.migrations.0005_plan_revisions").PLACES
    read = "SELECT id, places FROM clients_plan_revision ORDER BY id"
    with Tables() as tables, tables.link.transaction(force_rollback=True):
        before = tables.link.execute(read).fetchall()
        tables.link.execute("ALTER TABLE clients_plan_revision DISABLE TRIGGER USER")
        tables.link.execute("UPDATE clients_plan_revision SET places = '[]'")
        tables.link.execute(places)
        after = tables.link.execute(read).fetchall()
    assert len(before) > 2
    assert after == before
