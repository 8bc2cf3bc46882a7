"""What may follow what, and who may do it: report, region-side, regression, alert (domain §3)."""

from collections.abc import Mapping

Moves = Mapping[str, Mapping[str, frozenset[str]]]
"""{from: {to: who}}; who = client, coach, cover, owner, rules, clock, phone."""


class MoveRefused(Exception):
    """This move is not in the table, or not this person's."""


def _by(*who: str) -> frozenset[str]:
    return frozenset(who)


STAFF = ("coach", "cover", "owner")
REFERRED = ("emergency", "urgent", "refer")
PLAIN = ("modify", "monitor", "log")

REPORT: Moves = {
    "open": {
        "merged": _by("rules"),
        "cleared": _by(*STAFF),
        "decided": _by("coach", "cover"),
        "regressed": _by("coach", "cover"),
        "settled": _by("rules"),
    },
    "merged": {},
    "cleared": {},
    "decided": {"open": _by("rules")},
    "regressed": {"open": _by("rules")},
    "settled": {"open": _by("rules")},
}
"""A report: an answer that raises its level opens it again; nothing closes it by time (I-3)."""

CLOSES: Mapping[str, frozenset[str]] = {
    **{level: frozenset({"merged", "cleared"}) for level in REFERRED},
    "incomplete": frozenset({"merged"}),
    **{level: frozenset({"merged", "decided", "regressed", "settled"}) for level in PLAIN},
}
"""How a report may close at each level: refer and above only by a clearance record (I-2)."""

_LEVELS = ("log", "monitor", "modify", "incomplete", "refer", "urgent", "emergency")
_LOWERED_BY = {
    **{level: _by("clearance", "correction") for level in REFERRED},
    "incomplete": _by("answers", "correction"),
    **{level: _by("decision", "settled", "correction") for level in PLAIN},
}

SITE: Moves = {
    level: {
        other: _by("rules") if place > index else _LOWERED_BY[level]
        for place, other in enumerate(_LEVELS)
        if place != index
    }
    for index, level in enumerate(_LEVELS)
}
"""A region-side: rules raise; what lowers a level depends on the level it leaves (domain §3.6).

correction = the client re-answers a mistaken tap and a coach confirms (I-2).
"""

REGRESSION: Moves = {
    "previewed": {"active": _by("coach", "cover"), "provisional": _by("phone")},
    "provisional": {"active": _by("coach", "cover"), "closed": _by("coach", "cover")},
    "active": {
        "past_review": _by("clock"),
        "ladder": _by("coach", "cover", "phone"),
        "paused": _by("rules"),
        "closed": _by("coach", "cover"),
    },
    "past_review": {
        "active": _by("coach", "cover"),
        "ladder": _by("coach", "cover"),
        "paused": _by("rules"),
        "closed": _by("coach", "cover"),
    },
    "ladder": {
        "active": _by("coach", "cover"),
        "past_review": _by("clock"),
        "paused": _by("rules"),
        "closed": _by("coach", "cover"),
    },
    "paused": {
        "active": _by("coach", "cover"),
        "ladder": _by("coach", "cover"),
        "closed": _by("coach", "cover"),
    },
    "closed": {},
}
"""A regression: only a person applies, lifts or closes it; past its review it stays (ruling 2).

phone = the client's phone inside a pre-authorisation the coach gave (ruling 3).
"""

ALERT: Moves = {
    "raised": {
        "seen": _by(*STAFF),
        "acknowledged": _by(*STAFF),
        "escalated": _by("clock"),
        "superseded": _by("rules"),
    },
    "seen": {
        "acknowledged": _by(*STAFF),
        "escalated": _by("clock"),
        "superseded": _by("rules"),
    },
    "escalated": {
        "escalated": _by("clock"),
        "acknowledged": _by(*STAFF),
        "superseded": _by("rules"),
    },
    "acknowledged": {},
    "superseded": {},
}
"""An alert: only an acknowledgement stops escalation; a rise in level is a new alert (ruling 6)."""


def may(moves: Moves, start: str, to: str, who: str) -> bool:
    """Whether this person may make this move; an unknown state allows nothing."""
    return who in moves.get(start, {}).get(to, frozenset())


def move(moves: Moves, start: str, to: str, who: str) -> str:
    """The new state. Raises MoveRefused with what would be allowed."""
    if not may(moves, start, to, who):
        allowed = ", ".join(sorted(moves.get(start, {}))) or "nothing"
        raise MoveRefused(f"{start} to {to} by {who}; from {start} there is {allowed}")
    return to


def may_close(level: str, how: str) -> bool:
    """Whether a report of this level may close this way (I-2, domain §3.6)."""
    return how in CLOSES.get(level, frozenset())
