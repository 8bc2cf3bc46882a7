"""What the phone may push: how a row of each collection is read, and the action it becomes.

Columns that are not the phone's are read past: the coach's prescription never loses to a phone.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rest_framework import serializers
from rest_framework.exceptions import ParseError

from clients.actions import follow_ups, grants, messages, sets, symptoms, sync, training
from clients.actions.moment import Moment
from clients.api.check_ins import CheckInIn, take
from clients.api.fields import Instant
from clients.api.grants import UseIn
from clients.api.messages import MessageIn
from clients.api.reports import moment_of
from clients.api.training import SetIn, weighed
from coachapi.api.parsers import read_json
from coachapi.api.views import Input
from coachapi.refusals import NotThere, Refused

Sent = Mapping[str, Any]
Client = Any  # clients.models is not for skins


@dataclass(frozen=True, slots=True)
class Pushed:
    """A collection the phone writes; what is deleted there is taken back, or stays for ever."""

    read: Callable[[Sent], Any]
    keep: sync.Keep
    remove: sync.Remove | None = None


def instant(value: Any) -> Any:
    """Milliseconds since 1970 as the text that our fields read; anything else as it came."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return value
    try:
        return dt.datetime.fromtimestamp(value / 1000, dt.UTC).isoformat()
    except (OverflowError, OSError, ValueError):
        return value


def nested(value: Any) -> Any:
    """What a phone keeps as JSON text; anything else as it came. Raises ``ParseError``."""
    return read_json(value) if isinstance(value, str) else value


def _read(form: type[Input], sent: Sent) -> dict[str, Any]:
    """The columns a form knows, where the phone gives them a value."""
    names: Iterable[str] = form().fields.keys()
    known = {name: sent[name] for name in names if sent.get(name) is not None}
    checked = form(data=known)
    checked.is_valid(raise_exception=True)
    return dict(checked.validated_data)


def _set(sent: Sent) -> dict[str, Any]:
    plain = {**sent, "performed_at": instant(sent.get("performed_at"))}
    plain["checklist"] = nested(sent.get("checklist"))
    body = weighed(_read(SetIn, plain))
    del body["rev"]
    return body


def _keep_sets(rows: Sequence[sync.Row], *, client: Client, by: Any, at: dt.datetime) -> None:
    sent = [sets.SetSent(row.id, row.body, row.rev, row.anew) for row in rows]
    kept = sets.log_all(client=client, sets=sent, received_at=at)
    for row in rows:
        row.no = kept.refused.get(row.id)


def _remove_sets(client: Client, ids: Sequence[uuid.UUID]) -> Mapping[uuid.UUID, Refused]:
    return sets.remove(client=client, ids=ids)


class SessionRow(Input):
    """The phone's columns of a session."""

    state = serializers.CharField(default="planned")
    started_at = Instant(allow_null=True, default=None)
    finished_at = Instant(allow_null=True, default=None)


def _session(sent: Sent) -> dict[str, Any]:
    times = {name: instant(sent.get(name)) for name in ("started_at", "finished_at")}
    return _read(SessionRow, {**sent, **times})


def _keep_session(row: sync.Row, *, client: Client, by: Any, at: dt.datetime) -> None:
    """Start, finish, skip: forwards only, whatever the phone last heard."""
    body = row.body
    act: dict[str, Any] = {"client": client, "session_id": row.id}
    begun = body["started_at"] or body["finished_at"] or at
    if body["state"] == "started":
        training.open_session(**act, at=begun)
    elif body["state"] == "done":
        training.finish_session(**act, at=body["finished_at"] or at, begun=begun)
    elif body["state"] == "skipped":
        training.skip_session(**act)


def said_in(sent: Sent) -> dict[str, Any]:
    """The words of a report or an answer: its ``said`` as JSON text, else the row itself.

    Never refused: what cannot be read is kept as it came, and judged as what it is, incomplete.
    """
    if "said" not in sent:
        said = {key: value for key, value in sent.items() if key not in {"id", "rev"}}
    else:
        try:
            said = nested(sent["said"])
        except ParseError:
            said = {"unreadable": sent["said"]}
        if not isinstance(said, dict):
            said = {"unreadable": sent["said"]}
    if "performed_at" in sent:
        said.setdefault("performed_at", None)
        said["performed_at"] = said["performed_at"] or instant(sent["performed_at"])
    if isinstance(sent.get("zone"), str):
        said.setdefault("zone", sent["zone"])
    return said


