"""The shape of a push: WatermelonDB's changes, by collection, as rows that actions understand.

A wrong shape is the app's fault and a 400; a row that says something wrong is not: it goes on with
its refusal, so that the rest of the push stands.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from rest_framework.exceptions import APIException

from clients.actions import sync
from clients.api.pushed import PUSHED, Pushed
from coachapi.api.errors import as_refusal
from coachapi.refusals import Fault, Refused

MOST_ROWS = 10_000
OF_WATERMELON = {"_status", "_changed"}


class BadShape(Refused):
    """A push that does not have the protocol's shape: the app is wrong, not what it carries."""

    code = "sync.bad_shape"
    status = 400
    title = "Not a push"


class TooManyRows(Refused):
    """More rows than one push may hold."""

    code = "sync.too_many_rows"
    status = 413
    title = "Too many rows"

    def __init__(self, many: int) -> None:
        super().__init__(f"This push holds {many} rows; at most {MOST_ROWS} are taken at once.")


def read_push(body: Any) -> tuple[list[sync.Batch], list[sync.Strange]]:
    """The collections the phone may write, in the order in which they are taken, and other rows."""
    if isinstance(body, dict) and isinstance(body.get("changes"), dict):
        body = body["changes"]
    tables = {name: _lists(name, sent) for name, sent in _object(body, "#").items()}
    many = sum(len(each) for lists in tables.values() for each in lists.values())
    if many > MOST_ROWS:
        raise TooManyRows(many)
    strange = [
        each for name in tables.keys() - PUSHED.keys() for each in _strange(name, tables[name])
    ]
    return [
        _batch(name, how, tables[name]) for name, how in PUSHED.items() if name in tables
    ], strange


def _lists(name: str, sent: Any) -> dict[str, list[Any]]:
    """What was sent of one collection: created, updated, deleted."""
    found = _object(sent, f"#/{name}")
    return {
        key: _list(found.get(key, []), f"#/{name}/{key}")
        for key in ("created", "updated", "deleted")
    }


def _batch(name: str, how: Pushed, lists: Mapping[str, list[Any]]) -> sync.Batch:
    rows: dict[uuid.UUID, sync.Row] = {}
    for key in ("created", "updated"):
        for place, raw in enumerate(lists[key]):
            pointer = f"#/{name}/{key}/{place}"
            row = _row(_id(_object(raw, pointer).get("id"), f"{pointer}/id"), raw)
            try:
                row.body = how.read(row.sent)
            except (APIException, Refused) as no:
                row.no = as_refusal(no)
            rows[row.id] = row
    deleted = [
        _id(each, f"#/{name}/deleted/{place}") for place, each in enumerate(lists["deleted"])
    ]
    return sync.Batch(name, list(rows.values()), deleted, how.keep, how.remove)


def _strange(name: str, lists: Mapping[str, list[Any]]) -> list[sync.Strange]:
    """Rows that nothing will become of: kept as they came, whatever their ids look like."""
    rows = [*lists["created"], *lists["updated"]]
    found = [
        sync.Strange(name, str(row.get("id"))[:64], row)
        for place, raw in enumerate(rows)
        for row in [_object(raw, f"#/{name}/{place}")]
    ]
    gone = [sync.Strange(name, str(each)[:64], {"deleted": True}) for each in lists["deleted"]]
    return found + gone


def _row(id_: uuid.UUID, raw: Mapping[str, Any]) -> sync.Row:
    rev = raw.get("rev")
    return sync.Row(
        id=id_,
        sent={key: value for key, value in raw.items() if key not in OF_WATERMELON},
        rev=rev if isinstance(rev, int) and not isinstance(rev, bool) else None,
        anew=raw.get("_status") == "created",
    )


def _object(value: Any, pointer: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise _bad(pointer, "not_an_object", "Accepted: {…}.")
    return value


def _list(value: Any, pointer: str) -> list[Any]:
    if not isinstance(value, list):
        raise _bad(pointer, "not_a_list", "Accepted: […].")
    return value


def _id(value: Any, pointer: str) -> uuid.UUID:
    """An id as we send it back: a UUID in lower case, with its hyphens."""
    try:
        found = uuid.UUID(value)
    except (ValueError, TypeError, AttributeError):
        found = None
    if found is None or str(found) != value:
        raise _bad(pointer, "bad_id", "Ids are lower-case UUIDs with hyphens, version 7.")
    return found


def _bad(pointer: str, code: str, sentence: str) -> BadShape:
    faults = (Fault(pointer, code, sentence),)
    return BadShape("The body is not a push of WatermelonDB; see errors.", faults=faults)
