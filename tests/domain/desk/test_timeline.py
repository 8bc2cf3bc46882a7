"""A timeline puts every dated row where it belongs."""

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from clients.domain.timeline import Load, Mark, Pain, Rows, Span, biggest_step, draw, weeks_back

TODAY = date(2026, 11, 22)
FIRST, LAST = weeks_back(TODAY, 8)
KG = Decimal


def _rows(**parts: object) -> Rows:
    return Rows(FIRST, LAST, TODAY, **parts)  # type: ignore[arg-type]


def test_eight_weeks_run_three_ahead() -> None:
    assert date(2026, 9, 27) == FIRST
    assert date(2026, 12, 13) == LAST


@given(
    st.lists(
        st.tuples(st.integers(-10, 90), st.integers(0, 10), st.booleans()), min_size=1, max_size=20
    ),
    st.sampled_from([352, 760]),
)
def test_no_dot_leaves_its_lane(values: list[tuple[int, int, bool]], width: int) -> None:
    pain = tuple(Pain(FIRST + timedelta(days=d), v, m) for d, v, m in values)
    drawing = draw(_rows(pain=pain), width=width)
    assert all(drawing.left <= dot.x <= drawing.right for dot in drawing.dots)
    assert all(drawing.pain.top <= dot.y <= drawing.pain.bottom for dot in drawing.dots)
    shown = [each for each in pain if FIRST <= each.on <= LAST]
    assert len(drawing.dots) == len(shown)


def test_the_latest_peak_alone_carries_its_number() -> None:
    pain = (Pain(FIRST, 4), Pain(TODAY, 4), Pain(TODAY, 2, morning=True))
    labels = [(dot.label, dot.x) for dot in draw(_rows(pain=pain), width=760).dots if dot.label]
    assert [label for label, _ in labels] == ["4"]
    assert labels[0][1] == draw(_rows(), width=760).today_x


def test_a_ten_is_labelled_inside_the_drawing() -> None:
    (dot,) = draw(_rows(pain=(Pain(TODAY, 10),)), width=352).dots
    assert dot.label_y > dot.y


def test_a_line_breaks_where_the_exercise_changes_and_where_the_plan_begins() -> None:
    day = timedelta(days=1)
    loads = (
        Load(FIRST, KG(100), "Thrust"),
        Load(FIRST + day, KG(110), "Thrust"),
        Load(FIRST + 2 * day, KG(60), "American"),
        Load(TODAY + day, KG(60), "American", planned=True),
        Load(TODAY + 3 * day, KG(65), "American", planned=True),
    )
    lines = draw(_rows(loads=loads), width=760).lines
    assert [(line.planned, line.dot is not None) for line in lines] == [
        (False, False),
        (False, True),
        (True, False),
    ]


def test_one_load_stands_in_the_middle_and_is_named_once() -> None:
    drawing = draw(_rows(loads=(Load(TODAY, KG(120), "Thrust"),)), width=352)
    assert drawing.load_high == (drawing.load.middle, "120")
    assert drawing.load_low is None


def test_pounds_are_named_in_pounds() -> None:
    loads = (Load(FIRST, KG(100), "Thrust"), Load(TODAY, KG(120), "Thrust"))
    drawing = draw(_rows(loads=loads), width=352, unit_factor=KG("2.2046"))
    assert (drawing.load_high[1], drawing.load_low) == ("265", (drawing.load.bottom, "220"))


def test_a_late_change_is_named_towards_the_middle() -> None:
    spans = (
        Span(FIRST, FIRST + timedelta(days=14), "Early", ended=True),
        Span(TODAY, LAST, "Late"),
    )
    early, late = draw(_rows(spans=spans), width=760).bars
    assert (early.anchor, early.ended, late.anchor, late.ended) == ("start", True, "end", False)
    assert late.y > early.y


def test_marks_outside_the_view_are_left_out() -> None:
    marks = (Mark(TODAY, "refer"), Mark(FIRST - timedelta(days=1), "cleared"))
    assert [mark.kind for mark in draw(_rows(marks=marks), width=352).marks] == ["refer"]


def test_a_narrow_one_has_room_for_four_dates() -> None:
    assert len(draw(_rows(), width=352).ticks) == 4
    assert len(draw(_rows(), width=760).ticks) == 12


def test_the_biggest_step_is_of_one_lift_and_done() -> None:
    day = timedelta(days=7)
    loads = [
        Load(FIRST, KG(100), "Thrust"),
        Load(FIRST + day, KG(110), "Thrust"),
        Load(FIRST + 2 * day, KG(115), "Thrust"),
        Load(FIRST + 3 * day, KG(160), "Squat"),
        Load(TODAY + day, KG(300), "Squat", planned=True),
    ]
    assert biggest_step(loads) == (FIRST + day, KG(10))
    assert biggest_step(loads[:1]) is None


def test_nothing_at_all_is_empty() -> None:
    assert _rows().empty
    assert not _rows(pain=(Pain(TODAY, 0),)).empty
