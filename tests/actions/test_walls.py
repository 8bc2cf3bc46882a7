"""The database …"""

from __future__ import annotations

from collections.abc import Generator

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction
from django.db.models import Model
from pytest_django import DjangoDbBlocker

from clients import models
from clients.actions import clearances, projection, session_changes
from clients.queries import people, rules
from coachapi.door import acting_as
from coachapi.ids import new_id
from programs.actions import protocols
from programs.models import ProgramRevision, RuleBook
from tests import snapshots
from tests.bodies import TODAY, emergency_body
from tests.world import DAY, World

# Narrow, hashed or public by decision (docs/adr/0007); everything else stands behind the wall.
OPEN = {
    "accounts_user",  # an address and a hashed password; nothing about health
    "accounts_sign_in",  # found by the hash of its key before anybody is signed in
    "accounts_letter",  # written before anybody is signed in, read by the worker's login alone
    "clients_invitation",  # found by the hash of its token before anybody is signed in
    "coachapi_demo_clock",
    "coachapi_heartbeat",
    "programs_variation",  # the public library
}
RECORDS: dict[type[Model], dict[str, str]] = {
    models.PlanRevision: {"reason": "x"},
    models.SessionChange: {"slot": "x"},
    models.Answer: {"source": "exposure"},
    models.Verdict: {"action_set": "A1"},
    models.Regression: {"title": "x"},
    models.RegressionStep: {"reason": "x"},
    models.Decision: {"note": "x"},
    models.Grant: {"title": "x"},
    models.GrantUse: {"zone": "x"},
    models.Import: {"text": "x"},
    models.PastSet: {"note": "x"},
    models.Media: {"note": "x"},
    models.Clearance: {"limits": "x"},
    models.SymptomReport: {"zone": "Europe/Paris"},
    models.Site: {"region": "groin"},
    models.TechniqueCheck: {"pattern": "squat"},
    models.CheckIn: {"zone": "Europe/Paris"},
    models.Message: {"text": "x"},
    models.RemovedSet: {"row": "{}x"},
    models.Quarantined: {"reason": "x"},
    ProgramRevision: {"number": "9"},
    RuleBook: {"number": "9"},
}


def our_tables() -> list[str]:
    """The tables of every model of the three floors, also those between two models."""
    ours = ("accounts", "coachapi", "notifications", "programs", "clients")
    return sorted(
        each._meta.db_table
        for app in ours
        for each in apps.get_app_config(app).get_models(include_auto_created=True)
    )


def asked(question: str, *values: str | list[str]) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(question, values)
        return cursor.fetchall()


