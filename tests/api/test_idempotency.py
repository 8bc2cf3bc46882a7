"""A POST that is sent again under its key is answered again, and done once."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.db import transaction
from django.http import HttpResponse

from tests.isolation.cast import Cast
from tests.isolation.phone import Person, fresh

INVITATION = {"name": "Ula", "email": "ula@clients.example", "time_zone": "Europe/London"}


def invite(person: Person, key: str, **more: Any) -> HttpResponse:
    """An invitation under a key."""
    return person.send("POST", "/v1/invitations", INVITATION | more, **{"Idempotency-Key": key})


@pytest.fixture
def undone(cast: Cast) -> Any:
    """Whatever is done is taken back."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def test_the_same_again_is_the_first_answer_again(cast: Cast, undone: None) -> None:
    ada, key = cast.people["ada"], fresh()
    first = invite(ada, f'"{key}"')
    again = invite(ada, key)
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.content == again.content
    assert "Idempotency-Replayed" not in first.headers
    assert again.headers["Idempotency-Replayed"] == "true"


def test_another_body_under_the_same_key_is_refused(cast: Cast, undone: None) -> None:
    ada, key = cast.people["ada"], fresh()
    invite(ada, key)
    answer = invite(ada, key, name="Uma")
    assert answer.status_code == 422
    assert json.loads(answer.content)["code"] == "idempotency.key_reused"


def test_a_key_is_its_user_s_alone(cast: Cast, undone: None) -> None:
    key = fresh()
    mine, theirs = invite(cast.people["ada"], key), invite(cast.people["jo"], key)
    assert (mine.status_code, theirs.status_code) == (201, 201)
    assert json.loads(mine.content)["link"] != json.loads(theirs.content)["link"]


def test_a_refused_request_may_be_tried_again_under_its_key(cast: Cast, undone: None) -> None:
    ada, key = cast.people["ada"], fresh()
    assert invite(ada, key, email="no address").status_code == 422
    assert invite(ada, key).status_code == 201


@pytest.mark.parametrize("key", ["", '""', "x" * 256, "a\x7fb"])
def test_what_is_no_key_is_refused(key: str, cast: Cast) -> None:
    answer = invite(cast.people["ada"], key)
    assert answer.status_code == 400
    assert json.loads(answer.content)["code"] == "idempotency.bad_key"


def test_an_answer_without_a_body_is_kept_as_well(cast: Cast, undone: None) -> None:
    ada, life, key = cast.people["ada"], cast.lives["noor"], {"Idempotency-Key": fresh()}
    path = f"/v1/inbox/{life.report}/decisions/acknowledge"
    answers = [ada.send("POST", path, {}, **key) for _ in range(2)]
    assert [(each.status_code, each.content) for each in answers] == [(204, b"")] * 2
