"""What the run says: interruptions a day and an episode, how late a red flag was, clicks."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass

from clients.domain.bands import Settings
from clients.domain.statistics import percentile
from tests.simulation.desk import Desk
from tests.simulation.practice import START, lives
from tests.simulation.rows import Episode


@dataclass(frozen=True, slots=True)
class Figures:
    """One run in numbers; days are coach-days, seconds the longest."""

    reports: int
    episodes: int
    interruptions: int
    a_day: tuple[float, float, int]  # p50, p95, most
    with_digest_p95: float
    for_cover: int
    an_episode: float  # mean, of the episodes that interrupted at all
    more_than_once: int  # episodes that interrupted again without having risen
    reminders: int  # of an emergency or urgent report that nobody has taken on
    flags: int
    flag_delay: float
    clicks_per_resolved: float | None
    resolved: int


def run(
    *,
    clients: int = 80,
    weeks: int = 12,
    seed: int = 1,
    borders: Settings | None = None,
    coalesce: bool = True,
) -> Figures:
    """Simulate and count."""
    practice = lives(clients=clients, weeks=weeks, seed=seed)
    desk = Desk(practice, weeks=weeks, borders=borders or Settings(), coalesce=coalesce).run()
    return figures(desk)


def figures(desk: Desk) -> Figures:
    """Count a run that is over."""
    days = [(START + dt.timedelta(days=day)).date() for day in range(7 * desk.weeks)]
    pushes = Counter(each.due.date() for each in desk.fired)
    digests = set(desk.digest)
    daily = [float(pushes[day]) for day in days]
    with_digest = [pushes[day] + float(day - dt.timedelta(days=1) in digests) for day in days]
    episodes = [each for client in desk.clients for each in client.episodes]
    loud = [each for each in episodes if each.interruptions]
    resolved = [each for each in episodes if each.resolved]
    return Figures(
        reports=desk.reports,
        episodes=len(episodes),
        interruptions=len(desk.fired),
        a_day=(percentile(daily, 0.5) or 0, percentile(daily, 0.95) or 0, int(max(daily))),
        with_digest_p95=percentile(with_digest, 0.95) or 0,
        for_cover=desk.for_cover,
        an_episode=sum(map(_without_rises, loud)) / max(1, len(loud)),
        more_than_once=sum(_without_rises(each) > 1 for each in loud),
        reminders=desk.reminders,
        flags=len(desk.flags),
        flag_delay=max(((told - at).total_seconds() for at, told in desk.flags), default=0.0),
        clicks_per_resolved=sum(each.clicks for each in resolved) / len(resolved)
        if resolved
        else None,
        resolved=len(resolved),
    )


def _without_rises(episode: Episode) -> int:
    return episode.interruptions - episode.rises
