"""The main story carried on: three calm exposures, the review, the ladder, settled, resolved."""

from __future__ import annotations

import datetime as dt
from typing import Any

from tests.stories.a_sore_back import told
from tests.stories.people import until
from tests.stories.world import Client, World, applied

EVENING, MORNING = 17, 9  # UTC; Noor lives in London


def play(world: World) -> None:
    """Train what the phone shows, answer each morning, step up when the rules agree."""
    noor, report, _ = told(world)
    made = applied(world, report["id"], "LB-HT.b").ok(201)
    step = f"/v1/regressions/{made['regression_id']}/step"
    for _ in range(3):
        assert _train_next(noor, 1) >= 1, "the morning after an exposure is asked about"
    world.say("Three exposures, each morning calm.")
    review = dt.datetime.fromisoformat(made["review_on"] + f"T{MORNING:02}:00:00+00:00")
    world.pass_time(hours=(review - world.now()) / dt.timedelta(hours=1))
    until(
        "Ada is asked",
        lambda: [
            each
            for each in world.ada.get("/v1/alerts")["items"]
            if each["kind"] == "regression.review" and each["client_id"] == noor.id
        ],
    )
    world.say("Day 21: Ada is asked. Step back?")

    rungs: list[str] = []
    for _ in range(24):
        stepped = world.ada.post(step)
        if stepped.status == 204:
            rungs.append(_lift(noor))
            world.say(f"{world.now():%d %b}: Ada steps up. Coming: {rungs[-1]}")
        elif stepped.body["code"] == "regression.not_running":
            break
        else:
            assert stepped.body["code"] == "ladder.not_yet", stepped
        _train_next(noor, 1)
    assert len(rungs) >= 4, rungs
    assert "Barbell" in rungs[-1] and "120 kg" in rungs[-1], rungs
    asked_later = 0
    for _ in range(5):
        world.pass_time(days=5)
        asked_later += _train_next(noor, 0)
    assert asked_later == 1, "four weeks after the top one last question is asked"
    outcomes = world.ada.get("/v1/outcomes")["items"]
    row = next(each for each in outcomes if each["option_id"] == "LB-HT.b")
    assert row["settled"] >= 1, row
    world.say(f"Settled, and 28 days calm. The outcome page counts: {row['words']}")


def _train_next(noor: Client, value: int) -> int:
    """Let time pass to the next session, train it, answer the morning after; returns how much."""
    world = noor.world
    on = dt.date.fromisoformat(_planned(noor)[0]["date"])
    evening = dt.datetime(on.year, on.month, on.day, EVENING, tzinfo=dt.UTC)
    if evening > world.now():
        world.pass_time(hours=(evening - world.now()) / dt.timedelta(hours=1))
    noor.train(_planned(noor)[0], at=world.now())
    morning = evening + dt.timedelta(hours=24 - EVENING + MORNING)
    world.pass_time(hours=(morning - world.now()) / dt.timedelta(hours=1))
    return noor.answers_due(value, at=world.now())


def _planned(noor: Client) -> list[dict[str, Any]]:
    shown: list[dict[str, Any]] = noor.phone.get("/v1/week?days=8")["sessions"]
    return [
        each for each in shown if each["state"] == "planned" and each["items"][0]["prescription"]
    ]


def _lift(noor: Client) -> str:
    lift = _planned(noor)[0]["items"][0]["prescription"]
    return f"{lift['exercise']['name']} {lift['line']}"
