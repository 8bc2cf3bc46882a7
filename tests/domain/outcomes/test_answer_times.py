"""The process figures ..."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from clients.domain.answer_times import HandledReport, Minutes, RuleCount, process_figures

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def handled(
    seen: float | None = 4, decided: float | None = None, rule: str = "D10"
) -> HandledReport:
    def after(minutes: float | None) -> datetime | None:
        return None if minutes is None else NOON + timedelta(minutes=minutes)

    return HandledReport(
        reported_at=NOON,
        seen_at=after(seen),
        decided_at=after(decided),
        rule=rule,
        acted=decided is not None,
        overridden=False,
        flagged=False,
        proposals=3,
    )


def test_give_minutes_that_occurred_and_say_how_many_still_wait() -> None:
    reports = [handled(minutes) for minutes in range(1, 21)] + [handled(None)]
    figures = process_figures(reports, follow_ups_answered=0, follow_ups_due=0)
    assert figures.seen == Minutes(p50=10, p95=19, of=20, waiting=1)
    assert figures.decided == Minutes(p50=None, p95=None, of=0, waiting=21)
    assert figures.reports == 21


def test_count_decisions_from_the_report_and_parts_of_a_minute() -> None:
    figures = process_figures([handled(0.5, 7.25)], follow_ups_answered=0, follow_ups_due=0)
    assert figures.seen == Minutes(0.5, 0.5, 1, 0)
    assert figures.decided == Minutes(7.25, 7.25, 1, 0)


def test_never_show_a_report_seen_before_it_was_made() -> None:
    figures = process_figures([handled(-3)], follow_ups_answered=0, follow_ups_due=0)
    assert figures.seen == Minutes(0, 0, 1, 0)


def test_count_a_flag_that_met_a_proposal() -> None:
    flagged = replace(handled(), flagged=True, proposals=0)
    reports = [handled(), flagged, replace(flagged, proposals=1)]
    figures = process_figures(reports, follow_ups_answered=0, follow_ups_due=0)
    assert figures.flags_with_a_proposal == 1
    assert process_figures(reports[:2], follow_ups_answered=0, follow_ups_due=0) == replace(
        figures, flags_with_a_proposal=0, reports=2, seen=Minutes(4, 4, 2, 0),
        decided=Minutes(None, None, 0, 2), acted_by_rule=(RuleCount("D10", 0, 2),),
    )  # fmt: skip


def test_count_overrides_and_what_was_acted_on_by_rule() -> None:
    reports = [
        handled(rule="D12"),
        replace(handled(decided=9), overridden=True),
        handled(decided=9),
        handled(),
    ]
    figures = process_figures(reports, follow_ups_answered=0, follow_ups_due=0)
    assert figures.overrides == 1
    assert figures.acted_by_rule == (RuleCount("D10", 2, 3), RuleCount("D12", 0, 1))


def test_say_how_many_follow_ups_were_answered() -> None:
    figures = process_figures([], follow_ups_answered=7, follow_ups_due=9)
    assert (figures.follow_ups_answered, figures.follow_ups_due) == (7, 9)
    assert figures.follow_up_words == "7 of 9 answered"


@pytest.mark.parametrize(("answered", "due"), [(3, 2), (-1, 2)])
def test_refuse_more_answers_than_questions(answered: int, due: int) -> None:
    with pytest.raises(ValueError, match="follow-ups"):
        process_figures([], follow_ups_answered=answered, follow_ups_due=due)
