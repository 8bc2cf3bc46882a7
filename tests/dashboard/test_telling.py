"""How a coach is told, the digest, an owner's look at an alert, and the alerts' precision."""

from __future__ import annotations

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from coachapi import clock
from coachapi.door import acting_as
from coachapi.notifications.models import Alert, Delivery
from tests.isolation.cast import Cast, report_body
from tests.isolation.phone import fresh

WISHES = {"passes": "refer", "monitor": "digest", "digest_hour": "18", "reports": ["email"]}


def test_a_coach_chooses_and_urgent_never_waits(cast: Cast) -> None:
    ada = cast.people["ada"]
    with transaction.atomic():
        form = WISHES | {"quiet_from": "21:30", "quiet_to": "07:00"}
        assert ada.browser.post("/desk/settings/alerts/", form).status_code == 303
        held = ada.ok("GET", "/v1/alert-preferences")
        page = ada.browser.get("/desk/settings/alerts/").content.decode()
        transaction.set_rollback(True)
    assert (held["quiet_from"], held["passes"], held["monitor_to_digest"]) == (
        "21:30:00",
        "refer",
        True,
    )
    assert held["channels"]["reports"] == ["email"] and held["channels"]["changes"] == []
    assert "Jo covers 1 client" in page and "Nobody covers" in page


@pytest.mark.parametrize(
    ("change", "said"),
    [({"reports": []}, "Keep push or e-mail"), ({"quiet_from": "21:30"}, "beginning and an end"),
     ({"quiet_from": "21:30", "quiet_to": "21:30"}, "beginning and an end"),
     ({"digest_hour": "24"}, "valid choice")],
)  # fmt: skip
def test_what_cannot_be_chosen_is_said_and_what_was_typed_stays(
    cast: Cast, change: dict[str, str], said: str
) -> None:
    answer = cast.people["ada"].browser.post("/desk/settings/alerts/", WISHES | change)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert said in page and 'value="refer" selected' in page


@pytest.mark.parametrize("last", ["2020-01-01", "9999-12-31"])
def test_an_absence_ends_after_it_began_and_within_a_year(cast: Cast, last: str) -> None:
    days = {"first_on": clock.now().date().isoformat(), "last_on": last}
    answer = cast.people["ada"].browser.post("/desk/settings/away/", days)
    assert answer.status_code == 422
    assert "more than a year after the first" in answer.content.decode()


def test_the_owner_sees_name_level_and_who_was_told_and_may_take_it_on(cast: Cast) -> None:
    olga, life = cast.people["olga"], cast.lives["noor"]
    with acting_as(cast.people["ada"].id):
        alert = Alert.objects.get(kind="symptom.reported", about_id=life.report)
    with transaction.atomic():
        page = olga.browser.get(f"/desk/alerts/{alert.pk}/").content.decode()
        olga.browser.post(f"/desk/alerts/{alert.pk}/have/")
        with acting_as(olga.id):
            taken = Alert.objects.get(pk=alert.pk)
            held = Delivery.objects.filter(alert=alert, state="pending", due_at__gt=clock.now())
            assert not held.exists()
        transaction.set_rollback(True)
    assert life.person.name in page and "Ada" in page and "elbow" not in page.lower()
    assert taken.acked_by_id == olga.id


def test_what_did_not_interrupt_is_on_the_digest_until_it_is_read(cast: Cast) -> None:
    ada, eli = cast.people["ada"], cast.lives["eli"]
    with transaction.atomic():
        said = report_body(eli.person, "wrist", "left", effect="none")
        said["regions"][0]["pain_worst"] = 3
        eli.person.ok("PUT", f"/v1/reports/{fresh()}", said)
        page = ada.browser.get("/desk/digest/").content.decode()
        ada.browser.post("/desk/digest/")
        read = ada.browser.get("/desk/digest/").content.decode()
        transaction.set_rollback(True)
    assert eli.person.name in page and "Nothing to read." not in page
    assert "Nothing to read." in read


def test_precision_counts_by_rule_and_names_no_client(cast: Cast) -> None:
    ada, olga, bo = (cast.people[name] for name in ("ada", "olga", "bo"))
    own, whole = (each.ok("GET", "/v1/alert-precision") for each in (ada, olga))
    assert (own["of"], whole["of"]) == ("own", "practice")
    assert {row["coach"] for row in whole["items"]} == {"Ada"}
    acted = {row["rule"]: row["acted"] for row in own["items"]}
    assert sum(acted.values()) == 3, "one change applied for each of Ada's clients"
    first = own["items"][0]["seconds_from_report"]
    assert first["visible"]["of"] >= 1 and first["decided"]["p50"] is not None
    assert all(row["coach"] == "Bo" for row in bo.ok("GET", "/v1/alert-precision")["items"])
    page = olga.browser.get("/desk/outcomes/alerts/").content.decode()
    assert "kanari" not in page and "<svg" in page


def test_precision_asks_as_often_for_many_as_for_one(cast: Cast) -> None:
    ada, eli = cast.people["ada"], cast.lives["eli"]
    counts = []
    with transaction.atomic():
        for times in (0, 4):
            for number in range(times):
                said = report_body(eli.person, "wrist", "left", note=f"{number}")
                eli.person.ok("PUT", f"/v1/reports/{fresh()}", said)
            with CaptureQueriesContext(connection) as asked:
                ada.ok("GET", "/v1/alert-precision")
            counts.append(len(asked))
        transaction.set_rollback(True)
    assert counts[0] == counts[1]
