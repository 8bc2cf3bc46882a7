"""The pages of rules."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from clients.queries import rules
from coachapi.accounts.models import User
from tests.dashboard import world
from tests.isolation.phone import Person
from tests.rules.test_rule_books import OWN, titles

pytestmark = pytest.mark.django_db

TEXT = "/desk/rules/protocols/"


@pytest.fixture
def ada() -> User:
    return world.coach()


def test_protocols_are_read_in_words_in_their_own_order(ada: User) -> None:
    page = Person.signed_in(ada).browser.get("/desk/rules/").content.decode()
    assert "Low back × hip thrust" in page
    assert "mild, 1–3: a, b, c, d, e" in page and "moderate, 4–5: b, a, c, d, e" in page
    assert "Same exercise, 15–30 reps, 40–60 % e1RM, RIR 3 or more" in page
    assert page.index("LB-HT ·") < page.index("LB-SQ ·") < page.index("ANY-H ·")
    assert "As shipped" in page


def test_a_published_text_holds_and_is_listed_with_its_author(ada: User) -> None:
    browser = Person.signed_in(ada).browser
    sent = {"text": OWN.replace("\n", "\r\n"), "expected": "0", "note": "Our words"}
    done = browser.post(TEXT, sent, follow=True).content.decode()
    assert "Version 1 holds from now on." in done
    assert "American, our way" in done and "Our words" in done and "Ada Lund" in done
    assert "American, our way" in titles(ada)


def test_a_file_takes_the_place_of_the_text(ada: User) -> None:
    browser = Person.signed_in(ada).browser
    file = SimpleUploadedFile("ours.toml", OWN.encode())
    sent = {"text": "left as it was", "expected": "0", "file": file}
    assert browser.post(TEXT, sent).status_code == 303
    assert "American, our way" in titles(ada)


def test_a_fault_is_shown_by_line_and_the_typed_text_stays(ada: User) -> None:
    browser = Person.signed_in(ada).browser
    typed = rules.shipped_text("protocols").replace("rir = 3", "rir = 33", 1)
    answer = browser.post(TEXT, {"text": typed, "expected": "0"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "protocols.toml:15: " in page and "accepted: a whole number from 0 to 6" in page
    assert "rir = 33" in page


@pytest.mark.parametrize(("file", "said"), [(b"\xff\xfe", "UTF-8"), (b"", "Type or choose")])
def test_what_is_no_text_is_said_so(ada: User, file: bytes, said: str) -> None:
    sent = {"text": "", "expected": "0"}
    if file:
        sent["file"] = SimpleUploadedFile("ours.toml", file)  # type: ignore[assignment]
    answer = Person.signed_in(ada).browser.post(TEXT, sent)
    assert answer.status_code == 422 and said in answer.content.decode()


def test_only_the_owner_is_offered_the_borders(ada: User) -> None:
    jo = Person.signed_in(world.cover(ada)).browser
    assert "Publish new borders" not in jo.get("/desk/rules/").content.decode()
    refused = jo.post("/desk/rules/settings/", {"text": '{"amber": 4}', "expected": "0"})
    assert refused.status_code == 403 and "Only the owner" in refused.content.decode()
    owner = Person.signed_in(ada).browser
    assert "Publish new borders" in owner.get("/desk/rules/").content.decode()
    done = owner.post(
        "/desk/rules/settings/", {"text": '{"amber": 4}', "expected": "0"}, follow=True
    )
    assert "Yours, version 1" in done.content.decode()


def test_there_is_no_page_of_another_kind(ada: User) -> None:
    assert Person.signed_in(ada).browser.get("/desk/rules/words/").status_code == 404
