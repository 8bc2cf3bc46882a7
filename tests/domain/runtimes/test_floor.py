"""The phone's level is a floor: whatever the server knows besides, its level is not lower."""

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st

from clients.domain.bands import Settings
from clients.domain.facts import EpisodeFact, History, Morning, Profile
from clients.domain.floor import Floor, floor
from clients.domain.form import addons
from clients.domain.levels import Level, Priority
from clients.domain.lookback import same_region
from clients.domain.questions import bank
from clients.domain.report import Report
from clients.domain.said import answer_words, field_words, profile_words, replies
from clients.domain.triage import decide
from clients.domain.verdict import Verdict
from tests.vectors import inputs
from tests.vectors.make import profile_of, report_of

WORLDS = (inputs.WIDE, inputs.ABOUT_PROFILES, inputs.COUPLED_ANSWERS, inputs.ABOUT_SORENESS)
REPORTS = [
    (report_of(asked["said"], asked["known"]), profile_of(asked["known"]))
    for world in WORLDS
    for asked in world.some(150)
]
CASES = st.integers(0, len(REPORTS) - 1)


def loudness(found: Floor | Verdict) -> tuple[Level, Priority]:
    return found.level, found.priority if found.level is Level.MODIFY else Priority.HIGH


def asked_before(
    report: Report, earlier: tuple[Report, ...], profile: Profile
) -> dict[str, datetime]:
    """When the add-ons of each region were answered, as the server tells the phone."""
    asked: dict[str, datetime] = {}
    for one in earlier:
        said = replies(one, bank())
        words = answer_words(said) | field_words(one) | profile_words(profile, one.session_on)
        for site in one.sites:
            if addons(site.place, words, bank()) <= set(said):
                near = (r for r, _ in report.places if same_region(r, site.region))
                asked |= dict.fromkeys(near, one.performed_at)
    return asked


SAME = -1
"""The same report, some days before."""


@given(
    CASES,
    st.lists(st.tuples(st.just(SAME) | CASES, st.integers(1, 60)), max_size=4),
    st.booleans(),
)
@settings(max_examples=120, deadline=None)
def test_whatever_came_before(case: int, before: list[tuple[int, int]], mornings: bool) -> None:
    report, profile = REPORTS[case]
    earlier = tuple(
        replace(
            report if index == SAME else REPORTS[index][0],
            id=UUID(int=number),
            performed_at=report.performed_at - timedelta(days=days),
            session_on=report.session_on - timedelta(days=days),
        )
        for number, (index, days) in enumerate(sorted(before, key=lambda one: -one[1]), start=2)
    )
    day = report.session_on - timedelta(days=3)
    history = History(
        reports=earlier,
        mornings=tuple(Morning(r, s, 6, day, False) for r, s in report.places) * mornings,
        episodes=tuple(EpisodeFact(r, s, day) for r, s in report.places) * mornings,
    )
    symptoms = tuple(one for one in earlier if judged_symptom(one, profile))
    asked = asked_before(report, symptoms, profile)
    here = floor(report, profile, last_asked=asked)
    there = decide(report, history, profile, Settings(), at=report.performed_at)
    assert loudness(there) >= loudness(here), (here.rows, there.rows)


def judged_symptom(report: Report, profile: Profile) -> bool:
    return not {"D15", "D19", "D20"} & set(floor(report, profile).rows)


def test_alone_they_differ_by_the_server_s_own_rows_only() -> None:
    for report, profile in REPORTS[::5]:
        here, there = (
            floor(report, profile),
            decide(report, History(), profile, Settings(), at=report.performed_at),
        )
        assert set(here.rows) <= set(there.rows)
        more = set(there.rows) - set(here.rows)
        assert more <= {"D09", "D10", "D13", "D18", *(f"TR{n}" for n in range(1, 10))}
        if not more:
            assert (here.level, here.priority) == (there.level, there.priority)


def test_a_note_is_the_server_s_to_read() -> None:
    report, profile = REPORTS[0]
    noted = replace(report, note_signals=frozenset({"L1"}))
    assert floor(noted, profile) == floor(report, profile)
