"""How often a pattern is trained from this week on, and in which prescriptions (domain §5)."""

from dataclasses import replace

from clients.domain.offer_facts import ahead
from tests.domain.protocols.case import TODAY, facts, plan


def test_an_excused_session_is_no_training() -> None:
    written = plan("ht_barbell", weeks=2)
    this_week = [each for each in written.sessions if each.on >= TODAY]
    sessions = tuple(
        replace(each, state="excused") if each == this_week[0] else each
        for each in written.sessions
    )
    assert ahead(facts(plan=written)).sessions_a_week == 3
    assert ahead(facts(plan=replace(written, sessions=sessions))).sessions_a_week == 2


def test_a_week_that_is_over_does_not_count() -> None:
    written = plan("ht_barbell", weeks=2)
    past = tuple(each for each in written.sessions if each.on < TODAY)
    first_week = tuple(each for each in past if each.week == 0)
    assert ahead(facts(plan=replace(written, sessions=first_week))).sessions_a_week == 0
