"""The enumerated inputs take minutes: they run only when asked for (`make enumerated`)."""

import pytest


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what is marked enumerated unless `-m` names it."""
    if "enumerated" in config.option.markexpr:
        return
    left = [item for item in items if item.get_closest_marker("enumerated")]
    if left:
        config.hook.pytest_deselected(items=left)
        items[:] = [item for item in items if item not in left]
