"""Loud enough and never noise: what interrupts a reader, and what may hold it back."""

from __future__ import annotations

import datetime as dt
import uuid
import zoneinfo
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clients.domain.levels import Level, Priority
from clients.domain.reader import GROUPS, LOUD, PASSES, Reader, last_digest_time, weight_of
from clients.domain.telling import CAP, WINDOW, News, Say, Told, Way, again, clock, decide

AT = dt.datetime(2026, 5, 4, 12, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)
ZONES = sorted(zoneinfo.available_timezones())
ADA = uuid.UUID(int=1)


def reader(**wishes: Any) -> Reader:
    return Reader(user_id=ADA, place="lead", **{"zone": "Europe/London", **wishes})


def report(level: str, *, loud: bool = True, within: float | None = 24) -> News:
    hours = None if within is None else within * HOUR
    return News("reports", weight_of(level), loud, hours)


def told(level: str, ago: float, *, same: bool = True) -> Told:
    """Told so many hours ago; less than nothing is still to come."""
    return Told(weight_of(level), AT - ago * HOUR, same)


weights = st.tuples(st.sampled_from(Level), st.sampled_from(Priority))
times = st.integers(0, 24 * 4 - 1).map(lambda n: dt.time(n // 4, n % 4 * 15))
FIRST = dt.datetime(2011, 1, 1, tzinfo=dt.UTC)
instants = st.integers(0, 19 * 365 * 24 * 12).map(lambda n: FIRST + n * dt.timedelta(minutes=5))
days = st.dates(dt.date(2011, 1, 1), dt.date(2030, 1, 1))


@st.composite
def readers(draw: st.DrawFn, at: dt.datetime) -> Reader:
    begin, end = draw(times), draw(times)
    today = at.date()
    absences = st.tuples(st.integers(-9, 9), st.integers(0, 9)).map(
        lambda pair: (
            today + dt.timedelta(days=pair[0]),
            today + dt.timedelta(days=pair[0] + pair[1]),
        )
    )
    subsets = st.lists(st.sampled_from(LOUD), unique=True).map(tuple)
    return reader(
        zone=draw(st.sampled_from(ZONES)),
        quiet=None if begin == end else (begin, end),
        away=tuple(draw(st.lists(absences, max_size=3))),
        passes=draw(st.sampled_from(PASSES)),
        monitor_to_digest=draw(st.booleans()),
        channels=draw(st.dictionaries(st.sampled_from(GROUPS), subsets)),
    )


@st.composite
def situations(draw: st.DrawFn) -> tuple[News, Reader, list[Told], dt.datetime]:
    at = draw(instants)
    before = st.builds(
        Told,
        weight=weights,
        due_at=st.integers(-3000, 600).map(lambda minutes: at + dt.timedelta(minutes=minutes)),
        same_thread=st.booleans(),
    )
    news = News(
        draw(st.sampled_from(GROUPS)),
        draw(weights),
        draw(st.booleans()),
        draw(st.sampled_from([None, 4 * HOUR, 24 * HOUR])),
    )
    return news, draw(readers(at)), draw(st.lists(before, max_size=8)), at


def leads_there(said: Say, before: list[Told], at: dt.datetime) -> dt.datetime:
    """When the reader is interrupted about it, by itself or by one that waits already."""
    if said.way is Way.NOW:
        return at
    if said.until is not None:
        return said.until
    ahead = [each.due_at for each in before if each.due_at > at]
    return min(ahead, default=dt.datetime.max.replace(tzinfo=dt.UTC))


@given(situations())
@settings(max_examples=100)
def test_the_feed_always_has_it_and_urgent_never_waits(case: Any) -> None:
    news, who, before, at = case
    said = decide(news, who, before, at=at)
    assert said["feed"].way in {Way.NOW, Way.DIGEST}
    if news.weight[0] >= Level.URGENT:
        assert set(said.values()) == {Say(Way.NOW)}


@given(situations())
@settings(max_examples=100)
def test_nothing_told_before_holds_back_a_rise(case: Any) -> None:
    news, who, before, at = case
    in_thread = [each.weight for each in before if each.same_thread]
    if not in_thread or news.weight <= max(in_thread):
        return
    alone, here = decide(news, who, [], at=at), decide(news, who, before, at=at)
    for channel in LOUD:
        if alone[channel].way in {Way.NOW, Way.HOLD}:
            assert leads_there(here[channel], before, at) <= leads_there(alone[channel], [], at)


@given(situations())
@settings(max_examples=100)
def test_what_is_held_is_told_later_and_in_time_or_out_of_the_silence(
    case: Any,
) -> None:
    news, who, before, at = case
    for said in decide(news, who, before, at=at).values():
        if said.until is None:
            continue
        assert said.until > at
        assert who.silent_until(news.weight, said.until) is None
        longest = at + max(WINDOW, (news.within or dt.timedelta()) * 3 / 4)
        if who.quiet is None and not who.away:
            assert said.until <= longest


@given(at=instants, data=st.data())
@settings(max_examples=200)
def test_silence_ends_on_the_readers_wall_in_every_zone(at: dt.datetime, data: Any) -> None:
    begin, end = data.draw(times), data.draw(times)
    zone = data.draw(st.sampled_from(ZONES))
    who = reader(zone=zone, quiet=(begin, end))
    until = who.silent_until(weight_of("modify"), at)
    if until is None:
        wall = at.astimezone(zoneinfo.ZoneInfo(zone)).time()
        inside = begin <= wall < end if begin <= end else wall >= begin or wall < end
        assert not inside
        return
    assert at < until <= at + 26 * HOUR
    local = until.astimezone(zoneinfo.ZoneInfo(zone))
    an_hour_earlier = (local - HOUR).astimezone(dt.UTC).astimezone(local.tzinfo)
    gap = local.utcoffset() != (until - 26 * HOUR).astimezone(local.tzinfo).utcoffset()
    assert local.time() == end or gap, (local, an_hour_earlier)


def test_an_absence_ends_with_its_last_day_and_the_quiet_night_after_it() -> None:
    away = ((dt.date(2026, 5, 1), dt.date(2026, 5, 6)),)
    who = reader(away=away, quiet=(dt.time(22), dt.time(7)))
    assert who.silent_until(weight_of("modify"), AT) == dt.datetime(2026, 5, 7, 6, tzinfo=dt.UTC)
    assert who.silent_until(weight_of("urgent"), AT) is None


@pytest.mark.parametrize(
    ("passes", "level", "waits"),
    [("urgent", "refer+", True), ("refer", "refer+", False), ("refer", "modify+", True),
     ("modify+", "modify", True), ("modify+", "modify+", False), ("monitor", "monitor", False)],
)  # fmt: skip
def test_quiet_hours_let_through_the_level_the_reader_chose(
    passes: str, level: str, waits: bool
) -> None:
    who = reader(quiet=(dt.time(0), dt.time(23, 45)), passes=passes)
    assert (decide(report(level), who, [], at=AT)["push"].way is Way.HOLD) is waits


def test_monitor_in_the_pelvic_ring_is_told_at_once_unless_turned_down() -> None:
    news = report("monitor", within=None)
    said = decide(news, reader(), [], at=AT)
    assert (said["feed"].way, said["push"].way, said["email"].way) == ("now", "now", "never")
    turned_down = decide(news, reader(monitor_to_digest=True), [], at=AT)
    assert set(turned_down.values()) == {Say(Way.DIGEST)}


@pytest.mark.parametrize(
    ("minutes", "level"), [(None, "monitor"), (1440, "monitor"), (240, "modify+"), (5, "urgent")]
)
def test_a_missing_answer_weighs_what_the_answered_part_asks_for(
    minutes: int | None, level: str
) -> None:
    within = None if minutes is None else dt.timedelta(minutes=minutes)
    weight = weight_of("incomplete+", within)
    assert weight >= weight_of(level)
    who = reader(monitor_to_digest=True)
    assert decide(News("reports", weight, True), who, [], at=AT)["push"] == Say(Way.NOW)


def test_monitor_elsewhere_waits_for_the_digest() -> None:
    said = decide(report("monitor", loud=False, within=None), reader(), [], at=AT)
    assert set(said.values()) == {Say(Way.DIGEST)}


def test_a_thread_is_told_once_and_again_when_it_rises() -> None:
    repeat = decide(report("modify"), reader(), [told("modify", 30)], at=AT)
    assert (repeat["feed"].way, repeat["push"].way) == ("digest", "digest")
    waiting = [told("modify", 30), told("modify", -11)]
    graver = decide(report("refer+", within=4), reader(), waiting, at=AT)
    assert graver["push"].way is Way.NOW
    calmer = decide(report("monitor", within=None), reader(), waiting, at=AT)
    assert calmer["push"].way is Way.DIGEST


def test_the_clock_of_a_repeat_runs_a_day_once_somebody_has_the_thread() -> None:
    four = 4 * HOUR
    open_, had = told("modify+", 30), replace(told("modify+", 30), taken_on=True)
    news = report("modify+", within=4)
    assert clock(news, [], four) == clock(news, [open_], four) == four
    assert clock(news, [had], four) == 24 * HOUR
    assert clock(news, [had, open_], four) == four
    assert clock(report("refer", within=4), [replace(had, weight=weight_of("refer"))], four) == four
    assert clock(news, [had], None) is None


def test_a_repeated_referral_waits_and_not_for_one_that_waits_longer() -> None:
    before = [told("refer+", 50), told("modify", -10)]
    said = decide(report("refer+", within=4), reader(), before, at=AT)
    assert said["push"] == Say(Way.HOLD, AT + 3 * HOUR)


@pytest.mark.parametrize("level", ["modify", "modify+"])
def test_a_flood_of_ordinary_reports_is_a_few_pushes_and_a_red_flag_in_it_is_one_more(
    level: str,
) -> None:
    """L7: a thousand in a minute, every one about another place."""
    before: list[Told] = []
    for number in range(1000):
        at = AT + dt.timedelta(milliseconds=60 * number)
        said = decide(report(level), reader(), before, at=at)["push"]
        if said.way in {Way.NOW, Way.HOLD}:
            before.append(Told(weight_of(level), said.until or at, same_thread=False))
    minute = [each for each in before if each.due_at <= AT + dt.timedelta(minutes=1)]
    assert len(minute) == CAP <= 6
    assert len(before) == CAP + 1, "the rest is one, and it comes"
    assert before[-1].due_at <= AT + WINDOW
    at = AT + dt.timedelta(seconds=30)
    assert decide(report("emergency"), reader(), before, at=at)["push"].way is Way.NOW


def test_a_reader_who_switched_every_channel_off_is_still_told_of_reports() -> None:
    who = reader(channels=dict.fromkeys(GROUPS, ()))
    assert decide(report("modify"), who, [], at=AT)["push"].way is Way.NOW
    change = News("changes", weight_of("modify"), True)
    said = decide(change, who, [], at=AT)
    assert (said["feed"].way, said["push"].way) == ("digest", "never")


@given(at=instants, hour=st.integers(0, 23), zone=st.sampled_from(ZONES))
@settings(max_examples=100)
def test_a_digest_has_one_hour_a_day_in_every_zone(at: dt.datetime, hour: int, zone: str) -> None:
    last = last_digest_time(zone, hour, at)
    assert last <= at < last + 50 * HOUR
    assert last_digest_time(zone, hour, last) == last


def test_a_later_step_is_loud_once_and_outside_the_quiet_hours() -> None:
    urgent, modify = weight_of("urgent"), weight_of("modify")
    every, plain = HOUR, reader(quiet=None)
    asleep = reader(quiet=(dt.time(0), dt.time(23)))
    assert again(urgent, asleep, [], every=every, at=AT)["push"].way is Way.NOW
    assert again(modify, plain, [told("modify", 0.1)], every=every, at=AT)["push"].way is Way.NEVER
    assert again(modify, plain, [told("modify", 2)], every=every, at=AT)["push"].way is Way.NOW
    held = again(modify, asleep, [], every=every, at=AT)
    assert (held["feed"].way, held["push"].way) == (Way.NOW, Way.HOLD)
