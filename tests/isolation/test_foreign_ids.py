"""An id of somebody else's inside a body is answered as an id of nobody's, and changes nothing."""

from __future__ import annotations

from typing import Any

import pytest

from tests.isolation.cast import Cast, place_of, report_body, set_body
from tests.isolation.phone import fresh
from tests.isolation.tables import Tables


def relations(cast: Cast) -> dict[str, tuple[str, str, str, Any, str]]:
    """Every writable relation: who writes, where, what with ``None`` for the id, the foreign id."""
    noor, sam = cast.lives["noor"], cast.lives["sam"]
    said = report_body(noor.person, "back_low")
    bos = str(place_of(cast.people["bo"]).pk)
    days = {"starts_on": said["performed_at"][:10], "weekdays": [0, 2, 4]}
    me = str(noor.client.pk)
    written = {"text": "This one.", "performed_at": said["performed_at"], "zone": "Europe/London"}
    return {
        "a set's session": ("noor", "PUT", "/v1/sets/{}", set_body, sam.session),
        "a report's session": (
            "noor",
            "PUT",
            "/v1/reports/{}",
            lambda given: {**said, "session_id": given},
            sam.session,
        ),
        "a message's session": (
            "noor",
            "PUT",
            "/v1/messages/{}",
            lambda given: {**written, "session_id": given},
            sam.session,
        ),
        "a message's report": (
            "ada",
            "PUT",
            f"/v1/clients/{me}/messages/{{}}",
            lambda given: {**written, "report_id": given},
            sam.report,
        ),
        "a cover's coach": (
            "ada",
            "POST",
            f"/v1/clients/{me}/cover",
            lambda given: {"coach_id": given},
            bos,
        ),
        "a plan's program": (
            "ada",
            "POST",
            f"/v1/clients/{cast.lives['eli'].client.pk}/plan",
            lambda given: {**days, "program_id": given},
            cast.foreign_program,
        ),
    }


RELATIONS = (
    "a set's session",
    "a report's session",
    "a message's session",
    "a message's report",
    "a cover's coach",
    "a plan's program",
)


@pytest.mark.parametrize("name", RELATIONS)
def test_a_foreign_id_is_an_unknown_one(name: str, cast: Cast) -> None:
    found = relations(cast)
    assert set(found) == set(RELATIONS)
    who, method, path, body, foreign = found[name]
    with Tables() as tables:
        before = tables.state()
        answers = [
            cast.people[who].send(method, path.format(fresh()), body(given))
            for given in (foreign, fresh())
        ]
        changed = tables.differing(before)
    theirs, nobodys = answers
    assert (theirs.status_code, theirs.content) == (nobodys.status_code, nobodys.content)
    assert theirs.status_code == 404 and changed == []


def test_an_id_that_is_taken_by_somebody_else_is_not_there(cast: Cast) -> None:
    noor, sam = cast.lives["noor"], cast.lives["sam"]
    said = report_body(noor.person, "back_low")
    taken = {
        f"/v1/reports/{sam.report}": said,
        f"/v1/reports/{sam.report}/answers/{fresh()}": {"answers": {}},
        f"/v1/messages/{sam.message}": sam.message_sent,
        f"/v1/check-ins/{sam.check_in}": sam.check_in_sent,
        "/v1/messages/read": {"up_to": sam.message},
        f"/v1/follow-ups/{sam.follow_up}/answers/{fresh()}": {"answers": {}},
        f"/v1/sessions/{sam.later}": {"state": "skipped", "at": said["performed_at"]},
    }
    with Tables() as tables:
        before = tables.state()
        found = {path: noor.person.send("PUT", path, sent) for path, sent in taken.items()}
        changed = tables.differing(before)
    assert {path: each.status_code for path, each in found.items()} == dict.fromkeys(taken, 404)
    assert changed == []


def test_a_set_s_id_that_is_taken_by_somebody_else_is_not_there(cast: Cast) -> None:
    noor, sam = cast.lives["noor"], cast.lives["sam"]
    answer = noor.person.send("PUT", f"/v1/sets/{sam.set}", set_body(noor.session))
    assert answer.status_code == 404
