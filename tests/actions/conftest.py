"""The cast, for every test of this folder."""

from __future__ import annotations

import pytest

from tests.world import World


@pytest.fixture
def w(db: None) -> World:
    """Two practices, rolled back after the test."""
    return World.opened()
