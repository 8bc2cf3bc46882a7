"""Whatever is said, triage answers; saying something worse never makes it quieter or looser."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st

from clients.domain import levels as words
from clients.domain.action_sets import ACTION_SETS
from clients.domain.bands import Settings
from clients.domain.body import add_answer, read
from clients.domain.facts import History, Profile
from clients.domain.levels import Effect, Feel, Kind, Level, Reply, Spread
from clients.domain.questions import bank
from clients.domain.report import Medication, Report, Site
from clients.domain.triage import decide
from clients.domain.verdict import Verdict
from programs.domain.regions import all_regions, in_group
from tests.domain.triage.build import ADULT, LIFT, NOW, ON_TILES, TILES, TODAY, ZONE

PLACES = [(one.id, str(side)) for one in all_regions() if one.tappable for side in one.sides]
IDS = list(bank().questions)
PAIN = st.none() | st.integers(0, 10)
ORDER = list(ACTION_SETS)
STRICT = ("yes", "with_any", "with", "by_hand", "no")
CLASSES = ("check", "ease", "range", "swap", "freq", "remove")

sites = st.builds(
    lambda place, **values: Site(*place, **values),
    place=st.sampled_from(PLACES),
    worst=PAIN,
    now=PAIN,
    before=PAIN,
    rest=PAIN,
    next_morning=PAIN,
    morning_feel=st.none() | st.sampled_from(list(Feel)),
    morning_late=st.booleans(),
)


def _answers(draw: Any) -> dict[str, Reply]:
    given: dict[str, Reply] = {}
    for id_ in draw(st.sets(st.sampled_from(IDS), max_size=6)):
        given[id_] = draw(st.sampled_from(bank().questions[id_].accepted))
    if draw(st.booleans()):
        for one in bank().questions.values():
            if one.tile is None:
                given.setdefault(one.id, Reply.NO)
    return given


@st.composite
def reports(draw: Any, number: int = 1) -> Report:
    days = draw(st.integers(0, 40)) if number > 1 else 0
    at = NOW - timedelta(days=days, minutes=draw(st.integers(0, 600)))
    return Report(
        id=UUID(int=number),
        performed_at=at,
        zone=draw(st.sampled_from([ZONE, "UTC", "Pacific/Kiritimati"])),
        session_on=at.date(),
        kind=draw(st.sampled_from([Kind.SYMPTOM] * 4 + list(Kind))),
        sites=tuple({s.place: s for s in draw(st.lists(sites, max_size=3))}.values()),
        timing=draw(st.frozensets(st.sampled_from(words.TIMINGS), max_size=2)),
        effect=draw(st.none() | st.sampled_from(list(Effect))),
        answers=_answers(draw),
        tiles_none=draw(st.booleans()),
        tiles_shown=draw(st.sampled_from([TILES, TILES, frozenset(), frozenset({"ill", "chest"})])),
        onset=draw(st.none() | st.sampled_from(list(words.ONSET_LEAST_DAYS))),
        quality=draw(st.frozensets(st.sampled_from(words.QUALITIES), max_size=2)),
        aggravators=draw(st.none() | st.frozensets(st.sampled_from(words.AGGRAVATORS), max_size=2)),
        spread=draw(st.none() | st.sampled_from(list(Spread))),
        medication=Medication(taken_within_8h=draw(st.none() | st.booleans())),
        exercise=draw(st.none() | st.just(LIFT)),
        note_signals=draw(st.frozensets(st.sampled_from(["L1", "U9", "X1", "zzz"]), max_size=1)),
    )


@st.composite
def scenes(draw: Any) -> tuple[Report, History, Profile]:
    before = tuple(draw(reports(number)) for number in range(2, 2 + draw(st.integers(0, 3))))
    profile = replace(
        draw(st.sampled_from([ADULT, Profile()])),
        pregnant=draw(st.none() | st.booleans()),
    )
    return draw(reports()), History(reports=before), profile


def judge(scene: tuple[Report, History, Profile], report: Report | None = None) -> Verdict:
    first, history, profile = scene
    return decide(report or first, history, profile, Settings(), at=NOW)


def assert_not_milder(worse: Verdict, before: Verdict) -> None:
    """Level, priority, speed of notice; the set inside modify."""
    assert (worse.level.rank, worse.priority.rank) >= (before.level.rank, before.priority.rank)
    for name in ("coach_within_s", "backup_after_s"):
        was, now = getattr(before.notice, name), getattr(worse.notice, name)
        assert was is None or (now is not None and now <= was), name
    assert worse.notice.at_once >= before.notice.at_once
    assert worse.notice.channels >= before.notice.channels
    if worse.level is before.level is Level.MODIFY:
        assert ORDER.index(worse.action_set) >= ORDER.index(before.action_set)
        for name in CLASSES:
            mild, hard = (getattr(one.permits, name) for one in (before, worse))
            # A1 has no removal class of its own, and A4 trades easing for a lower swap.
            if name != "remove" and not (before.questions_left or worse.questions_left):
                assert STRICT.index(hard) >= STRICT.index(mild), name
    if before.blocks_client:
        assert worse.blocks_client


@given(scenes())
@settings(max_examples=100, deadline=None)
def test_every_input_has_a_verdict_and_the_same_one_twice(scene: Any) -> None:
    verdict = judge(scene)
    assert verdict == judge(scene)
    assert verdict.reasons or scene[0].kind is not Kind.SYMPTOM or not scene[0].sites
    assert verdict.level is max([one.level for one in verdict.sites] + [verdict.level])


@given(scenes(), st.sampled_from(IDS))
@settings(max_examples=100, deadline=None)
def test_any_added_yes_never_lowers(scene: Any, id_: str) -> None:
    one = scene[0]
    worse = replace(one, answers={**one.answers, id_: Reply.YES})
    if _mild_by_design(one):
        return
    assert_not_milder(judge(scene, worse), judge(scene))


@given(scenes(), st.integers(0, 2), st.integers(0, 10))
@settings(max_examples=100, deadline=None)
def test_a_higher_value_never_lowers(scene: Any, index: int, value: int) -> None:
    one = scene[0]
    if index >= len(one.sites) or _mild_by_design(one):
        return
    site = one.sites[index]
    if site.worst is None or value <= site.worst:
        return
    higher = replace(site, worst=value)
    changed = tuple(higher if place is site else place for place in one.sites)
    assert_not_milder(judge(scene, replace(one, sites=changed)), judge(scene))


@given(scenes(), st.sampled_from(list(Effect)))
@settings(max_examples=100, deadline=None)
def test_a_stronger_effect_never_lowers(scene: Any, effect: Effect) -> None:
    one = scene[0]
    if one.effect is None or effect < one.effect or _mild_by_design(one):
        return
    assert_not_milder(judge(scene, replace(one, effect=effect)), judge(scene))


@given(scenes(), st.integers(0, 10), st.sampled_from([None, *Feel]))
@settings(max_examples=100, deadline=None)
def test_a_next_morning_only_raises(scene: Any, value: int, feel: Feel | None) -> None:
    one = scene[0]
    if _mild_by_design(one):
        return
    quiet = tuple(replace(s, next_morning=None, morning_feel=None) for s in one.sites)
    told = tuple(replace(s, next_morning=value, morning_feel=feel) for s in one.sites)
    before = judge(scene, replace(one, sites=quiet))
    after = judge(scene, replace(one, sites=told))
    # "Back for a day", pain at the morning, silence: each only adds a row.
    assert_not_milder(after, before)


@given(scenes(), st.sampled_from(["tingling", "numb", "sharp"]), st.sampled_from(list(Spread)))
@settings(max_examples=100, deadline=None)
def test_a_worse_quality_or_spread_never_lowers(scene: Any, quality: str, spread: Spread) -> None:
    one = scene[0]
    if _mild_by_design(one):
        return
    worse = replace(one, quality=one.quality | {quality})
    assert_not_milder(judge(scene, worse), judge(scene))
    if one.spread in (None, Spread.NONE):
        assert_not_milder(judge(scene, replace(one, spread=spread)), judge(scene))


def _mild_by_design(one: Report) -> bool:
    """Kind soreness and talk are judged otherwise by design (domain §3.5)."""
    return one.kind is not Kind.SYMPTOM


@given(scenes(), st.sampled_from(sorted(ON_TILES)))
@settings(max_examples=100, deadline=None)
def test_an_unanswered_tile_or_field_never_offers_anything(scene: Any, id_: str) -> None:
    verdict = judge(scene)
    if verdict.missing or verdict.due_now:
        assert verdict.action_set == "A0"
        assert all(getattr(verdict.permits, name) == "no" for name in CLASSES)
        assert verdict.blocks_client


@given(scenes())
@settings(max_examples=100, deadline=None)
def test_an_unanswered_question_after_the_session_never_offers_more_than_a1(scene: Any) -> None:
    verdict = judge(scene)
    if verdict.due_after:
        assert verdict.action_set in ("A0", "A1", "A4", "A5")
        assert verdict.permits.swap in ("no", "by_hand")
        if verdict.action_set == "A4":
            assert "yes" not in [getattr(verdict.permits, name) for name in CLASSES]


@given(scenes())
@settings(max_examples=100, deadline=None)
def test_from_refer_up_nothing_is_offered_and_something_is_paused(scene: Any) -> None:
    verdict = judge(scene)
    if verdict.level >= Level.REFER:
        assert verdict.action_set == "A0"
        assert verdict.pauses.kind in ("patterns", "everything")
        assert verdict.to_clear
    if verdict.level >= Level.URGENT:
        assert verdict.pauses.kind == "everything" and verdict.blocks_client


@given(scenes())
@settings(max_examples=100, deadline=None)
def test_a_symptom_in_a_pelvic_region_is_told_at_once(scene: Any) -> None:
    one = scene[0]
    verdict = judge(scene)
    if one.kind is Kind.SYMPTOM and any(in_group(place[0], "pelvic") for place in one.places):
        assert verdict.notice.at_once and verdict.level >= Level.MONITOR


JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=8,
)
KEYS = (
    "kind", "regions", "timing", "effect", "red_flags", "onset", "injury_event", "quality",
    "aggravators", "spread", "medication", "changes_8w", "exercise", "soreness",
    "checklist_score", "source", "answers",
)  # fmt: skip
ROWS = st.fixed_dictionaries(
    {"region": st.sampled_from([place[0] for place in PLACES]) | JUNK},
    optional={"side": st.sampled_from(["left", "bilateral"]) | JUNK, "pain_worst": JUNK},
)
BODIES = st.dictionaries(st.sampled_from(KEYS), JUNK, max_size=8) | st.fixed_dictionaries(
    {"regions": st.lists(ROWS, max_size=3)},
    optional={
        "red_flags": st.fixed_dictionaries({"answers": st.dictionaries(st.sampled_from(IDS), JUNK)})
    },
)


@given(BODIES, BODIES, st.text(max_size=12))
@settings(max_examples=100, deadline=None)
def test_any_body_is_read_and_judged(body: Any, later: Any, zone: str) -> None:
    one = read(body, id=UUID(int=1), performed_at=NOW, zone=zone)
    two = add_answer(one, later, performed_at=datetime(2026, 3, 3, 8, tzinfo=UTC))
    for told in (one, two):
        verdict = decide(told, History(), ADULT, Settings(), at=NOW)
        if told.kind is Kind.SYMPTOM:
            assert verdict.level >= Level.INCOMPLETE  # no such body answers every tile
    assert NOW.date() == TODAY
