"""A pull tells the phone everything that changed since its cursor, and nothing twice for long."""

from __future__ import annotations

import datetime as dt
import json
import uuid

import pytest
from django.db import connection

from clients import models
from clients.actions import projection
from clients.queries import phone
from coachapi import sync
from coachapi.door import acting_as
from coachapi.sync import LIBRARY, Access, Now, Scopes
from tests.bodies import MONDAY, TODAY, emergency_body, sore_back
from tests.isolation.tables import Tables
from tests.sync.phone import Phone
from tests.world import World, client_api


@pytest.fixture
def noor(world: World) -> Phone:
    """Noor's phone, freshly signed in and synced once."""
    phone = Phone.of(world.noor)
    phone.pull()
    return phone


def test_the_first_holds_the_plan_as_it_stands_and_the_library(noor: Phone) -> None:
    assert len(noor.rows["sessions"]) == 16  # Mon, Wed, Fri from a week back to four ahead
    assert len(noor.rows["prescriptions"]) == 32
    assert "ht_barbell" in noor.rows["exercises"]
    row = noor.place(TODAY, "A1")
    assert (row["exercise_id"], row["line"]) == ("ht_barbell", "3 × 8 · 120 kg · RIR 2")


def test_the_next_holds_nothing_when_nothing_has_changed(noor: Phone) -> None:
    assert noor.pull() == set()


def test_a_set_logged_elsewhere_comes_with_its_session(world: World, noor: Phone) -> None:
    logged, _ = world.logged(world.noor)
    told = noor.pull()
    assert told == {"sessions", "set_logs"}
    row = noor.rows["set_logs"][str(logged.pk)]
    assert (row["reps"], row["rir"], row["rev"]) == (8, 2, 1)
    assert noor.rows["sessions"][row["session_id"]]["state"] == "started"


def test_a_report_says_sent_then_seen_then_changed_until(world: World, noor: Phone) -> None:
    said = world.hurts(world.noor, sore_back(4))
    noor.pull()
    row = noor.rows["symptom_reports"][str(said.pk)]
    assert (row["level"], row["seen_at"], row["changed_until"]) == ("monitor", None, None)
    world.says_no_to_the_rest(said)
    change = world.applies(said, "LB-HT.b")
    told = noor.pull()
    assert {"symptom_reports", "regressions", "prescriptions"} <= told
    row = noor.rows["symptom_reports"][str(said.pk)]
    assert (row["decided"], row["changed_until"] is not None) == ("applied", True)
    assert noor.rows["regressions"][str(change.pk)]["title"] == change.title
    place = noor.place(TODAY + dt.timedelta(days=2), "A1")
    assert (place["exercise_id"], place["regression_id"]) == ("ht_american", str(change.pk))


def test_what_is_shown_is_what_resolve_says_whatever_was_done(world: World, noor: Phone) -> None:
    said = world.says_no_to_the_rest(world.hurts(world.noor, sore_back(4)))
    world.trains(world.noor)
    world.applies(said, "LB-HT.b")
    noor.pull()
    with acting_as(world.noor.user_id):
        first = TODAY - projection.BACK
        user = world.noor.user
        days = phone.week(user, first=first, days=projection.DAYS, at=MONDAY)["sessions"]
    hashes = {each["hash"] for session in days for each in session["items"]}
    assert {row["hash"] for row in noor.rows["prescriptions"].values()} == hashes
    states = {str(each["id"]): each["state"] for each in days}
    assert {id_: row["state"] for id_, row in noor.rows["sessions"].items()} == states


def test_writing_the_plan_anew_moves_no_mark_where_nothing_changed(
    world: World, noor: Phone
) -> None:
    with acting_as(world.noor.user_id):
        models.ProjectionMark.objects.create(client=world.noor)
    assert noor.pull() == set()
    with acting_as(world.noor.user_id):
        assert not models.ProjectionMark.objects.exists()


def test_a_stop_pauses_every_session_shown(world: World, noor: Phone) -> None:
    world.hurts(world.noor, emergency_body())
    noor.pull()
    assert {row["paused"] for row in noor.rows["sessions"].values()} == {True}


