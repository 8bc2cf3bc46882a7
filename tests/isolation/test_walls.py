"""Row-level security alone: with every filter of ours taken away, the database still shows nobody
else's rows."""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import pytest
from django.apps import apps
from django.db import ProgrammingError, connection, models, transaction

from clients.models import Client, Coaching, SymptomReport
from coachapi.accounts.models import Practice
from coachapi.door import acting_as, acting_for
from coachapi.notifications.models import Alert
from tests import databases
from tests.isolation.cast import Cast, place_of
from tests.isolation.tables import Tables

# Outside the walls on purpose: narrow, hashed, or everybody's (ADR 0007).
OPEN = {
    "accounts_letter",
    "accounts_sign_in",
    "accounts_user",
    "account_emailaddress",
    "account_emailconfirmation",
    "auth_group",
    "auth_group_permissions",
    "auth_permission",
    "clients_invitation",
    "coachapi_cache",
    "coachapi_demo_clock",
    "coachapi_heartbeat",
    "coachapi_sync_generation",
    "django_content_type",
    "django_migrations",
    "mfa_authenticator",
    "programs_variation",
}
# What the phone is shown of the plan, written anew at will (ADR 0013).
COPIES = {
    "clients_projection",
    "clients_projection_mark",
    "clients_session_shown",
    "clients_prescription_shown",
}


def behind_walls() -> list[type[models.Model]]:
    """Every model whose rows are somebody's."""
    found = apps.get_models(include_auto_created=True)
    return [model for model in found if model._meta.db_table not in OPEN]


def whose(model: type[models.Model]) -> str | None:
    """The column that says whose a row is."""
    names = {field.column for field in model._meta.get_fields() if hasattr(field, "column")}
    if model is Client:
        return "id"
    return next((n for n in ("client_id", "practice_id", "regression_id") if n in names), None)


@contextmanager
def on(login: str) -> Iterator[psycopg.Connection]:
    """A connection of another login to the database at hand."""
    where = databases.address(os.environ[login], connection.settings_dict["NAME"])
    with psycopg.connect(where) as link:
        yield link


def test_every_table_that_holds_somebodys_rows_is_walled(cast: Cast) -> None:
    with Tables() as tables:
        rows = tables.link.execute(
            "SELECT relname, relrowsecurity AND relforcerowsecurity,"
            " (SELECT count(*) FROM pg_policies WHERE tablename = relname)"
            " FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'"
        ).fetchall()
    open_ = {name for name, walled, policies in rows if not walled or policies < 2}
    assert open_ == OPEN


def test_the_logins_cannot_pass_the_walls(cast: Cast) -> None:
    with Tables() as tables:
        rows = tables.link.execute(
            "SELECT rolname FROM pg_roles WHERE rolname LIKE 'coach\\_%'"
            " AND (rolsuper OR rolbypassrls OR rolcreaterole)"
        ).fetchall()
    assert rows == []


@pytest.mark.parametrize("who", ["bo", "sam", "max", "eli"])
def test_nobody_elses_rows_exist(who: str, cast: Cast) -> None:
    noor = cast.lives["noor"].client
    alike = {"client_id": noor.pk, "id": noor.pk, "regression_id": cast.lives["noor"].regression}
    if who in {"bo", "sam"}:
        alike["practice_id"] = noor.practice_id
    with acting_as(cast.people[who].id):
        for model in behind_walls():
            column = whose(model)
            if column in alike:
                rows = model._default_manager.filter(**{column: alike[column]})
                assert not rows.exists(), f"{who} sees {model.__name__}"


def test_the_owner_who_coaches_nobody_sees_names_and_levels_only(cast: Cast) -> None:
    seen = set()
    with acting_as(cast.people["olga"].id):
        for model in behind_walls():
            column = whose(model)
            if column in {"client_id", "regression_id"} and model._default_manager.exists():
                seen.add(model.__name__)
        assert Client.objects.count() == 3 + 1  # Noor, Eli, Wes and one who is invited
    assert seen == {"Alert", "Delivery", "Coaching", "Consent"}, "who was told, when; no answers"


