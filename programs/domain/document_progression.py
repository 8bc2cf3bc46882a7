"""Reading a progression, with every fault, and writing it: what `programs.domain.progression`
works out from week to week."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from programs.domain.document_reader import Reader
from programs.domain.document_sets import MOST_ADDED, MOST_KG, MOST_PERCENT, read_load
from programs.domain.loadable import Unit, from_kg
from programs.domain.prescription import Prescription, SetTarget
from programs.domain.progression import targeted
from programs.domain.progression_rules import (
    Deload,
    Double,
    Linear,
    LogGated,
    Percentages,
    Progression,
    RirTargets,
    Rule,
)

MOST_WEEKS = 104
DELOAD = "deload"
ADDS = ("add_kg", "add_lb")
LEAST = Decimal("0.001")


def read_progression(
    reader: Reader, value: object, pointer: str, sets: Sequence[SetTarget]
) -> Progression | None:
    """A progression that fits its work sets; None, with a fault, when it cannot be meant."""
    kind = _kind(reader, value, pointer)
    if kind is None:
        return None
    named, needed, read = _KINDS[kind]
    known = ("kind", *named, DELOAD, "behind")
    found = reader.members(value, pointer, known, (*needed, *((DELOAD,) if not named else ())))
    faults = len(reader.faults)
    rule = read(reader, found, pointer)
    deload = _deload(reader, found[DELOAD], f"{pointer}/{DELOAD}") if DELOAD in found else None
    behind = reader.whole(found.get("behind", 0), f"{pointer}/behind", 0, MOST_WEEKS)
    if len(reader.faults) > faults or (rule is None and deload is None):
        return None
    _refuse_misfit(reader, rule, [one for one in sets if one.kind == "work"], pointer)
    return Progression(rule, deload, behind or 0)


def refuse_runaway(reader: Reader, one: Prescription, weeks: int, pointer: str) -> None:
    """A progression that leaves what may be written, before its block of weeks is over."""
    rule = one.progression.rule if one.progression else None
    if not isinstance(rule, Linear):
        return
    for week in range(weeks):
        for each in targeted(one, week=week).work_sets:
            load = LEAST if each.load_kg is None else each.load_kg
            percent = Decimal(1) if each.percent is None else each.percent
            if not (LEAST <= load <= MOST_KG and 1 <= percent <= MOST_PERCENT):
                shown = f"{load} kg" if each.percent is None else f"{percent} % of e1RM"
                sentence = (
                    f"In week {week + 1} of its block this asks for {shown}; up to "
                    f"{MOST_KG} kg and {MOST_PERCENT} % are accepted."
                )
                reader.fault(f"{pointer}/progression", "progression_runs_away", sentence)
                return


def progression_from_json(raw: Mapping[str, Any] | None) -> Progression | None:
    """The exact inverse of ``progression_json``; none stays none."""
    return None if raw is None else read_progression(Reader(), raw, "", ())


def progression_json(progression: Progression) -> dict[str, Any]:
    """A progression as plain JSON values that `read_progression` reads back."""
    rule, deload = progression.rule, progression.deload
    members: dict[str, Any] = {"kind": DELOAD if rule is None else KIND_OF[type(rule)]}
    if isinstance(rule, Linear):
        members |= _typed("add", rule.add_kg, rule.unit) | _typed("most", rule.most_kg, rule.unit)
        members |= {"add_percent": _text(rule.add_percent), "every": rule.every}
    elif isinstance(rule, Double | LogGated):
        members |= _typed("add", rule.add_kg, rule.unit)
    if isinstance(rule, LogGated):
        members |= {"after": rule.after, "fails": rule.fails}
        members["drop_percent"] = None if rule.fails is None else _text(rule.drop_percent)
    if isinstance(rule, Percentages | RirTargets):
        members["weeks"] = [str(each) for each in rule.weeks]
    if deload is not None:
        given = {
            "every": deload.every,
            "load_percent": _text(deload.load_percent),
            "sets": deload.sets,
        }
        members[DELOAD] = {key: value for key, value in given.items() if value is not None}
    members["behind"] = progression.behind or None
    return {key: value for key, value in members.items() if value is not None}


def _kind(reader: Reader, value: object, pointer: str) -> str | None:
    if not isinstance(value, Mapping):
        reader.fault(pointer, "wrong_type", "An object with members is expected.", value)
        return None
    if value.get("kind") is None:
        sentence = f"kind is missing; one of {', '.join(_KINDS)} is expected."
        reader.fault(f"{pointer}/kind", "missing_member", sentence)
        return None
    faults = len(reader.faults)
    kind = reader.one_of(value["kind"], f"{pointer}/kind", tuple(_KINDS))
    return kind if len(reader.faults) == faults else None


def _linear(reader: Reader, found: Mapping[str, object], pointer: str) -> Rule | None:
    if sum(key in found for key in (*ADDS, "add_percent")) != 1:
        sentence = "What is added is given in one way: add_kg, add_lb or add_percent."
        reader.fault(pointer, "load_or_percent", sentence)
    if "add_percent" in found and {"most_kg", "most_lb"} & set(found):
        sentence = "A greatest load goes with add_kg or add_lb."
        reader.fault(pointer, "load_or_percent", sentence)
    if {"add_kg", "most_lb"} <= set(found) or {"add_lb", "most_kg"} <= set(found):
        reader.fault(pointer, "two_units", "Both loads of a rule are in kg, or both in lb.")
    percent = None
    if "add_percent" in found:
        at, most = f"{pointer}/add_percent", Decimal(20)
        percent = reader.number(found["add_percent"], at, -most, most, places=1)
    return Linear(
        add_kg=read_load(reader, found, pointer, "add", -MOST_ADDED, MOST_ADDED),
        add_percent=percent,
        every=reader.whole(found.get("every", 1), f"{pointer}/every", 1, MOST_WEEKS) or 1,
        most_kg=read_load(reader, found, pointer, "most", LEAST, MOST_KG),
        unit=_unit(found),
    )


def _double(reader: Reader, found: Mapping[str, object], pointer: str) -> Rule | None:
    add = _earned(reader, found, pointer)
    return None if add is None else Double(add, _unit(found))


def _log_gated(reader: Reader, found: Mapping[str, object], pointer: str) -> Rule | None:
    add = _earned(reader, found, pointer)
    after = reader.whole(found.get("after", 1), f"{pointer}/after", 1, 10) or 1
    fails = None
    if "fails" in found:
        fails = reader.whole(found["fails"], f"{pointer}/fails", 1, 10)
    elif "drop_percent" in found:
        sentence = "drop_percent says how far to drop after so many fails; fails is missing."
        reader.fault(f"{pointer}/fails", "missing_member", sentence)
    drop, at = found.get("drop_percent", 10), f"{pointer}/drop_percent"
    share = reader.number(drop, at, Decimal(1), Decimal(50), places=1) or Decimal(10)
    return None if add is None else LogGated(add, after, fails, share, _unit(found))


def _earned(reader: Reader, found: Mapping[str, object], pointer: str) -> Decimal | None:
    if sum(key in found for key in ADDS) != 1:
        sentence = "What is added is given in one way: add_kg or add_lb."
        reader.fault(pointer, "load_or_percent", sentence)
    return read_load(reader, found, pointer, "add", LEAST, MOST_ADDED)


def _weekly(
    make: Callable[[tuple[Decimal, ...]], Rule], least: Decimal, most: Decimal
) -> Callable[[Reader, Mapping[str, object], str], Rule | None]:
    def read(reader: Reader, found: Mapping[str, object], pointer: str) -> Rule | None:
        if "weeks" not in found:
            return None
        rows = reader.rows(found["weeks"], f"{pointer}/weeks", least=1, most=MOST_WEEKS)
        numbers = [reader.number(row, at, least, most, places=1) for at, row in rows]
        return make(tuple(one for one in numbers if one is not None))

    return read


def _nothing(reader: Reader, found: Mapping[str, object], pointer: str) -> Rule | None:
    return None


def _deload(reader: Reader, value: object, pointer: str) -> Deload | None:
    found = reader.members(value, pointer, ("every", "load_percent", "sets"), ("every",))
    if found and not {"load_percent", "sets"} & set(found):
        sentence = "A deload week has less load (load_percent), fewer sets (sets), or both."
        reader.fault(pointer, "missing_member", sentence)
    every = load = sets = None
    if "every" in found:
        every = reader.whole(found["every"], f"{pointer}/every", 2, 26)
    if "load_percent" in found:
        at = f"{pointer}/load_percent"
        load = reader.number(found["load_percent"], at, Decimal(10), Decimal(100), places=1)
    if "sets" in found:
        sets = reader.whole(found["sets"], f"{pointer}/sets", 1, 20)
    return None if every is None else Deload(every, load, sets)


def _refuse_misfit(
    reader: Reader, rule: Rule | None, work: Sequence[SetTarget], pointer: str
) -> None:
    """A rule that its work sets give nothing to hold on to."""

    def refuse_unless(fits: Iterable[bool], code: str, sentence: str) -> None:
        if not all(fits):
            reader.fault(pointer, code, sentence)

    if isinstance(rule, Linear):
        by_load = rule.add_kg is not None
        refuse_unless(
            ((one.load_kg if by_load else one.percent) is not None for one in work),
            "progression_without_load",
            f"Every work set needs a load in {'kg or lb' if by_load else 'percent'} to add to.",
        )
    elif isinstance(rule, Percentages):
        refuse_unless(
            (one.load_kg is None and one.last_plus_kg is None for one in work),
            "load_or_percent",
            "The weeks say the percent; the work sets say no other load.",
        )
    elif isinstance(rule, Double | LogGated):
        refuse_unless(
            (one.seconds is None and one.last_plus_kg is None for one in work),
            "progression_without_reps",
            "What goes by the log needs work sets in reps, and not by the last time.",
        )
        alike = {(one.reps_min, one.load_kg, one.percent) for one in work}
        refuse_unless(
            [len(alike) <= 1],
            "progression_of_uneven_sets",
            "What goes by the log needs work sets with the same reps and load.",
        )
    if isinstance(rule, Double):
        refuse_unless(
            (
                bool(one.seconds) or one.amrap or (one.reps_max or 0) > (one.reps_min or 0)
                for one in work
            ),
            "progression_without_range",
            "Double progression needs a range of reps, such as 8 to 12.",
        )


def _unit(found: Mapping[str, object]) -> Unit:
    return "lb" if {"add_lb", "most_lb"} & set(found) else "kg"


def _typed(name: str, kg: Decimal | None, unit: Unit) -> dict[str, str | None]:
    """A load under the unit it was typed in."""
    return {f"{name}_{unit}": None if kg is None else _text(from_kg(kg, unit))}


def _text(value: Decimal | None) -> str | None:
    return None if value is None else str(value)


_KINDS = {
    "linear": ((*ADDS, "add_percent", "every", "most_kg", "most_lb"), (), _linear),
    "double": (ADDS, (), _double),
    "log_gated": ((*ADDS, "after", "fails", "drop_percent"), (), _log_gated),
    "percentages": (("weeks",), ("weeks",), _weekly(Percentages, Decimal(1), MOST_PERCENT)),
    "rir": (("weeks",), ("weeks",), _weekly(RirTargets, Decimal(0), Decimal(10))),
    DELOAD: ((), (), _nothing),
}
KIND_OF: dict[type[Rule], str] = {
    Linear: "linear",
    Double: "double",
    LogGated: "log_gated",
    Percentages: "percentages",
    RirTargets: "rir",
}
