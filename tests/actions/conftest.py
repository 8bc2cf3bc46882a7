"""The cast, for every test of this folder, and Noor's low back on its second day."""

from __future__ import annotations

import pytest

from clients import models
from tests.bodies import MONDAY, TODAY, sore_back
from tests.world import DAY, World

BEFORE = TODAY - 10 * DAY  # a Friday on which Noor trains


@pytest.fixture
def w(db: None) -> World:
    """Two practices, rolled back after the test."""
    return World.opened()


@pytest.fixture
def sore(w: World) -> models.SymptomReport:
    """Low back, 4 of 10 in today's hip thrusts, 3 of 10 ten days before; all answered."""
    w.trains(w.noor, BEFORE)
    w.says_no_to_the_rest(w.hurts(w.noor, sore_back(3), at=MONDAY - 10 * DAY))
    w.trains(w.noor)
    return w.says_no_to_the_rest(w.hurts(w.noor, sore_back(4)))
