"""Writings for the tests of edits and flows: a program's document with a place for each workout."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

from hypothesis import strategies as st

from clients.domain.plan_writing import Place, Writing, spots
from programs.domain.document import Phase, ProgramDocument, Week, Workout
from programs.domain.prescription import Prescription
from tests.domain.plans.training import MONDAY, rx, work

DAYS = (0, 2, 4)  # Monday, Wednesday, Friday


ROW = rx("row_chest", slot="B1", sets=[work(10, 40)])


def thrust(kg: float = 120, reps: int = 8, **more: object) -> Prescription:
    return rx(slot="A1", sets=[work(reps, kg)] * 3, **more)


def workout(name: str, *rows: Prescription) -> Workout:
    return Workout(name, rows or (thrust(), ROW))


def program(*weeks: Week, name: str = "Base") -> ProgramDocument:
    return ProgramDocument(name, (Phase("One", weeks or (week(4),)),))


def week(repeat: int, *workouts: Workout) -> Week:
    return Week(workouts or tuple(workout(f"Day {day}") for day in "ABC"), repeat)


def dated(document: ProgramDocument, starts_on: date = MONDAY) -> Writing:
    """The document from a Monday on: Monday, Wednesday, Friday, then the days between."""
    days = [*DAYS, 1, 3, 5, 6]
    places: list[Place] = []
    number = 0
    for phase in document.phases:
        for each in phase.weeks:
            for _ in range(each.repeat):
                for index in range(len(each.workouts)):
                    on = starts_on + timedelta(days=7 * number + days[index])
                    id_ = UUID(int=(number + 1) * 100 + index + 1)
                    places.append(Place(id_, on, on, (number + 1, index + 1)))
                number += 1
    return Writing(document, tuple(places))


def by_id(writing: Writing) -> dict[UUID, tuple[Place, Workout]]:
    """Every session as it stands, its workout as it reads alone."""
    return {spot.place.id: (spot.place, spot.alone) for spot in spots(writing)}


def ids(writing: Writing, since: date) -> frozenset[UUID]:
    """The sessions on this day or later."""
    return frozenset(each.id for each in writing.places if each.on >= since)


lifts = st.sampled_from(["ht_barbell", "row_chest", "sq_back", "rdl_bb", "leg_press"])
prescriptions = st.builds(
    lambda lift, reps, kg, note: rx(lift, sets=[work(reps, kg)] * 2, note=note),
    lifts,
    st.integers(5, 7),
    st.sampled_from([40, 60]),
    st.sampled_from(["", "slow"]),
)


@st.composite
def workouts(draw: st.DrawFn) -> Workout:
    slots = draw(st.lists(st.sampled_from(["A1", "B1", "C1"]), min_size=1, unique=True))
    rows = tuple(replace(draw(prescriptions), slot=slot) for slot in slots)
    return Workout(draw(st.sampled_from(["Day A", "Day B", "Day C"])), rows)


@st.composite
def documents(draw: st.DrawFn) -> ProgramDocument:
    made: Sequence[Week] = draw(
        st.lists(
            st.builds(
                lambda rows, repeat: Week(tuple(rows), repeat),
                st.lists(workouts(), max_size=3),
                st.integers(1, 3),
            ),
            min_size=1,
            max_size=3,
        )
    )
    return ProgramDocument("Base", (Phase("One", tuple(made)),))
