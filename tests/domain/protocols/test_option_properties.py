"""Whatever is known of a client, the options keep the rules that protect the client."""

from dataclasses import replace
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from clients.domain.levels import Level, Priority
from clients.domain.offer_facts import Facts, Painful
from clients.domain.options import MAIN, Offer, Offers, offer
from clients.domain.overlay import Swap
from clients.domain.resolve import resolve
from programs.domain.exercises import library
from programs.domain.prescription import Prescription
from programs.domain.protocol import Severity, expand, protocol_set
from programs.domain.protocol_ops import OpClass, SwapSpec
from programs.domain.regions import all_regions
from programs.domain.variation import raises_demand
from tests.domain.protocols.case import facts, logged, plan, written

REGIONS = [one.id for one in all_regions()]
LIFTS = sorted(library())
OWNED = sorted(
    {word for one in library().values() for item in one.equipment for word in item.split("|")}
)


def _places() -> list[tuple[str, str]]:
    """A region and an exercise of every row of the table, and every region once more."""
    found = [(region, "ht_barbell") for region in REGIONS]
    for protocol in protocol_set().protocols:
        regions = [leaf for written in protocol.regions for leaf in expand(written)]
        lifts = [
            one.id for one in library().values() if protocol.covers_exercise(one.id, one.pattern)
        ]
        found += [(region, lift) for region in regions for lift in lifts]
    return found


PLACES = _places()
PROPOSING = st.sampled_from([Level.MONITOR, Level.MODIFY])


@st.composite
def clients(draw: st.DrawFn, levels: st.SearchStrategy[str] = PROPOSING) -> Facts:
    """A client with one to three lifts of a pattern and up to two painful regions."""
    region, exercise = draw(st.sampled_from(PLACES))
    pattern = library()[exercise].pattern
    others = [one.id for one in library().of_pattern(pattern) if one.id != exercise]
    beside = draw(st.lists(st.sampled_from(others or [exercise]), max_size=2, unique=True))
    lifts = [_lift(draw, one) for one in dict.fromkeys([exercise, *beside, "bp_bb"])]
    named = draw(st.booleans())
    regions = dict.fromkeys([region, *draw(st.lists(st.sampled_from(REGIONS), max_size=1))])
    severity = st.sampled_from(Severity)
    days = draw(st.sampled_from([(0,), (0, 3), (0, 2, 4), (0, 1, 3, 4)]))
    owned = st.none() | st.none() | st.sets(st.sampled_from(OWNED)).map(frozenset)
    return facts(
        level=draw(levels),
        priority=draw(st.sampled_from(list(Priority))),
        action_set=draw(st.sampled_from(["A1", "A2", "A3", "A4"])),
        painful=tuple(Painful(region, "left", draw(severity)) for region in regions),
        pattern=pattern,
        exercise=exercise if named else None,
        plan=plan(*lifts, weeks=2, days=days),
        equipment=draw(owned),
        exclusions=frozenset(draw(st.sets(st.sampled_from(LIFTS), max_size=4))),
        logs={exercise: (logged(exercise, draw(st.sampled_from(["20", "62.5", "120"]))),)},
        questions_left=draw(st.booleans()),
    )


def _lift(draw: st.DrawFn, exercise: str) -> Prescription:
    load = draw(st.sampled_from([Decimal(20), Decimal("62.5"), Decimal(120), None]))
    reps = draw(st.sampled_from([3, 8, 20]))
    load = load if library()[exercise].has_load else None
    rir = draw(st.sampled_from([None, Decimal(0), Decimal(2), Decimal(4)]))
    return written(exercise, exercise, load_kg=load, reps_min=reps, reps_max=reps, rir=rir)


def every(offers: Offers) -> tuple[Offer, ...]:
    return offers.main + offers.more + ((offers.remove,) if offers.remove else ())


def cap_of(option_id: str) -> int:
    """The least % e1RM cap among an option's swaps; 100 without one."""
    if option_id == "remove_for_now":
        return 100
    ops = protocol_set().option(option_id).ops
    return min(
        [100] + [op.cap_percent for op in ops if isinstance(op, SwapSpec) and op.cap_percent]
    )


@given(clients(st.sampled_from(["emergency", "urgent", "refer", "incomplete", "log", "", "x"])))
def test_no_input_makes_a_proposal_while_a_referral_or_a_question_is_open(asked: Facts) -> None:
    found = offer(asked)
    assert (found.main, found.more, found.remove, found.watch) == ((), (), None, False)


