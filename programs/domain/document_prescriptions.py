"""Reading the prescriptions of one workout, with every fault (domain §5, §6 for the bounds)."""

from collections import Counter
from collections.abc import Container, Iterable, Sequence
from decimal import Decimal
from typing import cast

from programs.domain.document_reader import Reader
from programs.domain.prescription import Prescription, SetKind, SetTarget

MOST_SETS = 20
MOST_REPS = 200
MOST_SECONDS = 3600
MOST_KG = Decimal(1000)
MOST_PERCENT = Decimal(110)
"""Of e1RM; the few percent above 100 are for partial lifts and tests of a new best."""

SET_KINDS = ("work", "warmup")
SET_MEMBERS = (
    "kind", "count", "reps_min", "reps_max", "seconds", "load_kg", "percent", "rir", "amrap",
)  # fmt: skip
MEMBERS = (
    "slot", "exercise", "sets", "rest_seconds", "tempo", "superset", "note", "alternates",
    "checklist", "limit", "setup",
)  # fmt: skip

Rows = Sequence[tuple[str, object]]


def read_prescriptions(
    reader: Reader, rows: Rows, exercises: Container[str]
) -> tuple[Prescription, ...]:
    """The prescriptions of one workout; no slot twice."""
    read = [_prescription(reader, row, pointer, exercises) for pointer, row in rows]
    slots: set[str] = set()
    for (pointer, _), one in zip(rows, read, strict=True):
        if one.slot and one.slot in slots:
            sentence = f"The slot {one.slot} is used twice in this workout."
            reader.fault(f"{pointer}/slot", "slot_twice", sentence, one.slot)
        slots.add(one.slot)
    return tuple(read)


def refuse_lone_supersets(
    reader: Reader, workouts: Iterable[tuple[str, Sequence[Prescription]]]
) -> None:
    """A superset needs two places in one workout; one that spans two workouts is named as such.

    `workouts` are those of one week, each with the pointer of its prescriptions.
    """
    given = [(pointer, list(each)) for pointer, each in workouts]
    letters = [Counter(one.superset for one in each if one.superset) for _, each in given]
    for place, (pointer, each) in enumerate(given):
        others = {letter for other, seen in enumerate(letters) if other != place for letter in seen}
        for row, one in enumerate(each):
            if one.superset is None or letters[place][one.superset] > 1:
                continue
            at = f"{pointer}/{row}/superset"
            if one.superset in others:
                sentence = f"The superset {one.superset} spans workouts; keep it inside one."
                reader.fault(at, "superset_across_workouts", sentence, one.superset)
            else:
                sentence = f"The superset {one.superset} has one place only."
                reader.fault(at, "superset_alone", sentence, one.superset)


def _prescription(
    reader: Reader, value: object, pointer: str, exercises: Container[str]
) -> Prescription:
    found = reader.members(value, pointer, MEMBERS, ("slot", "exercise", "sets"))

    def text(key: str, most: int) -> str | None:
        return reader.text(found[key], f"{pointer}/{key}", most=most) if key in found else None

    sets = _sets(reader, found["sets"], f"{pointer}/sets") if "sets" in found else ()
    if not any(one.kind == "work" for one in sets):
        # A fault is noted already; the rest of the prescription is read all the same.
        sets = (SetTarget("work"),)
    rest = None
    if "rest_seconds" in found:
        rest = reader.whole(found["rest_seconds"], f"{pointer}/rest_seconds", 0, MOST_SECONDS)
    at = f"{pointer}/alternates"
    alternates = reader.rows(found.get("alternates", []), at, least=0, most=10)
    return Prescription(
        slot=text("slot", 12) or "",
        exercise=_exercise(reader, found.get("exercise"), f"{pointer}/exercise", exercises),
        sets=sets,
        rest_seconds=rest,
        tempo=text("tempo", 20),
        superset=text("superset", 4),
        note=text("note", 2000) or "",
        alternates=tuple(_exercise(reader, row, place, exercises) for place, row in alternates),
        checklist=text("checklist", 60),
        limit=text("limit", 200),
        setup=_setup(reader, found.get("setup", []), f"{pointer}/setup"),
    )


def _exercise(reader: Reader, value: object, pointer: str, exercises: Container[str]) -> str:
    if value is None:
        return ""
    name = reader.text(value, pointer, most=80)
    if name and name not in exercises:
        sentence = "No exercise of your library has this id."
        reader.fault(pointer, "unknown_exercise", sentence, name)
    return name


