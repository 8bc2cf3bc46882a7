"""A body is never refused for what it says: what cannot be read is named (ruling 8)."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from clients.domain.body import add_answer, read
from clients.domain.levels import Effect, Feel, Kind, Level, Reply, Spread
from clients.domain.report import Report
from tests.domain.triage.build import NO_ADDONS, NOW, TILES, TODAY, ZONE, judged, uuid

BODY: dict[str, Any] = {
    "kind": "symptom",
    "regions": [{"region": "back_low", "side": "midline", "pain_worst": 4, "pain_rest": 0}],
    "timing": ["during_set"],
    "effect": "eased_load",
    "red_flags": {
        "none_of_these": True,
        "tiles_shown": sorted(TILES),
        "answers": dict.fromkeys(NO_ADDONS, "no"),
    },
    "onset": "today_sudden",
    "injury_event": False,
    "quality": ["ache"],
    "aggravators": ["arch"],
    "spread": "none",
    "medication": {"kind": "none", "taken_within_8h": False, "days_of_7": 0},
    "changes_8w": ["load_jump"],
    "exercise": {
        "exercise": "ht_barbell", "pattern": "hip_thrust", "load_zone": "heavy",
        "kg": 120.5, "reps": 8, "rir": 2,
    },
    "soreness": {"hours_after": 24, "eases_on_moving": True},
    "checklist_score": 4,
    "source": "in_session",
    "note": "third set",
}  # fmt: skip


def told(body: dict[str, Any] | None = None, **more: Any) -> Report:
    raw = {**BODY, **(body or {})}
    return read(raw, id=uuid(1), performed_at=NOW, zone=ZONE, **more)


def test_a_whole_body_is_read_and_judged() -> None:
    one = told()
    assert one.unreadable == ()
    assert (one.kind, one.effect, one.spread) == (Kind.SYMPTOM, Effect.EASED_LOAD, Spread.NONE)
    assert one.sites[0].place == ("back_low", "midline")
    assert one.exercise is not None and one.exercise.kg == Decimal("120.5")
    assert (one.session_on, one.checklist_score, one.source) == (TODAY, 4, "in_session")
    assert judged(one).level is Level.MONITOR


def test_both_sides_are_two_sites() -> None:
    one = told({"regions": [{"region": "knee", "side": "bilateral", "pain_worst": 2}]})
    assert [site.place for site in one.sites] == [("knee", "left"), ("knee", "right")]


def test_a_place_named_twice_keeps_the_higher_values() -> None:
    row = {"region": "knee", "side": "left", "pain_worst": 2, "morning_feel": "same"}
    again = {**row, "pain_worst": 5, "pain_now": 1, "morning_feel": "worse"}
    one = told({"regions": [row, again]})
    assert [(s.worst, s.now, s.morning_feel) for s in one.sites] == [(5, 1, Feel.WORSE)]


def test_an_empty_list_of_aggravators_is_an_answer_and_none_is_not() -> None:
    assert told({"aggravators": []}).aggravators == frozenset()
    assert told({"aggravators": None}).aggravators is None


UNREADABLE: list[tuple[dict[str, Any], str]] = [
    ({"kind": "plague"}, "kind"),
    ({"regions": "back"}, "regions"),
    ({"regions": [7]}, "regions.0"),
    ({"regions": [{"region": "tail", "side": "left"}]}, "regions.0.region"),
    ({"regions": [{"region": ["knee"], "side": "left"}]}, "regions.0.region"),
    ({"regions": [{"region": "hip", "side": "left", "pain_worst": 1}]}, "regions.0.region"),
    ({"regions": [{"region": "knee", "side": "midline", "pain_worst": 9}]}, "regions.0.side"),
    ({"regions": [{"region": "knee", "pain_worst": 1}]}, "regions.0.side"),
    ({"regions": [{"region": "knee", "side": "left", "pain_worst": 11}]}, "regions.0.pain_worst"),
    ({"regions": [{"region": "knee", "side": "left", "pain_worst": 4.5}]}, "regions.0.pain_worst"),
    ({"regions": [{"region": "knee", "side": "left", "pain_worst": True}]}, "regions.0.pain_worst"),
    ({"timing": ["sometimes"]}, "timing.0"),
    ({"effect": "cried"}, "effect"),
    ({"effect": 3}, "effect"),
    ({"red_flags": []}, "red_flags"),
    ({"red_flags": {"none_of_these": "yes"}}, "red_flags.none_of_these"),
    ({"red_flags": {"answers": {"U99": "yes"}}}, "red_flags.answers.U99"),
    ({"red_flags": {"answers": {"L1": "unsure"}}}, "red_flags.answers.L1"),
    ({"red_flags": {"answers": 5}}, "red_flags.answers"),
    ({"red_flags": {"tiles_shown": ["knee"]}}, "red_flags.tiles_shown.0"),
    ({"quality": ["weird"]}, "quality.0"),
    ({"spread": "everywhere"}, "spread"),
    ({"medication": {"days_of_7": 8}}, "medication.days_of_7"),
    ({"onset": "once"}, "onset"),
]


@pytest.mark.parametrize(("body", "path"), UNREADABLE, ids=[p for _, p in UNREADABLE])
def test_what_cannot_be_read_is_named_and_makes_it_incomplete(
    body: dict[str, Any], path: str
) -> None:
    one = told(body)
    assert path in one.unreadable
    verdict = judged(one)
    assert verdict.level >= Level.INCOMPLETE
    assert f"unreadable.{path}" in verdict.missing


@pytest.mark.parametrize(
    ("body", "path"),
    [
        ({"changes_8w": ["stress"]}, "changes_8w.0"),
        ({"exercise": {"exercise": ""}}, "exercise.exercise"),
        ({"exercise": {"exercise": "ht_barbell", "kg": "NaN"}}, "exercise.kg"),
        ({"exercise": {"exercise": "ht_barbell", "kg": "heavy"}}, "exercise.kg"),
        ({"exercise": {"exercise": "ht_barbell", "kg": -1}}, "exercise.kg"),
        ({"exercise": {"exercise": "ht_barbell", "kg": True}}, "exercise.kg"),
        ({"checklist_score": 6}, "checklist_score"),
        ({"source": "dream"}, "source"),
    ],
)
def test_parts_no_level_depends_on_are_named_and_no_more(body: dict[str, Any], path: str) -> None:
    one = told(body)
    assert one.unreadable == (path,)
    assert judged(one).level is Level.MONITOR


def test_a_lift_may_come_without_numbers() -> None:
    one = told({"exercise": {"exercise": "ht_barbell"}})
    assert one.unreadable == ()
    assert one.exercise is not None and (one.exercise.kg, one.exercise.reps) == (None, None)


def test_an_unreadable_side_keeps_its_value_in_sight() -> None:
    one = told({"regions": [{"region": "knee", "side": "top", "pain_worst": 9}]})
    assert judged(one).level is Level.REFER


@pytest.mark.parametrize("zone", ["Mars/Base", "", "../etc", 7, None])
def test_an_unknown_zone_is_read_as_utc_and_named(zone: Any) -> None:
    one = read(BODY, id=uuid(1), performed_at=NOW, zone=zone)
    assert (one.zone, one.unreadable) == ("UTC", ("zone",))


def test_a_time_without_zone_is_read_as_utc_and_named() -> None:
    naive = datetime(2026, 3, 2, 17, tzinfo=UTC).replace(tzinfo=None)
    one = read(BODY, id=uuid(1), performed_at=naive, zone=ZONE)
    assert (one.performed_at, one.unreadable) == (NOW, ("performed_at",))


def test_the_caller_may_name_the_session() -> None:
    one = told(session_id=uuid(9), session_on=date(2026, 3, 1), note_signals=["L1"])
    assert (one.session_id, one.session_on) == (uuid(9), date(2026, 3, 1))
    assert one.note_signals == {"L1"}


class TestALaterAnswer:
    NEXT = datetime(2026, 3, 3, 7, 0, tzinfo=UTC)  # 08:00 in Berlin

    def answered(self, raw: dict[str, Any], **more: Any) -> Report:
        more = {"performed_at": self.NEXT, **more}
        return add_answer(told(), raw, **more)

    def morning(self, value: int, **more: Any) -> Report:
        row = {"region": "back_low", "side": "midline", "pain_next_morning": value}
        return self.answered({"regions": [row]}, **more)

    def test_on_time_is_the_next_morning(self) -> None:
        one = self.morning(3)
        assert (one.sites[0].next_morning, one.sites[0].morning_late) == (3, False)
        assert "D09" in judged(one).rows

    def test_early_is_pain_now_and_the_check_stays_due(self) -> None:
        one = self.morning(5, performed_at=NOW + timedelta(hours=3))
        assert (one.sites[0].next_morning, one.sites[0].now) == (None, 5)
        assert [due.kind for due in judged(one).follow_ups] == ["next_morning"]

    def test_late_is_marked_and_never_settled(self) -> None:
        one = self.morning(0, performed_at=self.NEXT + timedelta(hours=6))
        assert one.sites[0].morning_late
        assert judged(one).sites[0].morning == "unknown"

    def test_too_late_changes_nothing_here(self) -> None:
        assert self.morning(9, performed_at=self.NEXT + timedelta(days=3)).sites == told().sites
        exposed = (self.NEXT + timedelta(hours=5),)
        at = self.NEXT + timedelta(hours=6)
        assert self.morning(9, performed_at=at, exposures=exposed).sites == told().sites

    def test_an_early_feel_without_a_number_is_dropped(self) -> None:
        row = {"region": "back_low", "side": "midline", "morning_feel": "worse"}
        one = self.answered({"regions": [row]}, performed_at=NOW)
        assert one.sites == told().sites

    def test_single_questions_come_under_answers(self) -> None:
        assert self.answered({"answers": {"L9": "yes"}}).answers["L9"] is Reply.YES

    def test_a_yes_stays_unless_it_was_a_mistaken_tap(self) -> None:
        yes = self.answered({"answers": {"L1": "yes"}})
        later = self.NEXT + timedelta(hours=1)
        no = {"answers": {"L1": "no"}}
        assert add_answer(yes, no, performed_at=later).answers["L1"] is Reply.YES
        taken_back = add_answer(yes, no, performed_at=later, source="mistaken_tap")
        assert taken_back.answers["L1"] is Reply.NO

    def test_values_only_rise(self) -> None:
        row = {"region": "back_low", "side": "midline", "pain_worst": 2}
        one = self.answered({"regions": [row], "effect": "none"})
        assert (one.sites[0].worst, one.effect) == (4, Effect.EASED_LOAD)
        assert self.answered({"effect": "cannot_use"}).effect is Effect.CANNOT_USE

    def test_fields_left_open_are_filled(self) -> None:
        bare = read({}, id=uuid(1), performed_at=NOW, zone=ZONE)
        raw = {
            **BODY,
            "spread": "below_knee",
            "red_flags": {"none_of_these": True, "tiles_shown": sorted(TILES)},
        }
        said = {**raw, "answers": BODY["red_flags"]["answers"]}
        at = NOW + timedelta(minutes=5)
        one = add_answer(bare, said, performed_at=at, source="coach_entered")
        assert judged(bare).level is Level.INCOMPLETE
        assert judged(one).missing == () and judged(one).due_now == ()
        assert (one.onset, one.spread, one.medication.kind) == (
            "today_sudden", Spread.BELOW_KNEE, "none",
        )  # fmt: skip

    def test_what_was_unreadable_leaves_once_it_is_given_again(self) -> None:
        one = told({"effect": "cried", "onset": "once"})
        later = add_answer(one, {"effect": "none"}, performed_at=NOW)
        assert later.unreadable == ("onset",)
        worse = add_answer(later, {"spread": "everywhere"}, performed_at=NOW)
        assert worse.unreadable == ("onset", "spread")

    def test_tiles_of_a_screen_without_none_of_these_answer_nothing(self) -> None:
        one = self.answered({"red_flags": {"tiles_shown": ["nerves"]}})
        assert one.tiles_shown == TILES
        bare = read({}, id=uuid(1), performed_at=NOW, zone=ZONE)
        shown = add_answer(bare, {"red_flags": {"tiles_shown": ["ill"]}}, performed_at=NOW)
        assert shown.tiles_shown == frozenset()

    def test_red_flags_that_are_no_mapping_are_named(self) -> None:
        one = self.answered({"red_flags": 3, "answers": {"L9": "yes"}})
        assert one.answers["L9"] is Reply.YES


def test_an_empty_machine_is_a_load() -> None:
    said = told({"exercise": {"exercise": "ht_machine", "kg": 0}})
    assert said.exercise is not None
    assert said.exercise.kg == 0
    assert said.unreadable == ()


def test_a_fault_of_a_part_is_named_with_the_part() -> None:
    assert "soreness.hours_after" in told({"soreness": {"hours_after": "long"}}).unreadable
