"""A push is taken whole or not at all, and nothing that a phone says is ever lost."""

from __future__ import annotations

import datetime as dt
import gzip
import json

import pytest

from clients import models
from clients.actions import enrolment
from coachapi.accounts.models import User
from coachapi.door import acting_as
from coachapi.ids import new_id
from coachapi.notifications.models import Alert
from tests.bodies import MONDAY, TODAY, sore_back
from tests.isolation.tables import Tables
from tests.sync.phone import Phone
from tests.world import HOUR, World


@pytest.fixture
def noor(world: World) -> Phone:
    """Noor's phone, synced once."""
    phone = Phone.of(world.noor)
    phone.pull()
    return phone


def said(phone: Phone, value: int = 4, **more: object) -> dict[str, object]:
    """A report row: what REST takes as its body is JSON text in ``said``."""
    body = sore_back(value) | {"session_id": phone.session(TODAY)["id"]} | more
    return {"id": str(new_id()), "said": json.dumps(body), "performed_at": 1_777_896_000_000}


def test_a_session_with_its_report_becomes_acts_and_alerts(world: World, noor: Phone) -> None:
    session = noor.session(TODAY) | {"state": "done", "finished_at": 1_777_899_600_000}
    report = said(noor)
    sets = [noor.set_row(TODAY, set_index=index) for index in range(3)]
    assert noor.pushed(sessions=[session], symptom_reports=[report], set_logs=sets) == {}
    noor.pull()
    assert noor.session(TODAY)["state"] == "done"
    assert len(noor.rows["set_logs"]) == 3
    with acting_as(world.ada.pk):
        row = models.SymptomReport.objects.get(pk=str(report["id"]))
        assert (row.level, row.verdicts.count()) == ("monitor", 1)
        assert Alert.objects.filter(about_id=row.pk).count() == 1
        frozen = models.Session.objects.get(pk=session["id"]).frozen
        assert [each["now"]["exercise"] for each in frozen] == ["ht_barbell", "row_chest"]


def test_an_answer_finds_the_question_that_was_due(world: World, noor: Phone) -> None:
    report = said(noor)
    noor.pushed(symptom_reports=[report])
    noor.pull()
    due = next(r for r in noor.rows["follow_ups"].values() if r["kind"] == "questions_after")
    replies = dict.fromkeys(json.loads(due["questions"]), "no")
    answer = {"id": str(new_id()), "said": json.dumps({"answers": replies})}
    noor.pushed(answers=[answer | {"follow_up_id": due["id"], "performed_at": 1_777_896_600_000}])
    noor.pull()
    state = noor.rows["symptom_reports"][str(report["id"])]
    assert json.loads(state["questions_later"]) == []
    assert noor.rows["answers"][answer["id"]]["report_id"] == report["id"]


def test_check_ins_and_messages_come_the_same_way(world: World, noor: Phone) -> None:
    when = {"performed_at": 1_777_896_000_000, "zone": "Europe/London"}
    check = {"id": str(new_id()), "kind": "readiness", "said": '{"taps": {"sleep": 3}}', **when}
    words = {"id": str(new_id()), "text": "Shall I come on Friday?", "from_coach": False, **when}
    assert noor.pushed(check_ins=[check], messages=[words]) == {}
    noor.pull()
    assert noor.rows["check_ins"][check["id"]]["kind"] == "readiness"
    assert noor.rows["messages"][words["id"]]["text"] == words["text"]


