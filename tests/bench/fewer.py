"""A pytest plugin for mutants: properties try fewer examples, always the same, and do not shrink.

A mutant is noticed or not; how small its counterexample is does not matter. Fewer examples make
the count of killed mutants too low rather than too high.
"""

from __future__ import annotations

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


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Cap also the properties that name a number of examples themselves."""
    for item in items:
        test = getattr(item, "obj", None)
        asked = getattr(test, OWN_SETTINGS, None)
        if asked is not None and asked.max_examples > EXAMPLES:
            plain = getattr(test, "__func__", test)
            setattr(plain, OWN_SETTINGS, settings(asked, max_examples=EXAMPLES))
