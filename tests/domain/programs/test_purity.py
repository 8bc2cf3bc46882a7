"""The domain is plain Python: it loads fast and brings neither Django nor Celery (house §3.3)."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]

PROBE = """
import sys, time
start = time.process_time()
import programs.domain.exercises, programs.domain.graph, programs.domain.loads
import programs.domain.technique, programs.domain.variation
taken = time.process_time() - start
loaded = [name for name in ("django", "celery", "rest_framework") if name in sys.modules]
print(taken, ",".join(loaded))
"""


def probe() -> tuple[float, str]:
    done = subprocess.run(
        [sys.executable, "-c", PROBE], cwd=ROOT, capture_output=True, text=True, check=True
    )
    taken, _, loaded = done.stdout.strip().partition(" ")
    return float(taken), loaded


def test_neither_django_nor_celery_is_loaded() -> None:
    assert probe()[1] == ""


def test_loading_takes_less_than_a_tenth_of_a_second_of_work() -> None:
    # Processor time of the best of three: a busy machine is no fault of the domain.
    assert min(probe()[0] for _ in range(3)) < 0.1
