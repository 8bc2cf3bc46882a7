"""E-mail through a provider's own API: the same Message-ID, and the same meaning of a refusal."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from pytest_django import Settings

from coachapi.notifications import channels
from coachapi.notifications.channels import NeverDeliverable, NotNow
from tests.channels.conftest import no, parcel
from tests.channels.fakes.scripted import Fake, Reply, Taken, serving


class Postmark(Fake):
    """One provider of the many that anymail knows."""

    def judge(self, request: Taken) -> Reply:
        """Takes everything but one address."""
        sent = json.loads(request.body)
        if "nobody" in sent["To"]:
            words = "You tried to send to recipient(s) that have been marked as inactive."
            words += " Found inactive addresses: nobody@test.example. Inactive recipients are ones"
            said: dict[str, object] = {"ErrorCode": 406, "Message": words}
            return Reply(422, json.dumps(said).encode(), {"Content-Type": "application/json"})
        said = {"ErrorCode": 0, "Message": "OK", "MessageID": "1", "To": sent["To"]}
        return Reply(200, json.dumps(said).encode(), {"Content-Type": "application/json"})

    def refusal(self, status: int) -> bytes:
        """Something in Postmark's shape."""
        return b'{"ErrorCode": 1, "Message": "no"}'


@pytest.fixture
def postmark(settings: Settings) -> Iterator[Postmark]:
    """E-mail set up to leave through the fake."""
    with serving(Postmark()) as fake:
        settings.EMAIL_BACKEND = "anymail.backends.postmark.EmailBackend"
        settings.DEFAULT_FROM_EMAIL = "coach@test.example"
        settings.ANYMAIL = {"POSTMARK_SERVER_TOKEN": "t", "POSTMARK_API_URL": fake.url}
        yield fake


def test_a_provider_gets_the_message_under_one_id(postmark: Postmark) -> None:
    mine = parcel("email", "ada@test.example")
    postmark.fail("+503")
    assert isinstance(no(mine), NotNow)
    channels.SENDERS["email"](mine)
    ids = {
        each["Value"]
        for taken in postmark.taken
        for each in json.loads(taken.body)["Headers"]
        if each["Name"] == "Message-ID"
    }
    assert len(postmark.taken) == 2
    assert ids == {f"<{mine.collapse_id}@test.example>"}


@pytest.mark.parametrize(
    ("fault", "kind"),
    [("500", NotNow), ("429", NotNow), ("401", NotNow), ("400", NeverDeliverable)],
)
def test_only_a_fault_of_the_message_ends_it(
    fault: str, kind: type[Exception], postmark: Postmark
) -> None:
    postmark.fail(fault)
    assert isinstance(no(parcel("email", "ada@test.example")), kind)


def test_an_address_that_is_refused_is_not_tried_again(postmark: Postmark) -> None:
    assert isinstance(no(parcel("email", "nobody@test.example")), NeverDeliverable)
