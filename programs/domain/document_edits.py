"""Partial edits of a program: each one addressed, the result read as a whole or refused as one.

An edit is an object with `op` and `at`, a pointer (RFC 6901) into the program as it stands before
that edit; merge, remove and duplicate take several. Nothing here changes what it is given.
"""

from collections.abc import Callable, Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from programs.domain.document import parse
from programs.domain.document_json import to_json
from programs.domain.document_parts import ProgramDocument
from programs.domain.document_prescriptions import Known
from programs.domain.document_reader import BadDocument, Reader

MOST_EDITS = 100
MOST_PLACES = 500
MOST_VALUES = 100_000
"""In a program after a copy: two years, six days a week, written out week by week."""
APPENDED = "-"


def edited(document: ProgramDocument, edits: object, *, exercises: Known) -> ProgramDocument:
    """The program after every edit, in order. Raises BadDocument.

    A fault below `/edits` is in what was sent; any other pointer is into the program as it would
    be.
    """
    reader = Reader()
    raw: Any = to_json(document)
    for at, one in reader.rows(edits, "/edits", least=1, most=MOST_EDITS):
        _apply(reader, raw, one, at)
        if reader.faults:
            # What follows is addressed in a program that never came to be.
            break
    if reader.faults:
        raise BadDocument(tuple(reader.faults))
    return parse(raw, exercises=exercises)


class _Lost(LookupError):
    """A pointer that leads nowhere."""


@dataclass(frozen=True, slots=True)
class _Place:
    """A member of an object or a row of a list, as it stands in one program."""

    holder: Any
    key: Any

    @property
    def value(self) -> Any:
        """What stands there."""
        return self.holder[self.key]


def _apply(reader: Reader, raw: Any, edit: object, pointer: str) -> None:
    """Do one edit in this working copy, or note a fault."""
    if not isinstance(edit, dict) or edit.get("op") is None:
        sentence = f"An object with op is expected; one of {', '.join(OPS)}."
        reader.fault(f"{pointer}/op", "missing_member", sentence)
        return
    faults = len(reader.faults)
    op = reader.one_of(edit["op"], f"{pointer}/op", tuple(OPS))
    members, act = OPS[op]
    found = reader.members(edit, pointer, ("op", "at", *members), ("at", *members))
    if len(reader.faults) > faults:
        return
    try:
        act(raw, found)
    except _Lost as lost:
        named, sentence = lost.args
        reader.fault(f"{pointer}/{named}", "no_such_place", sentence, found.get(named))


def _replace(raw: Any, found: dict[str, Any]) -> None:
    """Another value where one stands."""
    (place,) = _places(raw, found, one=True)
    place.holder[place.key] = deepcopy(found["value"])


def _add(raw: Any, found: dict[str, Any]) -> None:
    """A new row before the one that stands there; `-` is after the last."""
    holder, key = _parent(raw, found["at"], "at")
    _insert(holder, key, deepcopy(found["value"]), "at")


def _merge(raw: Any, found: dict[str, Any]) -> None:
    """The same members changed in every place that is named; null takes one away (RFC 7396)."""
    for place in _places(raw, found):
        place.holder[place.key] = _merged(place.value, found["value"])


def _merged(old: Any, new: Any) -> Any:
    if not isinstance(new, dict):
        return deepcopy(new)
    kept = dict(old) if isinstance(old, dict) else {}
    for key, value in new.items():
        if value is None:
            kept.pop(key, None)
        else:
            kept[key] = _merged(kept.get(key), value)
    return kept


def _remove(raw: Any, found: dict[str, Any]) -> None:
    """What stands there goes; from the last to the first, so that no place shifts before."""
    for place in reversed(_places(raw, found)):
        del place.holder[place.key]


def _duplicate(raw: Any, found: dict[str, Any]) -> None:
    """The same once more, right after."""
    places = _places(raw, found)
    if _size(raw) + sum(_size(place.value) for place in places) > MOST_VALUES:
        raise _Lost("at", "With that once more the program would be too large.")
    for place in reversed(places):
        if not isinstance(place.holder, list):
            raise _Lost("at", "Only a row of a list can stand twice: a week, a workout, a phase.")
        place.holder.insert(place.key + 1, deepcopy(place.value))


