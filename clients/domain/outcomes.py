"""Did it help: the outcome table, in the protocol's order, and never a ranking (domain §7)."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from clients.domain.endpoints import (
    DatedValue,
    Ended,
    EpisodeRecord,
    Milestone,
    Resolved,
    TechniqueVerified,
    recurred_on,
    relapsed_on,
    resolved_on,
    returned_on,
    settled_on,
)
from clients.domain.option_rows import (
    AtRisk,
    Later,
    OptionRow,
    TechniqueCount,
    clients_in,
    option_row,
    withheld_row,
)
from clients.domain.outcome_words import LEAST_CLIENTS_ACROSS_COACHES, REASONS, overlap_words

__all__ = [
    "REASONS",
    "AtRisk",
    "DatedValue",
    "Ended",
    "EpisodeRecord",
    "Later",
    "Milestone",
    "OptionRow",
    "Resolved",
    "TechniqueCount",
    "TechniqueVerified",
    "first_episodes",
    "recurred_on",
    "relapsed_on",
    "resolved_on",
    "returned_on",
    "settled_on",
    "table",
]


def first_episodes(records: Iterable[EpisodeRecord]) -> tuple[EpisodeRecord, ...]:
    """The records of each client's first decided episode in each region, in order of apply.

    Options tried one after the other in that episode each keep their record, once (domain §7).
    """
    decided = [(r.opened_on, r.applied_on, r.id, r) for r in records if r.applied_on is not None]
    decided.sort(key=lambda row: row[:3])
    first: dict[tuple[str, str], str] = {}
    kept: dict[tuple[str, str], EpisodeRecord] = {}
    for _, _, episode, record in decided:
        if first.setdefault((record.client, record.region), episode) == episode:
            kept.setdefault((episode, record.option_id), record)
    return tuple(kept.values())


def table(
    records: Iterable[EpisodeRecord], protocol_order: Sequence[str], *, since: date | None = None
) -> tuple[OptionRow, ...]:
    """One row per option of `protocol_order`, in that order and never by rate (domain §7).

    Options no longer in the protocol follow by id. `since` keeps episodes opened on or after it,
    once the first ones are picked. Records of several coaches are only counted with the client's
    consent, and a row of fewer than 10 clients is then withheld.
    """
    given = list(records)
    across = len({record.coach for record in given}) > 1
    usable = [r for r in given if r.consented or not across]
    shown = [r for r in first_episodes(usable) if since is None or r.opened_on >= since]
    retired = sorted({r.option_id for r in shown} - set(protocol_order))
    least = LEAST_CLIENTS_ACROSS_COACHES if across else 0
    following: dict[str, list[EpisodeRecord]] = {}
    for record in usable:
        if record.after is not None:
            following.setdefault(record.after, []).append(record)
    rows = []
    for option in (*dict.fromkeys(protocol_order), *retired):
        mine = [r for r in shown if r.option_id == option]
        rows.append(
            withheld_row(option)
            if clients_in(mine) < least
            else option_row(option, mine, following, least)
        )
    return tuple(_with_overlaps(row, rows) for row in rows)


def _with_overlaps(row: OptionRow, rows: Sequence[OptionRow]) -> OptionRow:
    others = tuple(
        other.option_id
        for other in rows
        if other is not row and _overlap(row.interval, other.interval)
    )
    return replace(row, overlaps=others, overlap_sentence=overlap_words(len(others)))


def _overlap(one: tuple[int, int] | None, other: tuple[int, int] | None) -> bool:
    if one is None or other is None:
        return False
    return one[0] <= other[1] and other[0] <= one[1]
