"""What every test stands on does what tests/conftest.py says."""

from __future__ import annotations

import socket

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import ProgrammingError, connection

from coachapi import heartbeat
from coachapi.models import Heartbeat
from tests.workers import Worker


@pytest.mark.django_db
def test_tests_sign_in_as_the_web_which_no_policy_lets_pass() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT rolname, rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user"
        )
        assert cursor.fetchone() == ("coach_app", False, False)


@pytest.mark.django_db
def test_the_web_may_not_change_the_schema() -> None:
    with pytest.raises(ProgrammingError, match="permission denied"), connection.cursor() as cursor:
        cursor.execute("CREATE TABLE mine (id int)")


@pytest.mark.django_db
def test_names_sort_by_their_code_points_as_in_production() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(w, '' ORDER BY w) FROM unnest('{a,B,é,Z}'::text[]) w")
        assert cursor.fetchone() == ("BZaé",)


@pytest.mark.parametrize("time", ["first", "second"])
def test_what_a_test_commits_is_gone_for_the_next(committed: None, time: str) -> None:
    assert not Heartbeat.objects.exists()
    heartbeat.beat("test")
    assert Heartbeat.objects.exists()


@pytest.mark.parametrize("time", ["first", "second"])
def test_what_migrations_left_is_there_again_for_the_next(committed: None, time: str) -> None:
    name = ContentType.objects.get(app_label="coachapi", model="heartbeat")
    name.model = "changed"
    name.save()


def test_a_worker_answers(worker: Worker) -> None:
    assert worker.answers()


def test_another_machine_is_out_of_reach() -> None:
    with socket.socket() as link, pytest.raises(RuntimeError, match="tried to reach 192.0.2.1"):
        link.connect(("192.0.2.1", 80))
