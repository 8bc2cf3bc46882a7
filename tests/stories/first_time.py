"""The same, first time ever: monitor, at the coach's side at once, swapped in three clicks."""

from __future__ import annotations

from tests.stories.people import until
from tests.stories.world import GLUTES, Client, World, applied


def play(world: World) -> None:
    """A first 4 of 10 is watched, not weighed down; the coach may still act."""
    now = world.now()
    client = Client.join(world, "Priya Rao")
    client.given(GLUTES, [(now.weekday() + each) % 7 for each in (0, 2, 4)], now.date())
    session = client.today()["sessions"][0]
    client.train(session, at=now)
    report = client.hurts([("back_low", "midline", 4)], session=session["id"], at=now)
    assert report["level"] == "monitor"
    alert = until(
        "Ada is told",
        lambda: [a for a in world.ada.get("/v1/alerts")["items"] if a["about_id"] == report["id"]],
    )
    world.say(f"First time, 4 of 10: {report['level']}; Ada told at {alert[0]['told_at']}.")
    shown = world.ada.get(f"/v1/inbox/{report['id']}")
    assert "LB-HT.b" not in {o["option_id"] for o in shown["options"] + shown["more"]}
    client.answers_the_rest(report, at=now)
    shown = world.ada.get(f"/v1/inbox/{report['id']}")
    offered = [option["option_id"] for option in shown["options"] + shown["more"]]
    assert offered[0] == "LB-HT.a" and "LB-HT.b" in offered, offered
    applied(world, report["id"], "LB-HT.b").ok(201)
    world.say("Questions answered: recheck stands first, and Ada chooses the American hip thrust.")
