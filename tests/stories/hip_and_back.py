"""Hip and low back together: band and high-rep thrusts, alternating, for three weeks."""

from __future__ import annotations

import datetime as dt

from tests.stories.world import GLUTES, Client, World, applied


def play(world: World) -> None:
    """LBHIP-HT.a: band, high-rep, band; then high-rep, band, high-rep (domain §5)."""
    now = world.now()
    client = Client.join(world, "Mei Tanaka")
    week_ago = now - dt.timedelta(days=7)
    days = [(week_ago.weekday() + each) % 7 for each in (0, 2, 4)]
    client.given(GLUTES, days, week_ago.date())
    places = [("back_low", "midline", 4), ("hip_front", "right", 4)]
    shown = client.phone.get(f"/v1/week?from={week_ago.date()}&days=8")["sessions"]
    for day in (week_ago, now):
        session = next(each for each in shown if each["date"] == str(day.date()))
        client.train(session, at=day)
        report = client.hurts(places, session=session["id"], at=day)
        report = client.answers_the_rest(report, at=day + dt.timedelta(minutes=5))
    assert report["level"] == "modify"
    read = world.ada.get(f"/v1/inbox/{report['id']}")
    assert read["options"][0]["option_id"] == "LBHIP-HT.a", read["options"]
    assert read["options"][0]["days"] == 21
    applied(world, report["id"], "LBHIP-HT.a").ok(201)
    coming = client.phone.get(f"/v1/week?days=21&from={now.date()}")["sessions"]
    lifts = [
        each["items"][0]["prescription"]
        for each in coming
        if each["state"] == "planned" and each["items"][0]["change"]
    ]
    names = [lift["exercise"]["id"] for lift in lifts]
    assert names[:6] == ["ht_band", "ht_barbell"] * 3, names
    assert lifts[1]["sets"][0]["reps_min"] == 15
    world.say(f"Hip and low back: {', '.join(lift['line'] for lift in lifts[:2])}, in turn.")
