"""The decision table: each row says by itself what a site's answers ask for (domain §3.5).

All rows are evaluated; the highest level wins. A row is a function from a `Case` to a `Match`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from clients.domain.bands import Band, MorningState, Settings
from clients.domain.levels import CHEST_MOVES, Effect, Level, Priority
from clients.domain.questions import Weight
from clients.domain.report import Report, Site
from programs.domain.regions import in_group

NORMAL, HIGH = Priority.NORMAL, Priority.HIGH
OLD_DAYS = 15
STOP_COUNTS_FROM = 4
HURTS_FROM = 3
CHEST = ("chest_front", "ribs")


@dataclass(frozen=True, slots=True)
class Case:
    """One region-side with everything a row asks about it; `v` None = not known.

    `amber_sessions` and `aching_sessions` count *other* sessions: with v in amber or above in 14
    days, with v of 1 or more in 28 days. `chest` = answers of D23 that are a plain no: all, some
    missing (None), or not. `uncleared` and `standing` are facts of the profile (D06).
    """

    report: Report
    site: Site
    v: int | None
    settings: Settings
    morning: MorningState = MorningState.UNKNOWN
    lasting_days: int = 0
    amber_sessions: int = 0
    aching_sessions: int = 0
    first_report: bool = True
    age: int | None = None
    uncleared: tuple[str, ...] = ()
    standing: tuple[str, ...] = ()
    chest_all_no: bool | None = True
    rest: int | None = None

    @property
    def band(self) -> Band | None:
        """Band of v."""
        return None if self.v is None else self.settings.band(self.v)

    @property
    def effect(self) -> Effect:
        """What the client changed; unanswered counts as nothing here and is D05's business."""
        return self.report.effect or Effect.NONE


@dataclass(frozen=True, slots=True)
class Match:
    """A row that matched: level and priority, action set, sentence for the coach.

    `by_hand` keeps the coach to A5 whatever else matches (D21, D23); `notice` = told as fast as
    this level where that differs from the row's own; `clears` = id a clearance record names.
    """

    row: str
    weight: Weight
    action_set: str
    sentence: str
    facts: Mapping[str, str | int] = field(default_factory=dict)
    by_hand: bool = False
    notice: Level | None = None
    at_once: bool = False
    clears: str | None = None
    also: frozenset[str] = frozenset()


Row = Callable[[Case], Match | None]


def match(row: str, level: Level, priority: Priority, action_set: str, why: str) -> Match:
    """A match whose sentence begins with its level, for example "Modify: …"."""
    high = priority is HIGH and level is Level.MODIFY
    word = f"{level.capitalize()}{' (high)' if high else ''}"
    clears = row if level >= Level.REFER else None
    return Match(row, (level, priority), action_set, f"{word}: {why}", clears=clears)


def d04(case: Case) -> Match | None:
    """v ≥ 8, cannot_use, or pain at rest ≥ 6: refer."""
    if case.v is not None and case.v >= case.settings.refer:
        why = f"{case.v} of 10."
    elif case.effect is Effect.CANNOT_USE:
        why = "cannot use it."
    elif case.rest is not None and case.rest >= case.settings.rest_refer:
        why = f"{case.rest} of 10 at rest."
    else:
        return None
    return match("D04", Level.REFER, HIGH, "A0", why)


def d06(case: Case) -> Match | None:
    """Pregnant, postpartum or limits of a clinician, without clearance, pain ≥ 1: refer."""
    if case.v is None or case.v < 1:
        return None
    if case.uncleared:
        names = ", ".join(name.replace("_", " ") for name in case.uncleared)
        return match("D06", Level.REFER, HIGH, "A0", f"pain and no clearance record yet ({names}).")
    return None


def d07(case: Case) -> Match | None:
    """Under 18 with pain ≥ 3 for more than 14 days: refer (a guard; version 1 takes adults)."""
    young = case.age is not None and case.age < 18
    if young and case.v is not None and case.v >= HURTS_FROM and case.lasting_days >= OLD_DAYS:
        return match("D07", Level.REFER, HIGH, "A0", "under 18 and 3 or more for over 14 days.")
    return None


def d08(case: Case) -> Match | None:
    """Red, stopped_session, or stopped_exercise with v ≥ 4: modify (high), A4.

    A value that D04 refers is red as well, so that a clearance leaves it here.
    """
    if case.band is Band.RED:
        why = f"{case.v} of 10."
    elif case.effect is Effect.STOPPED_SESSION:
        why = "stopped the session."
    elif _stopped(case) and (case.v or 0) >= STOP_COUNTS_FROM:
        why = f"stopped the exercise at {case.v} of 10."
    else:
        return None
    return match("D08", Level.MODIFY, HIGH, "A4", why)


def d09(case: Case) -> Match | None:
    """Overload next morning: modify, A3."""
    if case.morning is not MorningState.OVERLOAD:
        return None
    return match("D09", Level.MODIFY, NORMAL, "A3", "more than the body settled by next morning.")


