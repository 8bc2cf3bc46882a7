"""The main story carried on: three calm exposures, the review, the ladder, settled, resolved."""

from __future__ import annotations

import datetime as dt
from typing import Any

from tests.stories.a_sore_back import told
from tests.stories.world import Client, World, applied

MORNING = 9


def play(world: World) -> None:
    """Day by day: train what the phone shows, answer the morning, step up when the rules agree."""
    noor, report, _ = told(world)
    made = applied(world, report["id"], "LB-HT.b").ok(201)
    regression = made["regression_id"]
    rungs: list[str] = []
    for _ in range(70):
        _to_next_morning(world)
        noor.answers_due(1, at=world.now())
        _train_if_planned(noor)
        if world.now().date() < dt.date.fromisoformat(made["review_on"]) and not rungs:
            continue
        stepped = world.ada.post(f"/v1/regressions/{regression}/step")
        if stepped.status == 204:
            rungs.append(_lift(noor))
            world.say(f"{world.now():%d %b}: Ada steps up. Coming: {rungs[-1]}")
        elif stepped.body["code"] == "regression.not_running":
            break
        else:
            assert stepped.body["code"] == "ladder.not_yet", stepped
    assert len(rungs) >= 4, rungs
    assert "Barbell" in rungs[-1] and "120 kg" in rungs[-1], rungs
    for _ in range(32):
        _to_next_morning(world)
        noor.answers_due(0, at=world.now())
        _train_if_planned(noor)
    outcomes = world.ada.get("/v1/outcomes")["items"]
    row = next(each for each in outcomes if each["option_id"] == "LB-HT.b")
    assert row["settled"] >= 1, row
    world.say(f"Settled, and 28 days calm. The outcome page counts: {row['words']}")


def _to_next_morning(world: World) -> None:
    now = world.now()
    world.pass_time(hours=(24 - now.hour + MORNING))


def _train_if_planned(noor: Client) -> None:
    for session in noor.today()["sessions"]:
        if session["state"] == "planned" and session["items"][0]["prescription"]:
            noor.train(session, at=noor.world.now())


def _lift(noor: Client) -> str:
    coming: list[dict[str, Any]] = noor.phone.get("/v1/week?days=7")["sessions"]
    lift = next(
        each["items"][0]["prescription"]
        for each in coming
        if each["state"] == "planned" and each["items"][0]["prescription"]
    )
    return f"{lift['exercise']['name']} {lift['line']}"
