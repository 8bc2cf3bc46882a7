"""Each site of a report as the rows see it: its value, its morning, its past (domain §3.3–3.6)."""

from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from clients.domain.bands import Settings, baseline, counted, morning_state, value_of
from clients.domain.facts import Profile
from clients.domain.levels import Kind, Reply
from clients.domain.lookback import Past
from clients.domain.report import Site
from clients.domain.table import CHEST, Case
from clients.domain.trends import Trend, trends

CHEST_ANSWERS = ("U1", "U2a", "U2b", "U3", "S2")


@dataclass(frozen=True, slots=True)
class SiteFacts:
    """One site as the rows see it, with its trends."""

    case: Case
    trends: tuple[Trend, ...]


def site_facts(
    past: Past,
    profile: Profile,
    settings: Settings,
    given: dict[str, Reply],
    at: datetime,
    kind: Kind,
) -> tuple[SiteFacts, ...]:
    """Every site of a report as the rows see it, in the order of the client."""
    today = at.astimezone(ZoneInfo(past.report.zone)).date()
    found = []
    for site in past.report.sites:
        case = _case(past, site, profile, settings, given)
        felt = trends(past, site, case.v, today) if kind is Kind.SYMPTOM else ()
        found.append(SiteFacts(case, felt))
    return tuple(found)


def _case(
    past: Past, site: Site, profile: Profile, settings: Settings, given: dict[str, Reply]
) -> Case:
    report, on = past.report, past.own.on
    base = baseline(site, past.history.mornings, on)
    dulled = report.medication.taken_within_8h is True
    return Case(
        report=report,
        site=site,
        v=value_of(past.together(site)),
        settings=settings,
        morning=morning_state(_dulled(site, dulled), base),
        lasting_days=past.lasting_days(site),
        amber_sessions=past.sessions_with(site.region, settings.green + 1, 14),
        aching_sessions=past.sessions_with(site.region, 1, 28),
        first_report=not past.in_episode(site.place),
        age=profile.age(on),
        uncleared=profile.uncleared(on),
        standing=profile.standing(on),
        chest_all_no=_chest(site, given),
        rest=None if site.rest is None else counted(site.rest, dulled),
    )


def _dulled(site: Site, dulled: bool) -> Site:
    """A morning value given with a painkiller on board is never a settled one."""
    return replace(site, morning_painkiller=site.morning_painkiller or dulled)


def _chest(site: Site, given: dict[str, Reply]) -> bool | None:
    """Whether U1–U3 and S2 are all a plain no; None while one is missing (D23)."""
    if site.region not in CHEST:
        return True
    known = [given.get(id_) for id_ in CHEST_ANSWERS]
    return None if None in known else all(reply is Reply.NO for reply in known)
