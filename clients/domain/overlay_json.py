"""An overlay as JSON and back, exactly: what a regression's row stores (ruling 10)."""

from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from clients.domain.overlay import (
    Alternate,
    Freq,
    Grid,
    HighRep,
    Op,
    Overlay,
    Range,
    Recheck,
    Remove,
    Reps,
    RirMin,
    ScaleLoad,
    ScaleSets,
    Setup,
    Swap,
    Tempo,
)
from programs.domain.loadable import Loadable, Plate

_NAMES: dict[str, type[Any]] = {
    "recheck": Recheck,
    "setup": Setup,
    "scale_load": ScaleLoad,
    "reps": Reps,
    "rir_min": RirMin,
    "range": Range,
    "tempo": Tempo,
    "scale_sets": ScaleSets,
    "swap": Swap,
    "freq": Freq,
    "remove": Remove,
    "high_rep": HighRep,
    "alternate": Alternate,
}
_NAME_OF = {kind: name for name, kind in _NAMES.items()}


def to_json(overlay: Overlay) -> dict[str, Any]:
    """The overlay as plain JSON values; `from_json` is its exact inverse."""
    return {field.name: _encode(getattr(overlay, field.name)) for field in fields(overlay)}


def from_json(raw: Mapping[str, Any]) -> Overlay:
    """The overlay that `to_json` wrote. Raises ValueError on an operation or member unknown."""
    return Overlay(**_members(raw, Overlay))


def _encode(value: Any) -> Any:
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_encode(part) for part in value]
    if is_dataclass(value):
        members = {field.name: _encode(getattr(value, field.name)) for field in fields(value)}
        name = _NAME_OF.get(type(value))
        return members if name is None else {"op": name} | members
    return value


def _op(raw: Mapping[str, Any]) -> Op:
    kind = _NAMES.get(raw.get("op", ""))
    if kind is None:
        raise ValueError(f"unknown operation {raw.get('op')!r}")
    op: Op = kind(**_members({key: raw[key] for key in raw if key != "op"}, kind))
    return op


def _ops(raw: list[Mapping[str, Any]]) -> tuple[Op, ...]:
    return tuple(_op(part) for part in raw)


def _decimal(raw: str | None) -> Decimal | None:
    return None if raw is None else Decimal(raw)


def _date(raw: str | None) -> date | None:
    return None if raw is None else date.fromisoformat(raw)


_DECODE: dict[str, Callable[[Any], Any]] = {
    **dict.fromkeys(
        ("factor", "cap_kg", "n", "rir_min", "empty", "step", "heaviest", "weight"), _decimal
    ),
    **dict.fromkeys(("starts_on", "ended_on", "review_on"), _date),
    **dict.fromkeys(("ops", "odd", "even"), _ops),
    "loads": lambda raw: tuple(_decimal(load) for load in raw),
    "exercises": tuple,
    "grids": lambda raw: tuple(Grid(**_members(part, Grid)) for part in raw),
    "loadable": lambda raw: Loadable(**_members(raw, Loadable)),
    "plates": lambda raw: tuple(Plate(**_members(part, Plate)) for part in raw),
}


def _members(raw: Mapping[str, Any], kind: type[Any]) -> dict[str, Any]:
    """The decoded members of one dataclass; each one must be there and no other may be."""
    expected = {field.name for field in fields(kind)}
    if set(raw) != expected:
        raise ValueError(f"{kind.__name__} takes {sorted(expected)}, not {sorted(raw)}")
    return {key: _DECODE[key](raw[key]) if key in _DECODE else raw[key] for key in raw}
