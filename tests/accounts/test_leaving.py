"""Deleting one's account: confirmed, at once, records without a name; nobody is left alone."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import transaction

from clients.models import Client, Coaching, Consent, SymptomReport
from coachapi.accounts.models import Device, SignIn, User
from coachapi.door import acting_as
from tests.accounts.conftest import PASSWORD, App
from tests.isolation.cast import Cast, canary


@pytest.fixture
def undone(cast: Cast) -> Any:
    """Whatever a test does to the cast is taken back."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def leave(cast: Cast, who: str, body: Any) -> Any:
    """Somebody of the cast asks to be forgotten."""
    user = cast.people[who].user
    assert user is not None
    user.set_password(PASSWORD)
    user.save()
    app = App()
    assert app.sign_in(user.email) == 200, app.said
    return app.send("DELETE", "/v1/me", body), app


def test_the_password_is_asked(cast: Cast, undone: None) -> None:
    status, app = leave(cast, "noor", {"password": "not this one"})
    assert status == 403 and app.said["code"] == "account.confirm_first"
    SignIn.objects.all().delete()
    assert cast.people["noor"].user is not None


def test_a_client_who_leaves_is_gone_for_everybody(cast: Cast, undone: None) -> None:
    noor, ada = cast.lives["noor"], cast.people["ada"]
    status, app = leave(cast, "noor", {"password": PASSWORD})
    assert status == 204
    for token in (app.token, noor.person.token):
        with transaction.atomic():
            assert App(token).send("GET", "/v1/me") == 401, "every sign-in"
    assert not Device.objects.filter(user=noor.person.id).exists()
    assert str(noor.client.pk) not in str(ada.ok("GET", "/v1/clients"))
    with transaction.atomic():
        assert ada.send("GET", f"/v1/inbox/{noor.report}").status_code == 404
    user = User.objects.get(pk=noor.person.id)
    assert not user.is_active and canary("noor") not in f"{user.name} {user.email}".lower()
    assert not SignIn.objects.filter(user=user).exists()
    with acting_as(user.pk):
        place = Client.objects.get(pk=noor.client.pk)
        assert "noor" not in place.name.lower()
        assert not Coaching.objects.filter(client=place, until__isnull=True).exists()
        assert not Consent.objects.filter(client=place, withdrawn_at__isnull=True).exists()
        assert SymptomReport.objects.filter(client=place).exists(), "the record stays"


def test_the_address_is_free_again(cast: Cast, undone: None) -> None:
    noor = cast.people["noor"].user
    assert noor is not None
    email = noor.email
    assert leave(cast, "noor", {"password": PASSWORD})[0] == 204
    assert not User.objects.filter(email=email).exists()


def test_without_a_password_a_fresh_sign_in_is_enough(cast: Cast, undone: None) -> None:
    assert leave(cast, "eli", {})[0] == 204


@pytest.mark.parametrize(("who", "words"), [("ada", "still coach"), ("olga", "only owner")])
def test_nobody_is_left_alone(who: str, words: str, cast: Cast, undone: None) -> None:
    status, app = leave(cast, who, {"password": PASSWORD})
    assert status == 409 and app.said["code"] == "account.still_needed"
    assert words in app.said["detail"]
