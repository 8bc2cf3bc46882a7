"""A client's swap …"""

from dataclasses import replace
from uuid import UUID

from clients.domain.plan_writing import as_plan
from clients.domain.swaps import BY_CLIENT, marked, swapped
from programs.domain.exercises import library
from programs.domain.prescription import Plan, SessionState
from tests.domain.plans.training import MONDAY
from tests.domain.plans.writings import dated, program

PLAN = as_plan(dated(program()), MONDAY)
FIRST = PLAN.sessions[0].id


def shown(plan: Plan, target: str) -> Plan:
    swaps = {(FIRST, "A1"): target}
    return marked(swapped(plan, swaps, library()), plan, swaps)


def begun(state: SessionState) -> Plan:
    first, *others = PLAN.sessions
    return replace(PLAN, sessions=(replace(first, state=state), *others))


def test_is_done_in_one_session_and_tells_what_was_written() -> None:
    found = shown(PLAN, "ht_smith")
    item = found.sessions[0].items[0]
    assert item.now and item.was and item.now.exercise == "ht_smith"
    assert (item.was.exercise, item.because) == ("ht_barbell", (BY_CLIENT,))
    assert found.sessions[1:] == PLAN.sessions[1:]
    assert found.sessions[0].items[1] == PLAN.sessions[0].items[1]


def test_of_nothing_or_to_the_same_or_an_unknown_lift_changes_nothing() -> None:
    assert swapped(PLAN, {}, library()) is PLAN and marked(PLAN, PLAN, {}) is PLAN
    for target in ("ht_barbell", "no_such"):
        assert swapped(PLAN, {(FIRST, "A1"): target}, library()) == PLAN


def test_leaves_a_session_that_has_begun_as_it_was_shown() -> None:
    done = begun("done")
    assert shown(done, "ht_smith") == done
    assert shown(begun("skipped"), "ht_smith") != begun("skipped")


def test_belongs_to_a_session_by_its_id() -> None:
    other = {(UUID(int=1), "A1"): "ht_smith"}
    assert swapped(PLAN, other, library()) == PLAN
