"""One option's row ..."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clients.domain.endpoints import Ended, EpisodeRecord
from clients.domain.outcomes import AtRisk, Later, TechniqueCount
from tests.domain.outcomes.records import (
    ENDED,
    any_records,
    day,
    not_settled,
    of_many_clients,
    only_row,
    record,
    settled_by,
    seven_of_nine,
    trained,
)


def test_counts_first_and_then_gives_the_interval() -> None:
    row = only_row(seven_of_nine())
    assert (row.settled, row.of, row.words) == (7, 9, "7 of 9 settled")
    assert (row.interval, row.thin_words) == ((45, 94), None)


@pytest.mark.parametrize(
    ("of", "thin"),
    [(0, "No answer yet."), (1, "Too few to say more."), (4, "Too few to say more.")],
)
def test_gives_counts_only_below_5(of: int, thin: str) -> None:
    row = only_row(of_many_clients([settled_by(3)] * of))
    assert row.words == f"{of} of {of} settled"
    assert row.thin_words == thin
    assert (row.interval, row.curve, row.competing, row.at_risk) == (None, None, None, ())


def test_gives_interval_and_curve_from_5() -> None:
    row = only_row(of_many_clients([settled_by(3)] * 5))
    assert row.interval == (57, 100)
    assert row.curve is not None
    assert row.competing is not None


def test_does_not_reach_5_with_those_whose_answer_is_not_known() -> None:
    silent = [record(ended="lost"), record(ended="open"), record(ended="settled")]
    row = only_row(of_many_clients([settled_by(3)] * 4 + silent * 3))
    assert (row.of, row.interval, row.curve) == (4, None, None)


def test_prints_no_median_below_10_at_the_start() -> None:
    row = only_row(seven_of_nine())
    assert row.median is None
    assert row.median_words == "No median: 9 at the start, it takes 10."


def test_prints_the_median_from_10_at_the_start_once_half_have_settled() -> None:
    # Before day 9 four of ten have settled; one who fails at day 8 was not going to settle later.
    row = only_row([*seven_of_nine(), *of_many_clients([settled_by(20)], start=9)])
    assert (row.median, row.median_words) == (9, "Half had settled by day 9.")


def test_prints_no_median_when_fewer_than_half_settle() -> None:
    failed = [not_settled(8, "failed_next")] * 6
    row = only_row(of_many_clients([settled_by(3)] * 5 + failed))
    assert (row.median, row.median_words) == (None, "No median: the curve does not reach half.")


def test_prints_no_median_of_many_starts_and_few_answers() -> None:
    row = only_row(of_many_clients([settled_by(3)] * 4 + [record()] * 8))
    assert (row.median, row.median_words) == (None, "No median: 4 answers known, it takes 5.")


def test_takes_referred_and_switched_as_competing_and_not_as_silence() -> None:
    row = only_row(seven_of_nine())
    assert row.curve is not None
    assert row.competing is not None
    # Nobody is censored, so both curves are plain shares of nine.
    assert row.curve.at(28) == pytest.approx(7 / 9)
    assert row.competing.at(9) == pytest.approx(1 / 9)
    assert row.competing.at(28) == pytest.approx(2 / 9)


@pytest.mark.parametrize("ended", ["withdrawn", "lost", "expired_unreviewed", "open"])
def test_censors_the_others_at_last_contact(ended: str) -> None:
    row = only_row(of_many_clients([settled_by(3)] * 5 + [not_settled(2, ended)]))
    assert row.competing is not None
    assert row.competing.points[-1].share == 0
    assert row.curve is not None
    # Gone before day 3, so the other five are all that was at risk then.
    assert [(p.day, p.share, p.at_risk) for p in row.curve.points] == [(3, 1, 5)]


def test_shows_where_everybody_stands_at_each_week() -> None:
    row = only_row([*seven_of_nine(), *of_many_clients([not_settled(13, "lost")], start=9)])
    assert row.at_risk == (
        AtRisk(0, 10, 0, 0, 0),
        AtRisk(7, 6, 4, 0, 0),
        AtRisk(14, 1, 6, 2, 1),
        AtRisk(21, 0, 7, 2, 1),
        AtRisk(28, 0, 7, 2, 1),
    )


def test_counts_the_days_followed_from_apply_and_not_from_the_report() -> None:
    late = not_settled(8, "lost", opened_on=day(0), applied_on=day(2))
    row = only_row(of_many_clients([settled_by(30)] * 5 + [late]))
    assert row.at_risk[1] == AtRisk(7, 5, 0, 0, 1)


def test_follows_for_no_day_whoever_was_last_heard_of_before_apply() -> None:
    silent = record(ended="lost", opened_on=day(-3), last_contact_on=day(-2))
    row = only_row(of_many_clients([settled_by(3)] * 5 + [silent]))
    assert row.at_risk[1] == AtRisk(7, 0, 5, 0, 1)


@pytest.mark.parametrize(
    ("ended", "of", "lost", "unshown", "running"),
    [
        ("failed_next", 1, 0, 0, 0),
        ("referred", 1, 0, 0, 0),
        ("withdrawn", 1, 0, 0, 0),
        ("expired_unreviewed", 1, 0, 0, 0),
        ("lost", 0, 1, 0, 0),
        ("settled", 0, 0, 1, 0),
        ("open", 0, 0, 0, 1),
    ],
)
def test_counts_an_end_without_two_clean_sessions_where_it_belongs(
    ended: str, of: int, lost: int, unshown: int, running: int
) -> None:
    row = only_row([not_settled(5, ended)])
    assert (row.started, row.settled) == (1, 0)
    assert (row.of, row.lost, row.unshown, row.running) == (of, lost, unshown, running)


@pytest.mark.parametrize("ended", ENDED)
def test_counts_as_settled_whoever_settled_first_and_ended_otherwise_later(ended: Ended) -> None:
    row = only_row([settled_by(3, ended=ended, ended_on=day(9))])
    assert (row.settled, row.of, row.lost, row.unshown, row.running) == (1, 1, 0, 0, 0)


def test_shows_loss_beside_the_count_with_the_best_and_the_worst_of_it() -> None:
    lost = of_many_clients([record(ended="lost")] * 2 + [record(ended="settled")], start=9)
    row = only_row([*seven_of_nine(), *lost])
    assert (row.words, row.best_worst) == ("7 of 9 settled", ((10, 12), (7, 12)))
    assert row.lost_words == (
        "2 lost to follow-up, 1 closed without two clean sessions on record: "
        "with them 7 to 10 of 12."
    )
    assert only_row(seven_of_nine()).lost_words == "None lost to follow-up."
    one = only_row(of_many_clients([record(ended="settled")]))
    assert one.lost_words == (
        "1 closed without two clean sessions on record: with them 0 to 1 of 1."
    )


def test_counts_what_came_later() -> None:
    heavy = [trained(20, 0, percent=90), trained(24, 0, percent=95)]
    back = settled_by(3, last_contact_on=day(60))
    resolved = record(trained(3, 1), trained(6, 1), *heavy, last_contact_on=day(60))
    with_2 = record(trained(3, 2), trained(6, 2), last_contact_on=day(60))
    relapsed = record(trained(3), trained(6), trained(9, 4), last_contact_on=day(60))
    mine = of_many_clients([back, resolved, with_2, relapsed])
    again = record(id="e9", client="client 0", opened_on=day(70), applied_on=None, after="e0")
    row = only_row([*mine, again])
    assert row.later == Later(returned=1, resolved=3, nearly_none=2, relapsed=1, recurred=1)


def test_splits_by_whether_the_technique_was_checked() -> None:
    mixed = of_many_clients([settled_by(3)] * 2 + [not_settled(3, "referred")])
    mixed += of_many_clients([settled_by(3)], start=3, technique_verified="unknown")
    assert only_row(mixed).by_technique == (
        TechniqueCount("yes", 2, 3),
        TechniqueCount("unknown", 1, 1),
    )


@given(any_records)
def test_adds_up(records: list[EpisodeRecord]) -> None:
    row = only_row(records)
    assert row.started == row.of + row.lost + row.unshown + row.running == len(records)
    assert 0 <= row.settled <= row.of
    assert row.best_worst[1][0] == row.settled <= row.best_worst[0][0]
    assert sum(split.of for split in row.by_technique) == row.of
    for at in row.at_risk:
        assert at.at_risk + at.settled + at.referred_or_switched + at.left == row.started
    if row.interval is not None:
        low, high = row.interval
        assert 0 <= low <= 100 * row.settled / row.of + 0.5
        assert 100 * row.settled / row.of - 0.5 <= high <= 100


@given(any_records, st.integers(0, 60), st.sampled_from(["lost", "open"]))
def test_does_not_count_more_settled_by_one_who_is_censored(
    records: list[EpisodeRecord], last: int, ended: str
) -> None:
    censored = record(trained(0, 1), ended=ended, last_contact_on=day(last))
    more = of_many_clients([censored], start=len(records))
    before, after = only_row(records), only_row([*records, *more])
    assert (after.settled, after.of) == (before.settled, before.of)
    assert after.started == before.started + 1
