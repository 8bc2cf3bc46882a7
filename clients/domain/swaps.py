"""A client's own swaps to what the coach listed: under every regression, never past one.

A swapped place is what the overlays are laid over, so that a change for a painful area reaches
the lift that is really done. Where no overlay touches it, it shows as the client's own choice.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from uuid import UUID

from clients.domain.change import changed
from clients.domain.overlay import Overlay, Swap
from programs.domain.exercise import Library
from programs.domain.prescription import Item, Plan, PlannedSession, Prescription

BY_CLIENT = "client"
"""Stands among the causes of a place the client swapped."""

Swaps = Mapping[tuple[UUID, str], str]
"""The exercise now done, by session and slot."""


def swapped(plan: Plan, swaps: Swaps, library: Library) -> Plan:
    """The plan with each swapped place written as its alternate; sessions begun stay as shown."""
    if not swaps:
        return plan
    return replace(plan, sessions=tuple(_session(each, swaps, library) for each in plan.sessions))


def marked(resolved: Plan, written: Plan, swaps: Swaps) -> Plan:
    """The resolved plan, each swapped place telling what the coach wrote, and who swapped it."""
    if not swaps:
        return resolved
    plain = {session.id: session for session in written.sessions}
    return replace(
        resolved,
        sessions=tuple(_marked(each, plain[each.id], swaps) for each in resolved.sessions),
    )


def _session(session: PlannedSession, swaps: Swaps, library: Library) -> PlannedSession:
    if session.state not in {"planned", "skipped", "excused"}:
        return session
    items = tuple(_item(item, session.id, swaps, library) for item in session.items)
    return replace(session, items=items)


def _item(item: Item, session: UUID, swaps: Swaps, library: Library) -> Item:
    written = item.written
    target = swaps.get((session, written.slot))
    if target is None or target == written.exercise or target not in library:
        return item
    return Item(_instead(written, target, library))


def _instead(written: Prescription, target: str, library: Library) -> Prescription:
    """The alternate with the same sets; its load is the client's to find by RIR (domain §6)."""
    swap, day = Swap(written.exercise, target), date.min
    overlay = Overlay("", "", day, None, day, None, (written.exercise,), (swap,), "")
    return replace(changed(written, overlay, 1, library), progression=None)


def _marked(session: PlannedSession, plain: PlannedSession, swaps: Swaps) -> PlannedSession:
    if session.state not in {"planned", "skipped", "excused"}:
        return session
    wrote = {item.written.slot: item.written for item in plain.items}
    items = []
    for item in session.items:
        was = wrote[item.written.slot]
        if item.written.exercise != was.exercise and (session.id, was.slot) in swaps:
            item = replace(item, was=was, because=(*item.because, BY_CLIENT))
        items.append(item)
    return replace(session, items=tuple(items))
