"""What became of one option in one episode: settled, returned, resolved, and what came back."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Literal

from clients.domain.checks import CALM, Exposure, clean

TechniqueVerified = Literal["yes", "no", "unknown"]
Ended = Literal[
    "settled", "failed_next", "referred", "withdrawn", "lost", "expired_unreviewed", "open"
]

KEPT = timedelta(days=28)
BACK = 3
RETURNED_PERCENT = 90
NEARLY_NONE = 1
# After these the client no longer trains under the option, so later sessions say nothing of it.
STOPPED: frozenset[Ended] = frozenset({"failed_next", "referred", "withdrawn"})


@dataclass(frozen=True, slots=True)
class DatedValue:
    """A value outside training (next morning, at rest, weekly worst), 0–10, on a local date."""

    on: date
    value: int


@dataclass(frozen=True, slots=True)
class EpisodeRecord:
    """One option tried in one episode; an episode that went on to a next option has two.

    `id` names the episode. `option_id` may be the id kept for "nothing, watch". `applied_on` is
    None while no coach has decided. `exposures` leave out the session that led to the report.
    `after` is the id of the resolved episode that this one follows (TR3), `consented` the
    client's consent to statistics, `weekly` the dated weekly scores 0–100 (domain §2.3).
    """

    id: str
    client: str
    region: str
    side: str
    option_id: str
    protocol_id: str
    technique_verified: TechniqueVerified
    opened_on: date
    applied_on: date | None
    exposures: tuple[Exposure, ...]
    ended: Ended
    last_contact_on: date
    planned_sessions: int
    done_sessions: int
    ended_on: date | None = None
    other_values: tuple[DatedValue, ...] = ()
    after: str | None = None
    coach: str = ""
    consented: bool = False
    planned_sets: int = 0
    sets_as_written: int = 0
    weekly: tuple[DatedValue, ...] = ()
    days_limited: int = 0
    painkiller_days: int = 0


@dataclass(frozen=True, slots=True)
class Milestone:
    """The first of the two sessions that show it, and days and sessions since apply.

    `exposures` counts sessions of the pattern up to and including `on`.
    """

    on: date
    confirmed_on: date
    days: int
    exposures: int


@dataclass(frozen=True, slots=True)
class Resolved:
    """Settled and kept 28 days; `nearly_none` when no value in them was above 1."""

    on: date
    days: int
    nearly_none: bool


def followed_until(record: EpisodeRecord) -> date:
    """The last local date on which we know how the client fared under this option."""
    if record.ended in STOPPED:
        return record.ended_on or record.last_contact_on
    return max([record.last_contact_on, *(exposure.on for exposure in record.exposures)])


def settled_on(record: EpisodeRecord) -> Milestone | None:
    """E1: first of 2 consecutive clean exposures since apply (domain §7, §5 Checks).

    Days without training the pattern are not success; an unknown morning breaks the pair.
    """
    since = _since_apply(record)
    return _first_pair(record, since, [(place, clean(e)) for place, e in enumerate(since, start=1)])


def returned_on(record: EpisodeRecord) -> Milestone | None:
    """E2: 2 exposures running at 90 % or more of the load before, worst at most 2 (domain §7).

    Lighter sessions between the two do not break the pair: ladder C keeps some regressed.
    """
    since = _since_apply(record)
    heavy = [
        (place, _calm(e))
        for place, e in enumerate(since, start=1)
        if e.at_percent is not None and e.at_percent >= RETURNED_PERCENT
    ]
    return _first_pair(record, since, heavy)


def resolved_on(record: EpisodeRecord) -> Resolved | None:
    """E3: E1 kept 28 days without a value of 3 or more, and still in contact then (domain §7)."""
    settled = settled_on(record)
    if settled is None or record.applied_on is None:
        return None
    day = settled.on + KEPT
    if followed_until(record) < day or relapsed_on(record) is not None:
        return None
    highest = max(value for _, value in _values(record, settled.on, day))
    return Resolved(day, (day - record.applied_on).days, highest <= NEARLY_NONE)


def relapsed_on(record: EpisodeRecord) -> date | None:
    """TR2: the first date after E1, within 28 days, with a value of 3 or more (domain §3.4)."""
    settled = settled_on(record)
    if settled is None:
        return None
    after = _values(record, settled.on + timedelta(days=1), settled.on + KEPT)
    return min((on for on, value in after if value >= BACK), default=None)


def recurred_on(record: EpisodeRecord, records: Iterable[EpisodeRecord]) -> date | None:
    """TR3: when the episode that follows this one, once resolved, was opened (domain §3.4)."""
    resolved = resolved_on(record)
    if resolved is None:
        return None
    following = (r.opened_on for r in records if r.after == record.id)
    return min((opened for opened in following if opened > resolved.on), default=None)


def _calm(exposure: Exposure) -> bool:
    """Worst at most 2 of 10; unanswered, or rated under a painkiller, is never success (§3.3)."""
    return exposure.worst is not None and exposure.worst <= CALM and not exposure.painkiller


def _since_apply(record: EpisodeRecord) -> list[Exposure]:
    if record.applied_on is None:
        return []
    first, last = record.applied_on, followed_until(record)
    within = (exposure for exposure in record.exposures if first <= exposure.on <= last)
    return sorted(within, key=lambda exposure: exposure.on)


def _first_pair(
    record: EpisodeRecord, since: Sequence[Exposure], passed: Sequence[tuple[int, bool]]
) -> Milestone | None:
    """The first two neighbours in `passed` (place since apply, good or not) that are both good."""
    for (place, first), (next_place, second) in pairwise(passed):
        if first and second and record.applied_on is not None:
            on = since[place - 1].on
            return Milestone(on, since[next_place - 1].on, (on - record.applied_on).days, place)
    return None


def _values(record: EpisodeRecord, first: date, last: date) -> list[tuple[date, int]]:
    """Every value given from `first` to `last`, while the client trained under the option."""
    last = min(last, followed_until(record))
    trained = [(e.on, e.worst) for e in record.exposures if e.worst is not None]
    given = trained + [(v.on, v.value) for v in record.other_values]
    return [(on, value) for on, value in given if first <= on <= last]
