"""Undo restores exactly what was there."""

from __future__ import annotations

from tests.stories.a_sore_back import told
from tests.stories.world import World, applied


def play(world: World) -> None:
    """Apply, look, undo: every coming session is as before, and the report waits again."""
    noor, report, _ = told(world)
    before = noor.today()["coming"]
    made = applied(world, report["id"], "LB-HT.b").ok(201)
    assert noor.today()["coming"] != before
    world.ada.post(f"/v1/regressions/{made['regression_id']}/undo").ok(204)
    assert noor.today()["coming"] == before
    waiting = {each["report_id"] for each in world.ada.get("/v1/inbox")["items"]}
    assert report["id"] in waiting
    again = world.ada.post(f"/v1/regressions/{made['regression_id']}/undo")
    assert (again.status, again.body["code"]) == (409, "regression.not_running")
    world.say("Undone: the plan is as it was, the report waits for another decision.")
