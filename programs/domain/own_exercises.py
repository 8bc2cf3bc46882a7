"""A practice's own exercises, so that they join the graph safely (domain §4, I-4).

What one asks of the body is taken from the exercise it is like, or nobody rated it: then it is
never proposed, and blocked while a referral is open.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from programs.domain.document_prescriptions import Known, read_alternate, read_media
from programs.domain.document_reader import BadDocument, Reader
from programs.domain.exercise import ALWAYS_THERE, Basis, Exercise, Library, Mark
from programs.domain.prescription import Alternate, Media

OWN = "_own"
"""What parts the readable beginning of an own exercise's id from eight random letters."""

LOADINGS: Mapping[str, Basis] = {
    "weight": Basis.CALIBRATE,
    "body_weight": Basis.BODY_WEIGHT,
    "body_weight_plus": Basis.BODY_WEIGHT_LOADED,
    "band": Basis.BAND,
}
"""What a set of it is written with. No ratio: its loads are found, never worked out from others."""


@dataclass(frozen=True, slots=True)
class OwnExercise:
    """An exercise as a practice wrote it down."""

    id: str
    name: str
    pattern: str
    equipment: tuple[str, ...] = ()
    basis: Basis = Basis.CALIBRATE
    hands: int = 0
    like: str | None = None


@dataclass(frozen=True, slots=True)
class Extras:
    """What a practice adds to an exercise: cues, films, alternates with their direction."""

    cues: tuple[str, ...] = ()
    media: tuple[Media, ...] = ()
    alternates: tuple[Alternate, ...] = ()


def read_extras(raw: object, exercise_id: str, exercises: Known) -> Extras:
    """What a practice adds, as sent. Raises BadDocument with every fault."""
    reader = Reader()
    found = reader.members(raw, "", ("cues", "media", "alternates"), ())

    def rows(key: str) -> list[tuple[str, object]]:
        return reader.rows(found.get(key, []), f"/{key}", least=0, most=10)

    extras = Extras(
        tuple(reader.text(row, at, most=200) for at, row in rows("cues")),
        tuple(read_media(reader, row, at) for at, row in rows("media")),
        tuple(read_alternate(reader, row, at, exercises) for at, row in rows("alternates")),
    )
    for place, one in enumerate(extras.alternates):
        if one.exercise == exercise_id:
            sentence = "An exercise is no alternate of itself."
            reader.fault(f"/alternates/{place}", "own_alternate", sentence, exercise_id)
    if reader.faults:
        raise BadDocument(tuple(reader.faults))
    return extras


def extras_json(extras: Extras) -> dict[str, Any]:
    """What a practice adds as plain JSON values."""
    return {
        "cues": list(extras.cues),
        "media": [{"url": one.url, "title": one.title} for one in extras.media],
        "alternates": [
            {"exercise": one.exercise, "direction": one.direction} for one in extras.alternates
        ],
    }


def extras_from_json(raw: Mapping[str, Any]) -> Extras:
    """The exact inverse of ``extras_json``."""
    return Extras(
        tuple(raw["cues"]),
        tuple(Media(**one) for one in raw["media"]),
        tuple(Alternate(**one) for one in raw["alternates"]),
    )


def plain_id(exercise_id: str) -> str:
    """An id as words, without the random letters of an own one."""
    return re.sub(rf"{OWN}[0-9a-f]{{8}}$", "", exercise_id).replace("_", " ")


def equipment_words(library: Library) -> tuple[str, ...]:
    """Every piece of equipment that the library names, to choose from."""
    named = {word for one in library.values() for item in one.equipment for word in item.split("|")}
    return tuple(sorted(named | ALWAYS_THERE))


def with_practice(library: Library, own: Iterable[OwnExercise]) -> Library:
    """The library with a practice's own exercises after it."""
    return library.with_own(_joined(library, one) for one in own)


def _joined(library: Library, own: OwnExercise) -> Exercise:
    like = library.get(own.like) if own.like else None
    return Exercise(
        id=own.id,
        name=own.name,
        pattern=own.pattern,
        family=like.family if like else "",
        basis=own.basis,
        equipment=own.equipment,
        demands=like.demands if like else (),
        demand_mark=Mark.DEFAULT,
        reps=like.reps if like else None,
        hands=own.hands,
    )
