"""The weekly check scores 0–100 by the published 4 × 4 logic (domain §2.3)."""

from typing import Any

import pytest

from clients.domain.weekly import WeeklyRefused, compiled, weekly_check, weekly_score
from programs.domain.datafile import BadData, parse


@pytest.mark.parametrize(
    ("answers", "score", "substantial"),
    [
        ((0,), 0, False),
        ((0, 3, 3, 3), 0, False),
        ((3,), 100, True),
        ((1, 0, 0, 0), 8, False),
        ((1, 1, 1, 1), 32, False),
        ((2, 1, 1, 3), 17 + 8 + 8 + 25, False),
        ((1, 2, 0, 0), 25, True),
        ((1, 0, 2, 0), 25, True),
        ((1, 0, 0, 3), 33, False),
        ((2, 3, 3, 3), 92, True),
    ],
)
def test_scores(answers: tuple[int, ...], score: int, substantial: bool) -> None:
    found = weekly_score(answers)
    assert (found.score, found.substantial, found.version) == (
        score, substantial, "weekly_check_v1",
    )  # fmt: skip


@pytest.mark.parametrize("answers", [(), (4,), (-1,), (1,), (1, 1, 1), (1, 1, 1, 1, 1)])
def test_refuses_what_is_no_check(answers: Any) -> None:
    with pytest.raises(WeeklyRefused):
        weekly_score(answers)


def test_the_wording_is_our_own_and_says_so() -> None:
    check = weekly_check()
    text = " ".join(question.text for question in check.questions)
    assert "OSTRC" not in text
    assert [question.id for question in check.questions][0] == "training"


QUESTION = '[[question]]\nid = "{}"\ntext = "x"\nanswers = ["a", "b", "c", "d"]\n'
GOOD = 'version = "v"\nscores = [0, 8, 17, 25]\n' + "".join(QUESTION.format(i) for i in range(4))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('["a", "b", "c", "d"]', '["a", "b", "c"]'),
        ("[0, 8, 17, 25]", "[1, 8, 17, 25]"),
        ("[0, 8, 17, 25]", "[0, 17, 8, 25]"),
        ('id = "3"', 'id = "3"\nhint = "x"'),
        ('[[question]]\nid = "0"', '[[other]]\nid = "0"'),
    ],
)
def test_nonsense_is_refused_with_file_and_line(old: str, new: str) -> None:
    assert compiled(parse(GOOD, "weekly.toml")).version == "v"
    with pytest.raises(BadData, match=r"^weekly\.toml:\d+: "):
        compiled(parse(GOOD.replace(old, new, 1), "weekly.toml"))


def test_another_wording_with_the_same_logic_may_be_used() -> None:
    other = compiled(parse(GOOD, "weekly.toml"))
    assert weekly_score((1, 1, 1, 1), other).version == "v"
