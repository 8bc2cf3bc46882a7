"""Knee, 3 of 10, twice, with three hip-thrust days: one day fewer, never closer than 48 hours."""

from __future__ import annotations

import datetime as dt

from tests.stories.world import GLUTES, Client, World, applied


def play(world: World) -> None:
    """KN-HT.a: three days a week become two for 14 days; nothing moves by itself (domain §5)."""
    now = world.now()
    client = Client.join(world, "Leo Brandt")
    week_ago = now - dt.timedelta(days=7)
    days = [(week_ago.weekday() + each) % 7 for each in (0, 2, 4)]
    client.given(GLUTES, days, week_ago.date())
    shown = client.phone.get(f"/v1/week?from={week_ago.date()}&days=8")["sessions"]
    for day in (week_ago, now):
        session = next(each for each in shown if each["date"] == str(day.date()))
        client.train(session, at=day)
        report = client.hurts([("knee_front", "left", 3)], session=session["id"], at=day)
        report = client.answers_the_rest(report, at=day + dt.timedelta(minutes=5))
    assert report["level"] == "modify"
    read = world.ada.get(f"/v1/inbox/{report['id']}")
    assert read["options"][0]["option_id"] == "KN-HT.a", read["options"]
    assert read["options"][0]["days"] == 14
    made = applied(world, report["id"], "KN-HT.a").ok(201)
    coming = client.phone.get(f"/v1/week?days=14&from={now.date()}")["sessions"]
    thrusts = [
        dt.date.fromisoformat(each["date"])
        for each in coming
        if each["items"][0]["prescription"] and each["date"] < made["review_on"]
    ]
    gaps = [(later - earlier).days for earlier, later in zip(thrusts, thrusts[1:], strict=False)]
    assert min(gaps) >= 2, gaps
    assert len(thrusts) <= 5, thrusts
    world.say(f"Knee: two thrust days a week until {made['review_on']}, gaps of {gaps} days.")
