"""The way back up, rung by rung; each rung is a coach's row (domain §5 "Ladders", ruling 3)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from clients.domain.checks import CALM, TOO_MUCH, Exposure, Morning, clean
from clients.domain.ladder_data import Ladder, RungSpec, ladder
from clients.domain.overlay import Alternate, Freq, Op, Range, RirMin, ScaleLoad
from programs.domain import loads
from programs.domain.loadable import Loadable, from_kg
from programs.domain.protocol_ops import OpClass, ladder_letters

MOST_STEP_DOWNS = 2
LONG_BREAK = timedelta(days=21)
FULL = 100
"""Percent of the working load before the episode: the program as written."""


@dataclass(frozen=True, slots=True)
class LadderState:
    """Where a client stands: the rung (0 = the regression itself), since when, and what happened.

    `ladder` is a letter, or `AB` for an option that eased and took a session away (domain §5).
    `base_kg` is the working load before the episode, None without a load. `from_percent` is what
    the regression already asks of it: lower rungs are passed over. `fewer` is how many sessions a
    week the regression took away (ladder B). `out` tells that the exercise was left out.
    """

    ladder: str
    rung: int
    since: date
    exposures: tuple[Exposure, ...]
    today: date
    step_downs: int = 0
    base_kg: Decimal | None = None
    loadable: Loadable = Loadable.barbell()
    from_percent: int = 0
    fewer: int = 1
    out: bool = False


@dataclass(frozen=True, slots=True)
class Rung:
    """A step: `ops` for the original exercise; none at all = as the program writes it.

    `one_a_week` = only one session a week takes `ops`, the rest stay regressed (ladder C).
    `confirm` = the coach confirms each step, whatever was agreed before (ladder E).
    """

    number: int
    title: str
    ops: tuple[Op, ...]
    percent: int | None = None
    load_kg: Decimal | None = None
    one_a_week: bool = False
    confirm: bool = False

    def overlay_ops(self, regression: tuple[Op, ...], sessions_a_week: int) -> tuple[Op, ...]:
        """The operations for the overlay of this rung, `regression` on the sessions that stay.

        With two or three sessions a week the regression and the original take turns, so that the
        first week has one original; from one session a week every one is the original.
        """
        if self.one_a_week and sessions_a_week >= 2 and regression:
            return (Alternate(odd=regression, even=self.ops),)
        return self.ops


@dataclass(frozen=True, slots=True)
class Hold:
    """Stay on this rung; `reason` says what is awaited."""

    reason: str


@dataclass(frozen=True, slots=True)
class StepDown:
    """Go back to rung `number`; 0 = the regression itself."""

    number: int
    reason: str


@dataclass(frozen=True, slots=True)
class CoachReview:
    """The coach looks before anything moves: two step-downs, or trouble on the regression."""

    reason: str


def ladders_of(classes: Sequence[OpClass], *, days_out: int = 0, cleared: bool = False) -> str:
    """The ladders of an option, in the order they are climbed (domain §5).

    `AB` for an option that eases and takes a session away; E after 21 days out or a clearance;
    empty when there is nothing to climb.
    """
    if cleared or timedelta(days=days_out) >= LONG_BREAK:
        return "E"
    return ladder_letters(classes)


def rungs(state: LadderState) -> tuple[Rung, ...]:
    """The rungs of this client, from number 1; those that round to the same load are one."""
    climbed = [rung for letter in state.ladder for rung in _of_letter(letter, state)]
    return tuple(replace(one, number=number) for number, one in enumerate(climbed, start=1))


def _of_letter(letter: str, state: LadderState) -> list[Rung]:
    way = ladder(letter)
    if way.rungs[0].add_session:
        return [_one_session_more(left) for left in reversed(range(state.fewer))]
    # The load comes back before the sessions do, so these rungs keep what the week has lost.
    kept = (Freq(state.fewer),) if state.ladder == "AB" else ()
    found: list[Rung] = []
    for spec in way.rungs:
        made = _rung(spec, state, way)
        if spec.percent != FULL and (spec.percent or 0) <= state.from_percent:
            continue
        if found and _same(found[-1], made):
            if spec.percent != FULL:
                continue
            # The last rung is the program as written, so it stays and the one below it goes.
            found.pop()
        found.append(made)
    return [replace(one, ops=one.ops + kept) for one in found]


def next_rung(state: LadderState) -> Rung | Hold | StepDown | CoachReview:
    """What comes next from the exposures on this rung; a coach's row decides (ruling 3)."""
    steps = rungs(state)
    way = _climbing(state)
    here = [one for one in state.exposures if state.since <= one.on <= state.today]
    trouble = _trouble(here)
    if trouble:
        return _down(state, trouble)
    if state.rung >= len(steps):
        return Hold("The program as written: asked again after 28 days.")
    if state.rung == 0 and state.out:
        return steps[0]
    waiting = _awaited(here, way, state)
    return Hold(waiting) if waiting else steps[state.rung]


