"""Low back with numbness between the legs: stop, tell two channels, escalate, only cleared out."""

from __future__ import annotations

from tests.stories.people import new_id, until
from tests.stories.world import GLUTES, Client, World


def play(world: World) -> None:
    """No options, apply refused, sessions paused, logging works; the way out is a clearance."""
    now = world.now()
    sam = Client.join(world, "Sam Carter")
    sam.given(GLUTES, [(now.weekday() + each) % 7 for each in (0, 2, 4)], now.date())
    session = sam.today()["sessions"][0]
    report = sam.hurts([("back_low", "midline", 5)], session=session["id"], yes=["L1"], at=now)
    assert report["level"] == "emergency"
    world.say(f"Sam's phone: {report['words']}")
    assert sam.today()["stop"]["level"] == "emergency"
    assert all(each["paused"] for each in sam.today()["coming"])

    shown = world.ada.get(f"/v1/inbox/{report['id']}")
    assert not shown["options"] and not shown["more"] and shown["remove"] is None
    for option in ("LB-HT.b", "LB-HT-H.a", "remove_for_now"):
        refused = world.ada.post(
            f"/v1/inbox/{report['id']}/apply", {"option_id": option, "basis": shown["basis"]}
        )
        assert refused.status == 409, refused
        assert refused.body["code"] == "regression.referral_due"
    world.say(f"Ada tries to apply: {refused.body['detail']}")

    sam.train(session, at=now)
    world.say("Logging still works.")

    world.pass_time(minutes=11)
    escalated = until(
        "the cover coach is told",
        lambda: [
            alert
            for alert in world.jo.get("/v1/alerts")["items"]
            if alert["about_id"] == report["id"] and alert["step"] > 1
        ],
    )
    world.say(f"Unread for ten minutes: Jo is told at {escalated[0]['told_at']}.")
    world.jo.post(f"/v1/inbox/{report['id']}/decisions/acknowledge").ok()

    body = {
        "performed_at": now.isoformat(),
        "zone": "Europe/London",
        "answers": {"L1": "no"},
    }
    later = sam.phone.put(f"/v1/reports/{report['id']}/answers/{new_id()}", body).ok()
    assert later["report"]["level"] == "emergency", "a later no took a yes back"

    cleared = world.ada.post(
        f"/v1/inbox/{report['id']}/clearance",
        {"seen_on": str(world.now().date()), "professional": "emergency department", "limits": ""},
    ).ok(201)
    assert cleared["level"] in {"monitor", "modify"}
    assert sam.today()["stop"] is None
    world.say(f"A clearance is recorded: the level is now {cleared['level']}.")
