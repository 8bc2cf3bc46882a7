"""A line of the log holds listed fields only; what people wrote stays out, whoever logs it."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client as Browser

from coachapi.watch import logs

LINE = logs.Line(as_json=True)


@pytest.fixture
def written() -> Iterator[Any]:
    """Every line so far, as it was written."""
    lines = io.StringIO()
    handler = logging.StreamHandler(lines)
    handler.setFormatter(LINE)
    logging.getLogger().addHandler(handler)
    yield lambda: [json.loads(line) for line in lines.getvalue().splitlines()]
    logging.getLogger().removeHandler(handler)


def test_a_field_that_is_not_listed_is_left_out(written: Any) -> None:
    extra = {"delivery_id": "d1", "note": "kanari", "email": "noor@a.example"}
    logging.getLogger("coachapi.x").info("delivery to noor@a.example waits", extra=extra)
    [line] = written()
    assert line["delivery_id"] == "d1"
    assert line["event"] == "delivery to [address] waits"
    assert set(line) == {"at", "level", "logger", "event", "delivery_id"}


@pytest.mark.parametrize("logger", ["coachapi.x", "django.request", "celery.app.trace"])
def test_the_words_of_an_exception_are_left_out(logger: str, written: Any) -> None:
    try:
        raise ValueError("kanari hurts")
    except ValueError as fault:
        said = "It broke" if logger == "coachapi.x" else f"It broke: {fault}"
        logging.getLogger(logger).error(said, exc_info=True)
    [line] = written()
    assert "kanari" not in json.dumps(line)
    assert line["error"] == "ValueError" and "test_logs.py" in line["frames"][-1]


def test_a_line_for_people_says_the_same(written: Any) -> None:
    record = logging.makeLogRecord({"name": "x", "msg": "hello", "status": 200, "note": "kanari"})
    said = logs.Line(as_json=False).format(record)
    assert "hello" in said and "status=200" in said and "kanari" not in said


def test_a_request_is_one_line_with_its_route_and_id(written: Any, cast: Any) -> None:
    noor = cast.lives["noor"]
    answer = noor.person.send("GET", f"/v1/reports/{noor.report}?q=kanari")
    [line] = [each for each in written() if each["event"] == "request"]
    assert line["route"] == "v1/reports/<uuid:report_id>"
    assert (line["method"], line["status"]) == ("GET", 200) and line["ms"] > 0
    assert line["request_id"] == answer.headers["Request-Id"]
    assert "kanari" not in json.dumps(line) and noor.report not in json.dumps(line)


@pytest.mark.parametrize(
    ("sent", "taken"),
    [
        ("0199aaaa-bbbb.cccc_1", True),
        ("short", False),
        ("a" * 65, False),
        ("noor hurts her back", False),
        ('x"},{"level":"error', False),
    ],
)
def test_a_sane_request_id_is_kept_and_any_is_echoed(sent: str, taken: bool) -> None:
    answer = Browser().get("/livez", headers={"Request-Id": sent})
    assert (answer.headers["Request-Id"] == sent) is taken
    assert len(answer.headers["Request-Id"]) >= 8
