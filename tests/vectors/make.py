"""Vectors for every runtime of the rules: inputs, and what the server's own code makes of them.

`python -m tests.vectors.make` writes the ones that ship, `shipped.jsonl`; a phone's own evaluator
must give the same. The tests make many more of them, see tests/domain/runtimes.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from clients.domain import body
from clients.domain.bands import Settings
from clients.domain.checks import Exposure, Morning
from clients.domain.facts import Profile
from clients.domain.floor import floor
from clients.domain.form import due_questions
from clients.domain.levels import Reply, Spread
from clients.domain.preauthorisation import DownGrant, Phone, UpGrant, may_step_down, may_step_up
from tests.vectors.every import sample

SHIPPED = Path(__file__).with_name("shipped.jsonl")
EVERY = 12
Vector = dict[str, Any]


def answered(asked: Vector) -> Vector:
    """The vector of an input: the same with what it gives."""
    work = {"judge": judged, "due": asked_for, "preauthorised": allowed}[asked["does"]]
    return {**asked, "gives": work(asked)}


def profile_of(known: Vector) -> Profile:
    """A profile from its words on the wire."""
    held = dict(known["profile"])
    for name in ("born_on", "gave_birth_on", "confirmed_on"):
        held[name] = date.fromisoformat(held[name]) if held.get(name) else None
    held["clearances"] = frozenset(held.get("clearances", ()))
    return Profile(**held)


def report_of(said: Vector, known: Vector) -> Any:
    return body.read(
        said,
        id=UUID(int=1),
        performed_at=datetime.fromisoformat(known["at"]),
        zone="UTC",
        session_on=date.fromisoformat(known["on"]),
    )


def asked_before(known: Vector) -> dict[str, datetime]:
    last = known.get("last_asked", {})
    return {region: datetime.fromisoformat(at) for region, at in last.items()}


def judged(asked: Vector) -> Vector:
    said, known = asked["said"], asked["known"]
    found = floor(
        report_of(said, known),
        profile_of(known),
        borders=Settings(**known["borders"]) if "borders" in known else None,
        last_asked=asked_before(known),
    )
    return {
        "level": found.level,
        "priority": found.priority,
        "rows": list(found.rows),
        "sites": [
            {
                "region": site.region,
                "side": site.side,
                "level": site.level,
                "priority": site.priority,
                "v": site.v,
                "rows": list(site.rows),
            }
            for site in found.sites
        ],
        "due_now": list(found.due_now),
        "due_after": list(found.due_after),
        "missing": list(found.missing),
        "action_set": found.action_set,
    }


def asked_for(asked: Vector) -> Vector:
    known = asked["asked"]
    form = due_questions(
        [(region, side) for region, side in known["places"]],
        profile_of(known),
        at=datetime.fromisoformat(known["at"]),
        on=date.fromisoformat(known["on"]),
        last_asked=asked_before(known),
        pain=known["pain"],
        answers={id_: Reply(reply) for id_, reply in known["answers"].items()},
        quality=known["quality"],
        timing=known["timing"],
        spread=Spread(known["spread"]) if known["spread"] else None,
    )
    return {
        "tiles": [
            {"id": one.id, "title": one.title, "questions": list(one.questions)}
            for one in form.tiles
        ],
        "now": list(form.now),
        "addons": list(form.addons),
        "facts": form.facts,
    }


def allowed(asked: Vector) -> Vector:
    grant, known = asked["grant"], asked["known"]
    synced = asked["synced_at"]
    phone = Phone(
        now=datetime.fromisoformat(asked["now"]),
        today=date.fromisoformat(known["today"]),
        synced_at=datetime.fromisoformat(synced) if synced else None,
        open_levels=tuple(known["open_levels"]),
    )
    until = date.fromisoformat(grant["until"])
    if grant["way"] == "up":
        since = date.fromisoformat(grant["since"])
        way = UpGrant(grant["ladder"], grant["rung"], grant["rungs"], since, until)
        because = may_step_up(way, [exposure_of(one) for one in asked["said"]], phone)
    else:
        option = DownGrant(
            option=grant["option"],
            places=frozenset((region, side) for region, side in grant["places"]),
            exercises=frozenset(grant["exercises"]),
            classes=frozenset(grant["classes"]),
            most_pain=grant["most_pain"],
            until=until,
        )
        report = report_of(asked["said"], known)
        last = asked_before(known)
        because = may_step_down(option, report, profile_of(known), phone, last_asked=last)
    return {"allowed": not because, "because": sorted(because)}


def exposure_of(one: Vector) -> Exposure:
    return Exposure(
        on=date.fromisoformat(one["on"]),
        worst=one["worst"],
        morning=Morning(one["morning"]),
        painkiller=one["painkiller"],
        effect=one["effect"],
    )


def everyday() -> list[Vector]:
    """The vectors that are compared every day: some of each family, evenly spread."""
    return [answered(asked) for asked in sample()]


def shipped(vectors: Sequence[Vector]) -> list[str]:
    """The lines of shipped.jsonl: every twelfth of the everyday ones."""
    thin = vectors[::EVERY]
    return [json.dumps(one, separators=(",", ":"), ensure_ascii=False) for one in thin]


if __name__ == "__main__":
    lines = shipped(everyday())
    SHIPPED.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    sys.stderr.write(f"{SHIPPED.name}: {len(lines)} vectors\n")
