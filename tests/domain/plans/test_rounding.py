"""A share of e1RM is rounded down to a tenth of a percent, never up (domain §6)."""

from decimal import Decimal

import pytest

from clients.domain.rounding import down_to_tenth


@pytest.mark.parametrize(
    ("percent", "down"), [("72.46", "72.4"), ("72.49", "72.4"), ("72.40", "72.4"), ("0.09", "0.0")]
)
def test_it_goes_down(percent: str, down: str) -> None:
    assert down_to_tenth(Decimal(percent)) == Decimal(down)
