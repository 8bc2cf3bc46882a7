"""An invitation opens one account once, for the invited address; every spent one answers alike."""

from __future__ import annotations

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection

from clients.actions import enrolment
from clients.models import Invitation
from coachapi import clock
from coachapi.accounts.models import Coach
from coachapi.door import acting_as
from tests.accounts.conftest import PASSWORD, App
from tests.isolation.cast import ZONE, Cast
from tests.isolation.phone import Person


def invited(ada: Person, email: str, *, hours_ago: int = 0) -> str:
    """The token of an invitation of Ada's."""
    with acting_as(ada.id):
        place = Coach.objects.get(user=ada.user)
        at = clock.now() - dt.timedelta(hours=hours_ago)
        assert ada.user is not None
        _, token = enrolment.invite(
            place=place, name="Ivy", email=email, time_zone=ZONE, by=ada.user, at=at
        )
    return token


def accept(token: str, app: App | None = None) -> tuple[int, Any]:
    """What accepting is answered with."""
    app = app or App()
    sent = {"token": token, "password": PASSWORD, "consents": ["coach_sees"]}
    return app.send("POST", "/v1/invitations/accept", sent), app.said


def test_accepting_proves_the_address(cast: Cast) -> None:
    assert accept(invited(cast.people["ada"], "ivy@proved.example"))[0] == 201
    assert App().sign_in("ivy@proved.example") == 200


def test_two_at_once_make_one_account(cast: Cast) -> None:
    token = invited(cast.people["ada"], "ivy@race.example")

    def one(_: int) -> int:
        try:
            return accept(token)[0]
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        statuses = sorted(pool.map(one, range(4)))
    assert statuses == [201, 409, 409, 409]


def test_used_expired_revoked_and_unknown_answer_alike(cast: Cast) -> None:
    ada = cast.people["ada"]
    used = invited(ada, "ivy@used.example")
    assert accept(used)[0] == 201
    expired = invited(ada, "ivy@late.example", hours_ago=73)
    revoked = invited(ada, "ivy@back.example")
    Invitation.objects.filter(email="ivy@back.example").update(revoked_at=clock.now())
    answers = [accept(token) for token in (used, expired, revoked, "x" * 43)]
    assert answers == [answers[0]] * 4 and answers[0][0] == 409


@pytest.mark.parametrize("who", ["bo", ""])
def test_nobody_else_takes_an_invitation_to_a_known_address(who: str, cast: Cast) -> None:
    eli = cast.people["eli"].user
    assert eli is not None
    token = invited(cast.people["ada"], eli.email)
    status, said = accept(token, App(cast.people[who].token if who else ""))
    assert (status, said["code"]) == (409, "invitation.sign_in_first")