@pytest.fixture
def written(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Generator[World, None, None]:
    with django_db_blocker.unblock(), snapshots.of(every_record_once) as world:
        yield world


@pytest.fixture
def full(written: World, db: None) -> World:
    """A world in which every kind of record has been written once; rolled back after the test."""
    return written


def every_record_once() -> World:
    w = World.opened()
    sore = w.aches(w.noor)
    change = w.applies(sore, "LB-HT.b")
    with acting_as(w.noor.user_id):
        projection.refresh(w.noor, at=w.acts(w.noor)["at"])
        kept = {"client": w.noor, "row": {}}
        models.RemovedSet.objects.create(**kept, id=new_id(), removed_at=w.acts(w.noor)["at"])
        models.Quarantined.objects.create(**kept, received_at=w.acts(w.noor)["at"])
    stop = w.hurts(w.noor, emergency_body(), at=w.acts(w.noor)["at"])
    w.says_more(stop, {"answers": {"L1": "yes"}})
    with acting_as(w.ada.pk):
        clearances.record(
            report_id=stop.pk,
            seen_on=stop.performed_on,
            professional="physician",
            limits="",
            **w.acts(w.noor),
        )
        acts = w.acts(w.noor)
        ticks = {"exercise_id": "ht_barbell", "pattern": "hip_thrust", "checklist": "ht_top_v1"}
        models.TechniqueCheck.objects.create(**acts, **ticks, answers={}, passed=True)
        said = {"id": new_id(), "client": w.noor, "zone": "Europe/London", "body_hash": "x"}
        said |= {"performed_at": acts["at"], "received_at": acts["at"]}
        models.CheckIn.objects.create(
            **said, by=w.noor.user, kind="readiness", said={}, performed_on=acts["at"].date()
        )
        moved = models.Session.objects.filter(client=w.noor, on__gt=TODAY).order_by("on")[0]
        session_changes.move(session_id=moved.pk, on=moved.on + DAY, today=TODAY, **w.acts(w.noor))
        job = models.Job.objects.create(
            by=w.ada, kind="assign", program=w.glutes, template=1, total=1, at=acts["at"]
        )
        models.JobItem.objects.create(job=job, client=w.noor, place=0)
        until = acts["at"].date()
        grant = models.Grant.objects.create(
            client=w.noor,
            way="up",
            title="y",
            regression=change,
            until=until,
            given_by=w.ada,
            given_at=acts["at"],
        )
        use = {key: said[key] for key in ("client", "zone", "body_hash", "received_at")}
        models.GrantUse.objects.create(
            **use, id=new_id(), grant=grant, used_at=acts["at"], refused=["clock"]
        )
        film = {"content_type": "video/mp4", "size_bytes": 1, "sha256": "0", "at": acts["at"]}
        models.Media.objects.create(
            **film, id=new_id(), client=w.noor, exercise_id="ht_barbell", by=w.noor.user
        )
        file = models.Import.objects.create(
            id=new_id(), client=w.noor, source="hevy", text="", by=w.noor.user, at=acts["at"]
        )
        done = {"performed_at": acts["at"], "performed_on": until, "kind": "work", "raw": []}
        models.PastSet.objects.create(
            id=new_id(), client=w.noor, brought_by=file, line=2, order=0, **done
        )
        models.Message.objects.create(**said, author=w.ada, from_coach=True, text="How was it?")
        protocols.publish(
            place=people.coach_place(w.ada),
            text=rules.shipped_text("protocols"),
            expected=0,
            by=w.ada,
            at=acts["at"],
        )
    return w


@pytest.mark.parametrize("table", [each for each in our_tables() if each not in OPEN])
def test_walls_every_table_with_a_policy_for_each_command(db: None, table: str) -> None:
    [(enabled, forced)] = asked(
        "SELECT relrowsecurity, relforcerowsecurity FROM pg_class WHERE oid = %s::regclass", table
    )
    assert (enabled, forced) == (True, True)
    policies = asked("SELECT roles, cmd FROM pg_policies WHERE tablename = %s", table)
    for login in ("coach_app", "coach_worker"):
        commands = {cmd for roles, cmd in policies if login in str(roles)}
        assert "ALL" in commands or commands >= {"SELECT", "INSERT", "UPDATE", "DELETE"}, commands


def test_leaves_no_table_open_but_those_named(db: None) -> None:
    found = asked(
        "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace"
        " AND relkind = 'r' AND NOT relrowsecurity AND relname = ANY (%s)",
        our_tables(),
    )
    assert {name for (name,) in found} == OPEN


@pytest.mark.parametrize("login", ["coach_app", "coach_worker", "coach_relay", "coach_owner"])
def test_gives_no_login_a_way_past_the_walls(db: None, login: str) -> None:
    [found] = asked(
        "SELECT rolsuper, rolbypassrls, rolcreaterole FROM pg_roles WHERE rolname = %s", login
    )
    assert found == (False, False, False)


@pytest.mark.parametrize("login", ["coach_app", "coach_worker"])
def test_lets_the_owner_alone_own(db: None, login: str) -> None:
    assert (
        asked(
            "SELECT relname FROM pg_class c JOIN pg_roles r ON r.oid = relowner WHERE rolname = %s",
            login,
        )
        == []
    )
    [(member,)] = asked("SELECT pg_has_role(%s, 'coach_owner', 'MEMBER')", login)
    assert member is False


def test_shows_nobody_anything_without_a_name(full: World) -> None:
    held = {each: each._default_manager for each in apps.get_app_config("clients").get_models()}
    open_ = {models.Invitation}
    with acting_as(full.ada.pk):
        empty = [each.__name__ for each, rows in held.items() if not rows.exists()]
    assert empty == []
    seen = [each.__name__ for each, rows in held.items() if each not in open_ and rows.exists()]
    assert seen == []


@pytest.mark.parametrize("record", RECORDS, ids=lambda each: each.__name__)
def test_refuses_to_rewrite_a_record(full: World, record: type[Model]) -> None:
    with acting_as(full.ada.pk):
        rows = record._default_manager
        assert rows.exists()
        with pytest.raises(DatabaseError) as no, transaction.atomic():
            rows.update(**RECORDS[record])
    assert getattr(no.value.__cause__, "sqlstate", "") == "23001"


@pytest.mark.parametrize("record", RECORDS, ids=lambda each: each.__name__)
def test_gives_nobody_the_right_to_delete_a_record(full: World, record: type[Model]) -> None:
    [(may,)] = asked("SELECT has_table_privilege('coach_app', %s, 'DELETE')", record._meta.db_table)
    assert may is False


def test_names_every_record_here(db: None) -> None:
    found = asked(
        "SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname LIKE '%%is_a_record'"
    )
    assert {name for (name,) in found} == {each._meta.db_table for each in RECORDS}
