"""Pain, load and changes on one time axis: dated rows in, places on a drawing out (desk §4).

Units of the drawing are pixels at 1:1; the same rows are drawn twice, wide and narrow, because a
scaled drawing has letters too small to read.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from itertools import groupby, pairwise

WORST = 10
BAND = (3, 5)  # amber, domain §3.3
GAP = 22  # between lanes
EVERY_WEEK_FROM = 700  # a drawing this wide has room for a date at each week
MOST_TICKS_NARROW = 4


@dataclass(frozen=True, slots=True)
class Pain:
    """A pain value of 0–10 on a day; `morning` = the answer of the next morning."""

    on: date
    value: int
    morning: bool = False
    where: str = ""


@dataclass(frozen=True, slots=True)
class Load:
    """The heaviest work set of a lift on a day, in kg; `planned` = still ahead."""

    on: date
    kg: Decimal
    exercise: str
    planned: bool = False


@dataclass(frozen=True, slots=True)
class Span:
    """A change in force from a day until its review or its end; `ended` tells which."""

    starts_on: date
    until: date
    title: str
    ended: bool = False


@dataclass(frozen=True, slots=True)
class Mark:
    """Something that happened on a day and is drawn as a silhouette: refer, cleared."""

    on: date
    kind: str


@dataclass(frozen=True, slots=True)
class Rows:
    """Everything a timeline shows, as dated rows; the table beside the drawing shows the same."""

    first: date
    last: date
    today: date
    pain: tuple[Pain, ...] = ()
    loads: tuple[Load, ...] = ()
    spans: tuple[Span, ...] = ()
    marks: tuple[Mark, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether there is nothing to draw."""
        return not (self.pain or self.loads or self.spans or self.marks)


@dataclass(frozen=True, slots=True)
class Dot:
    """A pain value in the drawing; the peak carries its number."""

    x: int
    y: int
    morning: bool
    label: str
    label_y: int


@dataclass(frozen=True, slots=True)
class Line:
    """One exercise's loads in a row: done is solid, planned dashed; a lone one is a dot."""

    points: str
    planned: bool
    dot: tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class Bar:
    """A change in force."""

    x: int
    y: int
    width: int
    title: str
    label_x: int
    anchor: str
    ended: bool


@dataclass(frozen=True, slots=True)
class Tick:
    """A date on the axis, its words centred on it."""

    x: int
    on: date


@dataclass(frozen=True, slots=True)
class Placed:
    """A silhouette on the changes lane."""

    x: int
    y: int
    kind: str
    on: date


@dataclass(frozen=True, slots=True)
class Lane:
    """A band of the drawing from `top` to `bottom`."""

    top: int
    bottom: int

    @property
    def middle(self) -> int:
        """The height at which its name stands."""
        return (self.top + self.bottom) // 2


@dataclass(frozen=True, slots=True)
class Drawing:
    """A timeline ready to be written as SVG: only places and words, nothing to compute."""

    width: int
    height: int
    left: int
    right: int
    pain: Lane
    load: Lane
    change: Lane
    band_top: int
    band_height: int
    ten: int
    zero: int
    today_x: int
    dots: tuple[Dot, ...]
    lines: tuple[Line, ...]
    load_high: tuple[int, str]
    load_low: tuple[int, str] | None
    bars: tuple[Bar, ...]
    marks: tuple[Placed, ...]
    ticks: tuple[Tick, ...]

    @property
    def across(self) -> int:
        """How wide the lanes are."""
        return self.right - self.left


def draw(rows: Rows, *, width: int, unit_factor: Decimal = Decimal(1)) -> Drawing:
    """Place every row on a drawing of this width; `unit_factor` turns kg into the reader's unit."""
    left, right = 34, width - 20
    pain = Lane(14, 94)
    load = Lane(pain.bottom + GAP, pain.bottom + GAP + 60)
    bars_top = load.bottom + GAP
    bars = _bars(rows, left, right, bars_top)
    change = Lane(bars_top, bars_top + max(18 if rows.marks else 0, 20 * len(rows.spans)))
    low, high = _load_range(rows.loads)
    return Drawing(
        width=width,
        height=change.bottom + 24,
        left=left,
        right=right,
        pain=pain,
        load=load,
        change=change,
        band_top=_pain_y(BAND[1], pain),
        band_height=_pain_y(BAND[0], pain) - _pain_y(BAND[1], pain),
        ten=pain.top,
        zero=pain.bottom,
        today_x=_x(rows.today, rows, left, right),
        dots=tuple(_dots(rows, left, right, pain)),
        lines=tuple(_lines(rows, left, right, load, low, high)),
        load_high=(load.top if low != high else load.middle, _whole(high * unit_factor)),
        load_low=(load.bottom, _whole(low * unit_factor)) if low != high else None,
        bars=bars,
        marks=tuple(
            Placed(_x(each.on, rows, left, right), change.top, each.kind, each.on)
            for each in rows.marks
            if rows.first <= each.on <= rows.last
        ),
        ticks=tuple(_ticks(rows, left, right, every_week=width >= EVERY_WEEK_FROM)),
    )


