"""The items of a session as JSON and back, exactly: what a started session keeps (ruling 12)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from decimal import Decimal
from typing import Any

from programs.domain.document_progression import progression_from_json, progression_json
from programs.domain.prescription import Alternate, Item, Media, Prescription, SetTarget

_DECIMALS = ("load_kg", "percent", "rir", "last_plus_kg")


def items_to_json(items: Iterable[Item]) -> list[dict[str, Any]]:
    """Items as plain JSON; weights as text, so that no digit is lost."""
    return [
        {
            "now": _prescription(item.now),
            "was": _prescription(item.was),
            "because": list(item.because),
            "paused": item.paused,
        }
        for item in items
    ]


def items_from_json(raw: Iterable[Mapping[str, Any]]) -> tuple[Item, ...]:
    """The exact inverse of ``items_to_json``."""
    return tuple(
        Item(
            now=_read(each["now"]),
            was=_read(each["was"]),
            because=tuple(each["because"]),
            paused=each["paused"],
        )
        for each in raw
    )


def _prescription(one: Prescription | None) -> dict[str, Any] | None:
    if one is None:
        return None
    found = asdict(one)
    for target in found["sets"]:
        for key in _DECIMALS:
            target[key] = None if target[key] is None else str(target[key])
    found["progression"] = progression_json(one.progression) if one.progression else None
    return found


def _target(raw: Mapping[str, Any]) -> SetTarget:
    exact: dict[str, Any] = {
        key: Decimal(value) if key in _DECIMALS and value is not None else value
        for key, value in raw.items()
    }
    return SetTarget(**exact)


def _read(raw: Mapping[str, Any] | None) -> Prescription | None:
    if raw is None:
        return None
    sets = tuple(_target(target) for target in raw["sets"])
    apart = {"sets", "alternates", "setup", "cues", "media", "progression"}
    rest = {key: value for key, value in raw.items() if key not in apart}
    return Prescription(
        sets=sets,
        alternates=tuple(Alternate(**each) for each in raw["alternates"]),
        setup=tuple((name, value) for name, value in raw["setup"]),
        cues=tuple(raw["cues"]),
        media=tuple(Media(**each) for each in raw["media"]),
        progression=progression_from_json(raw["progression"]),
        **rest,
    )
