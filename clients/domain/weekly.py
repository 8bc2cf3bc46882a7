"""The weekly check: four questions, a score for the trend and no more (domain §2.3)."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from programs.domain.datafile import DataFile, read

FULL = 100
ANSWERS = 4
QUESTIONS = 4
SUBSTANTIAL_FROM = 2


class WeeklyRefused(ValueError):
    """These answers are no weekly check: a number is out of range, or some are missing."""


@dataclass(frozen=True, slots=True)
class WeeklyQuestion:
    """One question with its four answers, mildest first."""

    id: str
    text: str
    answers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WeeklyCheck:
    """The wording in use; an owner may load another with the same logic."""

    version: str
    scores: tuple[int, ...]
    questions: tuple[WeeklyQuestion, ...]


@dataclass(frozen=True, slots=True)
class WeeklyScore:
    """Score 0–100 and whether it is substantial; `version` tells which wording was asked."""

    score: int
    substantial: bool
    version: str


@cache
def weekly_check() -> WeeklyCheck:
    """Our own wording, weekly_check_v1. Raises BadData with file and line."""
    return compiled(read("clients.domain", "weekly_check_v1.toml"))


def compiled(data: DataFile) -> WeeklyCheck:
    """A weekly check from a file: four questions of four answers. Raises BadData."""
    top = data.top()
    version = top.text("version")
    scores = tuple(int(number) for number in top.numbers("scores", count=ANSWERS))
    questions = []
    for row in top.rows("question"):
        made = WeeklyQuestion(row.text("id"), row.text("text"), row.list_of("answers"))
        if len(made.answers) != ANSWERS:
            row.fail(f"a question has {ANSWERS} answers", "answers")
        row.done()
        questions.append(made)
    if len(questions) != QUESTIONS or scores[0] != 0 or sorted(scores) != list(scores):
        top.fail(f"a check has {QUESTIONS} questions, and scores that rise from 0")
    top.done()
    return WeeklyCheck(version, scores, tuple(questions))


def weekly_score(answers: Sequence[int], check: WeeklyCheck | None = None) -> WeeklyScore:
    """Score of answers 0–3 in the order of the questions.

    The first answer to the first question ends with 0, its last with 100. Substantial = that last
    answer, or the third or fourth to the second or third question. Raises WeeklyRefused.
    """
    asked = check or weekly_check()
    if not answers or any(not 0 <= answer < ANSWERS for answer in answers):
        raise WeeklyRefused("answers are numbers from 0 to 3")
    if answers[0] == 0:
        return WeeklyScore(0, False, asked.version)
    if answers[0] == ANSWERS - 1:
        return WeeklyScore(FULL, True, asked.version)
    if len(answers) != QUESTIONS:
        raise WeeklyRefused("all four questions need an answer")
    score = sum(asked.scores[answer] for answer in answers)
    heavy = any(answer >= SUBSTANTIAL_FROM for answer in answers[1:3])
    return WeeklyScore(score, heavy, asked.version)
