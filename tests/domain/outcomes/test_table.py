"""The outcome table ..."""

from dataclasses import replace
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from clients.domain.endpoints import EpisodeRecord
from clients.domain.outcomes import REASONS, TechniqueCount, table
from tests.domain.outcomes.records import (
    AMERICAN,
    RECHECK,
    any_records,
    day,
    not_settled,
    of_many_clients,
    only_row,
    record,
    settled_by,
    seven_of_nine,
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


@given(any_records, st.randoms(use_true_random=False))
def test_does_not_depend_on_the_order_of_the_records(
    records: list[EpisodeRecord], random: Random
) -> None:
    shuffled = list(records)
    random.shuffle(shuffled)
    assert only_row(shuffled) == only_row(records)
