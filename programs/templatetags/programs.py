"""Ids of the library as words."""

from __future__ import annotations

from django import template

register = template.Library()
NAMED = {"ssb": "safety squat bar", "bench_45": "45° bench", "pullup_bar": "pull-up bar"}


@register.filter
def plainly(value: str) -> str:
    """An id as people say it: `hip_thrust` is hip thrust, `bar|dumbbell` is bar or dumbbell."""
    return " or ".join(NAMED.get(each, each.replace("_", " ")) for each in value.split("|"))