def _keep_report(row: sync.Row, *, client: Client, by: Any, at: dt.datetime) -> None:
    symptoms.take(
        client=client,
        report_id=row.id,
        said=row.body,
        moment=moment_of(row.body, zone=client.time_zone, received_at=at),
        by=by,
        any_session=True,
    )


def _answer(sent: Sent) -> dict[str, Any]:
    return {
        "said": said_in(sent),
        "report_id": _id(sent.get("report_id")),
        "follow_up_id": _id(sent.get("follow_up_id")),
    }


def _id(value: Any) -> uuid.UUID | None:
    try:
        return uuid.UUID(value) if isinstance(value, str) else None
    except ValueError:
        return None


def _keep_answer(row: sync.Row, *, client: Client, by: Any, at: dt.datetime) -> None:
    """An answer to a question that was due, or to a report."""
    said = row.body["said"]
    facts = {
        "client": client,
        "answer_id": row.id,
        "said": said,
        "moment": moment_of(said, zone=client.time_zone, received_at=at),
        "by": by,
    }
    if row.body["follow_up_id"] is not None:
        follow_ups.answer(follow_up_id=row.body["follow_up_id"], **facts)
    elif row.body["report_id"] is not None:
        source = "mistaken_tap" if said.get("mistaken_tap") is True else "after_session"
        symptoms.answer(report_id=row.body["report_id"], source=source, **facts)
    else:
        raise NotThere("An answer names its report_id, or the follow_up_id it answers.")


def _check_in(sent: Sent) -> dict[str, Any]:
    """A check-in: what was said as JSON text, or its members beside the rest."""
    said = nested(sent.get("said"))
    members = said if isinstance(said, dict) else {}
    return _read(CheckInIn, {**sent, **members, "performed_at": instant(sent.get("performed_at"))})


def _keep_check_in(row: sync.Row, *, client: Client, by: Any, at: dt.datetime) -> None:
    take(row.body, client=client, check_in_id=row.id, by=by, at=at)


def _message(sent: Sent) -> dict[str, Any]:
    """What the client wrote; of a coach's message only that it has been read."""
    if sent.get("from_coach") is True:
        return {"read": sent.get("read_at") is not None}
    return _read(MessageIn, {**sent, "performed_at": instant(sent.get("performed_at"))})


def _keep_message(row: sync.Row, *, client: Client, by: Any, at: dt.datetime) -> None:
    if "read" in row.body:
        if row.body["read"]:
            messages.read(client=client, up_to=row.id, by_coach=False, at=at)
        return
    sent = row.body
    messages.write(
        client=client,
        message_id=row.id,
        text=sent["text"],
        about=messages.About(sent["session_id"], sent["exercise_id"], sent["report_id"]),
        from_coach=False,
        moment=Moment(sent["performed_at"], sent["zone"], at),
        by=by,
    )


class UseRow(UseIn):
    """A use, with the grant that was used."""

    grant_id = serializers.UUIDField()


def _use(sent: Sent) -> dict[str, Any]:
    times = {name: instant(sent.get(name)) for name in ("performed_at", "synced_at")}
    return _read(UseRow, {**sent, **times})


def _keep_use(row: sync.Row, *, client: Client, by: Any, at: dt.datetime) -> None:
    sent = row.body
    grants.use(
        client=client,
        grant_id=sent["grant_id"],
        use_id=row.id,
        report_id=sent["report_id"],
        synced_at=sent["synced_at"],
        moment=Moment(sent["performed_at"], sent["zone"], at),
    )


# In the order in which they are taken: a session has its sets before it is finished.
PUSHED: dict[str, Pushed] = {
    "set_logs": Pushed(_set, _keep_sets, _remove_sets),
    "sessions": Pushed(_session, sync.one_by_one(_keep_session)),
    "symptom_reports": Pushed(said_in, sync.one_by_one(_keep_report)),
    "answers": Pushed(_answer, sync.one_by_one(_keep_answer)),
    "grant_uses": Pushed(_use, sync.one_by_one(_keep_use)),
    "check_ins": Pushed(_check_in, sync.one_by_one(_keep_check_in)),
    "messages": Pushed(_message, sync.one_by_one(_keep_message)),
}
