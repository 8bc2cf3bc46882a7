"""Finding an exercise by what a person types: typos, word order and half words forgiven.

rapidfuzz compares; no extension of the database is needed (ruling 26).
"""

from collections.abc import Mapping

from rapidfuzz import fuzz, process, utils

from programs.domain.exercise import Exercise

ALIKE = 70.0
"""Of 100; below it nobody would say "that is what I meant"."""
MOST_SUGGESTED = 3


def closest(
    exercises: Mapping[str, Exercise], typed: str, *, most: int | None = None, least: float = ALIKE
) -> list[Exercise]:
    """The exercises whose name or id is like what was typed, the most alike first."""
    wanted = utils.default_process(typed)
    if not wanted:
        return []
    best: dict[str, float] = {}
    for names in (
        {one.id: one.name for one in exercises.values()},
        {one.id: one.id.replace("_", " ") for one in exercises.values()},
    ):
        found = process.extract(
            wanted,
            names,
            scorer=fuzz.WRatio,
            processor=utils.default_process,
            score_cutoff=least,
            limit=None,
        )
        for _, score, exercise_id in found:
            best[exercise_id] = max(best.get(exercise_id, 0.0), score)
    # sorted() is stable: of two equally alike the library's order decides.
    order = sorted((one for one in exercises if one in best), key=lambda one: -best[one])
    return [exercises[one] for one in order[:most]]


def did_you_mean(exercises: Mapping[str, Exercise], typed: str) -> str:
    """The end of a sentence about an unknown exercise; empty when nothing is like it."""
    near = closest(exercises, typed.replace("_", " "), most=MOST_SUGGESTED)
    return "; did you mean " + " or ".join(f"{one.id} ({one.name})" for one in near) if near else ""
