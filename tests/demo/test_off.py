"""The demo's addresses with the demo off: they do not exist."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.test import Client
from django.urls import NoReverseMatch, reverse

ADDRESSES = ("/demo/clock", "/demo/sign-in", "/demo/mail/", "/demo/")


@pytest.mark.usefixtures("db")
@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("method", ["get", "post"])
def test_the_address_is_not_there(address: str, method: str) -> None:
    assert settings.DEMO is False
    answer = getattr(Client(), method)(address)
    assert answer.status_code == 404


@pytest.mark.usefixtures("db")
def test_the_front_page_is_the_desk() -> None:
    answer = Client().get("/")
    assert (answer.status_code, answer["Location"]) == (302, "/desk/")


@pytest.mark.parametrize("name", ["demo", "demo-sign-in", "demo-clock", "demo-mail"])
def test_nothing_can_link_to_it(name: str) -> None:
    with pytest.raises(NoReverseMatch):
        reverse(name)


def test_no_page_may_be_framed() -> None:
    assert settings.X_FRAME_OPTIONS == "DENY"
    assert settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]["frame-ancestors"] == ["'none'"]