def _move(raw: Any, found: dict[str, Any]) -> None:
    """A row taken out and put before the one at `to`, counted once it is out; `-` is the end."""
    (place,) = _places(raw, found, one=True)
    if not isinstance(place.holder, list):
        raise _Lost("at", "Only a row of a list can be moved: a week, a workout, a prescription.")
    if f"{found['to']}/".startswith(f"{found['at']}/"):
        raise _Lost("to", "A row cannot be moved into itself.")
    row = place.holder.pop(place.key)
    holder, key = _parent(raw, found["to"], "to")
    _insert(holder, key, row, "to")


def _split(raw: Any, found: dict[str, Any]) -> None:
    """A repeated week in two blocks, the first of `after` weeks; progressions keep their place."""
    (place,) = _places(raw, found, one=True)
    week, after = place.value, found["after"]
    repeat = week.get("repeat") if isinstance(week, dict) else None
    if not isinstance(repeat, int) or not isinstance(place.holder, list):
        raise _Lost("at", "Only a week can be split.")
    if not isinstance(after, int) or isinstance(after, bool) or not 0 < after < repeat:
        raise _Lost("after", f"The block has {repeat} weeks; 1 to {repeat - 1} can be its first.")
    rest = deepcopy(week)
    week["repeat"], rest["repeat"] = after, repeat - after
    for workout in rest["workouts"]:
        for one in workout["prescriptions"]:
            if "progression" in one:
                behind = one["progression"].get("behind", 0)
                one["progression"]["behind"] = behind + after
    place.holder.insert(place.key + 1, rest)


def _places(raw: Any, found: dict[str, Any], *, one: bool = False) -> list[_Place]:
    """Every place that `at` names, in the order of the program, each once."""
    at = found["at"]
    named: Sequence[Any] = [at] if isinstance(at, str) else at
    if not isinstance(named, list) or not 0 < len(named) <= (1 if one else MOST_PLACES):
        most = "one pointer" if one else f"a pointer, or a list of at most {MOST_PLACES}"
        raise _Lost("at", f"{most.capitalize()} is expected.")
    places = []
    for pointer in dict.fromkeys(str(each) for each in named):
        holder, key = _parent(raw, pointer, "at")
        if isinstance(holder, list):
            if key == APPENDED or key >= len(holder):
                raise _Lost("at", f"There is nothing at {pointer}.")
        elif key not in holder:
            raise _Lost("at", f"There is nothing at {pointer}.")
        places.append((_in_order(pointer), _Place(holder, key)))
    return [place for _, place in sorted(places, key=lambda each: each[0])]


def _in_order(pointer: str) -> list[tuple[int, str]]:
    """A pointer as it sorts: rows by their number."""
    return [(int(step), "") if step.isdecimal() else (-1, step) for step in pointer.split("/")]


def _parent(raw: Any, pointer: Any, named: str) -> tuple[Any, Any]:
    """What holds a place, and the key there. Raises _Lost."""
    lost = _Lost(named, f"There is nothing at {str(pointer)[:200]}.")
    if not isinstance(pointer, str) or not pointer.startswith("/") or len(pointer) > 200:
        raise lost
    *path, last = [step.replace("~1", "/").replace("~0", "~") for step in pointer[1:].split("/")]
    holder = raw
    for step in path:
        if isinstance(holder, list) and step.isdecimal() and int(step) < len(holder):
            holder = holder[int(step)]
        elif isinstance(holder, dict) and step in holder:
            holder = holder[step]
        else:
            raise lost
    if isinstance(holder, dict):
        return holder, last
    if isinstance(holder, list) and (last == APPENDED or last.isdecimal()):
        return holder, last if last == APPENDED else int(last)
    raise lost


def _size(value: Any) -> int:
    """How many values there are in a value, itself included."""
    count, heap = 0, [value]
    while heap:
        one = heap.pop()
        count += 1
        if isinstance(one, dict):
            heap.extend(one.values())
        elif isinstance(one, list):
            heap.extend(one)
    return count


def _insert(holder: Any, key: Any, value: Any, named: str) -> None:
    if isinstance(holder, dict):
        holder[key] = value
        return
    place = len(holder) if key == APPENDED else key
    if place > len(holder):
        raise _Lost(named, f"The list has {len(holder)} rows; 0 to {len(holder)} or - is accepted.")
    holder.insert(place, value)


Act = Callable[[Any, dict[str, Any]], None]
OPS: dict[str, tuple[tuple[str, ...], Act]] = {
    "replace": (("value",), _replace),
    "add": (("value",), _add),
    "merge": (("value",), _merge),
    "remove": ((), _remove),
    "duplicate": ((), _duplicate),
    "move": (("to",), _move),
    "split": (("after",), _split),
}
"""Each edit with the members it needs beside `op` and `at`, and what it does."""
