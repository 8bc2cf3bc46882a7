"""Traces need a web and a worker of their own: tried only when asked for (`make traces`)."""

from __future__ import annotations

import pytest


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what is marked traces unless `-m` names it."""
    if "traces" in config.option.markexpr:
        return
    left = [item for item in items if item.get_closest_marker("traces")]
    if left:
        config.hook.pytest_deselected(items=left)
        items[:] = [item for item in items if item not in left]
