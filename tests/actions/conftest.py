"""The cast, for every test of this folder, and Noor's low back on its second day."""

from __future__ import annotations

import pytest

from clients import models
from tests.world import World


@pytest.fixture
def w(opened_world: World, db: None) -> World:
    """Two practices, rolled back after the test."""
    return opened_world


@pytest.fixture
def sore(w: World) -> models.SymptomReport:
    """What Noor's low back says today, as `World.aches` tells it."""
    return w.aches(w.noor)
