"""One line for a coach: what an option makes of a prescription, "8–12 · RIR 3+ · 60 kg"."""

from decimal import Decimal

from clients.domain.change import changed
from clients.domain.offer_facts import Ahead, Facts
from clients.domain.overlay import Alternate, Freq, Overlay, Remove
from programs.domain.loadable import from_kg
from programs.domain.prescription import Prescription, SetTarget

DAYS_OUT = "out for up to {days} days"


def option_line(
    overlay: Overlay, sample: Prescription, facts: Facts, there: Ahead, *, calibrate: bool
) -> str:
    """What changes at the first exposure, read off the very function that resolves plans."""
    words: list[str] = []
    for op in overlay.ops:
        if isinstance(op, Remove):
            return DAYS_OUT.format(days=(overlay.review_on - overlay.starts_on).days)
        if isinstance(op, Freq):
            often = there.sessions_a_week
            words.append(f"{often} → {often - op.minus} a week")
    turns = 2 if any(isinstance(op, Alternate) for op in overlay.ops) else 1
    lifts = [
        _lift_words(sample, changed(sample, overlay, turn, facts.library), facts)
        for turn in range(1, turns + 1)
    ]
    if calibrate:
        words.append("load by ramp sets")
    return " · ".join(part for part in (" / ".join(one for one in lifts if one), *words) if part)


def _lift_words(before: Prescription, after: Prescription, facts: Facts) -> str:
    old, new = before.work_sets, after.work_sets
    words: list[str] = []
    other = after.exercise != before.exercise
    if len(new) != len(old):
        words.append(f"{len(old)} → {len(new)} sets")
    if other or _amount(new[0]) != _amount(old[0]):
        words.append(_amount(new[0]))
    if new[0].rir is not None and (other or new[0].rir != old[0].rir):
        words.append(f"RIR {_plain(new[0].rir)}+")
    if new[0].load_kg is not None and (other or new[0].load_kg != old[0].load_kg):
        unit = facts.loadable.unit
        words.append(f"{_plain(from_kg(new[0].load_kg, unit))} {unit}")
    elif new[0].percent is not None and new[0].percent != old[0].percent:
        words.append(f"{_plain(new[0].percent)} %")
    if other and "band" in " ".join(facts.library[after.exercise].equipment):
        words.append("band")
    if after.tempo != before.tempo and after.tempo:
        words.append(f"tempo {after.tempo}")
    if after.limit != before.limit and after.limit:
        words.append(after.limit)
    words += [
        f"{param}: {value}" for param, value in after.setup if (param, value) not in before.setup
    ]
    if after.checklist and after.checklist != before.checklist:
        words.insert(0, "recheck")
    return " · ".join(word for word in words if word)


def _amount(target: SetTarget) -> str:
    if target.seconds is not None:
        return f"{target.seconds} s"
    low, high = target.reps_min, target.reps_max
    if low is None and high is None:
        return ""
    if low is None or high is None or low == high:
        return str(high if low is None else low)
    return f"{low}–{high}"


def _plain(number: Decimal) -> str:
    return f"{number.normalize():f}"