def test_nobody_elses_rows_and_no_column_that_the_phone_would_spoil(
    world: World, noor: Phone
) -> None:
    world.logged(world.sam)
    world.hurts(world.sam, sore_back(4))
    assert noor.pull() == set()
    everything = client_api(world.noor.user).ok("GET", "/v1/sync")
    assert "kanariquist" not in json.dumps(everything)
    for table in everything["changes"].values():
        assert table["created"] == []
        for row in table["updated"]:
            assert not {"created_at", "updated_at", "_status", "_changed"} & set(row)
            assert not [v for v in row.values() if isinstance(v, dict | list)]


def test_who_loses_the_place_is_told_its_ids_as_deleted_and_all_rows_on_return(
    world: World, noor: Phone
) -> None:
    logged, _ = world.logged(world.noor)
    noor.pull()
    user = world.noor.user
    assert user is not None
    _bind(world, None)
    noor.pull()
    assert {name: rows for name, rows in noor.rows.items() if rows} == {}
    _bind(world, user.pk)
    noor.pull()
    assert str(logged.pk) in noor.rows["set_logs"] and len(noor.rows["exercises"]) == 95


def test_a_cursor_of_no_use_is_answered_with_everything(world: World, noor: Phone) -> None:
    for cursor in (noor.cursor + (1 << 40), noor.cursor + 10**9, "garbage", "-5", 2**53, 10**30):
        answer = client_api(world.noor.user).ok("GET", f"/v1/sync?last_pulled_at={cursor}")
        assert answer["experimentalStrategy"] == "replacement", cursor
        assert len(answer["changes"]["sessions"]["updated"]) == 16
    first = client_api(world.noor.user).ok("GET", "/v1/sync?last_pulled_at=null")
    assert "experimentalStrategy" not in first


def test_a_tombstone_is_forgotten_after_half_a_year_and_older_cursors_start_anew(
    world: World, noor: Phone
) -> None:
    logged, _ = world.logged(world.noor)
    before = noor.cursor
    noor.pull()
    noor.pushed(set_logs={"deleted": [str(logged.pk)]})
    with Tables() as tables:
        aged = "UPDATE coachapi_sync_change SET gone_at = gone_at - interval '181 days'"
        tables.link.execute(f"{aged} WHERE row_id = %s", [str(logged.pk)])
        assert tables.link.execute("SELECT sync_forget()").fetchone() == (1,)
    answer = noor.person.ok("GET", f"/v1/sync?last_pulled_at={before}")
    assert answer["experimentalStrategy"] == "replacement"


def test_an_upgraded_app_is_sent_the_tables_it_names_whole(noor: Phone) -> None:
    named = {"from": 1, "tables": ["sessions", "auth_user"], "columns": [{"table": "exercises"}]}
    noor.pull(migration=json.dumps(named))
    told = {name: many for name, many in noor.told.items() if name in {"sessions", "exercises"}}
    assert told == {"sessions": 16, "exercises": 95}


def test_a_cursor_is_exact_in_javascript() -> None:
    now = Now(generation=8191, oldest=0, xmin=(1 << 40) - 1)
    assert now.cursor == 2**53 - 1
    assert now.since(now.cursor) == now.xmin
    assert Now(1, oldest=7, xmin=9).since(1 << 40 | 6) is None  # its tombstones are forgotten
    assert Now(1, oldest=7, xmin=9).since(1 << 40 | 7) == 7


def test_scopes_come_and_go_with_the_place_a_user_has() -> None:
    one, other = uuid.uuid4(), uuid.uuid4()
    held, was = Access("client", one, True, 10), Access("client", other, True, 5)
    assert sync.scopes([held], {one}, 20) == Scopes({one, LIBRARY}, set(), set())
    assert sync.scopes([held], {one}, 10) == Scopes(set(), {one, LIBRARY}, set())
    assert sync.scopes([held, was], {one}, 8) == Scopes(set(), {one, LIBRARY}, {other})
    assert sync.scopes([held, was], {one}, 20).lost == set()
    gone = Access("client", one, False, 30)
    assert sync.scopes([gone], set(), 20) == Scopes(set(), set(), {one, LIBRARY})
    assert sync.scopes([gone], set(), 31).lost == set()


def _bind(world: World, user_id: uuid.UUID | None) -> None:
    """Take the place from its user, or give it back, as the owner of the database may."""
    with acting_as(world.ada.pk), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE clients_client SET user_id = %s WHERE id = %s", [user_id, world.noor.pk]
        )
