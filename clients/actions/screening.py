"""Words written anywhere may speak of a warning sign: then it is asked at once, the coach told."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any

from clients import models
from clients.actions import symptoms
from clients.actions.moment import Moment
from clients.domain import freetext
from coachapi.accounts.models import User


@dataclass(frozen=True, slots=True)
class Screened:
    """Whether the words speak of something that hurts, and the report made of a warning."""

    hurts: bool = False
    report: models.SymptomReport | None = None


def screen(
    text: str, *, client: models.Client, source_id: uuid.UUID, moment: Moment, by: User
) -> Screened:
    """Read what a client wrote; it can only raise (domain §3.1 I-5, product decision 5).

    A warning becomes a report of these words alone: incomplete, its questions due at once, the
    coach told, no training paused. A plain complaint changes nothing; the phone offers the form.
    """
    note = freetext.read_note(text) if text else None
    if note is None or not note.flags:
        return Screened(hurts=note is not None and note.kind == "symptom")
    said: dict[str, Any] = {
        "kind": "other",
        "source": "spontaneous",
        "note": text,
        "said_in": str(source_id),
        "performed_at": moment.performed_at.isoformat(),
        "zone": moment.zone,
    }
    made, _ = symptoms.report(
        client=client,
        report_id=uuid.uuid5(source_id, "warning"),
        said=said,
        moment=moment,
        by=by,
    )
    return Screened(hurts=True, report=made)
