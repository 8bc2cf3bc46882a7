"""A practice's own borders, read from text."""

from __future__ import annotations

import pytest

from clients.domain.bands import Settings
from clients.domain.settings_file import read_settings, settings_text
from programs.domain.datafile import BadData


def test_what_is_left_out_stays_as_it_ships() -> None:
    assert read_settings('{"amber": 4}', version="practice 3") == Settings(
        amber=4, version="practice 3"
    )
    assert read_settings("{}") == Settings()


def test_the_borders_written_are_read_back() -> None:
    stricter = Settings(green=1, amber=3, refer=6, rest_refer=4)
    assert read_settings(settings_text(stricter)) == stricter


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('{\n "amber": 9\n}', "settings.json:2: bands"),
        ('{\n "amber": 4,\n "ask_hour": 1\n}', "settings.json:3: unknown key ask_hour"),
        ('{"amber": true}', "settings.json:1: amber is a whole number"),
        ('{"amber": 4.0}', "settings.json:1: amber is a whole number"),
        ('{"amber": 4, "amber": 5}', "settings.json:1: amber is given twice"),
        ('{\n"amber": 4', "settings.json:2: "),
        ("[]", "settings.json:1: one object"),
        ("[" * 100_000, "settings.json:1: nested too deep"),
        ('{"\\u0061mber": 9}', "settings.json:1: bands"),
    ],
)
def test_nonsense_is_refused_by_line(text: str, said: str) -> None:
    with pytest.raises(BadData) as no:
        read_settings(text)
    assert str(no.value).startswith(said)
