"""Finding an exercise by what a person types: typos, word order and half words forgiven.

rapidfuzz compares; no extension of the database is needed (ruling 26).
"""

from collections.abc import Iterable, Mapping, Sequence

from rapidfuzz import fuzz, process, utils

from programs.domain.exercise import Exercise, Level, demand
from programs.domain.regions import allows_swap, tags_of

ALIKE = 70.0
"""Of 100; below it nobody would say "that is what I meant"."""
MOST_SUGGESTED = 3


def closest(
    exercises: Mapping[str, Exercise], typed: str, *, most: int | None = None
) -> list[Exercise]:
    """The exercises whose name or id is like what was typed, the most alike first."""
    names = [(one.name, one.id.replace("_", " ")) for one in exercises.values()]
    places = alike(typed, names)
    every = tuple(exercises.values())
    return [every[place] for place in places[:most]]


def alike(typed: str, names: Sequence[Sequence[str]]) -> list[int]:
    """The places of a list whose names are like what was typed, the most alike first."""
    wanted = utils.default_process(typed)
    if not wanted:
        return []
    listed = [(place, name) for place, each in enumerate(names) for name in each]
    best: dict[int, float] = {}
    for _, score, number in process.extract(
        wanted,
        [name for _, name in listed],
        scorer=fuzz.WRatio,
        processor=utils.default_process,
        score_cutoff=ALIKE,
        limit=None,
    ):
        place = listed[number][0]
        best[place] = max(best.get(place, 0.0), score)
    # sorted() is stable: of two equally alike the earlier one comes first.
    return sorted(sorted(best), key=lambda place: -best[place])


def did_you_mean(exercises: Mapping[str, Exercise], typed: str) -> str:
    """The end of a sentence about an unknown exercise; empty when nothing is like it."""
    near = closest(exercises, typed.replace("_", " "), most=MOST_SUGGESTED)
    return "; did you mean " + " or ".join(f"{one.id} ({one.name})" for one in near) if near else ""


def found(
    exercises: Iterable[Exercise],
    *,
    typed: str = "",
    pattern: str = "",
    equipment: str = "",
    region: str = "",
    most_demand: Level | None = None,
) -> list[Exercise]:
    """The exercises that meet every condition given, in their order or the most alike first.

    `region` with `most_demand` asks for no more than that of every tag of the region; an exercise
    that nobody rated is not among them, and for head, abdomen and general none is. Raises
    UnknownRegion.
    """
    kept = {
        one.id: one
        for one in exercises
        if (not pattern or one.pattern == pattern)
        and (not equipment or any(equipment in item.split("|") for item in one.equipment))
        and (not region or most_demand is None or _asks(one, region, most_demand))
    }
    return closest(kept, typed) if typed.strip() else list(kept.values())


def _asks(exercise: Exercise, region: str, most: Level) -> bool:
    if not (exercise.has_vector and allows_swap(region)):
        return False
    return all(demand(exercise, tag) <= most for tag in tags_of(region))
