"""A program in words: the same sentences on the page, in a spreadsheet and in a comparison."""

from collections.abc import Mapping
from decimal import Decimal
from itertools import groupby

from programs.domain.document_parts import ProgramDocument, Week
from programs.domain.exercise import Exercise
from programs.domain.loadable import Unit, from_kg
from programs.domain.own_exercises import plain_id
from programs.domain.prescription import Prescription, SetTarget
from programs.domain.progression_rules import (
    Deload,
    Double,
    Linear,
    LogGated,
    Percentages,
    Progression,
    Rule,
)

DAY_WORDS = {
    "mon": "Monday",
    "tue": "Tuesday",
    "wed": "Wednesday",
    "thu": "Thursday",
    "fri": "Friday",
    "sat": "Saturday",
    "sun": "Sunday",
}


def sets_in_words(sets: tuple[SetTarget, ...]) -> str:
    """Sets in shorthand, equal ones once: `3 × 8–10 · 60 kg · RIR 2 + 1 × AMRAP`."""
    return " + ".join(_run(len(list(run)), target) for target, run in groupby(sets))


def progression_in_words(progression: Progression | None) -> str:
    """How it grows, in a clause; empty when it does not."""
    if progression is None:
        return ""
    parts = [_rule(progression.rule)] if progression.rule else []
    if progression.deload:
        parts.append(_deload(progression.deload))
    if progression.behind:
        parts.append(f"{_weeks(progression.behind)} of it done before")
    return "; ".join(parts)


def load_in_words(kg: Decimal, unit: Unit) -> str:
    """A load in the unit it was typed in."""
    return f"{plain(from_kg(kg, unit))} {unit}"


def plain(value: Decimal) -> str:
    """A number without zeros at its end."""
    return f"{value.normalize():f}"


def outline(document: ProgramDocument, exercises: Mapping[str, Exercise]) -> tuple[str, ...]:
    """Every line of a program in order, each saying where it stands, to compare two versions."""
    lines = [document.name, *([document.note] if document.note else [])]
    first = 1
    for phase in document.phases:
        for week in phase.weeks:
            where = f"{phase.name} · {_span(first, week)}"
            first += week.repeat
            if not week.workouts:
                lines.append(f"{where} · rest")
            for workout in week.workouts:
                day = f"{where} · {workout.name}" + (
                    f" on {DAY_WORDS[workout.day]}" if workout.day else ""
                )
                lines += [f"{day} · {_line(one, exercises)}" for one in workout.prescriptions]
    return tuple(lines)


def name_of(exercises: Mapping[str, Exercise], exercise_id: str) -> str:
    """An exercise's name; its id in words when it is not there."""
    if exercise_id in exercises:
        return exercises[exercise_id].name
    words = plain_id(exercise_id)
    return words[:1].upper() + words[1:]


def _line(one: Prescription, exercises: Mapping[str, Exercise]) -> str:
    alternates = ", ".join(
        f"{name_of(exercises, each.exercise)} ({each.direction})" for each in one.alternates
    )
    more = {
        "superset": one.superset,
        "rest": None if one.rest_seconds is None else f"{one.rest_seconds} s",
        "tempo": one.tempo,
        "or": alternates,
        "cues": "; ".join(one.cues),
        "note": one.note,
        "limit": one.limit,
        "checklist": one.checklist,
        "set up": ", ".join(f"{param} {value}" for param, value in one.setup),
        "look at": ", ".join(each.url for each in one.media),
    }
    parts = [
        f"{one.slot} {name_of(exercises, one.exercise)}",
        sets_in_words(one.sets),
        progression_in_words(one.progression),
        *(f"{key} {value}" for key, value in more.items() if value),
    ]
    return " · ".join(part for part in parts if part)


def _span(first: int, week: Week) -> str:
    return f"week {first}" if week.repeat == 1 else f"weeks {first}–{first + week.repeat - 1}"


def _run(count: int, target: SetTarget) -> str:
    parts = [f"{count} × {_amount(target)}"]
    if target.load_kg is not None:
        parts.append(load_in_words(target.load_kg, target.unit))
    elif target.percent is not None:
        parts.append(f"{plain(target.percent)} % e1RM")
    elif target.last_plus_kg is not None:
        parts.append(_last_time(target.last_plus_kg, target.unit))
    if target.rir is not None and target.effort == "rpe":
        parts.append(f"RPE {plain(10 - target.rir)}")
    elif target.rir is not None:
        parts.append(f"RIR {plain(target.rir)}")
    words = " · ".join(parts)
    return f"warm-up {words}" if target.kind == "warmup" else words


def _last_time(plus: Decimal, unit: Unit) -> str:
    if not plus:
        return "as last time"
    return f"last time {'+' if plus > 0 else '−'} {load_in_words(abs(plus), unit)}"


def _amount(target: SetTarget) -> str:
    if target.seconds is not None:
        return f"{target.seconds} s"
    low, high = target.reps_min, target.reps_max
    reps = "" if low is None else f"{low}" if high in (None, low) else f"{low}–{high}"
    if target.amrap:
        return f"AMRAP from {reps}" if reps else "AMRAP"
    return reps or "?"


def _rule(rule: Rule) -> str:
    if isinstance(rule, Linear):
        kg = rule.add_kg
        sign = "+" if (kg or rule.add_percent or 0) >= 0 else "−"
        amount = (
            f"{plain(abs(rule.add_percent or Decimal(0)))} % points"
            if kg is None
            else load_in_words(abs(kg), rule.unit)
        )
        most = f", up to {load_in_words(rule.most_kg, rule.unit)}" if rule.most_kg else ""
        return f"{sign} {amount} every {_every(rule.every)}{most}"
    if isinstance(rule, Double):
        return f"+ {load_in_words(rule.add_kg, rule.unit)} once every set reaches its top reps"
    if isinstance(rule, LogGated):
        times = "" if rule.after == 1 else f" {rule.after} times in a row"
        drop = (
            f", − {plain(rule.drop_percent)} % after {rule.fails} that were not"
            if rule.fails
            else ""
        )
        return f"+ {load_in_words(rule.add_kg, rule.unit)} once done as written{times}{drop}"
    listed = " · ".join(plain(each) for each in rule.weeks)
    return f"week by week {listed} %" if isinstance(rule, Percentages) else f"RIR {listed}"


def _deload(deload: Deload) -> str:
    less = [] if deload.load_percent is None else [f"{plain(deload.load_percent)} % of the load"]
    if deload.sets is not None:
        less.append("1 set" if deload.sets == 1 else f"{deload.sets} sets")
    return f"every {_nth(deload.every)} week lighter: {', '.join(less)}"


def _every(weeks: int) -> str:
    return "week" if weeks == 1 else f"{weeks} weeks"


def _weeks(count: int) -> str:
    return "1 week" if count == 1 else f"{count} weeks"


def _nth(number: int) -> str:
    ending = {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{'th' if 10 < number % 100 < 14 else ending}"
