"""What a push may say: that there is something, in the reader's language, and nothing about what.

A lock screen is read by whoever is near. The content is fetched after sign-in.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from coachapi.notifications.ledger import Parcel

LIFE = 24 * 60 * 60  # seconds a provider keeps a push for a phone that is off


def neutral(locale: str) -> tuple[str, str]:
    """Title and body, in the language of a device's locale where there is one."""
    try:
        code = translation.get_supported_language_variant(locale.replace("_", "-").lower())
    except LookupError:
        code = settings.LANGUAGE_CODE
    with translation.override(code):
        return _("New message in the app"), _("Open it to read.")


def pointer(parcel: Parcel) -> dict[str, str]:
    """The whole payload: where to look, after signing in."""
    return {
        "type": "alert",
        "id": str(parcel.alert_id),
        "deep_link": link(parcel),
    }


def link(parcel: Parcel) -> str:
    """Where it leads: the client's phone for an answer, the coach's desk for the rest."""
    pages = {"answer": "/phone/", "digest": "/desk/digest/", "contact": ""}
    page = pages.get(parcel.wording, f"/desk/alerts/{parcel.alert_id}/")
    return f"{settings.PUBLIC_URL}{page}" if page else ""
