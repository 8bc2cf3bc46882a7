"""What a client's screen says at each level, the number to call, and which day it is."""

from datetime import UTC, date, datetime

import pytest

from clients.domain.client_words import NOT_WATCHED, client_words
from clients.domain.emergency_numbers import NUMBERS, emergency_number
from clients.domain.levels import Level
from clients.domain.moments import local_date, local_instant


@pytest.mark.parametrize("level", list(Level))
def test_every_level_has_a_sentence_without_a_promise(level: Level) -> None:
    said = client_words(level.value)
    assert said.endswith(".")
    assert "!" not in said


def test_the_gravest_level_says_stop_and_call() -> None:
    assert client_words("emergency") == "Stop. Call your emergency number now."
    assert "medical advice" in NOT_WATCHED


@pytest.mark.parametrize(
    ("country", "number"), [("GB", "999"), ("gb", "999"), ("DE", "112"), ("US", "911"), ("ZZ", "")]
)
def test_the_number_of_a_country_is_named_only_where_it_is_known(country: str, number: str) -> None:
    assert emergency_number(country) == number


def test_every_number_is_dialled_with_three_digits() -> None:
    assert all(len(number) == 3 and number.isdigit() for number in NUMBERS.values())


def test_a_day_is_the_one_on_the_clients_wall() -> None:
    late = datetime(2026, 3, 2, 23, 30, tzinfo=UTC)
    assert local_date(late, "Europe/Berlin") == date(2026, 3, 3)
    assert local_date(late, "America/New_York") == date(2026, 3, 2)


def test_an_hour_of_a_day_is_meant_on_the_clients_wall() -> None:
    summer, winter = date(2026, 7, 1), date(2026, 1, 1)
    assert local_instant(summer, 8, "Europe/Berlin") == datetime(2026, 7, 1, 6, tzinfo=UTC)
    assert local_instant(winter, 8, "Europe/Berlin") == datetime(2026, 1, 1, 7, tzinfo=UTC)