def _setup(reader: Reader, value: object, pointer: str) -> tuple[tuple[str, str], ...]:
    pairs = []
    for at, row in reader.rows(value, pointer, least=0, most=10):
        found = reader.members(row, at, ("param", "value"), ("param", "value"))
        if len(found) == 2:
            param = reader.text(found["param"], f"{at}/param", most=60)
            pairs.append((param, reader.text(found["value"], f"{at}/value", most=200)))
    return tuple(pairs)


def _sets(reader: Reader, value: object, pointer: str) -> tuple[SetTarget, ...]:
    """All sets one by one; a row with a count of 3 is three equal sets."""
    if value == [] or value == ():
        reader.fault(pointer, "zero_sets", "At least one set is expected.", 0)
        return ()
    targets: list[SetTarget] = []
    faults = len(reader.faults)
    for at, row in reader.rows(value, pointer, least=1, most=MOST_SETS):
        targets.extend(_set_row(reader, row, at))
    if len(reader.faults) > faults:
        # The rows are at fault already; what they add up to says nothing new.
        return tuple(targets)
    _refuse_bad_order(reader, targets, pointer)
    return tuple(targets)


def _refuse_bad_order(reader: Reader, targets: Sequence[SetTarget], pointer: str) -> None:
    kinds = [target.kind for target in targets]
    if len(targets) > MOST_SETS:
        sentence = f"There are {len(targets)} sets; at most {MOST_SETS} are accepted."
        reader.fault(pointer, "too_many_sets", sentence, len(targets))
    if "work" not in kinds:
        reader.fault(pointer, "no_work_set", "Warm-ups alone are no prescription.", len(kinds))
    elif "warmup" in kinds[kinds.index("work") :]:
        reader.fault(pointer, "warmup_after_work", "Warm-up sets come first.", len(kinds))


def _set_row(reader: Reader, value: object, pointer: str) -> tuple[SetTarget, ...]:
    found = reader.members(value, pointer, SET_MEMBERS, ())
    if not isinstance(value, dict):
        return ()

    def number(key: str, least: Decimal, most: Decimal) -> Decimal | None:
        return reader.number(found[key], f"{pointer}/{key}", least, most) if key in found else None

    def whole(key: str, most: int) -> int | None:
        return reader.whole(found[key], f"{pointer}/{key}", 1, most) if key in found else None

    count = 1 if "count" not in found else _count(reader, found["count"], f"{pointer}/count")
    kind = "work"
    if "kind" in found:
        kind = reader.one_of(found["kind"], f"{pointer}/kind", SET_KINDS)
    amrap = "amrap" in found and reader.flag(found["amrap"], f"{pointer}/amrap")
    low, high = whole("reps_min", MOST_REPS), whole("reps_max", MOST_REPS)
    target = SetTarget(
        kind=cast(SetKind, kind),
        reps_min=low,
        reps_max=low if high is None and not amrap else high,
        seconds=whole("seconds", MOST_SECONDS),
        load_kg=number("load_kg", Decimal("0.001"), MOST_KG),
        percent=number("percent", Decimal(1), MOST_PERCENT),
        rir=number("rir", Decimal(0), Decimal(10)),
        amrap=amrap,
    )
    _refuse_contradictions(reader, set(found), target, pointer)
    return (target,) * count


def _count(reader: Reader, value: object, pointer: str) -> int:
    if value == 0 and not isinstance(value, bool):
        reader.fault(pointer, "zero_sets", "At least one set is expected.", value)
        return 1
    return reader.whole(value, pointer, 1, MOST_SETS) or 1


def _refuse_contradictions(
    reader: Reader, given: set[str], target: SetTarget, pointer: str
) -> None:
    low, high = target.reps_min, target.reps_max
    if low is not None and high is not None and low > high:
        sentence = f"Reps run from {low} down to {high}; write {high} to {low}."
        reader.fault(f"{pointer}/reps_max", "reps_reversed", sentence, high)
    if "reps_max" in given and "reps_min" not in given:
        reader.fault(f"{pointer}/reps_min", "missing_member", "reps_min is missing.")
    reps = bool(given & {"reps_min", "reps_max"}) or target.amrap
    if reps == ("seconds" in given):
        sentence = "A set is asked for in reps or in seconds, and in one of them only."
        reader.fault(pointer, "reps_or_seconds", sentence)
    if {"load_kg", "percent"} <= given:
        sentence = "A load is given in kg or in percent of e1RM, and in one of them only."
        reader.fault(pointer, "load_or_percent", sentence)