NO_PUSH = {
    "no JSON": (b"{", 400, "parse_error"),
    "a list": (b"[]", 400, "sync.bad_shape"),
    "a table that is none": (b'{"set_logs": []}', 400, "sync.bad_shape"),
    "rows that are none": (b'{"set_logs": {"created": {}}}', 400, "sync.bad_shape"),
    "a row that is none": (b'{"set_logs": {"updated": [1]}}', 400, "sync.bad_shape"),
    "Watermelon's own ids": (
        b'{"set_logs": {"created": [{"id": "aZ09aZ09aZ09aZ09"}]}}',
        400,
        "sync.bad_shape",
    ),
    "ids in capitals": (
        b'{"set_logs": {"deleted": ["01A2204D-64A5-71F6-9C2A-2F0A9206F82D"]}}',
        400,
        "sync.bad_shape",
    ),
    "20 000 rows": (
        json.dumps({"set_logs": {"deleted": [str(new_id())] * 20_000}}).encode(),
        413,
        "sync.too_many_rows",
    ),
    "9 MB": (b'{"x": "' + b"a" * 9_000_000 + b'"}', 413, "too_large"),
}
NO_GZIP = {
    "no gzip": (b"{}", 400),
    "half a gzip": (gzip.compress(b'{"set_logs": {}}')[:-9], 400),
    "a bomb": (gzip.compress(b" " * 50_000_000), 413),
}


def test_what_is_no_push_is_refused_and_nothing_is_written(noor: Phone) -> None:
    with Tables() as tables:
        before = tables.state()
        for name, (raw, status, code) in NO_PUSH.items():
            answer = noor.person.send("POST", "/v1/sync", raw)
            assert (answer.status_code, json.loads(answer.content)["code"]) == (status, code), name
        for name, (raw, status) in NO_GZIP.items():
            answer = noor.person.send("POST", "/v1/sync", raw, **{"Content-Encoding": "gzip"})
            assert answer.status_code == status, name
        answer = noor.person.send("POST", "/v1/sync", b"{}", **{"Content-Encoding": "br"})
        assert answer.status_code == 415
        assert tables.differing(before) == []


def test_a_gzipped_push_is_taken(noor: Phone) -> None:
    row = noor.set_row(TODAY)
    raw = gzip.compress(json.dumps({"changes": {"set_logs": {"created": [row]}}}).encode())
    answer = noor.person.send("POST", "/v1/sync", raw, **{"Content-Encoding": "gzip"})
    assert (answer.status_code, answer.content) == (200, b"{}")
    noor.pull()
    assert row["id"] in noor.rows["set_logs"]


def test_what_is_somebody_elses_stays_theirs_and_blocks_nothing(world: World, noor: Phone) -> None:
    theirs, _ = world.logged(world.sam)
    sams = world.session(world.sam)
    good = noor.set_row(TODAY, client_id=str(world.sam.pk))
    taken = noor.set_row(TODAY, id=str(theirs.pk))
    foreign = noor.set_row(TODAY, session_id=str(sams.pk))
    with acting_as(world.sam.user_id):
        before = models.SetLog.objects.values().get(pk=theirs.pk)
    answer = noor.pushed(
        set_logs={"created": [good, taken, foreign], "deleted": [str(theirs.pk)]},
        sessions=[{"id": str(sams.pk), "state": "skipped"}],
    )
    refused = sorted((each["table"], each["id"], each["code"]) for each in answer["warnings"])
    assert refused == sorted(
        [
            ("sessions", str(sams.pk), "not_found"),
            ("set_logs", taken["id"], "not_found"),
            ("set_logs", foreign["id"], "not_found"),
        ]
    )
    noor.pull()
    assert set(noor.rows["set_logs"]) == {good["id"]}
    with acting_as(world.sam.user_id):
        assert models.SetLog.objects.values().get(pk=theirs.pk) == before
        assert models.Session.objects.get(pk=sams.pk).state == "started"
        assert not models.Quarantined.objects.exists()
    with acting_as(world.noor.user_id):
        assert models.Quarantined.objects.count() == 3


