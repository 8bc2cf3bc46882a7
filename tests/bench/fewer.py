"""A pytest plugin for mutants: properties try fewer examples, always the same, and do not shrink.

A mutant is noticed or not; how small its counterexample is does not matter. Fewer examples make
the count of killed mutants too low rather than too high.
"""

from __future__ import annotations

import os

import pytest
from hypothesis import Phase, settings

EXAMPLES = 25
OWN_SETTINGS = "_hypothesis_internal_use_settings"  # where @settings leaves its words

settings.register_profile(
    "mutants",
    max_examples=EXAMPLES,
    phases=(Phase.explicit, Phase.generate),
    derandomize=True,
    deadline=None,
    database=None,
)
settings.load_profile("mutants")


LEFT_OUT = (
    "tests/domain/runtimes/",  # compares with the phone's evaluator, in a process of its own
    "test_purity.py",  # how fast the rules load; mutants load eight times slower
    "test_capitals_and_curly_apostrophes_change_no_warning",  # a minute for each mutant
)


@pytest.hookimpl(tryfirst=True)
def pytest_unconfigure() -> None:
    """One process runs pytest many times here, and no database was ever started to be emptied."""
    os.environ.pop("ADMIN_DATABASE_URL", None)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what is no use here; cap also properties that name a number of examples."""
    out = [item for item in items if any(each in item.nodeid for each in LEFT_OUT)]
    if out:
        config.hook.pytest_deselected(items=out)
        items[:] = [item for item in items if item not in out]
    for item in items:
        test = getattr(item, "obj", None)
        asked = getattr(test, OWN_SETTINGS, None)
        if asked is not None and asked.max_examples > EXAMPLES:
            plain = getattr(test, "__func__", test)
            setattr(plain, OWN_SETTINGS, settings(asked, max_examples=EXAMPLES))