def d10(case: Case) -> Match | None:
    """Amber in two sessions within 14 days or for over 14 days; or mild, old and still loaded."""
    if case.v is None or case.v == 0:
        return None
    settings = case.settings
    if case.band is Band.AMBER and case.amber_sessions >= 1:
        why = f"{settings.green + 1}–{settings.amber} in two sessions within 14 days."
    elif case.band is Band.AMBER and case.lasting_days >= OLD_DAYS:
        why = f"{settings.green + 1}–{settings.amber} for more than 14 days."
    elif case.band is Band.GREEN and case.first_report and _old_and_loaded(case):
        why = f"{case.v} of 10 for more than 14 days, and the lift is still loaded."
    else:
        return None
    return match("D10", Level.MODIFY, NORMAL, "A2", why)


def _old_and_loaded(case: Case) -> bool:
    """Over 14 days old while loaded medium, heavy or by an unknown share (domain §1 T1)."""
    zone = case.report.exercise.load_zone if case.report.exercise else None
    return case.lasting_days >= OLD_DAYS and zone != "light"


def d11(case: Case) -> Match | None:
    """limits_daily_life: high, A4; stopped_exercise below 4: normal, A2."""
    if case.effect >= Effect.LIMITS_DAILY_LIFE:
        return match("D11", Level.MODIFY, HIGH, "A4", "it limits daily life.")
    if _stopped(case) and (case.v or 0) < STOP_COUNTS_FROM:
        return match("D11", Level.MODIFY, NORMAL, "A2", "stopped the exercise.")
    return None


def d12(case: Case) -> Match | None:
    """Amber: monitor, A1; the next-morning check follows."""
    if case.band is not Band.AMBER:
        return None
    return match("D12", Level.MONITOR, NORMAL, "A1", f"{case.v} of 10.")


def d13(case: Case) -> Match | None:
    """Green in ≥ 4 sessions in 28 days, or green and not settled next morning: monitor."""
    if case.band is not Band.GREEN:
        return None
    if case.morning is MorningState.NOT_SETTLED:
        return match("D13", Level.MONITOR, NORMAL, "A1", "low, and not settled by next morning.")
    if (case.v or 0) >= 1 and case.aching_sessions >= 3:
        return match("D13", Level.MONITOR, NORMAL, "A1", "low in 4 sessions within 28 days.")
    return None


def d14(case: Case) -> Match | None:
    """Green: log."""
    if case.band is not Band.GREEN:
        return None
    return match("D14", Level.LOG, NORMAL, "A0", f"{case.v} of 10.")


def d17(case: Case) -> Match | None:
    """Tingling or numbness: modify (high), A4; the nerve questions are due."""
    if not case.report.quality & {"tingling", "numb"}:
        return None
    return match("D17", Level.MODIFY, HIGH, "A4", "tingling or numbness.")


def d21_standing(case: Case) -> Match | None:
    """A cleared standing fact: the coach acts by hand; limits of a clinician: modify (P2, D21)."""
    if case.uncleared or not case.standing or case.v == 0:
        return None
    level = Level.MODIFY if "clinician_limits" in case.standing else Level.MONITOR
    found = match(
        "D21", level, NORMAL, "A5", "cleared by a professional; the coach writes by hand."
    )
    return Match(found.row, found.weight, "A5", found.sentence, by_hand=True)


def d23(case: Case) -> Match | None:
    """Chest or ribs: modify (high) by hand when moving or pressing brings it, else urgent."""
    if case.site.region not in CHEST:
        return None
    aggravators = case.report.aggravators
    if case.chest_all_no is None or aggravators is None:
        why = "chest or ribs, and answers are missing."
        return Match(
            "D23", (Level.INCOMPLETE, HIGH), "A0", f"Incomplete: {why}", notice=Level.URGENT
        )
    if case.chest_all_no and aggravators & CHEST_MOVES:
        found = match(
            "D23", Level.MODIFY, HIGH, "A5", "chest or ribs, on pressing or arm movement."
        )
        return Match(found.row, found.weight, "A5", found.sentence, by_hand=True)
    return match("D23", Level.URGENT, HIGH, "A0", "chest or ribs, and neither pressing nor moving.")


def d24(case: Case) -> Match | None:
    """Low back, pelvis, groin, hip, buttock: at least monitor, and the coach knows at once."""
    if not in_group(case.site.region, "pelvic"):
        return None
    found = match("D24", Level.MONITOR, NORMAL, "A1", "low back, pelvis or hip.")
    return Match(found.row, found.weight, "A1", found.sentence, at_once=True)


def _stopped(case: Case) -> bool:
    return case.effect is Effect.STOPPED_EXERCISE


ROWS: tuple[Row, ...] = (
    d04, d06, d07, d08, d09, d10, d11, d12, d13, d14, d17, d21_standing, d23, d24,
)  # fmt: skip
"""Rows judged for each site of a symptom report; D01–D03, D05, D15–D20, D22 need the whole."""


EVEN_IF_SORE: tuple[Row, ...] = (d04, d06, d07, d21_standing, d23)
"""Rows that the soreness filter does not skip (domain §3.5 D15)."""


def matches(
    case: Case, cleared: frozenset[str] = frozenset(), rows: tuple[Row, ...] = ROWS
) -> tuple[Match, ...]:
    """Every row that matches a case, but those a clearance record took off."""
    found = (row(case) for row in rows)
    return tuple(one for one in found if one is not None and one.clears not in cleared)
