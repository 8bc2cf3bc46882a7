"""Levels, effects and replies are ordered by weight and not by the alphabet (domain §3.1)."""

from itertools import pairwise

import pytest

from clients.domain.levels import Effect, Kind, Level, Priority, Reply
from clients.domain.report import Lift, Report
from tests.domain.triage.build import KNEE, NOW, TODAY, judged, report, site


@pytest.mark.parametrize("words", [Level, Priority, Effect, Reply])
def test_each_word_is_above_the_one_before(words: type[Level]) -> None:
    for lower, higher in pairwise(words):
        assert lower < higher and higher > lower
        assert lower <= higher and higher >= lower
        assert not higher <= lower and not lower >= higher
        assert lower <= lower and lower >= lower
    assert sorted(words, reverse=True)[0] is list(words)[-1]


def test_incomplete_stands_between_modify_and_refer() -> None:
    assert Level.MODIFY < Level.INCOMPLETE < Level.REFER


def test_a_word_as_text_is_compared_by_weight() -> None:
    assert Level.EMERGENCY > "log"
    with pytest.raises(ValueError, match="sunny"):
        assert Level.LOG < "sunny"


def test_talk_that_names_a_place_without_pain_stays_talk() -> None:
    said = Report(
        report().id, NOW, "UTC", TODAY, kind=Kind.TECHNIQUE_QUESTION, sites=(site(KNEE, 0),)
    )
    assert judged(said).rows == ("D19",)


def test_an_answer_to_an_unknown_question_changes_nothing() -> None:
    assert judged(report(worst=1, answers={"Z1": Reply.YES})).level is Level.LOG


def test_a_lift_without_numbers_is_a_lift() -> None:
    assert judged(report(worst=8, exercise=Lift("sq_back"))).pauses.kind == "patterns"
