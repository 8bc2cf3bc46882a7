"""A bell …"""

from __future__ import annotations

import re
from pathlib import Path

from coachapi.celery import app

ROOT = Path(__file__).parents[2]
RUNG = re.compile(r'ring_for\(\s*"(?P<task>[\w.]+)"')


def test_names_a_task_that_workers_know() -> None:
    app.loader.import_default_modules()
    sources = [
        each.read_text()
        for floor in ("clients", "programs")
        for each in (ROOT / floor).rglob("*.py")
    ]
    named = {found["task"] for text in sources for found in RUNG.finditer(text)}
    assert named and named <= set(app.tasks), named - set(app.tasks)
