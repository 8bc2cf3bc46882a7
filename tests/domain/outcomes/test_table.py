"""The outcome table ..."""

from dataclasses import replace
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clients.domain.endpoints import Ended, EpisodeRecord
from clients.domain.outcomes import REASONS, AtRisk, Later, OptionRow, TechniqueCount, table
from tests.domain.outcomes.records import (
    day,
    not_settled,
    of_many_clients,
    record,
    settled_by,
    trained,
)

AMERICAN, RECHECK = "LB-HT.b", "LB-HT.a"
ENDED: tuple[Ended, ...] = (
    "settled", "failed_next", "referred", "withdrawn", "lost", "expired_unreviewed", "open",
)  # fmt: skip


def only_row(records: list[EpisodeRecord]) -> OptionRow:
    (row,) = table(records, [AMERICAN])
    return row


def seven_of_nine() -> list[EpisodeRecord]:
    days = (3, 4, 4, 6, 9, 12, 15)
    failed = [not_settled(8, "failed_next"), not_settled(10, "referred")]
    return of_many_clients([settled_by(number) for number in days] + failed)


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


def test_counts_the_first_episode_of_a_client_and_region_only() -> None:
    first = not_settled(5, "failed_next", id="e1", side="left")
    second = settled_by(40, id="e2", side="right", opened_on=day(30), applied_on=day(31))
    hip = settled_by(40, id="e3", region="hip_front", opened_on=day(30), applied_on=day(31))
    assert only_row([second, first]).words == "0 of 1 settled"
    assert only_row([second, first, hip]).words == "1 of 2 settled"
    assert only_row([replace(second, client="sam"), first]).words == "1 of 2 settled"


def test_passes_over_an_episode_in_which_nobody_decided() -> None:
    undecided = record(id="e1", applied_on=None)
    decided = settled_by(40, id="e2", opened_on=day(30), applied_on=day(31))
    assert only_row([undecided, decided]).words == "1 of 1 settled"


def test_counts_each_option_tried_in_the_first_episode_once_on_its_own_row() -> None:
    first = not_settled(5, "failed_next", option_id=RECHECK)
    then = settled_by(12, applied_on=day(5))
    twice = not_settled(30, "referred", applied_on=day(20))
    recheck, american = table([twice, then, first], [RECHECK, AMERICAN])
    assert (recheck.words, american.words) == ("0 of 1 settled", "1 of 1 settled")


def test_looks_back_only_after_the_first_episodes_are_picked() -> None:
    first = not_settled(5, "failed_next", id="e1")
    second = settled_by(40, id="e2", opened_on=day(30), applied_on=day(31))
    (row,) = table([first, second], [AMERICAN], since=day(10))
    assert row.words == "0 of 0 settled"
    (row,) = table([first, second], [AMERICAN], since=day(0))
    assert row.words == "0 of 1 settled"


def test_keeps_the_protocols_order_whatever_the_rates_and_then_retired_options_by_id() -> None:
    best = of_many_clients([settled_by(3)] * 9, option_id="z")
    worst = of_many_clients([not_settled(3, "referred")] * 9, start=9, option_id="a")
    gone = of_many_clients([settled_by(3)] * 2, start=18, option_id="d")
    more = of_many_clients([settled_by(3)] * 2, start=20, option_id="b")
    rows = table([*gone, *best, *worst, *more], ["a", "unused", "z", "a"])
    assert [row.option_id for row in rows] == ["a", "unused", "z", "b", "d"]


def test_says_in_words_that_ranges_overlap() -> None:
    a = of_many_clients([settled_by(3)] * 5, option_id="a")
    b = of_many_clients([settled_by(3)] * 4 + [not_settled(3, "lost")], start=5, option_id="b")
    c = of_many_clients(
        [settled_by(3)] * 3 + [not_settled(3, "referred")] * 2, start=10, option_id="c"
    )
    d = of_many_clients([not_settled(3, "referred")] * 90, start=20, option_id="d")
    e = of_many_clients(
        [settled_by(3)] * 4 + [not_settled(3, "referred")], start=200, option_id="e"
    )
    of_a, of_b, _, of_d, _ = table([*a, *b, *c, *d, *e], ["a", "b", "c", "d", "e"])
    assert of_a.overlaps == ("c", "e")
    assert of_a.overlap_sentence == (
        "This range overlaps those of 2 other options: these counts do not tell them apart."
    )
    assert (of_b.overlaps, of_b.overlap_sentence) == ((), None)
    assert (of_d.overlaps, of_d.overlap_sentence) == ((), None)
    first, last = table([*a, *c], ["a", "c"])
    assert last.overlaps == ("a",)
    assert first.overlap_sentence == (
        "This range overlaps another option's: these counts do not tell them apart."
    )


def of_two_coaches(count: int, **changed: object) -> list[EpisodeRecord]:
    mine = of_many_clients([settled_by(3)] * count, consented=True)
    return [
        replace(each, coach="ada" if place % 2 else "ben", **changed)  # type: ignore[arg-type]
        for place, each in enumerate(mine)
    ]


def test_mixes_coaches_from_10_clients_who_agreed() -> None:
    assert only_row(of_two_coaches(10)).words == "10 of 10 settled"


def test_withholds_a_row_of_several_coaches_below_10_clients() -> None:
    row = only_row(of_two_coaches(9))
    assert row.withheld
    assert row.words == "Across coaches a row is shown from 10 clients who agreed to it."
    assert (row.started, row.settled, row.of, row.by_technique) == (0, 0, 0, ())
    assert (row.thin_words, row.median_words, row.lost_words) == (None, "", "")


def test_counts_a_client_with_two_regions_once_towards_the_10() -> None:
    nine = of_two_coaches(9)
    hip = replace(nine[0], id="e99", region="hip_front")
    assert only_row([*nine, hip]).withheld


def test_leaves_out_whoever_did_not_agree_once_coaches_are_mixed() -> None:
    mixed = of_two_coaches(12)
    mixed[0] = replace(mixed[0], consented=False)
    assert only_row(mixed).words == "11 of 11 settled"
    assert only_row([*mixed[:9], *of_two_coaches(40, consented=False)[9:]]).withheld


def test_leaves_out_a_split_below_10_clients_once_coaches_are_mixed() -> None:
    some = [replace(each, technique_verified="no") for each in of_two_coaches(12)[10:]]
    row = only_row([*of_two_coaches(10), *some])
    assert row.of == 12
    assert row.by_technique == (TechniqueCount("yes", 10, 10),)


def test_needs_no_number_of_clients_for_one_coachs_own() -> None:
    own = [replace(each, coach="ada", consented=False) for each in seven_of_nine()]
    assert only_row(own).words == "7 of 9 settled"


def test_prints_reasons_that_promise_nothing() -> None:
    said = " ".join(REASONS).lower()
    assert len(REASONS) == 6
    assert "82 episodes" in said
    assert "294" in said
    for never in ("works", "causes", "better", "best", "patient", "injury", "treat", "heal", "!"):
        assert never not in said


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


@given(any_records, st.randoms(use_true_random=False))
def test_does_not_depend_on_the_order_of_the_records(
    records: list[EpisodeRecord], random: Random
) -> None:
    shuffled = list(records)
    random.shuffle(shuffled)
    assert only_row(shuffled) == only_row(records)
