"""Ids of the library as words."""

from __future__ import annotations

from django import template

register = template.Library()


@register.filter
def plainly(value: str) -> str:
    """An id as people say it: `hip_thrust` is hip thrust, `bar|dumbbell` is bar or dumbbell."""
    return value.replace("_", " ").replace("|", " or ")
