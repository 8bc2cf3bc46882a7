"""A phone in Python, as small as the protocol allows: rows by collection, a cursor."""

from __future__ import annotations

import datetime as dt
import json
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpResponse

from clients import models
from coachapi.ids import new_id
from tests.isolation.phone import Person

Rows = dict[str, dict[str, Any]]


@dataclass
class Phone:
    """One device of a client."""

    person: Person
    rows: defaultdict[str, Rows] = field(default_factory=lambda: defaultdict(dict))
    cursor: int = 0
    told: dict[str, int] = field(default_factory=dict)

    @classmethod
    def of(cls, client: models.Client) -> Phone:
        """A phone of this client, signed in with a real token."""
        assert client.user is not None
        return cls(Person.signed_in(client.user))

    def pull(self, **query: Any) -> set[str]:
        """Apply what the server tells; returns the collections in which something is new.

        A row told twice is not new: any open transaction in the cluster holds the cursor back.
        """
        asked = "&".join(f"{k}={v}" for k, v in {"last_pulled_at": self.cursor, **query}.items())
        answer = self.person.ok("GET", f"/v1/sync?{asked}")
        before = {name: dict(rows) for name, rows in self.rows.items()}
        if answer.get("experimentalStrategy") == "replacement":
            self.rows.clear()
        self.told = {n: len(t["updated"]) for n, t in answer["changes"].items()}
        for name, table in answer["changes"].items():
            self.rows[name] |= {row["id"]: row for row in table["updated"]}
            for id_ in table["deleted"]:
                self.rows[name].pop(id_, None)
        self.cursor = answer["timestamp"]
        return {name for name, rows in self.rows.items() if rows != before.get(name, {})}

    def push(self, **tables: Any) -> HttpResponse:
        """Send rows (``set_logs=[…]``) or whole tables (``set_logs={"deleted": […]}``)."""
        body = {
            name: sent if isinstance(sent, dict) else {"updated": sent}
            for name, sent in tables.items()
        }
        return self.person.send("POST", f"/v1/sync?last_pulled_at={self.cursor}", body)

    def pushed(self, **tables: Any) -> Any:
        """The same, accepted: the answer's body."""
        answer = self.push(**tables)
        assert answer.status_code == 200, answer.content[:800]
        return json.loads(answer.content)

    def session(self, on: dt.date) -> dict[str, Any]:
        """The session of a day."""
        return next(row for row in self.rows["sessions"].values() if row["on"] == str(on))

    def place(self, on: dt.date, slot: str) -> dict[str, Any]:
        """A place of a day's session."""
        session = self.session(on)["id"]
        places = self.rows["prescriptions"].values()
        return next(r for r in places if (r["session_id"], r["slot"]) == (session, slot))

    def set_row(self, on: dt.date, **more: Any) -> dict[str, Any]:
        """A set as this phone would make it: eight hip thrusts with 120 kg."""
        row = {
            "id": str(new_id()),
            "session_id": self.session(on)["id"],
            "exercise_id": "ht_barbell",
            "slot": "A1",
            "set_index": 0,
            "kind": "work",
            "reps": 8,
            "seconds": None,
            "weight": 120,
            "weight_unit": "kg",
            "rir": 2,
            "end_reason": "",
            "checklist": None,
            "note": "",
            "performed_at": 1_777_896_000_000,  # Monday noon
            "zone": "Europe/London",
            "_status": "created",
            "_changed": "",
        }
        return row | more
