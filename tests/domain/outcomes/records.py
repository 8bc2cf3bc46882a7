"""Records in few words: days count from the day the coach applied."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from clients.domain.checks import Exposure, Morning
from clients.domain.endpoints import Ended
from clients.domain.outcomes import EpisodeRecord, OptionRow, table

AMERICAN, RECHECK = "LB-HT.b", "LB-HT.a"
APPLIED = date(2026, 3, 2)

ENDED: tuple[Ended, ...] = (
    "settled", "failed_next", "referred", "withdrawn", "lost", "expired_unreviewed", "open",
)  # fmt: skip


def day(number: int) -> date:
    return APPLIED + timedelta(days=number)


def trained(
    number: int,
    worst: int | None = 1,
    morning: str = "settled",
    *,
    percent: int | None = None,
    painkiller: bool = False,
) -> Exposure:
    return Exposure(
        on=day(number),
        worst=worst,
        morning=Morning(morning),
        at_percent=percent,
        painkiller=painkiller,
    )


def record(*exposures: Exposure, **changed: Any) -> EpisodeRecord:
    plain = EpisodeRecord(
        id="e1",
        client="noor",
        region="back_low",
        side="midline",
        option_id=AMERICAN,
        protocol_id="LB-HT",
        technique_verified="yes",
        opened_on=day(0),
        applied_on=day(0),
        exposures=exposures,
        ended="open",
        last_contact_on=max((e.on for e in exposures), default=day(0)),
        planned_sessions=9,
        done_sessions=8,
    )
    return replace(plain, **changed)


def settled_by(number: int, **changed: Any) -> EpisodeRecord:
    return record(trained(number), trained(number + 3), **{"ended": "settled", **changed})


def not_settled(number: int, ended: str, **changed: Any) -> EpisodeRecord:
    """Trained once with 4 of 10, and ended so on that day."""
    return record(trained(number, 4), ended=ended, ended_on=day(number), **changed)


def of_many_clients(
    records: Iterable[EpisodeRecord], start: int = 0, **changed: Any
) -> list[EpisodeRecord]:
    return [
        replace(each, id=f"e{place}", client=f"client {place}", **changed)
        for place, each in enumerate(records, start=start)
    ]


def only_row(records: list[EpisodeRecord]) -> OptionRow:
    (row,) = table(records, [AMERICAN])
    return row


def seven_of_nine() -> list[EpisodeRecord]:
    days = (3, 4, 4, 6, 9, 12, 15)
    failed = [not_settled(8, "failed_next"), not_settled(10, "referred")]
    return of_many_clients([settled_by(number) for number in days] + failed)


any_record = st.builds(
    lambda sessions, ended, last, technique: record(
        *(trained(*session) for session in sessions),
        ended=ended,
        last_contact_on=day(last),
        technique_verified=technique,
    ),
    st.lists(st.tuples(st.integers(0, 30), st.integers(0, 4)), max_size=4),
    st.sampled_from(ENDED),
    st.integers(0, 60),
    st.sampled_from(["yes", "no", "unknown"]),
)
any_records = st.lists(any_record, max_size=14).map(of_many_clients)
