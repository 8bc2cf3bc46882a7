"""A practice of Ada's with nothing in it, signed in for real; whatever a test does is undone."""

from __future__ import annotations

from collections.abc import Generator

import pytest
from django.db import transaction

from tests.isolation.cast import Cast
from tests.isolation.phone import Person


@pytest.fixture(autouse=True)
def undone(cast: Cast) -> Generator[None, None, None]:
    """Every request of a test commits into a transaction that is taken back."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture
def ada(cast: Cast) -> Person:
    """A coach of Harbour."""
    return cast.people["ada"]


@pytest.fixture
def jo(cast: Cast) -> Person:
    """Another coach of Harbour."""
    return cast.people["jo"]


@pytest.fixture
def bo(cast: Cast) -> Person:
    """A coach of another practice."""
    return cast.people["bo"]


@pytest.fixture
def olga(cast: Cast) -> Person:
    """The owner of Harbour."""
    return cast.people["olga"]
