"""Reading the sets of one prescription, with every fault (domain §6 for the bounds)."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import cast

from programs.domain.document_reader import Reader
from programs.domain.loadable import to_kg
from programs.domain.prescription import SetKind, SetTarget
from programs.domain.strength import rir_from_rpe

MOST_SETS = 20
MOST_REPS = 200
MOST_SECONDS = 3600
MOST_KG = Decimal(1000)
MOST_PERCENT = Decimal(110)
"""Of e1RM; the few percent above 100 are for partial lifts and tests of a new best."""
MOST_ADDED = Decimal(100)

SET_KINDS = ("work", "warmup")
LOADS = ("load_kg", "load_lb", "percent", "last_plus_kg", "last_plus_lb")
EFFORTS = ("rir", "rpe")
SET_MEMBERS = (
    "kind", "count", "reps_min", "reps_max", "seconds", *LOADS, *EFFORTS, "amrap",
)  # fmt: skip


def read_sets(reader: Reader, value: object, pointer: str) -> tuple[SetTarget, ...]:
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
    pounds = "load_lb" in found or "last_plus_lb" in found
    target = SetTarget(
        kind=cast(SetKind, kind),
        reps_min=low,
        reps_max=low if high is None and not amrap else high,
        seconds=whole("seconds", MOST_SECONDS),
        load_kg=read_load(reader, found, pointer, "load", Decimal("0.001"), MOST_KG),
        percent=number("percent", Decimal(1), MOST_PERCENT),
        rir=_effort(reader, found, pointer),
        amrap=amrap,
        last_plus_kg=read_load(reader, found, pointer, "last_plus", -MOST_ADDED, MOST_ADDED),
        unit="lb" if pounds else "kg",
        effort="rpe" if "rpe" in found else "rir",
    )
    _refuse_contradictions(reader, set(found), target, pointer)
    return (target,) * count


def read_load(
    reader: Reader,
    found: Mapping[str, object],
    pointer: str,
    name: str,
    least: Decimal,
    most: Decimal,
) -> Decimal | None:
    """A load in kg out of `name`_kg or `name`_lb; bounds in kg. The unit is never guessed."""
    if f"{name}_lb" in found:
        # Whole pounds above the bounds, and to the hundredth: so they come back as typed.
        in_pounds = (most * 22 / 10).to_integral_value()
        lowest = -in_pounds if least < 0 else min(least * 10, Decimal("0.01"))
        at = f"{pointer}/{name}_lb"
        pounds = reader.number(found[f"{name}_lb"], at, lowest, in_pounds, places=2)
        return None if pounds is None else to_kg(pounds, "lb")
    if f"{name}_kg" in found:
        return reader.number(found[f"{name}_kg"], f"{pointer}/{name}_kg", least, most)
    return None


def _effort(reader: Reader, found: Mapping[str, object], pointer: str) -> Decimal | None:
    """RIR as written, or 10 − RPE."""
    if "rpe" in found:
        rpe = reader.number(found["rpe"], f"{pointer}/rpe", Decimal(0), Decimal(10))
        return None if rpe is None else rir_from_rpe(rpe)
    if "rir" in found:
        return reader.number(found["rir"], f"{pointer}/rir", Decimal(0), Decimal(10))
    return None


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
    if len(given & set(LOADS)) > 1:
        sentence = "A load is given in one way: " + ", ".join(LOADS) + "."
        reader.fault(pointer, "load_or_percent", sentence)
    if len(given & set(EFFORTS)) > 1:
        reader.fault(
            pointer, "rir_or_rpe", "Effort is given as RIR or as RPE, in one of them only."
        )
    if target.kind == "warmup" and target.last_plus_kg is not None:
        sentence = "Only a work set goes by the last time."
        reader.fault(pointer, "warmup_by_last_time", sentence)
