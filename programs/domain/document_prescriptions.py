"""Reading the prescriptions of one workout, with every fault (domain §5, §6 for the bounds)."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import cast

from programs.domain.document_progression import read_progression
from programs.domain.document_reader import Reader
from programs.domain.document_sets import MOST_SECONDS, read_sets
from programs.domain.exercise import Exercise
from programs.domain.prescription import Alternate, Direction, Media, Prescription, SetTarget
from programs.domain.search import did_you_mean

DIRECTIONS = ("same", "easier", "harder")
MEMBERS = (
    "slot", "exercise", "sets", "rest_seconds", "tempo", "superset", "note", "cues", "media",
    "alternates", "checklist", "limit", "setup", "progression",
)  # fmt: skip

Known = Mapping[str, Exercise] | None
Rows = Sequence[tuple[str, object]]


def read_prescriptions(reader: Reader, rows: Rows, exercises: Known) -> tuple[Prescription, ...]:
    """The prescriptions of one workout; no slot twice."""
    read = [_prescription(reader, row, pointer, exercises) for pointer, row in rows]
    slots: set[str] = set()
    for (pointer, _), one in zip(rows, read, strict=True):
        if one.slot and one.slot in slots:
            sentence = f"The slot {one.slot} is used twice in this workout."
            reader.fault(f"{pointer}/slot", "slot_twice", sentence, one.slot)
        slots.add(one.slot)
    return tuple(read)


def refuse_lone_supersets(
    reader: Reader, workouts: Iterable[tuple[str, Sequence[Prescription]]]
) -> None:
    """A superset needs two places in one workout; one that spans two workouts is named as such.

    `workouts` are those of one week, each with the pointer of its prescriptions.
    """
    given = [(pointer, list(each)) for pointer, each in workouts]
    letters = [Counter(one.superset for one in each if one.superset) for _, each in given]
    for place, (pointer, each) in enumerate(given):
        others = {letter for other, seen in enumerate(letters) if other != place for letter in seen}
        for row, one in enumerate(each):
            if one.superset is None or letters[place][one.superset] > 1:
                continue
            at = f"{pointer}/{row}/superset"
            if one.superset in others:
                sentence = f"The superset {one.superset} spans workouts; keep it inside one."
                reader.fault(at, "superset_across_workouts", sentence, one.superset)
            else:
                sentence = f"The superset {one.superset} has one place only."
                reader.fault(at, "superset_alone", sentence, one.superset)


def _prescription(reader: Reader, value: object, pointer: str, exercises: Known) -> Prescription:
    found = reader.members(value, pointer, MEMBERS, ("slot", "exercise", "sets"))

    def text(key: str, most: int) -> str | None:
        return reader.text(found[key], f"{pointer}/{key}", most=most) if key in found else None

    def rows(key: str) -> Rows:
        return reader.rows(found.get(key, []), f"{pointer}/{key}", least=0, most=10)

    sets = read_sets(reader, found["sets"], f"{pointer}/sets") if "sets" in found else ()
    at_fault = not any(one.kind == "work" for one in sets)
    if at_fault:
        # A fault is noted already; the rest of the prescription is read all the same.
        sets = (SetTarget("work"),)
    rest = None
    if "rest_seconds" in found:
        rest = reader.whole(found["rest_seconds"], f"{pointer}/rest_seconds", 0, MOST_SECONDS)
    progression = None
    if "progression" in found:
        at = f"{pointer}/progression"
        progression = read_progression(reader, found["progression"], at, () if at_fault else sets)
    return Prescription(
        slot=text("slot", 12) or "",
        exercise=_exercise(reader, found.get("exercise"), f"{pointer}/exercise", exercises),
        sets=sets,
        rest_seconds=rest,
        tempo=text("tempo", 20),
        superset=text("superset", 4),
        note=text("note", 2000) or "",
        alternates=tuple(
            read_alternate(reader, row, at, exercises) for at, row in rows("alternates")
        ),
        checklist=text("checklist", 60),
        limit=text("limit", 200),
        setup=_setup(reader, rows("setup")),
        cues=tuple(reader.text(row, at, most=200) for at, row in rows("cues")),
        media=tuple(read_media(reader, row, at) for at, row in rows("media")),
        progression=progression,
    )


def _exercise(reader: Reader, value: object, pointer: str, exercises: Known) -> str:
    if value is None:
        return ""
    name = reader.text(value, pointer, most=80)
    if name and exercises is not None and name not in exercises:
        sentence = f"There is no such exercise in your library{did_you_mean(exercises, name)}."
        reader.fault(pointer, "unknown_exercise", sentence, name)
    return name


def read_alternate(reader: Reader, value: object, pointer: str, exercises: Known) -> Alternate:
    """An alternate with its direction; an id alone goes the same way."""
    if isinstance(value, str):
        return Alternate(_exercise(reader, value, pointer, exercises))
    found = reader.members(value, pointer, ("exercise", "direction"), ("exercise",))
    direction = DIRECTIONS[0]
    if "direction" in found:
        direction = reader.one_of(found["direction"], f"{pointer}/direction", DIRECTIONS)
    exercise = _exercise(reader, found.get("exercise"), f"{pointer}/exercise", exercises)
    return Alternate(exercise, cast(Direction, direction))


def read_media(reader: Reader, value: object, pointer: str) -> Media:
    found = reader.members(value, pointer, ("url", "title"), ("url",))
    title = reader.text(found["title"], f"{pointer}/title", most=120) if "title" in found else ""
    url = reader.link(found["url"], f"{pointer}/url") if "url" in found else ""
    return Media(url, title)


def _setup(reader: Reader, rows: Rows) -> tuple[tuple[str, str], ...]:
    pairs = []
    for at, row in rows:
        found = reader.members(row, at, ("param", "value"), ("param", "value"))
        if len(found) == 2:
            param = reader.text(found["param"], f"{at}/param", most=60)
            pairs.append((param, reader.text(found["value"], f"{at}/value", most=200)))
    return tuple(pairs)
