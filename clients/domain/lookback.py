"""What came before a report, counted as domain §3.6 says: sessions, fortnights, days."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from uuid import UUID

from clients.domain.bands import value_of
from clients.domain.facts import EpisodeFact, History, SessionFact
from clients.domain.levels import ONSET_LEAST_DAYS
from clients.domain.report import Report, Site
from programs.domain.regions import leaves_of

SPONTANEOUS = timedelta(hours=36)
FORTNIGHT = timedelta(days=14)

Place = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Belongs:
    """The session a report belongs to: its key and its local date."""

    key: str
    on: date


def session_of(report: Report, sessions: Iterable[SessionFact]) -> Belongs:
    """The session it names, else the latest started in the 36 h before, else its own date."""
    if report.session_id is not None:
        return Belongs(str(report.session_id), report.session_on)
    since = report.performed_at - SPONTANEOUS
    near = [one for one in sessions if since <= one.started_at <= report.performed_at]
    if not near:
        return Belongs(report.session_on.isoformat(), report.session_on)
    latest = max(near, key=lambda one: one.started_at)
    return Belongs(str(latest.id), latest.on)


@cache
def same_region(one: str, other: str) -> bool:
    """Same leaf region, any side; a parent tapped for want of a better spot holds its leaves."""
    return not set(leaves_of(one)).isdisjoint(leaves_of(other))


@dataclass(frozen=True, slots=True)
class Past:
    """The other symptom reports of a client, seen from one report.

    Soreness that passed the filter and repeats of this report are left out by the caller.
    """

    report: Report
    history: History
    others: tuple[Report, ...]

    own: Belongs = field(init=False)
    """The session of the report itself."""
    earlier: tuple[Report, ...] = field(init=False)
    """Reports before this one, oldest first."""
    _belonging: dict[UUID, Belongs] = field(init=False)

    def __post_init__(self) -> None:
        """Work out once what every site and trend asks again."""
        sessions = self.history.sessions
        mine = (self.report.performed_at, self.report.id)
        before = [one for one in self.others if (one.performed_at, one.id) < mine]
        before.sort(key=lambda one: (one.performed_at, one.id))
        everything = (*self.others, self.report)
        belonging = {one.id: session_of(one, sessions) for one in everything}
        object.__setattr__(self, "own", belonging[self.report.id])
        object.__setattr__(self, "earlier", tuple(before))
        object.__setattr__(self, "_belonging", belonging)

    def session_of(self, one: Report) -> Belongs:
        """The session this report or one of the others belongs to."""
        return self._belonging[one.id]

    def together(self, site: Site) -> list[tuple[Report, Site]]:
        """This site and the same region-side in other reports of the same session."""
        key = self.own.key
        also = [
            (one, other)
            for one in self.others
            if self.session_of(one).key == key
            for other in one.sites
            if other.place == site.place
        ]
        return [(self.report, site), *also]

    def sessions_with(self, region: str, least: int, days: int) -> int:
        """Different sessions with v of at least `least` in a leaf region, any side.

        Local dates up to `days` days before this session's; this session is not counted.
        """
        own = self.own
        found: dict[str, list[tuple[Report, Site]]] = {}
        for one in self.earlier:
            belongs = self.session_of(one)
            if belongs.key == own.key or abs(own.on - belongs.on) > timedelta(days=days):
                continue
            same = [(one, site) for site in one.sites if same_region(site.region, region)]
            found.setdefault(belongs.key, []).extend(same)
        values = (value_of(sites) for sites in found.values())
        return sum(value is not None and value >= least for value in values)

    def episode(self, place: Place) -> EpisodeFact | None:
        """The open episode of a region-side."""
        open_ones = (one for one in self.history.episodes if one.resolved_on is None)
        found = [one for one in open_ones if (one.region, one.side) == place]
        return max(found, key=lambda one: one.started_on) if found else None

    def in_episode(self, place: Place) -> list[tuple[Report, Site]]:
        """Earlier sites of a region-side in its open episode, oldest first.

        Without an episode on record: those of reports not closed.
        """
        episode = self.episode(place)
        return [
            (one, site)
            for one in self.earlier
            for site in one.sites
            if site.place == place and self._belongs(one, episode)
        ]

    def _belongs(self, one: Report, episode: EpisodeFact | None) -> bool:
        if episode is None:
            return one.id not in self.history.closed
        return self.session_of(one).on >= episode.started_on

    def lasting_days(self, site: Site) -> int:
        """Larger of the onset answer's least days and the days since the episode's first report.

        Only reports after E1 count (domain §3.6).
        """
        own = self.own.on
        episode = self.episode(site.place)
        starts = [self.session_of(one).on for one, _ in self.in_episode(site.place)]
        if episode is not None and episode.settled_on is not None:
            settled = episode.settled_on
            starts = [start for start in starts if start > settled]
        elif episode is not None:
            starts.append(episode.started_on)
        since = max(((own - start).days for start in starts), default=0)
        return max(since, ONSET_LEAST_DAYS.get(self.report.onset or "", 0))

    def active(self) -> set[Place]:
        """Region-sides that hurt in the last 14 days, this report's included (TR9)."""
        own = self.own.on
        near = [
            one
            for one in self.earlier
            if one.id not in self.history.closed and own - self.session_of(one).on <= FORTNIGHT
        ]
        return {site.place for one in (self.report, *near) for site in one.sites if hurts(site)}


def hurts(site: Site) -> bool:
    """Whether a site may hurt: any value of 1 or more, or its worst is not known.

    A calm next morning does not say how the session was.
    """
    return site.worst is None or max(site.values) >= 1
