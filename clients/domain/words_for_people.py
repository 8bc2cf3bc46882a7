"""Lifts, levels and replies in the words people read; never a condition (decision 11)."""

import re
from collections.abc import Mapping

from programs.domain.exercises import library
from programs.domain.words import name_of

LEVEL_WORDS = {
    "emergency": "Emergency",
    "urgent": "Urgent",
    "refer": "Refer",
    "incomplete": "Incomplete",
    "modify": "Modify",
    "monitor": "Monitor",
    "log": "Log",
}

TIMING_WORDS = {
    "during_set": "during the set",
    "after_set": "after the set",
    "later_same_day": "later that day",
    "next_morning": "the next morning",
    "at_rest": "at rest",
    "night": "at night",
    "constant": "all the time",
    "outside_training": "outside training",
}

EFFECT_WORDS = {
    "none": "Changed nothing",
    "eased_load": "Lowered the weight",
    "stopped_exercise": "Stopped the exercise",
    "stopped_session": "Stopped the session",
    "limits_daily_life": "It limits daily life",
    "cannot_use": "Cannot use it",
}

# The marks of protocols.toml: where an option comes from.
MARK_WORDS = {
    "S": "Your method",
    "S in the combined case": "Your method",
    "S general": "Your method, general advice",
    "~S": "Near your method",
    "D": "Starting point, not tested",
}


def exercise_name(exercise_id: str) -> str:
    """The library's name of an exercise; an id that is not in it as words, nothing as nothing."""
    return name_of(library(), exercise_id)


def set_number(said: Mapping[str, object]) -> int | None:
    """The number of the set it was felt in, from 1; None when the report names none."""
    lift = said.get("exercise")
    index = lift.get("set_index") if isinstance(lift, Mapping) else None
    return index + 1 if isinstance(index, int) and not isinstance(index, bool) else None


def short_reason(sentence: str, level: str) -> str:
    """A reason beside a badge: without the level's word, and without the letters of questions."""
    word = LEVEL_WORDS.get(level, "")
    rest = sentence.removeprefix(f"{word}: ").removeprefix(f"{word} (high): ")
    rest = re.sub(
        r"\b(questions) left for after the session: .*", r"\1 left for later.", rest, flags=re.I
    )
    rest = re.sub(r"\b1 left: .*", "1 answer is missing.", rest)
    rest = re.sub(r"\b(\d+) left: .*", r"\1 answers are missing.", rest)
    return _sentence_case(re.sub(r"^(yes|not sure|unsure|brief) to \w+: ", r"\1: ", rest))


def level_words(level: str, priority: str = "normal") -> str:
    """The word on a level's badge: "Modify · high" where the priority is high."""
    word = LEVEL_WORDS.get(level, _sentence_case(level))
    return f"{word} · high" if level == "modify" and priority == "high" else word


def _sentence_case(words: str) -> str:
    return words[:1].upper() + words[1:]
