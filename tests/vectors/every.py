"""All inputs: those of `make test-all`, and a sample of them for the everyday tests."""

from __future__ import annotations

from collections.abc import Iterator

from tests.vectors import inputs, other_inputs
from tests.vectors.inputs import Asked, World

WHOLE: tuple[World, ...] = (
    inputs.VALUES_AND_EFFECTS, inputs.SINGLE_ANSWERS, inputs.COUPLED_ANSWERS,
    inputs.ABOUT_PROFILES, inputs.ABOUT_CHEST, inputs.ABOUT_SORENESS, other_inputs.NEAR_DOWN,
    other_inputs.NEAR_UP, other_inputs.OWN_BORDERS,
)  # fmt: skip
WALKED: tuple[tuple[World, int], ...] = (
    (inputs.WIDE, 60_000), (other_inputs.FORMS, 8_000), (other_inputs.STEPS_DOWN, 8_000),
    (other_inputs.STEPS_UP, 12_000),
)  # fmt: skip
SAMPLED: tuple[tuple[World, int], ...] = (
    *((world, 260) for world in WHOLE), (inputs.WIDE, 450), (other_inputs.FORMS, 200),
    (other_inputs.STEPS_DOWN, 80), (other_inputs.STEPS_UP, 80),
)  # fmt: skip


def every() -> Iterator[Asked]:
    """All inputs of `make test-all`: more than 200 000."""
    for world in WHOLE:
        yield from world.whole()
    for world, count in WALKED:
        yield from world.some(count)


def sample() -> Iterator[Asked]:
    """Some inputs of each world, evenly spread: more than 3 000."""
    for world, count in SAMPLED:
        yield from world.some(count)
