"""What a letter says: that there is something, nothing about what, and where to read it.

One exception, by the client's own prior consent: their emergency contact reads their name.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coachapi.notifications.channels import words

if TYPE_CHECKING:
    from coachapi.notifications.ledger import Parcel


@dataclass(frozen=True, slots=True)
class Letter:
    """A title that says enough, a body with the link, and the address it goes to."""

    title: str
    body: str
    to: str


def of(parcel: Parcel) -> Letter:
    """The letter of a parcel, by its wording."""
    to = parcel.address
    if parcel.wording == "contact":
        contact = json.loads(parcel.address)
        to, name = contact["address"], contact["name"]
        title = _("Please call {name}").format(name=name)
        said = _(
            "{name} named you as emergency contact and may need you. Please call them now. If you"
            " cannot reach them, call the emergency number of where they are."
        ).format(name=name)
    elif parcel.wording == "digest":
        n = parcel.counted
        title = ngettext("{n} thing to read today", "{n} things to read today", n).format(n=n)
        said = _("Nothing of it is urgent. It is on your desk, when it suits you.")
    elif parcel.wording == "answer":
        title = _("Your coach has answered")
        said = _("There is something new in your training app.")
    else:
        title = _("A client of yours needs a look")
        said = _("There is something new about one of your clients.")
    watched = _("This app is not watched round the clock and is not medical advice.")
    body = "\n\n".join(part for part in (said, words.link(parcel), watched) if part)
    return Letter(title, body, to)
