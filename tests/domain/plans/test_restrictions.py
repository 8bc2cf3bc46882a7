"""What is written into a plan …"""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal as D
from uuid import UUID

import pytest

from clients.domain.client_moves import check_move, check_swap
from clients.domain.compliance import Due, Kept, kept
from clients.domain.frequency import smallest_gap
from clients.domain.overlay import Remove, ScaleLoad, Swap
from clients.domain.resolve import resolve
from clients.domain.restrictions import Brought, Change, Stop, brought_in, restrictions
from clients.domain.swaps import BY_CLIENT, marked, swapped
from programs.domain.exercises import library
from programs.domain.prescription import Alternate
from tests.domain.plans.training import MONDAY, overlay, rx, weeks, work

LIBRARY = library()
REPORT, REGRESSION = UUID(int=1), UUID(int=2)
LOW_BACK = (("back_low", "midline"),)


def stop(level: str, region: str = "back_low") -> Stop:
    return Stop(level, region, "midline", REPORT, MONDAY, "hip_thrust")


def change(*ops: object) -> Change:
    return Change(REGRESSION, "American hip thrust", overlay(*ops), LOW_BACK)  # type: ignore[arg-type]


AMERICAN = change(Swap("ht_barbell", "ht_american", (D(60),)))


def codes(*brought: Brought, **against: object) -> list[tuple[str, bool]]:
    facts = {"stops": (), "changes": ()} | against
    found = restrictions(brought, library=LIBRARY, **facts)  # type: ignore[arg-type]
    return [(each.code, each.may_override) for each in found]


@pytest.mark.parametrize("level", ["emergency", "urgent", "incomplete"])
def test_is_refused_whole_while_a_stop_is_open_for_the_client(level: str) -> None:
    assert codes(Brought("pulldown"), stops=[stop(level)]) == [(f"restriction.{level}", False)]


@pytest.mark.parametrize(
    ("exercise", "refused"),
    [("ht_band", True), ("sq_back", True), ("dl_conv", True), ("bp_bb", False), ("leg_ext", False)],
)
def test_waits_for_a_clearance_where_it_loads_the_area(exercise: str, refused: bool) -> None:
    expected = [("restriction.refer", False)] if refused else []
    assert codes(Brought(exercise), stops=[stop("refer")]) == expected


def test_names_the_report_and_the_way_out() -> None:
    [found] = restrictions([Brought("sq_back")], stops=[stop("refer")], changes=(), library=LIBRARY)
    assert found.sentence == (
        "Back squat waits for a clearance: a referral is due (the report about low back, middle"
        " of Mon 3 Nov). Record a clearance first."
    )
    assert found.report == REPORT


@pytest.mark.parametrize(
    ("brought", "known", "code"),
    [
        # laid over: it comes out as the American hip thrust anyway
        (Brought("ht_barbell"), (), None),
        # the same pattern, not reached by the swap
        (Brought("ht_feet_up"), (), "restriction.same_pattern"),
        # another pattern that asks more of the low back than what it replaces
        (Brought("sq_back", "leg_press"), (), "restriction.painful_region"),
        (Brought("leg_press", "sq_back"), (), None),
        # a new place: what the client does already is no news
        (Brought("sq_back"), (), "restriction.painful_region"),
        (Brought("sq_back"), ("sq_back",), None),
        (Brought("bp_bb"), (), None),
        # more of the same lift is the coach's to judge
        (Brought("sq_back", "sq_back"), (), None),
    ],
)
def test_is_held_against_a_running_change(
    brought: Brought, known: tuple[str, ...], code: str | None
) -> None:
    expected = [(code, True)] if code else []
    assert codes(brought, changes=[AMERICAN], known=known) == expected


def test_stays_paused_where_the_pattern_is_taken_out() -> None:
    paused = change(Remove())
    assert codes(Brought("ht_barbell"), changes=[paused]) == [("restriction.paused", True)]
    assert codes(Brought("ht_barbell"), changes=[change(ScaleLoad(D("0.8")))]) == []


def test_says_first_what_cannot_be_overridden() -> None:
    found = codes(Brought("sq_back"), stops=[stop("refer")], changes=[AMERICAN])
    assert found == [("restriction.refer", False), ("restriction.painful_region", True)]


