"""The main story: low back, 4 of 10, for the second session in a fortnight."""

from __future__ import annotations

import datetime as dt
from typing import Any

from tests.stories.people import until
from tests.stories.world import GLUTES, THRUST_KG, Client, World, applied

BACK = ("back_low", "midline")


def told(world: World) -> tuple[Client, dict[str, Any], dict[str, Any]]:
    """Noor trains on Monday and again today; in set three her low back speaks up both times."""
    now = world.now()
    noor = Client.join(world, "Noor Haddad")
    week_ago = now - dt.timedelta(days=7)
    days = [(week_ago.weekday() + each) % 7 for each in (0, 2, 4)]
    noor.given(GLUTES, days, week_ago.date())
    first, second = _sessions(noor, week_ago, now)
    noor.train(first, at=week_ago)
    said = noor.hurts([(*BACK, 3)], session=first["id"], at=week_ago)
    noor.answers_the_rest(said, at=week_ago + dt.timedelta(hours=2))
    world.say("A week ago: low back, middle, 3 of 10. Noted, and at Ada's side.")
    noor.train(second, at=now)
    report = noor.hurts([(*BACK, 4)], session=second["id"], at=now)
    report = noor.answers_the_rest(report, at=now + dt.timedelta(minutes=1))
    world.say(f"Today, third set of {THRUST_KG} kg: 4 of 10. Her phone says: {report['words']}")
    return noor, report, second


def _sessions(
    noor: Client, week_ago: dt.datetime, now: dt.datetime
) -> tuple[dict[str, Any], dict[str, Any]]:
    shown = noor.phone.get(f"/v1/week?from={week_ago.date()}&days=8")["sessions"]
    by_day = {each["date"]: each for each in shown}
    return by_day[str(week_ago.date())], by_day[str(now.date())]


def play(world: World) -> None:
    """Report, verdict, options, American hip thrust for 21 days, and what the phone then shows."""
    noor, report, session = told(world)
    assert report["level"] == "modify"

    row = until(
        "the report is in Ada's inbox",
        lambda: next(
            (
                each
                for each in world.ada.get("/v1/inbox")["items"]
                if each["report_id"] == report["id"]
            ),
            None,
        ),
    )
    world.say(f"Ada's inbox: {row['client_name']} · {row['where']} · {row['score']} of 10.")
    shown = world.ada.get(f"/v1/inbox/{report['id']}")
    assert "D10" in {reason["row"] for reason in shown["reasons"]}
    options = [each["option_id"] for each in shown["options"]]
    assert options == ["LB-HT.b", "LB-HT.a", "LB-HT.c"], options
    american = shown["options"][0]
    assert american["days"] == 21
    assert "60 kg" in american["line"] and "8–12" in american["line"], american["line"]
    for option in shown["options"]:
        world.say(f"  {option['title']} · {option['line']} · {option['sessions_changed']} sessions")

    preview = world.ada.get(f"/v1/inbox/{report['id']}/options/LB-HT.b")
    assert {each["becomes_exercise"] for each in preview["rows"]} == {"ht_american"}
    assert preview["sessions_changed"] == american["sessions_changed"]
    before = noor.today()
    made = applied(world, report["id"], "LB-HT.b").ok(201)
    world.say(f"Ada applies: {made['title']} until the review on {made['review_on']}.")

    after = noor.today()
    changed = [each for each in after["coming"] if each["items"][0]["change"]]
    assert changed, "no coming session changed"
    for each in changed:
        thrust = each["items"][0]["prescription"]
        assert thrust["exercise"]["id"] == "ht_american"
        assert thrust["sets"][0]["rir"] == 3
    assert changed[0]["items"][0]["prescription"]["sets"][0]["weight_kg"] == 60
    assert [each["items"][1] for each in after["coming"]] == [
        each["items"][1] for each in before["coming"]
    ], "something else changed"
    assert after["sessions"] == before["sessions"], "a started session changed"
    mine = next(each for each in after["reports"] if each["id"] == report["id"])
    assert mine["change"]["until_review_on"] == made["review_on"]
    line = changed[0]["items"][0]["prescription"]["line"]
    world.say(f"Noor's phone: {changed[0]['date']} American hip thrust {line}, because …")

    world.pass_time(hours=(28 - world.now().hour) % 24 + 9)
    assert noor.answers_due(1, at=world.now()) >= 1
    world.say("Next morning: asked, and answered in two taps.")
