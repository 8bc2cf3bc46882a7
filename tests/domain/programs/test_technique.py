"""Technique is about position, never about load (domain §1 S-03 to S-07, §3.5 D18)."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from programs.domain.exercises import Mark
from programs.domain.technique import (
    SetEnd,
    checklist_task,
    checklists,
    digest,
    faults,
    passes,
    set_ends,
    stop_rule,
    stop_rule_applies,
    technique_task,
)

TODAY = date(2026, 3, 30)
LOST = SetEnd("ht_barbell", TODAY, "position_lost")


def on(days_ago: int, exercise: str = "ht_barbell", end: str = "position_lost") -> SetEnd:
    return SetEnd(exercise, TODAY - timedelta(days=days_ago), end)


def test_the_top_position_has_five_lines() -> None:
    top = checklists()["ht_top_v1"]
    names = [item.id for item in top.items]
    assert names == ["gaze_forward", "chin_tuck", "ribs_down", "torso_level", "slight_ppt"]
    assert (top.mark, top.pass_least) == (Mark.SEED, 4)


def test_the_gaze_cue_says_whose_it_is() -> None:
    whose = {item.id: item.attribution for item in checklists()["ht_top_v1"].items}
    assert {name: who for name, who in whose.items() if who} == {"gaze_forward": "Ben Bruno"}


def test_the_set_up_has_six_lines_and_no_mark_to_reach() -> None:
    set_up = checklists()["ht_setup_v1"]
    assert len(set_up.items) == 6
    assert set_up.pass_least is None
    assert passes("ht_setup_v1", {})


def test_two_faults_are_named() -> None:
    named = faults()
    assert set(named) == {"fault.lumbar_hyperextension", "fault.anterior_tilt"}
    assert {one.mark for one in named.values()} == {Mark.SEED}


def test_a_set_ends_for_position_or_for_muscle_and_these_differ() -> None:
    assert list(set_ends()) == ["target_reached", "muscular_failure", "position_lost", "pain"]


@pytest.mark.parametrize(
    ("rir", "share", "shown"),
    [
        (Decimal(1), Decimal(70), True),
        (Decimal("1.5"), Decimal(70), False),
        (0, None, True),
        (3, Decimal(90), True),
        (3, Decimal("89.9"), False),
        (None, Decimal(95), True),
        (None, None, False),
    ],
)
def test_the_stop_rule_is_shown_near_failure_and_near_the_maximum(
    rir: Decimal | int | None, share: Decimal | None, shown: bool
) -> None:
    assert stop_rule_applies(rir, share) is shown


def test_a_heavy_set_far_from_failure_is_never_warned_about() -> None:
    assert not any(stop_rule_applies(4, share) for share in range(1, 90))


def test_the_stop_rule_has_words() -> None:
    assert "spine or pelvis" in stop_rule().text
    assert "!" not in stop_rule().text


@pytest.mark.parametrize(
    ("ends", "due"),
    [
        ([LOST], False),
        ([LOST, LOST], True),
        ([LOST, on(14)], True),
        ([LOST, on(15)], False),
        ([LOST, on(-1)], False),
        ([LOST, on(3, "sq_back")], False),
        ([LOST, on(3, end="muscular_failure")], False),
        ([on(2), on(5), on(20)], True),
    ],
)
def test_two_lost_positions_in_14_days_on_one_lift_make_a_task(
    ends: list[SetEnd], due: bool
) -> None:
    assert (technique_task(ends, "ht_barbell", TODAY) is not None) is due


def test_the_task_says_why_and_takes_a_tenth_off() -> None:
    task = technique_task([LOST, on(3)], "ht_barbell", TODAY)
    assert task is not None
    assert task.exercise == "ht_barbell"
    assert task.reason == "position lost in 2 sets within 14 days"
    assert task.load_factor == Decimal("0.9")


@pytest.mark.parametrize(("yes", "due"), [(5, False), (4, False), (3, True), (0, True)])
def test_less_than_four_of_five_makes_a_task(yes: int, due: bool) -> None:
    names = [item.id for item in checklists()["ht_top_v1"].items]
    answers = {name: place < yes for place, name in enumerate(names)}
    assert (checklist_task("ht_top_v1", answers, "ht_barbell") is not None) is due


def test_the_checklist_task_counts_the_lines() -> None:
    task = checklist_task("ht_top_v1", {"chin_tuck": True}, "ht_barbell")
    assert task is not None
    assert task.reason == "Hip thrust, top position: 1 of 5"


def test_with_pain_the_report_is_judged_instead() -> None:
    assert checklist_task("ht_top_v1", {}, "ht_barbell", pain=1) is None


def test_a_line_nobody_wrote_is_refused() -> None:
    with pytest.raises(ValueError, match="ht_top_v1 has no line elbows"):
        passes("ht_top_v1", {"elbows": True})
    with pytest.raises(KeyError):
        passes("nothing", {})


def test_the_digest_is_of_the_file_as_it_is() -> None:
    assert len(digest()) == 64
