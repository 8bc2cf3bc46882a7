"""The slow facts of a client on a date."""

from dataclasses import replace
from datetime import date

import pytest

from tests.domain.triage.build import ADULT


@pytest.mark.parametrize(
    ("on", "years"),
    [
        (date(2026, 4, 30), 35),
        (date(2026, 5, 1), 36),
        (date(2026, 5, 2), 36),
        (date(2026, 12, 1), 36),
    ],
)
def test_a_year_is_full_on_the_birthday_itself(on: date, years: int) -> None:
    assert replace(ADULT, born_on=date(1990, 5, 1)).age(on) == years


def test_an_age_nobody_gave_is_unknown() -> None:
    assert replace(ADULT, born_on=None).age(date(2026, 5, 1)) is None
