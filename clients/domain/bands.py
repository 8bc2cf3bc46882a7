"""Pain bands, the value v, baseline and the next morning (domain §3.3)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from clients.domain.facts import Morning
from clients.domain.levels import Feel
from clients.domain.report import Report, Site

BASELINE_DAYS = timedelta(days=14)
WORSE_COUNTS_FROM = 3
MOST = 10


class Band(StrEnum):
    """Traffic-light band of a value 0–10."""

    GREEN = "green"
    AMBER = "amber"
    RED = "red"


class MorningState(StrEnum):
    """The four states of a next morning."""

    UNKNOWN = "unknown"
    SETTLED = "settled"
    NOT_SETTLED = "not_settled"
    OVERLOAD = "overload"


@dataclass(frozen=True, slots=True)
class Settings:
    """Borders an owner may set inside what is published: 0–`green` green, to `amber` amber.

    From `refer` a value alone is referred (D04), and a value at rest from `rest_refer`.
    Raises ValueError for borders that contradict each other.
    """

    green: int = 2
    amber: int = 5
    refer: int = 8
    rest_refer: int = 6
    ask_hour: int = 8
    version: str = "1"

    def __post_init__(self) -> None:
        if not 0 <= self.green <= 4:
            raise ValueError("bands: green ends at 0–4")
        if not self.green < self.amber < self.refer <= 8:
            raise ValueError("bands: green ends below amber, amber below referral, 8 at most")
        if not 1 <= self.rest_refer <= 6:
            raise ValueError("bands: a value at rest is referred from 1–6")
        if not 4 <= self.ask_hour < 12:
            raise ValueError("the morning question is asked from 4 to 11 o'clock")

    def band(self, value: int) -> Band:
        """Band of a value."""
        if value <= self.green:
            return Band.GREEN
        return Band.AMBER if value <= self.amber else Band.RED


def counted(value: int, painkiller: bool) -> int:
    """A value as it counts: with a painkiller on board 1 or more counts two higher, 10 at most."""
    return min(MOST, value + 2) if painkiller and value >= 1 else value


def value_of(sites: Iterable[tuple[Report, Site]]) -> int | None:
    """v: the highest known value of a session and region-side; None when nothing is known."""
    known = []
    for report, site in sites:
        dulled = report.medication.taken_within_8h is True
        known += [counted(value, dulled) for value in site.values]
        if site.next_morning is not None and site.morning_painkiller:
            known.append(counted(site.next_morning, True))
    return max(known, default=None)


def baseline(site: Site, mornings: Iterable[Morning], on: date) -> int:
    """Pain before, else the last morning of a day without training within 14 days, else 0."""
    if site.before is not None:
        return site.before
    quiet = [
        morning
        for morning in mornings
        if (morning.region, morning.side) == site.place
        and not morning.trained
        and on - BASELINE_DAYS <= morning.on <= on
    ]
    return max(quiet, key=lambda morning: morning.on).value if quiet else 0


def morning_state(site: Site, base: int) -> MorningState:
    """Unknown, settled, not settled or overload; a late answer is never settled (§3.6)."""
    worse = site.morning_feel is Feel.WORSE
    if site.next_morning is None:
        return MorningState.NOT_SETTLED if worse else MorningState.UNKNOWN
    value = counted(site.next_morning, site.morning_painkiller)
    if value >= base + 2 or (worse and value >= WORSE_COUNTS_FROM):
        return MorningState.OVERLOAD
    if worse:
        return MorningState.NOT_SETTLED
    dulled = site.morning_late or site.morning_painkiller
    return MorningState.UNKNOWN if dulled else MorningState.SETTLED


def severity(value: int | None) -> str | None:
    """mild up to 3, mod 4–5, high 6–7 and above (domain §3.6); None when nothing is known."""
    if value is None:
        return None
    if value <= 3:
        return "mild"
    return "mod" if value <= 5 else "high"
