"""What was trained before …"""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from clients import models
from clients.actions import imports
from clients.queries import export, people
from clients.queries import imports as held
from coachapi.door import acting_as
from coachapi.ids import new_id
from coachapi.refusals import Unreadable
from tests.bodies import MONDAY, sore_back
from tests.world import CANARY, ZONE, World

FILES = Path(__file__).parents[1] / "domain" / "imports"


def sent(w: World, name: str, *, unit: str = "", text: str = "") -> models.Import:
    """Noor's phone sends a file."""
    with acting_as(w.noor.user_id):
        row, _ = imports.send(
            client=people.own_client(w.noor.user),
            import_id=new_id(),
            text=text or (FILES / f"{name}.csv").read_text(),
            zone=ZONE,
            unit=unit,
            by=w.noor.user,
            at=MONDAY,
        )
        return row


def brought(w: World, row: models.Import, *, unit: str = "", **names: str) -> models.Import:
    """She starts it, and a worker does it."""
    with acting_as(w.noor.user_id):
        imports.start(
            client=people.own_client(w.noor.user), import_id=row.pk, unit=unit, names=names
        )
    imports.bring(import_id=row.pk, client_id=w.noor.pk)
    with acting_as(w.noor.user_id):
        return models.Import.objects.get(pk=row.pk)


def past(w: World) -> list[models.PastSet]:
    with acting_as(w.noor.user_id):
        return list(models.PastSet.objects.order_by("performed_at", "order"))


def test_is_looked_at_before_anything_is_brought(w: World) -> None:
    row = sent(w, "hevy")
    with acting_as(w.noor.user_id):
        shown = held.preview(row)
    assert (shown["sets"], shown["already_here"], shown["faulty"]) == (3, 0, 0)
    first = shown["exercises"][0]
    assert (first["name"], first["exercise_id"]) == ("Hip Thrust (Barbell)", "ht_barbell")
    assert past(w) == []


def test_is_brought_once_however_often_it_is_sent(w: World) -> None:
    done = brought(w, sent(w, "hevy"))
    assert (done.state, done.done, done.total) == ("done", 3, 3)
    warmup, work, run = past(w)
    assert (work.exercise_id, work.weight_kg, work.weight_unit) == ("ht_barbell", 120, "kg")
    assert work.performed_at.isoformat() == "2025-12-22T08:00:00+00:00"
    assert (run.exercise_id, run.exercise_name) == (None, "Running")
    assert warmup.raw[4] == "Hip Thrust (Barbell)"
    again = brought(w, sent(w, "hevy"))
    assert again.state == "done" and len(past(w)) == 3
    with acting_as(w.noor.user_id):
        assert held.preview(again)["already_here"] == 3


def test_never_guesses_a_unit(w: World) -> None:
    row = sent(w, "strong")
    with pytest.raises(imports.UnitMissing):
        brought(w, row)
    assert past(w) == []
    brought(w, row, unit="lb")
    loads = [each.weight_kg for each in past(w) if each.weight_kg]
    assert [str(each) for each in loads] == ["54.431", "27.216"]


def test_keeps_a_name_that_the_client_said_means_another_lift(w: World) -> None:
    brought(w, sent(w, "hevy"), **{"Hip Thrust (Barbell)": "ht_american"})
    assert past(w)[0].exercise_id == "ht_american"


def test_is_not_started_for_an_exercise_nobody_knows(w: World) -> None:
    row = sent(w, "hevy")
    with pytest.raises(Unreadable):
        brought(w, row, **{"Running": "no_such_lift"})
    with acting_as(w.noor.user_id):
        assert models.Import.objects.get(pk=row.pk).state == "read"


def test_keeps_the_answers_it_was_started_with(w: World) -> None:
    row = sent(w, "hevy")
    brought(w, row)
    brought(w, row)  # the same again is the same
    with pytest.raises(imports.AlreadyRunning):
        brought(w, row, **{"Running": "ht_american"})


def test_that_is_no_file_of_theirs_is_refused_and_not_kept(w: World) -> None:
    with pytest.raises(imports.NotAFile):
        sent(w, "", text="a,b\n1,2\n")
    with acting_as(w.noor.user_id):
        assert not models.Import.objects.exists()


def test_is_seen_by_nobody_elses_coach(w: World) -> None:
    brought(w, sent(w, "hevy"))
    with acting_as(w.bo.pk):
        assert not models.PastSet.objects.exists() and not models.Import.objects.exists()


def test_leaves_with_everything_else_a_client_has(w: World) -> None:
    w.trains(w.noor)
    w.hurts(w.noor, sore_back(4, note="=1+1 of the left side"))
    brought(w, sent(w, "hevy"))
    with acting_as(w.noor.user_id):
        noor = people.own_client(w.noor.user)
        whole = export.everything(noor, at=MONDAY)
        packed = zipfile.ZipFile(io.BytesIO(export.as_csv(noor, at=MONDAY)))
    counted = {name: len(rows) for name, rows in whole["tables"].items()}
    assert (counted["set_log"], counted["report"], counted["past_set"]) == (3, 1, 3)
    assert CANARY["Harbour"] in json.dumps(whole) and CANARY["Quist"] not in json.dumps(whole)
    assert {f"{name}.csv" for name in whole["tables"]} <= set(packed.namelist())
    assert b"Hip Thrust (Barbell)" in packed.read("past_set.csv")


def test_can_run_no_formula_where_it_is_opened(w: World) -> None:
    text = (FILES / "hevy.csv").read_text().replace("slow", "=HYPERLINK(1)")
    brought(w, sent(w, "", text=text))
    with acting_as(w.noor.user_id):
        packed = export.as_csv(people.own_client(w.noor.user), at=MONDAY)
    said: Any = zipfile.ZipFile(io.BytesIO(packed)).read("past_set.csv").decode()
    assert ",'=HYPERLINK(1)," in said
