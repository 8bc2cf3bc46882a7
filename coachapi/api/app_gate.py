"""An app too old to be understood is told so; what it has to save is taken all the same."""

from __future__ import annotations

import re

from django.conf import settings
from rest_framework.request import Request

from coachapi.refusals import Refused

VERSION = re.compile(r"\d{1,6}(\.\d{1,6}){0,3}")


class UpdateRequired(Refused):
    """The app is older than the oldest this server understands."""

    code = "app.update_required"
    status = 426
    title = "Update the app"

    def __init__(self, platform: str, minimum: str) -> None:
        store = settings.STORE_URLS.get(platform, "")
        super().__init__(
            f"This app is too old; version {minimum} or newer is needed."
            " What you log and report is still taken.",
            extra={"minimum_version": minimum, "store_url": store or None},
        )


def check(request: Request) -> None:
    """Raise ``UpdateRequired`` below the minimum; an app that says nothing readable passes."""
    platform = request.headers.get("App-Platform", "").lower()
    minimum = settings.MINIMUM_APP_VERSIONS.get(platform)
    said = request.headers.get("App-Version", "")
    if minimum and VERSION.fullmatch(said) and _parts(said) < _parts(minimum):
        raise UpdateRequired(platform, minimum)


def _parts(version: str) -> tuple[int, ...]:
    numbers = [int(part) for part in version.split(".")]
    return tuple(numbers + [0] * (4 - len(numbers)))
