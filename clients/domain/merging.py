"""The same report twice within ten minutes is one report (domain §3.5 D22)."""

from collections.abc import Iterable, Mapping
from dataclasses import fields, replace
from datetime import timedelta

from clients.domain.levels import CHEST_MOVES, Effect, Kind, Reply, Spread
from clients.domain.report import Lift, Medication, Report, Site, Soreness

SAME = timedelta(minutes=10)
_SPREADS = (
    Spread.NONE, Spread.AROUND_CHEST, Spread.BOTH_ARMS, Spread.BELOW_ELBOW, Spread.BELOW_KNEE,
    Spread.BOTH_LEGS,
)  # fmt: skip
"""Which of two answers stands; both legs asks for the most."""


def repeats(report: Report, others: Iterable[Report]) -> tuple[Report, ...]:
    """Reports that say the same as this one: region-sides, exercise, within ten minutes."""
    return tuple(other for other in others if other.id != report.id and _same(report, other))


def first_of(report: Report, same: Iterable[Report]) -> Report:
    """The one of them that was made first, into which the others merge."""
    return min((report, *same), key=lambda one: (one.performed_at, str(one.id)))


def united(report: Report, same: Iterable[Report]) -> Report:
    """Union of the answers, higher of each value, under the first one's name and time."""
    every = tuple(same)
    whole = first_of(report, every)
    for other in sorted((report, *every), key=lambda one: (one.performed_at, str(one.id))):
        if other.id != whole.id:
            whole = _union(whole, other)
    return whole


def _same(one: Report, other: Report) -> bool:
    judged = {Kind.SYMPTOM, Kind.SORENESS}
    places, others = set(one.places), set(other.places)
    return (
        one.kind in judged
        and other.kind in judged
        and bool(places)
        and places == others
        and _exercise(one.exercise) == _exercise(other.exercise)
        and abs(one.performed_at - other.performed_at) <= SAME
    )


def _exercise(lift: Lift | None) -> str | None:
    return lift.exercise if lift else None


def _union(one: Report, other: Report) -> Report:
    kinds = {one.kind, other.kind}
    return replace(
        one,
        kind=Kind.SYMPTOM if Kind.SYMPTOM in kinds else one.kind,
        sites=joined_sites(one.sites, other.sites),
        timing=one.timing | other.timing,
        effect=higher_effect(one.effect, other.effect),
        answers=joined_answers(one.answers, other.answers),
        tiles_none=one.tiles_none or other.tiles_none,
        tiles_shown=answered_tiles(one) | answered_tiles(other),
        tiles_tapped=one.tiles_tapped | other.tiles_tapped,
        onset=one.onset or other.onset,
        quality=one.quality | other.quality,
        aggravators=joined_aggravators(one.aggravators, other.aggravators),
        spread=max(one.spread, other.spread, key=_spread_rank),
        medication=_medication(one.medication, other.medication),
        exercise=one.exercise or other.exercise,
        soreness=_soreness(one.soreness, other.soreness),
        note_signals=one.note_signals | other.note_signals,
        unreadable=tuple(dict.fromkeys((*one.unreadable, *other.unreadable))),
    )


def joined_answers(one: Mapping[str, Reply], other: Mapping[str, Reply]) -> dict[str, Reply]:
    """Answers of both; where both answer, the one nearer to yes."""
    joined = dict(one)
    for id_, reply in other.items():
        joined[id_] = max(joined.get(id_, Reply.NO), reply)
    return joined


def joined_sites(one: Iterable[Site], other: Iterable[Site]) -> tuple[Site, ...]:
    """Sites of both; the higher of each value, and the worse of two mornings."""
    joined: dict[tuple[str, str], Site] = {}
    for site in (*one, *other):
        known = joined.get(site.place)
        joined[site.place] = site if known is None else _joined_site(known, site)
    return tuple(joined.values())


def _joined_site(one: Site, other: Site) -> Site:
    feels = [feel for feel in (one.morning_feel, other.morning_feel) if feel is not None]
    return replace(
        one,
        worst=_higher(one.worst, other.worst),
        now=_higher(one.now, other.now),
        before=_higher(one.before, other.before),
        rest=_higher(one.rest, other.rest),
        next_morning=_higher(one.next_morning, other.next_morning),
        morning_feel=max(feels, key=("better", "same", "worse").index) if feels else None,
        morning_late=one.morning_late or other.morning_late,
        morning_painkiller=one.morning_painkiller or other.morning_painkiller,
    )


def _higher(one: int | None, other: int | None) -> int | None:
    known = [value for value in (one, other) if value is not None]
    return max(known, default=None)


def higher_effect(one: Effect | None, other: Effect | None) -> Effect | None:
    """The stronger effect of two answers; None when neither is known."""
    known = [effect for effect in (one, other) if effect is not None]
    return max(known, default=None)


def answered_tiles(report: Report) -> frozenset[str]:
    """Tiles a report answers no with "none of these"."""
    return report.tiles_shown if report.tiles_none else frozenset()


def joined_aggravators(
    one: frozenset[str] | None, other: frozenset[str] | None
) -> frozenset[str] | None:
    """What brings it on, of both. What makes a chest pain less grave (D23) counts only if both
    say so: a later word never lowers."""
    if one is None or other is None:
        return one if other is None else other
    return (one | other) - (CHEST_MOVES - (one & other))


def _spread_rank(spread: Spread | None) -> int:
    return -1 if spread is None else _SPREADS.index(spread)


def _medication(one: Medication, other: Medication) -> Medication:
    kinds = [kind for kind in (one.kind, other.kind) if kind not in (None, "none")]
    taken = [x for x in (one.taken_within_8h, other.taken_within_8h) if x is not None]
    return Medication(
        kind=kinds[0] if kinds else one.kind or other.kind,
        taken_within_8h=any(taken) if taken else None,
        days_of_7=_higher(one.days_of_7, other.days_of_7),
    )


def _soreness(one: Soreness, other: Soreness) -> Soreness:
    """What both say the same; in doubt nothing, so that it is judged as a symptom."""
    same = {
        field.name: getattr(one, field.name)
        for field in fields(Soreness)
        if getattr(one, field.name) == getattr(other, field.name)
    }
    return Soreness(**same)