def _climbing(state: LadderState) -> Ladder:
    """The ladder whose pace holds on this rung: B from the full load on, for `AB`."""
    loads_first = len(state.ladder) == 1 or state.rung < len(_of_letter(state.ladder[0], state))
    return ladder(state.ladder[0] if loads_first else state.ladder[1])


def _trouble(here: Sequence[Exposure]) -> str:
    for one in here:
        if one.worst is not None and one.worst >= TOO_MUCH:
            return f"{one.worst} of 10 on {one.on:%d %b}."
        if one.morning is Morning.OVERLOAD:
            return f"Clearly worse on the morning after {one.on:%d %b}."
    return ""


def _down(state: LadderState, trouble: str) -> StepDown | CoachReview:
    if state.rung == 0:
        return CoachReview(f"{trouble} This was on the regression itself.")
    if state.step_downs + 1 >= MOST_STEP_DOWNS:
        return CoachReview(f"{trouble} It would be the second step down.")
    return StepDown(state.rung - 1, trouble)


def _awaited(here: Sequence[Exposure], way: Ladder, state: LadderState) -> str:
    """What a step up still waits for, in words; empty when nothing is missing."""
    run = _clean_run(here)
    if here and run == 0:
        last = here[-1]
        if last.worst is not None and last.worst > CALM:
            return f"{last.worst} of 10 and settled: stay here."
        if last.morning is Morning.UNKNOWN:
            return "The answer of the next morning is awaited."
        return "The last session was not clean: stay here."
    if way.whole_weeks and run < len(here):
        return "Two clean weeks are awaited."
    if run < way.clean:
        return f"{way.clean - run} more clean sessions are awaited."
    left = state.since + timedelta(days=way.days) - state.today
    return f"{left.days} more days on this step." if left > timedelta(0) else ""


def _clean_run(here: Sequence[Exposure]) -> int:
    run = 0
    for one in reversed(here):
        if not clean(one):
            break
        run += 1
    return run


def _same(before: Rung, after: Rung) -> bool:
    """Whether two rungs ask for the same load, so that they are one (domain §6)."""
    if before.load_kg is None or before.load_kg != after.load_kg:
        return False
    words = [op for op in (*before.ops, *after.ops) if isinstance(op, Range)]
    return not words and not before.one_a_week


def _rung(spec: RungSpec, state: LadderState, way: Ladder) -> Rung:
    percent = spec.percent or FULL
    load = None
    if state.base_kg is not None:
        load = loads.rungs(state.base_kg, (percent,), state.loadable)[0].kg
    ops: list[Op] = []
    if spec.range:
        ops.append(Range(spec.range))
    if percent < FULL:
        ops.append(ScaleLoad(Decimal(percent) / 100, load))
    if spec.rir is not None:
        ops.append(RirMin(Decimal(spec.rir)))
    words = [f"{percent} %"]
    unit = state.loadable.unit
    words += [f"{from_kg(load, unit).normalize():f} {unit}"] if load is not None else []
    words += [spec.range] if spec.range else []
    words += [f"RIR {spec.rir}+"] if spec.rir is not None else []
    words += ["one session a week"] if spec.originals == "one" else []
    return Rung(
        number=0,
        title=" · ".join(words),
        ops=tuple(ops),
        percent=percent,
        load_kg=load,
        one_a_week=spec.originals == "one",
        confirm=way.confirm,
    )


def _one_session_more(left: int) -> Rung:
    """One session a week comes back; `left` are still taken away."""
    ops: tuple[Op, ...] = (Freq(left),) if left else ()
    return Rung(0, "One session a week more", ops)
