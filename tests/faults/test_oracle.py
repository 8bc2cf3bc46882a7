"""The oracle notices what it is for."""

from __future__ import annotations

from typing import Any

import pytest

from tests.faults.oracle import Judgement, Taking, judge
from tests.notifications.provider import key_of


def row(number: int, **more: Any) -> dict[str, Any]:
    """A push that was written."""
    names = {"alert_id": number, "step": 1, "recipient_id": 7, "channel": "fcm", "device_key": "d"}
    return {**names, "state": "accepted", "about_id": f"report {number}", **more}


def took(number: int, at: float, fault: str = "ok") -> Taking:
    """The provider took the push of that number, a fifth of a second after it had come."""
    return Taking(at - 0.2, at, key_of(row(number)), "d", fault, True)


def test_all_is_well() -> None:
    judged = judge([row(1), row(2)], [took(1, 0), took(2, 1)], accepted={"report 1", "report 2"})
    assert judged.clean and judged.raw == 0


@pytest.mark.parametrize(
    ("judged", "wrong"),
    [
        (judge([row(1), row(2)], [took(1, 0)]), "lost"),
        (judge([row(1)], [took(1, 0)], accepted={"report 1", "report 2"}), "lost"),
        (judge([row(1)], [took(1, 0), took(2, 0)]), "phantom"),
        (judge([row(1)], [took(1, 0), took(1, 9)]), "unexplained"),
        (judge([row(1)], [took(1, 0), took(1, 9)], kills=[5.0]), "unexplained"),
        (judge([row(1)], [took(1, 1), took(1, 9)], kills=[0.6]), "unexplained"),
        (judge([row(1), row(1)], [took(1, 0)]), "visible"),
    ],
)
def test_each_wrong_is_seen(judged: Judgement, wrong: str) -> None:
    assert not judged.clean and getattr(judged, wrong)


def test_a_second_taking_is_explained_by_a_hidden_answer_or_a_death() -> None:
    hidden = judge([row(1)], [took(1, 0, "accept-then-503"), took(1, 9)])
    assert hidden.clean and hidden.raw == 1
    for death in (-0.1, 0.4):  # while the provider had it, and before it was marked
        died = judge([row(1)], [took(1, 0), took(1, 30)], kills=[death])
        assert died.clean and died.raw == 1


def test_what_was_withheld_is_not_lost() -> None:
    assert judge([row(1, state="withheld")], []).clean
