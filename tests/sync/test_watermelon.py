"""Phones with a database that is not ours keep every row, in every order of things."""

from __future__ import annotations

import pytest

from tests.sync.conftest import Watermelon

MUTANTS = {
    "no_rev_check": "a change between pull and push",
    "created": "made, synced, deleted, synced",
    "xmax": "what is committed late",
    "changed_since_last_pull": "an open transaction elsewhere",
    "read_committed": "a pull is of one moment",
    "no_tombstones": "an edit of a set that was deleted",
}


@pytest.mark.whole
def test_the_conformance_cases_pass(watermelon: Watermelon) -> None:
    watermelon("conformance.test.js")


@pytest.mark.whole
def test_three_phones_agree_after_a_short_walk(watermelon: Watermelon) -> None:
    watermelon("random.test.js", OPS="12")


@pytest.mark.long
@pytest.mark.parametrize("seed", range(1, 6))
def test_three_phones_agree_after_a_long_walk(watermelon: Watermelon, seed: int) -> None:
    watermelon("random.test.js", OPS="120", SEED=str(seed))


@pytest.mark.long
@pytest.mark.parametrize("mutant", MUTANTS)
def test_a_broken_server_is_noticed(watermelon: Watermelon, mutant: str) -> None:
    watermelon("conformance.test.js", mutant=mutant, only=MUTANTS[mutant], red=True)
