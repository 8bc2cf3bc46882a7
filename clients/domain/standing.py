"""Where a client stands: the level of each region-side and of the client (domain §3.6)."""

from collections.abc import Iterable

from clients.domain.levels import Level
from clients.domain.verdict import Verdict

Place = tuple[str, str]


def site_levels(open_verdicts: Iterable[Verdict]) -> dict[Place, Level]:
    """Highest level of each region-side over its reports not yet closed.

    A later lower value closes nothing: give the latest verdict of every report that is open.
    """
    levels: dict[Place, Level] = {}
    for verdict in open_verdicts:
        for site in verdict.sites:
            place = (site.region, site.side)
            levels[place] = max(levels.get(place, Level.LOG), site.level)
    return levels


def client_level(open_verdicts: Iterable[Verdict]) -> Level:
    """Highest over all open reports, also those that name no place yet."""
    return max((verdict.level for verdict in open_verdicts), default=Level.LOG)


def blocks_client(open_verdicts: Iterable[Verdict]) -> bool:
    """Whether no option may be proposed for this client at all (ruling 5, I-4)."""
    return any(verdict.blocks_client for verdict in open_verdicts)
