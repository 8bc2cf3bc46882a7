"""A practice's own rule books."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from clients import models
from clients.actions import settings as settings_actions
from clients.queries import options, rules
from coachapi.accounts.models import Coach, User
from coachapi.door import acting_as
from programs.actions import protocols, rule_books
from programs.domain.protocol import protocol_set
from programs.models import RuleBook
from tests.dashboard import world
from tests.isolation.phone import Person

pytestmark = pytest.mark.django_db

AT = dt.datetime(2026, 11, 23, 14, tzinfo=dt.UTC)
SHIPPED = rules.shipped_text("protocols")
OWN = SHIPPED.replace("American hip thrust, 8–12, RIR 3 or more", "American, our way")


def place_of(user: User) -> Coach:
    return Coach.objects.get(user=user)


def publish(by: User, text: str, expected: int = 0, kind: str = "protocols") -> RuleBook:
    act = protocols.publish if kind == "protocols" else settings_actions.publish
    with acting_as(by.pk):
        return act(place=place_of(by), text=text, expected=expected, by=by, at=AT)


def titles(by: User) -> set[str]:
    with acting_as(by.pk):
        found = rules.protocols_for(place_of(by).practice_id)
    return {
        option.title
        for protocol in found.protocols
        for options_ in protocol.options.values()
        for option in options_
    }


def judged(report_id: Any, by: User) -> models.Verdict:
    with acting_as(by.pk):
        return models.Verdict.objects.filter(report=report_id).order_by("-number")[0]


def test_what_ships_holds_until_a_practice_publishes_its_own() -> None:
    ada, bo = world.coach(), world.coach("Bo Ek", "Quarry")
    with acting_as(ada.pk):
        assert rules.protocols_for(place_of(ada).practice_id) is protocol_set()
    publish(ada, OWN)
    assert "American, our way" in titles(ada)
    assert "American, our way" not in titles(bo)


def test_a_newer_version_is_never_hidden_by_one_read_before() -> None:
    ada = world.coach()
    publish(ada, OWN)
    assert "American, our way" in titles(ada)
    publish(ada, OWN.replace("our way", "another way"), expected=1)
    assert "American, another way" in titles(ada)


def test_reading_protocols_costs_one_query_once_they_are_known(
    django_assert_num_queries: Any,
) -> None:
    ada = world.coach()
    publish(ada, OWN)
    titles(ada)
    with acting_as(ada.pk):
        practice = place_of(ada).practice_id
        with django_assert_num_queries(1):
            rules.protocols_for(practice)


def test_a_text_with_a_fault_is_refused_by_line_and_nothing_of_it_is_kept() -> None:
    ada = world.coach()
    with pytest.raises(rule_books.NotPublished, match=r"protocols\.toml:\d+: .*rir"):
        publish(ada, SHIPPED.replace("rir = 3", "rir = 33", 1))
    assert titles(ada) == {
        option.title
        for protocol in protocol_set().protocols
        for options_ in protocol.options.values()
        for option in options_
    }


@pytest.mark.parametrize("missing", ["ANY", "ANY-H"])
def test_protocols_without_the_row_for_everything_else_are_refused(missing: str) -> None:
    text = SHIPPED.replace(f'id = "{missing}"', 'id = "OTHER"')
    with pytest.raises(rule_books.NotPublished, match=missing):
        publish(world.coach(), text)


def test_the_same_text_again_is_the_same_version() -> None:
    ada = world.coach()
    assert publish(ada, OWN).pk == publish(ada, OWN, expected=1).pk


def test_two_who_started_from_one_version_do_not_overwrite_each_other() -> None:
    ada = world.coach()
    publish(ada, OWN)
    with pytest.raises(rule_books.ChangedMeanwhile) as no:
        publish(ada, SHIPPED)
    assert no.value.extra == {"sent": 0, "number": 1}


def test_every_coach_publishes_protocols_and_only_the_owner_borders() -> None:
    ada = world.coach()
    jo = world.cover(ada)
    assert publish(jo, OWN).number == 1
    with pytest.raises(rule_books.OwnersOnly):
        publish(jo, '{"amber": 4}', kind="settings")
    assert publish(ada, '{"amber": 4}', kind="settings").number == 1


def test_the_database_keeps_borders_to_the_owner_and_books_to_the_practice() -> None:
    ada, bo = world.coach(), world.coach("Bo Ek", "Quarry")
    jo = world.cover(ada)
    with acting_as(ada.pk):
        practice = place_of(ada).practice_id
    row = {"practice_id": practice, "number": 7, "body": "{}", "digest": "0" * 64, "at": AT}
    for who, kind in ((jo, "settings"), (bo, "protocols"), (bo, "settings")):
        with (
            acting_as(who.pk),
            pytest.raises(DatabaseError, match="row-level security"),
            transaction.atomic(),
        ):
            RuleBook.objects.create(kind=kind, author=who, **row)


def test_a_published_book_is_never_rewritten() -> None:
    ada = world.coach()
    book = publish(ada, OWN)
    with acting_as(ada.pk), pytest.raises(DatabaseError), transaction.atomic():
        RuleBook.objects.filter(pk=book.pk).update(body="")


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ('{\n "amber": 9\n}', "settings.json:2: bands"),
        ('{\n "amber": 4,\n "blue": 1\n}', "settings.json:3: unknown key blue"),
        ('{"amber": true}', "settings.json:1: amber is a whole number"),
        ('{"amber": 4, "amber": 5}', "settings.json:1: amber is given twice"),
        ('{"amber": 4', "settings.json:1: "),
        ("[]", "settings.json:1: one object"),
    ],
)
def test_borders_outside_what_is_published_are_refused_by_line(text: str, where: str) -> None:
    with pytest.raises(rule_books.NotPublished, match=where):
        publish(world.coach(), text, kind="settings")


def test_a_verdict_keeps_the_borders_it_was_given_under() -> None:
    ada = world.coach()
    noor = world.client(ada, "Noor Haddad", at=AT)
    before = judged(world.hurts(noor, [("knee", "left", 7)], at=AT), ada)
    publish(ada, '{"refer": 6}', kind="settings")
    after = judged(world.hurts(noor, [("elbow", "left", 7)], at=AT), ada)
    assert (before.settings_version, after.settings_version) == ("1", "practice 1")
    assert before.level == "modify" and after.level == "refer"
    with acting_as(ada.pk):
        before.refresh_from_db()
    assert (before.settings_version, before.level) == ("1", "modify")


def test_a_change_keeps_the_protocols_it_came_from() -> None:
    from clients.actions import regressions

    ada = world.coach()
    book = publish(ada, OWN)
    noor = world.client(ada, "Noor Haddad", at=AT - dt.timedelta(weeks=3))
    report_id = world.sore_back(noor, ada, at=AT)
    with acting_as(ada.pk):
        client = models.Client.objects.select_related("health").get(pk=noor.pk)
        report = models.SymptomReport.objects.get(pk=report_id)
        at = AT + dt.timedelta(hours=1)
        found = options.choice(report, client=client, at=at)
        made = regressions.apply(
            client=client,
            report_id=report_id,
            option_id="LB-HT.b",
            basis=found.basis,
            by=ada,
            at=at,
        )
    publish(ada, SHIPPED, expected=1)
    with acting_as(ada.pk):
        made.refresh_from_db()
    assert made.title == "American, our way"
    assert (made.protocol_version, made.protocol_digest) == ("practice 1", book.digest)


def test_an_open_page_made_under_other_protocols_is_stale() -> None:
    from clients.actions import regressions

    ada = world.coach()
    noor = world.client(ada, "Noor Haddad", at=AT - dt.timedelta(weeks=3))
    report_id = world.sore_back(noor, ada, at=AT)
    at = AT + dt.timedelta(hours=1)
    with acting_as(ada.pk):
        client = models.Client.objects.select_related("health").get(pk=noor.pk)
        report = models.SymptomReport.objects.get(pk=report_id)
        basis = options.choice(report, client=client, at=at).basis
    publish(ada, OWN)
    with acting_as(ada.pk), pytest.raises(regressions.Stale):
        regressions.apply(
            client=client,
            report_id=report_id,
            option_id="LB-HT.b",
            basis=basis,
            by=ada,
            at=at,
        )


def test_the_api_gives_and_takes_a_book_from_the_version_it_was_read_at() -> None:
    ada = Person.signed_in(world.coach())

    def said(method: str, path: str, body: Any = None, **seen: str) -> Any:
        return ada.send(method, f"/v1/rule-books/{path}", body, **seen)

    first, second = {"If-Match": '"0"'}, {"If-Match": '"1"'}
    read = said("GET", "protocols")
    assert (read.json()["number"], read.headers["ETag"]) == (0, '"0"')
    body = {"text": OWN, "note": "Our words"}
    assert said("PUT", "protocols", body).status_code == 428
    made = said("PUT", "protocols", body, **first)
    assert (made.status_code, made.json()["number"]) == (200, 1)
    late = said("PUT", "protocols", body, **first)
    assert (late.status_code, late.json()["sent"], late.json()["number"]) == (412, 0, 1)
    bad = said("PUT", "protocols", {"text": "a = ["}, **second)
    assert bad.status_code == 422 and "protocols.toml:1:" in bad.json()["detail"]
    (row,) = said("GET", "protocols/versions").json()["items"]
    assert (row["number"], row["author"], row["note"]) == (1, "Ada Lund", "Our words")
    assert json.loads(said("GET", "settings").json()["text"])["refer"] == 8


def test_there_is_no_other_kind_of_book() -> None:
    ada = Person.signed_in(world.coach())
    assert ada.send("GET", "/v1/rule-books/words").status_code == 404
    assert ada.send("GET", "/v1/rule-books/words/versions").status_code == 404
    put = ada.send("PUT", "/v1/rule-books/words", {"text": "x"}, **{"If-Match": '"0"'})
    assert put.status_code == 404