def test_a_report_is_never_lost_whatever_it_says(world: World, noor: Phone) -> None:
    unreadable = said(noor) | {"said": "{no json"}
    nul = said(noor) | {"said": '{"note": "a\\u0000b", "regions": 7}'}
    dangling = said(noor, session_id=str(new_id()))
    year_off = said(noor, performed_at="2025-05-04T12:00:00Z", regions=[])
    flat = sore_back(3) | {"id": str(new_id()), "performed_at": 1_777_896_000_000}
    rows = [unreadable, nul, dangling, year_off, flat]
    assert noor.pushed(symptom_reports=rows) == {}
    with acting_as(world.ada.pk):
        kept = {str(row.pk): row for row in models.SymptomReport.objects.filter(client=world.noor)}
    assert kept.keys() == {str(row["id"]) for row in rows}
    assert kept[str(unreadable["id"])].level == "incomplete"
    assert kept[str(dangling["id"])].level == "monitor"
    assert kept[str(year_off["id"])].clock_suspect
    again = noor.pushed(symptom_reports=rows)
    assert again == {}
    other = unreadable | {"said": "{other words"}
    (warned,) = noor.pushed(symptom_reports=[other])["warnings"]
    assert warned["code"] == "report.other_body"


def test_two_phones_with_the_same_id_are_told_apart_by_rev(world: World, noor: Phone) -> None:
    other = Phone.of(world.noor)
    other.pull()
    row = noor.set_row(TODAY)
    noor.pushed(set_logs=[row])
    assert other.pushed(set_logs=[row]) == {}  # the same again
    noor.pushed(set_logs=[row | {"reps": 7, "_status": "updated", "rev": 1}])
    answer = other.push(set_logs=[row | {"reps": 6, "_status": "updated", "rev": 1}])
    problem = json.loads(answer.content)
    assert (answer.status_code, problem["code"]) == (409, "sync.conflict")
    stale = {"table": "set_logs", "id": row["id"], "reason": "stale", "rev": 2}
    assert problem["conflicts"] == [stale]


def test_nothing_is_deleted_where_records_are_kept(world: World, noor: Phone) -> None:
    report = said(noor)
    noor.pushed(symptom_reports=[report])
    noor.pull()
    place = next(iter(noor.rows["prescriptions"].values()))
    answer = noor.pushed(
        symptom_reports={"deleted": [report["id"]]},
        prescriptions=[place | {"line": "nothing today"}],
        unheard_of=[{"id": "x"}],
        exercises={"deleted": ["ht_barbell"]},
    )
    assert {each["code"] for each in answer["warnings"]} == {"sync.not_writable"}
    assert len(answer["warnings"]) == 4
    del noor.rows["symptom_reports"][str(report["id"])]
    noor.rows["prescriptions"][place["id"]] = {}
    noor.pull()
    assert str(report["id"]) in noor.rows["symptom_reports"]
    assert noor.rows["prescriptions"][place["id"]]["line"] == place["line"]
    assert "ht_barbell" in noor.rows["exercises"]


def test_a_push_is_taken_while_the_coach_leaves_and_not_with_a_dead_token(
    world: World, noor: Phone
) -> None:
    with acting_as(world.ada.pk):
        enrolment.end_coaching(client_id=world.noor.pk, by=world.ada, at=MONDAY + HOUR)
    assert noor.pushed(set_logs=[noor.set_row(TODAY)], symptom_reports=[said(noor)]) == {}
    User.objects.filter(pk=world.noor.user_id).update(is_active=False)
    assert noor.push(set_logs=[noor.set_row(TODAY)]).status_code == 401


def test_a_set_a_coach_was_asked_to_look_at_stays(world: World, noor: Phone) -> None:
    rows = [
        noor.set_row(TODAY - dt.timedelta(days=days), end_reason="position_lost") for days in (3, 0)
    ]
    noor.pushed(set_logs=rows)
    with acting_as(world.ada.pk):
        task = models.FollowUp.objects.get(client=world.noor, kind="technique")
    answer = noor.pushed(set_logs={"deleted": [str(task.set_log_id), str(new_id())]})
    assert [each["code"] for each in answer["warnings"]] == ["set.looked_at"]
    noor.pull()
    assert str(task.set_log_id) in noor.rows["set_logs"]
