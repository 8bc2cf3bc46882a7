"""Every story ends as it is told."""

from __future__ import annotations

from types import ModuleType

import pytest

from tests.stories.__main__ import STORIES
from tests.stories.world import World


@pytest.mark.whole
@pytest.mark.worker
@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.__name__.rpartition(".")[2])
def test_the_story_ends_as_told(story: ModuleType, world: World) -> None:
    story.play(world)