@given(clients())
def test_no_option_asks_more_of_a_painful_region(asked: Facts) -> None:
    for one in every(offer(asked)):
        after = resolve(asked.plan, [one.overlay], library())
        light = cap_of(one.option_id) <= 60
        for item in (item for session in after.sessions for item in session.items):
            if item.now is None or item.now.exercise == item.written.exercise:
                continue
            for spot in asked.painful:
                assert not raises_demand(
                    library(), item.written.exercise, item.now.exercise, spot.region, light=light
                ), one.option_id


@given(clients())
def test_no_load_is_above_the_one_written(asked: Facts) -> None:
    for one in every(offer(asked)):
        sources = {lift.exercise: lift for lift in _written(asked)}
        for op in one.overlay.ops:
            top = sources[op.source].work_sets[0].load_kg if isinstance(op, Swap) else None
            if isinstance(op, Swap) and top is not None:
                assert all(load is None or load <= top for load in op.loads)
        for item in _items(asked, one):
            old, new = item[0].work_sets[0].load_kg, item[1].work_sets[0].load_kg
            assert old is None or new is None or new <= old


@given(clients())
def test_only_the_pattern_of_the_report_changes(asked: Facts) -> None:
    for one in every(offer(asked)):
        for before, _ in _items(asked, one):
            assert library()[before.exercise].pattern == asked.pattern


@given(clients())
def test_three_at_most_are_shown_at_once_and_none_twice(asked: Facts) -> None:
    found = offer(asked)
    ids = [one.option_id for one in found.main + found.more]
    assert len(found.main) <= MAIN and (len(found.main) == MAIN or not _row_rest(found))
    assert len(set(ids)) == len(ids)
    assert not set(ids) & {option_id for option_id, _ in found.refused}
    assert all(sentence.endswith(".") for _, sentence in found.refused)


def _row_rest(found: Offers) -> list[Offer]:
    """What is behind "more" but not there by the coach's choice (the row HAM for a buttock)."""
    return [one for one in found.more if not one.option_id.startswith("HAM.")]


@given(clients())
def test_the_order_is_the_rows_own_but_for_rechecks_first_and_removal_last(asked: Facts) -> None:
    found = offer(asked)
    shown = [one for one in found.main + found.more if not one.option_id.startswith(("HAM", "ANY"))]
    for protocol in protocol_set().protocols:
        for order in protocol.options.values():
            ids = [option.id for option in order]
            mine = [one.option_id for one in shown]
            if mine and set(mine) <= set(ids) and asked.action_set == "A4":
                orders = [[key for key in ids if key in mine] for ids in _orders(protocol.id)]
                assert mine in orders


def _orders(protocol_id: str) -> list[list[str]]:
    rows = protocol_set().protocol(protocol_id).options.values()
    return [[option.id for option in order] for order in rows]


@given(clients())
def test_the_same_facts_give_the_same_offers(asked: Facts) -> None:
    assert offer(asked) == offer(asked)


@given(clients())
def test_after_a_stopped_session_the_painful_exercise_is_left_in_no_session(asked: Facts) -> None:
    if asked.action_set != "A4" or asked.painful_exercise is None:
        return
    for one in every(offer(asked)):
        after = resolve(asked.plan, [one.overlay], library())
        open_items = [
            item.now
            for session in after.sessions
            if session.state == "planned" and session.on >= asked.today
            for item in session.items
        ]
        left = {lift.exercise for lift in open_items if lift}
        assert asked.painful_exercise not in left, one.option_id


@given(clients())
def test_a_failed_option_is_never_offered_again(asked: Facts) -> None:
    ids = frozenset(one.option_id for one in offer(asked).main)
    again = offer(_failed(asked, ids))
    assert not ids & {one.option_id for one in again.main + again.more}


@given(clients())
def test_open_questions_keep_swaps_and_removal_away(asked: Facts) -> None:
    if asked.questions_left:
        found = offer(asked)
        strong = {OpClass.SWAP, OpClass.REMOVE}
        assert not strong & {one.strongest for one in found.main + found.more}


@given(clients())
def test_every_review_is_within_28_days(asked: Facts) -> None:
    for one in every(offer(asked)):
        assert 1 <= one.days <= 28 and (one.review_on - asked.today).days == one.days


def _failed(asked: Facts, ids: frozenset[str]) -> Facts:
    return replace(asked, failed_option_ids=ids)


def _written(asked: Facts) -> list[Prescription]:
    return [item.written for session in asked.plan.sessions for item in session.items]


def _items(asked: Facts, one: Offer) -> list[tuple[Prescription, Prescription]]:
    """Each prescription an offer changes, before and after."""
    after = resolve(asked.plan, [one.overlay], library())
    return [
        (item.written, item.now)
        for session in after.sessions
        for item in session.items
        if item.because and item.now is not None
    ]
