"""Loads in a client's unit, and silhouettes placed on a timeline."""

from __future__ import annotations

from decimal import Decimal

from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

from clients.domain.diff import weight
from clients.domain.timeline import Placed
from programs.domain.loadable import Unit

register = template.Library()

SYMBOLS = {"cleared": "i-check"}


@register.filter
def load(kg: Decimal, unit: Unit) -> str:
    """A load as read on the plates: "57.5 kg", "130 lb"."""
    return weight(kg, unit)


@register.simple_tag
def silhouette(mark: Placed) -> SafeString:
    """What happened on a day, as the level's own silhouette."""
    name = SYMBOLS.get(mark.kind, f"level-{mark.kind}")
    return format_html(
        '<use href="{}#{}" class="mark-{}" x="{}" y="{}" width="14" height="14"/>',
        static("coachapi/sprite.svg"),
        name,
        mark.kind,
        mark.x - 7,
        mark.y - 16,
    )
