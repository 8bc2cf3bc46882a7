"""Who is told when: the lead, cover by the rota, the owner; and who is away is passed over."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest

from clients.domain.reader import Reader, weight_of
from clients.domain.turns import turn

AT = dt.datetime(2026, 5, 4, 12, tzinfo=dt.UTC)
HOLIDAY = ((dt.date(2026, 5, 1), dt.date(2026, 5, 9)),)
NAMES = ("ada", "jo", "max", "olga")


def who(name: str, place: str, rota: int = 0, *, away: bool = False) -> Reader:
    number = uuid.UUID(int=NAMES.index(name))
    return Reader(number, place, "Europe/London", rota, HOLIDAY if away else ())


def told(people: list[Reader], level: str, step: int) -> str:
    found = turn(people, weight_of(level), step, at=AT)
    names = [NAMES[each.user_id.int] for each in found.readers]
    return " ".join([*names, *(["contact"] if found.contact else [])])


EVERYBODY = [
    who("max", "cover", 2),
    who("jo", "cover", 1),
    who("olga", "owner"),
    who("ada", "lead"),
]


@pytest.mark.parametrize(
    ("level", "steps"),
    [
        ("emergency+", ["ada", "jo ada", "max ada jo", "olga ada jo max",
                        "ada jo max olga contact"]),
        ("urgent+", ["ada", "jo ada", "max ada jo", "olga ada jo max", "ada jo max olga"]),
        ("refer+", ["ada", "jo", "max", "olga", "ada jo max olga"]),
        ("modify+", ["ada", "jo", "max", "olga", "ada jo max olga"]),
        ("modify", ["ada", "jo ada", "max ada jo", "olga ada jo max", "ada jo max olga"]),
    ],
)  # fmt: skip
def test_each_step_tells_the_next_in_turn(level: str, steps: list[str]) -> None:
    assert [told(EVERYBODY, level, number) for number in range(1, 6)] == steps


def test_a_solo_coach_is_told_again_and_the_emergency_contact_from_the_second_step() -> None:
    solo = [who("ada", "lead")]
    assert [told(solo, "emergency+", step) for step in (1, 2)] == ["ada", "ada contact"]
    assert [told(solo, "refer+", step) for step in (1, 2)] == ["ada", "ada"]


def test_who_is_away_is_passed_over_and_has_it_in_the_feed() -> None:
    people = [who("ada", "lead", away=True), who("jo", "cover", away=True), who("max", "cover", 2)]
    assert told(people, "modify", 1) == "max"
    assert [told(people, "emergency+", step) for step in (1, 2)] == ["max", "ada max"]
    found = turn(people, weight_of("modify"), 1, at=AT)
    assert [each.place for each in found.passed_over] == ["lead"]


def test_with_nobody_else_there_a_holiday_holds_nothing_back() -> None:
    people = [who("ada", "lead", away=True), who("olga", "owner")]
    found = turn(people, weight_of("modify"), 1, at=AT)
    assert [(NAMES[each.user_id.int], each.is_away(AT)) for each in found.readers] == [
        ("ada", False)
    ]


def test_a_client_whose_coach_has_left_is_the_owners() -> None:
    assert told([who("olga", "owner")], "modify", 1) == "olga"
