"""``make story``: play every story against the running demo and say each step."""

from __future__ import annotations

import os
import time

from tests.stories import (
    a_sore_back,
    a_sore_knee,
    an_emergency,
    first_time,
    hip_and_back,
    the_way_back,
    undone,
)
from tests.stories.people import Say
from tests.stories.world import World

STORIES = (a_sore_back, first_time, an_emergency, undone, hip_and_back, a_sore_knee, the_way_back)


def main(base: str, say: Say) -> None:
    """Play them all; the first thing that is not as told ends it with exit 1."""
    world = World.open(base, say)
    for story in STORIES:
        begun = time.monotonic()
        say(f"\n— {(story.__doc__ or '').splitlines()[0]}")
        story.play(world)
        say(f"  ✓ {time.monotonic() - begun:.1f} s")
    say("\nAll stories end as told. The demo's clock now runs ahead; make reset starts over.")


if __name__ == "__main__":
    address = os.environ.get("PUBLIC_URL") or f"http://127.0.0.1:{os.environ.get('PORT', '8000')}"
    main(address, lambda line: print(line, flush=True))
