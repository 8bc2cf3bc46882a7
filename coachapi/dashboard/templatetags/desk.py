"""Dates with the month in letters, times in a named zone, icons of the one sprite."""

from __future__ import annotations

import datetime as dt
import zoneinfo
from typing import Any

from django import template
from django.conf import settings
from django.http import HttpRequest
from django.templatetags.static import static
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coachapi.accounts.sessions import hashed
from coachapi.notifications.channels import webpush

register = template.Library()

DAY = "D j M"
DAY_AND_YEAR = "D j M Y"
TIME = "H:i"


@register.simple_tag
def icon(name: str, css: str = "") -> SafeString:
    """An icon of the sprite; the words beside it carry the meaning."""
    where = f"{static('coachapi/sprite.svg')}#{name}"
    return format_html(
        '<svg class="icon {}" viewBox="0 0 16 16" aria-hidden="true"><use href="{}"/></svg>',
        css,
        where,
    )


@register.simple_tag
def vapid_key() -> str:
    """The public key a browser subscribes to push with; empty where push is not set up."""
    ready = "webpush" in settings.PUSH_CHANNELS
    return webpush.public_key(settings.VAPID_PRIVATE_KEY) if ready else ""


@register.simple_tag
def sign_in_mark(request: HttpRequest) -> str:
    """Tells one sign-in from the next, and nothing else."""
    return hashed(hashed(request.session.session_key or ""))[:12]


@register.filter
def day(value: dt.date | dt.datetime | None) -> str:
    """A date with weekday and the month in letters: "Thu 3 Dec"."""
    if value is None:
        return ""
    on = _local(value)
    this_year = timezone.localtime(timezone=timezone.get_current_timezone()).year
    return date_format(on, DAY if on.year == this_year else DAY_AND_YEAR)


@register.filter
def clock(value: dt.datetime | None) -> str:
    """The time of day in the reader's zone: "13:58"."""
    return date_format(_local(value), TIME) if value else ""


@register.simple_tag
def moment(value: dt.datetime | None, now: dt.datetime) -> str:
    """An instant as short as it stays clear: "13:58" today, "Fri 13:58" near, else with date."""
    if value is None:
        return ""
    on, today = _local(value), _local(now)
    days = (on.date() - today.date()).days
    if days == 0:
        return date_format(on, TIME)
    if abs(days) < 7:
        return date_format(on, f"D {TIME}")
    return f"{day(value)} {date_format(on, TIME)}"


@register.filter
def in_zone(value: dt.datetime | None, zone: str) -> str:
    """The time of day on somebody else's wall."""
    return date_format(value.astimezone(zoneinfo.ZoneInfo(zone)), TIME) if value else ""


@register.simple_tag
def same_clock(value: dt.datetime, zone: str) -> bool:
    """Whether the reader's wall shows the same time as one in this zone."""
    there = value.astimezone(zoneinfo.ZoneInfo(zone))
    return _local(value).replace(tzinfo=None) == there.replace(tzinfo=None)


@register.simple_tag
def span(until: dt.datetime, now: dt.datetime) -> str:
    """How long until an instant, no finer than it matters: "6 min", "1 h 20 min", "3 days"."""
    return lasted(max(0, round((until - now).total_seconds() / 60)))


@register.filter
def lasted(minutes: int) -> str:
    """A length of time, no finer than it matters: "6 min", "1 h 20 min", "3 days"."""
    if minutes < 60:
        return _("%(n)s min") % {"n": minutes}
    if minutes < 120:
        return _("%(h)s h %(m)s min") % {"h": 1, "m": minutes - 60}
    if minutes < 48 * 60:
        return _("%(h)s h") % {"h": minutes // 60}
    days = minutes // (24 * 60)
    return ngettext("%(n)s day", "%(n)s days", days) % {"n": days}


BROWSERS = {
    "Edg": "Edge",
    "OPR": "Opera",
    "Firefox": "Firefox",
    "Chrome": "Chrome",
    "Safari": "Safari",
}
SYSTEMS = ("iPhone", "iPad", "Android", "Windows", "Macintosh", "CrOS", "Linux")  # first found wins


@register.filter
def device(user_agent: str) -> str:
    """What signed in, as its owner knows it: "Firefox, Linux"; an app by what it says itself."""
    browser = next((words for name, words in BROWSERS.items() if f" {name}/" in user_agent), "")
    if not browser:
        return user_agent[:60]
    system = next((name for name in SYSTEMS if name in user_agent), "")
    return ", ".join(filter(None, (browser, system)))


@register.filter
def iso(value: dt.date | dt.datetime) -> str:
    """For the ``datetime`` attribute of ``<time>``."""
    return value.isoformat()


@register.filter
def get(mapping: dict[str, Any], key: str) -> Any:
    """The value of a key that is a variable itself."""
    return mapping.get(key)


def _local(value: dt.date | dt.datetime) -> Any:
    return timezone.localtime(value) if isinstance(value, dt.datetime) else value
