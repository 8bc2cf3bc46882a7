"""A server with real clients starts only on a rule set that a clinician has signed."""

from __future__ import annotations

import datetime as dt
import os
import subprocess
import sys
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.checks import run_checks
from django.core.management import call_command
from rest_framework.test import APIClient

from clients.domain import ruleset
from coachapi.accounts.models import User

ROOT = Path(__file__).parents[2]
TODAY = dt.datetime.now(dt.UTC).date()


@pytest.fixture
def production(settings: Any) -> Any:
    """As a server with real clients is set, with a review that stands."""
    settings.DEBUG = settings.DEMO = False
    settings.RULES_REVIEWED_BY = "A. Clinician"
    settings.RULES_REVIEWED_ON = "2026-01-31"
    settings.RULES_REVIEWED_HASH = ruleset.whole_digest()
    return settings


def refusals() -> list[str]:
    return [each.msg for each in run_checks() if each.id == "clients.E001"]


def test_a_signed_rule_set_starts(production: Any) -> None:
    assert refusals() == []


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("RULES_REVIEWED_BY", " "),
        ("RULES_REVIEWED_ON", ""),
        ("RULES_REVIEWED_ON", "31.01.2026"),
        ("RULES_REVIEWED_ON", "20260131"),
        ("RULES_REVIEWED_ON", (TODAY + dt.timedelta(days=3)).isoformat()),
        ("RULES_REVIEWED_HASH", ""),
        ("RULES_REVIEWED_HASH", "0" * 64),
        ("RULES_REVIEWED_HASH", ruleset.whole_digest()[:12]),
    ],
)
def test_anything_less_is_refused(production: Any, name: str, value: str) -> None:
    setattr(production, name, value)
    assert len(refusals()) == 1


def test_a_reviewer_east_of_us_may_write_tomorrow(production: Any) -> None:
    production.RULES_REVIEWED_ON = (TODAY + dt.timedelta(days=1)).isoformat()
    assert refusals() == []


def test_a_changed_rule_set_voids_the_review(
    production: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    changed = {**ruleset.parts(), "protocols": "another"}
    ruleset.whole_digest.cache_clear()
    monkeypatch.setattr(ruleset, "parts", lambda: changed)
    try:
        assert "changed since A. Clinician" in refusals()[0]
    finally:
        ruleset.whole_digest.cache_clear()


@pytest.mark.parametrize("name", ["DEBUG", "DEMO"])
def test_the_demo_and_the_tests_need_no_review(production: Any, name: str) -> None:
    production.RULES_REVIEWED_HASH = ""
    setattr(production, name, True)
    assert refusals() == []


def test_the_hash_is_printed_and_nothing_else() -> None:
    told = StringIO()
    call_command("rules_hash", stdout=told)
    assert told.getvalue() == f"{ruleset.whole_digest()}\n"


def test_the_web_refuses_to_load_and_says_what_to_do() -> None:
    bare = {name: value for name, value in os.environ.items() if name not in ("DEBUG", "DEMO")}
    set_up = {"SECRET_KEY": "s" * 60, "ALLOWED_HOSTS": "coach.example", "RULES_REVIEWED_BY": ""}
    done = subprocess.run(
        [sys.executable, "-c", "import coachapi.wsgi"],
        env={**bare, **set_up},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode != 0
    assert "clients.E001" in done.stderr
    assert ruleset.whole_digest() in done.stderr


@pytest.fixture
def phone(db: Any) -> APIClient:
    client = APIClient()
    client.force_authenticate(User.objects.create_user("noor@example.org"))
    return client


def test_the_phone_reads_the_rules_once(phone: APIClient) -> None:
    first = phone.get("/v1/rules")
    assert first.status_code == 200
    assert first.json()["digest"] == ruleset.whole_digest()
    again = phone.get("/v1/rules", headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    old = phone.get("/v1/rules", headers={"If-None-Match": '"of-yesterday"'})
    assert old.status_code == 200


@pytest.mark.django_db
def test_the_rules_are_for_the_signed_in() -> None:
    assert APIClient().get("/v1/rules").status_code == 401
