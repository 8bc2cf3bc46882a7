"""Protocols that are to hold for a practice."""

from __future__ import annotations

from importlib.resources import files

import pytest

from programs.domain.datafile import BadData
from programs.domain.protocol import parse_whole, protocol_set

TEXT = files("programs.domain").joinpath("data/protocols.toml").read_text(encoding="utf-8")


def test_what_ships_is_whole() -> None:
    assert parse_whole(TEXT) == protocol_set()


def cut(protocol_id: str, old: str, new: str) -> str:
    """The shipped text with one change inside one protocol."""
    head, mark, rest = TEXT.partition(f'id = "{protocol_id}"\n')
    row, another, tail = rest.partition("[[protocol]]")
    assert old in row
    return head + mark + row.replace(old, new, 1) + another + tail


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (TEXT.replace('id = "ANY"\n', 'id = "OTHER"\n'), "protocol ANY with fallback"),
        (TEXT.replace('id = "ANY-H"\n', 'id = "OTHER"\n'), "protocol ANY-H with fallback"),
        (cut("ANY-H", "order.high", "order.mild"), "order for high"),
        (cut("ANY-H", "fallback = true", 'patterns = ["squat"]\nregions = ["knee"]'), "ANY-H"),
        (cut("ANY", 'ops = [{ op = "remove", days = 14 }]', 'ops = [{ op = "freq", fewer = 1 }]'),
         "option ANY.d with a remove"),
        (cut("ANY", 'op = "recheck", checklist = "general_v1"', 'op = "rir_min", rir = 3'),
         "option ANY.a must begin with a check"),
    ],
)  # fmt: skip
def test_what_every_client_stands_on_must_be_there(text: str, said: str) -> None:
    with pytest.raises(BadData) as no:
        parse_whole(text)
    assert said in str(no.value)
