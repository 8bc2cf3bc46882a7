"""The page and the answer of the API that say whether it helped."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from clients import models
from clients.actions import enrolment, follow_ups, regressions
from clients.actions.moment import Moment
from clients.queries import did_it_help, options
from coachapi.accounts.models import User
from coachapi.door import acting_as
from coachapi.ids import new_id
from coachapi.refusals import NotThere
from tests.dashboard import world
from tests.isolation.phone import Person

pytestmark = pytest.mark.django_db

AT = dt.datetime(2026, 11, 23, 14, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)
NAMES = ("Noor Haddad", "Eli Roth", "Wes Okafor", "Iva Berg", "Tom Reed", "Una Fox")


def life(by: User, name: str, *, calm: bool = True) -> models.Client:
    """A client with a sore back, the American hip thrust applied, two sessions under it."""
    who = world.client(by, name, at=AT - dt.timedelta(weeks=4))
    report_id = world.sore_back(who, by, at=AT)
    at = AT + dt.timedelta(hours=1)
    with acting_as(by.pk):
        report = models.SymptomReport.objects.select_related("client__health").get(pk=report_id)
        found = options.choice(report, client=report.client, at=at)
        regressions.apply(
            client=report.client,
            report_id=report_id,
            option_id="LB-HT.b",
            basis=found.basis,
            by=by,
            at=at,
        )
    for days in (2, 4):
        felt(who, (AT + days * DAY).date(), 1 if calm else 4)
    return who


def felt(who: models.Client, on: dt.date, worst: int) -> None:
    """Train a day under the change and say next morning how it was."""
    world.trained(who, on, kg=60)
    at = dt.datetime.combine(on + DAY, dt.time(8), dt.UTC)
    assert who.user is not None
    place = {"region": "back_low", "side": "midline", "pain_worst": worst}
    with acting_as(who.user.pk):
        client = models.Client.objects.select_related("health").get(pk=who.pk)
        asked = models.FollowUp.objects.get(client=client, kind="exposure", session__on=on)
        follow_ups.answer(
            client=client,
            follow_up_id=asked.pk,
            answer_id=new_id(),
            said={"regions": [place | {"pain_next_morning": 0, "morning_feel": "same"}]},
            moment=Moment(at, world.ZONE, at),
            by=who.user,
        )


def shown(by: User, at: dt.datetime = AT + 6 * DAY, **scope: Any) -> did_it_help.Page:
    with acting_as(by.pk):
        return did_it_help.page(by, did_it_help.Scope(**scope), at=at)


def rows(page: did_it_help.Page) -> dict[str, str]:
    return {each.id: each.row.words for group in page.groups for each in group.tried}


def text(by: User, path: str = "/desk/outcomes/") -> str:
    answer = Person.signed_in(by).browser.get(path)
    assert answer.status_code == 200, answer.content[:400]
    return answer.content.decode()


def test_counts_first_and_no_interval_below_five() -> None:
    ada = world.coach()
    life(ada, NAMES[0])
    (group,) = shown(ada).groups
    (each,) = group.tried
    assert (each.row.words, each.row.interval) == ("1 of 1 settled", None)
    assert each.row.thin_words == "Too few to say more."


def test_five_answers_give_an_interval_a_curve_and_who_was_at_risk() -> None:
    ada = world.coach()
    for name in NAMES[:4]:
        life(ada, name)
    five = life(ada, NAMES[4], calm=False)
    with acting_as(ada.pk):
        regression = models.Regression.objects.get(client=five)
        client = models.Client.objects.select_related("health").get(pk=five.pk)
        regressions.end(
            client=client, regression_id=regression.pk, outcome="failed", by=ada, at=AT + 6 * DAY
        )
    (each,) = shown(ada, AT + 7 * DAY).groups[0].tried
    assert (each.row.words, each.row.interval) == ("4 of 5 settled", (38, 96))
    assert each.row.at_risk[0].at_risk == 5
    page = text(ada)
    assert "4 of 5 settled" in page
    assert page.count('<svg class="interval"') == 1
    assert page.count('class="settled" d="M64 160.0H') == 2  # wide and narrow
    assert "Referred or switched" in page


def test_the_reasons_to_read_with_care_are_always_printed() -> None:
    page = text(world.coach())
    assert "No change was applied in this time." in page
    assert "Most episodes settle whatever is done." in page
    assert "the order is the protocol" in page


def test_mine_leaves_out_those_whom_another_coach_leads() -> None:
    ada = world.coach()
    jo = world.cover(ada)
    who = life(ada, NAMES[0])
    with acting_as(ada.pk):
        client = models.Client.objects.get(pk=who.pk)
        seat = jo.coach_places.get()
        enrolment.add_cover(client=client, coach=seat, by=ada, at=AT)
    assert rows(shown(jo)) == {"LB-HT.b": "1 of 1 settled"}
    assert rows(shown(jo, who="mine")) == {}
    assert rows(shown(ada, who="mine")) == {"LB-HT.b": "1 of 1 settled"}


def test_a_cover_coach_beside_the_lead_does_not_make_records_of_two_coaches() -> None:
    ada = world.coach()
    jo = world.cover(ada)
    covered = world.client(ada, NAMES[0], at=AT - dt.timedelta(weeks=4), covered_by=jo)
    assert covered
    life(ada, NAMES[1])
    assert rows(shown(ada)) == {"LB-HT.b": "1 of 1 settled"}


def test_one_client_is_shown_alone_and_nobody_elses_is_there() -> None:
    ada, bo = world.coach(), world.coach("Bo Ek", "Quarry")
    noor = life(ada, NAMES[0])
    eli = life(ada, NAMES[1], calm=False)
    assert rows(shown(ada, client_id=noor.pk)) == {"LB-HT.b": "1 of 1 settled"}
    assert rows(shown(ada, client_id=eli.pk)) == {"LB-HT.b": "0 of 0 settled"}
    assert rows(shown(bo)) == {}
    with pytest.raises(NotThere):
        shown(bo, client_id=noor.pk)


def test_an_older_episode_falls_out_of_90_days_and_stays_in_a_year() -> None:
    ada = world.coach()
    life(ada, NAMES[0])
    later = AT + 120 * DAY
    assert rows(shown(ada, later, span="90")) == {}
    assert rows(shown(ada, later, span="365")) == {"LB-HT.b": "1 of 1 settled"}


def test_silence_of_14_days_is_lost_and_said_so() -> None:
    ada = world.coach()
    life(ada, NAMES[0], calm=False)
    page = shown(ada, AT + 30 * DAY)
    assert (page.lost, page.started) == (1, 1)


def test_figures_say_how_fast_and_that_no_flag_met_a_change() -> None:
    ada = world.coach()
    noor = life(ada, NAMES[0])
    world.hurts(noor, [("back_low", "midline", 4)], at=AT + 5 * DAY, yes=["B1"])
    figures = shown(ada).figures
    assert figures.decided.of == 1 and figures.decided.p50 == 60
    assert figures.flags_with_a_proposal == 0
    assert figures.follow_ups_answered == 2
    assert figures.reports == 3


def test_the_api_says_the_same() -> None:
    ada = world.coach()
    life(ada, NAMES[0])
    found = Person.signed_in(ada).ok("GET", "/v1/outcomes?span=all")
    (row,) = found["items"]
    assert (row["protocol_id"], row["words"]) == ("LB-HT", "1 of 1 settled")
    assert found["process"]["flags_with_a_proposal"] == 0
    assert len(found["read_with_care"]) == 6
    stranger = Person.signed_in(world.coach("Bo Ek", "Quarry"))
    assert stranger.ok("GET", "/v1/outcomes?span=all")["items"] == []
    assert stranger.send("GET", f"/v1/outcomes?client={uuid.uuid4()}").status_code == 404


def test_the_page_costs_the_same_for_one_episode_and_for_four() -> None:
    ada = world.coach()
    life(ada, NAMES[0])
    counts = []
    for name in (None, *NAMES[1:4]):
        if name:
            life(ada, name)
        with acting_as(ada.pk), CaptureQueriesContext(connection) as asked:
            did_it_help.page(ada, did_it_help.Scope(), at=AT + 6 * DAY)
        counts.append(len(asked))
    assert counts[0] == counts[-1] <= 12
