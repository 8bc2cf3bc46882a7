"""What a client's log says before a swap (domain §6): the latest machine speaks, no other."""

from dataclasses import replace
from decimal import Decimal

from clients.domain.bound_loads import lift_log
from tests.domain.protocols.case import facts, logged


def test_sets_on_another_machine_say_nothing_about_this_one() -> None:
    heavy = tuple(replace(logged("ht_machine", "200"), make="Old") for _ in range(3))
    light = tuple(replace(logged("ht_machine", "90"), make="New") for _ in range(3))
    both = facts(exercise="ht_machine", logs={"ht_machine": heavy + light})
    only = facts(exercise="ht_machine", logs={"ht_machine": light})
    said = lift_log("ht_machine", "ht_american", both)
    assert said == lift_log("ht_machine", "ht_american", only)
    assert said.working_kg == Decimal(90)


def test_an_empty_log_says_nothing() -> None:
    said = lift_log("ht_machine", "ht_american", facts(exercise="ht_machine", logs={}))
    assert (said.e1rm_kg, said.working_kg) == (None, None)