def biggest_step(loads: Sequence[Load]) -> tuple[date, Decimal] | None:
    """The day and size in kg of the biggest rise of one lift between two days it was done."""
    done = [each for each in loads if not each.planned]
    steps = [
        (later.kg - earlier.kg, later.on)
        for earlier, later in pairwise(done)
        if later.exercise == earlier.exercise and later.kg > earlier.kg
    ]
    if not steps:
        return None
    size, on = max(steps)
    return on, size


def weeks_back(today: date, weeks: int) -> tuple[date, date]:
    """The first and last day of a view: so many weeks back, and three ahead for what is planned."""
    return today - timedelta(weeks=weeks), today + timedelta(weeks=3)


def _x(on: date, rows: Rows, left: int, right: int) -> int:
    days = max(1, (rows.last - rows.first).days)
    at = min(max((on - rows.first).days, 0), days)
    return left + round((right - left) * at / days)


def _pain_y(value: int, lane: Lane) -> int:
    return lane.bottom - round((lane.bottom - lane.top) * value / WORST)


def _dots(rows: Rows, left: int, right: int, lane: Lane) -> Iterable[Dot]:
    shown = [each for each in rows.pain if rows.first <= each.on <= rows.last]
    peak = max((each.value for each in shown), default=None)
    labelled = False
    for each in reversed(shown):
        y = _pain_y(each.value, lane)
        # The latest of several equal peaks carries the number: it is the one being read about.
        names_it = each.value == peak and not labelled
        labelled = labelled or names_it
        yield Dot(
            x=_x(each.on, rows, left, right),
            y=y,
            morning=each.morning,
            label=str(each.value) if names_it else "",
            label_y=y - 8 if y - 8 > lane.top - 4 else y + 16,
        )


def _load_range(loads: Sequence[Load]) -> tuple[Decimal, Decimal]:
    values = [each.kg for each in loads]
    return (min(values), max(values)) if values else (Decimal(0), Decimal(0))


def _lines(
    rows: Rows, left: int, right: int, lane: Lane, low: Decimal, high: Decimal
) -> Iterable[Line]:
    def y(kg: Decimal) -> int:
        if high == low:
            return lane.middle
        return lane.bottom - round((lane.bottom - lane.top) * (kg - low) / (high - low))

    shown = [each for each in rows.loads if rows.first <= each.on <= rows.last]
    for (_, planned), run in groupby(shown, key=lambda each: (each.exercise, each.planned)):
        points = [(_x(each.on, rows, left, right), y(each.kg)) for each in run]
        yield Line(
            points=" ".join(f"{x},{at}" for x, at in points),
            planned=planned,
            dot=points[0] if len(points) == 1 else None,
        )


def _bars(rows: Rows, left: int, right: int, top: int) -> tuple[Bar, ...]:
    found = []
    for number, each in enumerate(rows.spans):
        x = _x(each.starts_on, rows, left, right)
        end = _x(each.until, rows, left, right)
        inwards = x > (left + right) // 2
        found.append(
            Bar(
                x=x,
                y=top + 20 * number + 12,
                width=max(4, end - x),
                title=each.title,
                label_x=end if inwards else x,
                anchor="end" if inwards else "start",
                ended=each.ended,
            )
        )
    return tuple(found)


def _ticks(rows: Rows, left: int, right: int, *, every_week: bool) -> Iterable[Tick]:
    weeks = (rows.last - rows.first).days // 7
    step = 1 if every_week and weeks <= 12 else max(1, -(-weeks // MOST_TICKS_NARROW))
    on = rows.first
    while on <= rows.last:
        yield Tick(_x(on, rows, left, right), on)
        on += timedelta(weeks=step)


def _whole(value: Decimal) -> str:
    return str(value.quantize(Decimal(1), ROUND_HALF_UP))