def test_a_coach_without_consent_sees_who_it_is_and_nothing_else(cast: Cast) -> None:
    wes = cast.lives["wes"].client.pk
    with acting_as(cast.people["ada"].id):
        seen = {
            model.__name__
            for model in behind_walls()
            if whose(model) == "client_id" and model._default_manager.filter(client_id=wes).exists()
        }
    assert seen == {"Coaching", "Consent"}


@pytest.mark.parametrize("login", ["DATABASE_URL", "WORKER_DATABASE_URL"])
def test_without_a_name_there_are_no_rows(login: str, cast: Cast) -> None:
    with on(login) as link:
        for model in behind_walls():
            table = model._meta.db_table
            everybodys = " WHERE practice_id IS NOT NULL" if table == "programs_exercise" else ""
            (count,) = link.execute(f"SELECT count(*) FROM {table}{everybodys}").fetchone()  # type: ignore[misc, arg-type]
            assert count == 0, f"{login} sees {table}"


def test_the_relay_sees_alerts_and_no_health(cast: Cast) -> None:
    readable = set()
    with on("WORKER_DATABASE_URL") as link:
        for model in behind_walls():
            table = model._meta.db_table
            try:
                with link.transaction():
                    link.execute("SET LOCAL ROLE coach_relay")
                    link.execute(f"SELECT * FROM {table} LIMIT 1")  # type: ignore[arg-type]
                readable.add(table)
            except psycopg.errors.InsufficientPrivilege:
                pass
    assert readable == {"notifications_alert", "notifications_delivery"}


def test_what_looks_across_clients_is_the_workers_alone(cast: Cast) -> None:
    for function in ("due_follow_ups()", "episodes_to_close()", "deliveries_waiting()"):
        with (
            pytest.raises(ProgrammingError, match="permission denied"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(f"SELECT {function}")


def test_a_coach_cannot_link_themself_to_somebody_elses_client(cast: Cast) -> None:
    noor = cast.lives["noor"].client.pk
    for who in ("bo", "max", "olga"):
        place = place_of(cast.people[who])
        with (
            pytest.raises(ProgrammingError, match="row-level security")
            if who != "olga"
            else _allowed(),
            acting_as(cast.people[who].id),
        ):
            Coaching.objects.create(
                client_id=noor, coach=place, role="cover", since="2026-05-01T10:00:00Z"
            )
            transaction.set_rollback(True)


@contextmanager
def _allowed() -> Iterator[None]:
    """The owner answers for the business and may place a coach."""
    yield


def test_a_coach_who_leaves_sees_nothing_from_the_commit_on(cast: Cast) -> None:
    life, jo = cast.lives["noor"], cast.people["jo"]
    with transaction.atomic():
        assert jo.send("GET", f"/v1/inbox/{life.report}").status_code == 200
        jo.ok("DELETE", f"/v1/clients/{life.client.pk}/cover")
        assert jo.send("GET", f"/v1/inbox/{life.report}").status_code == 404
        with acting_as(jo.id):
            for model in behind_walls():
                if whose(model) == "client_id":
                    assert not model._default_manager.exists(), model.__name__
        transaction.set_rollback(True)


def test_a_job_for_one_client_sees_that_client_alone(cast: Cast) -> None:
    noor = cast.lives["noor"].client.pk
    with acting_for(noor):
        assert set(SymptomReport.objects.values_list("client_id", flat=True)) == {noor}
        assert set(Alert.objects.values_list("client_id", flat=True)) == {noor}
    with acting_for(uuid.uuid4()):
        assert not SymptomReport.objects.exists()


def test_nothing_of_record_can_be_deleted_by_the_web_or_the_worker(cast: Cast) -> None:
    with Tables() as tables:
        rows = tables.link.execute(
            "SELECT table_name, grantee FROM information_schema.role_table_grants"
            " WHERE privilege_type IN ('DELETE', 'TRUNCATE') AND grantee LIKE 'coach%'"
            " AND grantee <> 'coach_owner' AND table_schema = 'public'"
        ).fetchall()
    forgotten = {"accounts_device", "accounts_absence"}
    assert {name for name, _ in rows} <= OPEN | COPIES | forgotten


def test_the_walls_stand_for_a_practice_as_for_a_client(cast: Cast) -> None:
    with acting_as(cast.people["bo"].id):
        assert [each.name for each in Practice.objects.all()] == ["Quarry"]