def test_counts_as_brought_in_only_what_is_new_or_more() -> None:
    before = weeks("Mon Wed", rx(slot="A"), rx("row_chest", slot="B", sets=[work(10, 40)]))
    ids = {each.id for each in before.sessions}
    first = before.sessions[0]

    def after(**changes: object) -> set[Brought]:
        item = first.items[0]
        new = replace(item, now=replace(item.written, **changes))  # type: ignore[arg-type]
        session = replace(first, items=(new, *first.items[1:]))
        plan = replace(before, sessions=(session, *before.sessions[1:]))
        return brought_in(before, plan, open_ids=ids)

    assert after(note="slow") == set()
    assert after(sets=(work(8, 100),) * 3) == set()
    assert after(sets=(work(8, 120),) * 2) == set()
    assert after(sets=(work(8, 125),) * 3) == {Brought("ht_barbell", "ht_barbell")}
    assert after(sets=(work(8, 120),) * 4) == {Brought("ht_barbell", "ht_barbell")}
    assert after(sets=(work(8, 120, 1),) * 3) == {Brought("ht_barbell", "ht_barbell")}
    assert after(exercise="ht_band") == {Brought("ht_band", "ht_barbell")}
    assert brought_in(before, before, open_ids=ids) == set()
    assert brought_in(None, before, open_ids=ids) == {Brought("ht_barbell"), Brought("row_chest")}


# What a client may do without asking …

MONDAY_SESSION = weeks("Mon Wed Fri", rx(slot="A", alternates=(Alternate("ht_smith"),))).sessions[0]


@pytest.mark.parametrize(
    ("policy", "days", "allowed"),
    [
        ("strict", 1, False),
        ("week", 1, True),
        ("week", 6, True),
        ("week", 7, False),
        ("week", -1, False),
        ("free", 20, True),
        ("free", -1, False),
    ],
)
def test_moves_go_as_far_as_the_policy(policy: str, days: int, allowed: bool) -> None:
    no = check_move(
        MONDAY_SESSION,
        MONDAY + timedelta(days=days),
        policy=policy,
        plan_starts_on=MONDAY,
        today=MONDAY,
    )
    assert (no == "") is allowed, no


def test_a_session_begun_stays_on_its_day() -> None:
    begun = replace(MONDAY_SESSION, state="started")
    said = check_move(begun, MONDAY, policy="free", plan_starts_on=MONDAY, today=MONDAY)
    assert "has begun" in said
    assert "has begun" in check_swap(begun, "A", "ht_smith", policy="free")


@pytest.mark.parametrize(
    ("policy", "slot", "exercise", "allowed"),
    [
        ("week", "A", "ht_smith", True),
        ("week", "A", "ht_band", False),
        ("week", "Z", "ht_smith", False),
        ("strict", "A", "ht_smith", False),
        ("strict", "A", None, True),
    ],
)
def test_swaps_go_to_what_the_coach_listed(
    policy: str, slot: str, exercise: str | None, allowed: bool
) -> None:
    assert (check_swap(MONDAY_SESSION, slot, exercise, policy=policy) == "") is allowed


def test_a_swap_lies_under_every_change_and_says_whose_it_is() -> None:
    plan = weeks("Mon Wed", rx(slot="A"), rx("row_chest", slot="B", sets=[work(10, 40)]))
    first = plan.sessions[0].id
    swaps = {(first, "A"): "ht_smith", (first, "B"): "ht_barbell"}
    written = swapped(plan, swaps, LIBRARY)
    light = overlay(ScaleLoad(D("0.5")), exercises=("ht_barbell",), pattern=None)
    shown = marked(resolve(written, [light], LIBRARY), plan, swaps).sessions[0]
    smith, thrust = shown.items
    assert smith.now is not None and smith.now.exercise == "ht_smith"
    assert smith.was == plan.sessions[0].items[0].now
    assert smith.because == (BY_CLIENT,)
    assert smith.now.work_sets[0].load_kg is None
    assert thrust.because == (BY_CLIENT,) and thrust.was is not None
    assert marked(resolve(written, [], LIBRARY), plan, swaps).sessions[1] == plan.sessions[1]


# What was kept …


def test_leaves_out_what_a_body_could_not_do() -> None:
    def due(day: int, state: str, why: str = "") -> Due:
        return Due(date(2025, 11, day), state, why)

    rows = [
        due(3, "done"),
        due(4, "planned"),
        due(5, "skipped"),
        due(6, "skipped", "holiday"),
        due(7, "skipped", "injury"),
        due(8, "skipped", "illness"),
        due(9, "excused"),
        due(10, "planned"),
        due(11, "done"),
    ]
    paused = {date(2025, 11, 10), date(2025, 11, 11)}
    assert kept(rows, paused=paused) == Kept(done=2, of=5, left_out=4)


def test_the_gap_of_no_training_days_is_a_whole_week() -> None:
    assert smallest_gap([]) == smallest_gap([MONDAY]) == 7
    assert smallest_gap([MONDAY, MONDAY + timedelta(days=2)]) == 2
