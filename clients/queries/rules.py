"""Which rules hold for a client: the practice's own settings and protocols, else what ships."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from importlib.resources import files

from clients import models
from clients.domain.bands import Settings
from clients.domain.settings_file import read_settings, settings_text
from clients.queries import people
from coachapi.accounts.models import User
from coachapi.refusals import NotThere
from programs import queries as programs
from programs.domain.datafile import BadData
from programs.domain.protocol import ProtocolSet, parse_whole
from programs.models import RuleBook

KINDS = (RuleBook.PROTOCOLS, RuleBook.SETTINGS)


@dataclass(frozen=True, slots=True)
class Held:
    """A rule book as it holds: number 0 is what ships; ``fault`` why the latest cannot be read."""

    kind: str
    number: int
    text: str
    latest: RuleBook | None
    versions: Sequence[RuleBook]
    fault: str


def settings_for(client: models.Client) -> Settings:
    """The borders and hours by which this client's reports are judged. One query.

    Borders that a later rule set no longer allows give those that ship.
    """
    book = programs.rule_book(client.practice_id, RuleBook.SETTINGS)
    borders = Settings()
    if book is not None:
        with suppress(BadData):
            borders = read_settings(book.body, version=f"practice {book.number}")
    return replace(borders, ask_hour=client.health.morning_hour)


def settings_of(user: User) -> Settings:
    """The borders for this user's own reports; those that ship for nobody's client."""
    try:
        return settings_for(people.own_client(user))
    except NotThere:
        return Settings()


def protocols_for(practice_id: uuid.UUID) -> ProtocolSet:
    """The protocols from which this practice's options come. One query, at first two."""
    return programs.protocols_of(practice_id)


def held(practice_id: uuid.UUID, kind: str) -> Held:
    """What holds in a practice, with its text and every version. Two queries."""
    book = programs.rule_book(practice_id, kind)
    return Held(
        kind=kind,
        number=book.number if book else 0,
        text=book.body if book else shipped_text(kind),
        latest=book,
        versions=programs.rule_book_versions(practice_id, kind),
        fault=fault(book) if book else "",
    )


def borders_of(found: Held) -> Settings:
    """The borders of a held book, or those that ship while it cannot be read. No query."""
    return Settings() if found.fault else read_settings(found.text)


def shipped_text(kind: str) -> str:
    """The text that ships, from which a practice starts its own."""
    if kind == RuleBook.SETTINGS:
        return settings_text(Settings())
    return files("programs.domain").joinpath("data/protocols.toml").read_text(encoding="utf-8")


def fault(book: RuleBook) -> str:
    """Why a text that was whole when it was published can no longer be read; empty when it can."""
    try:
        if book.kind == RuleBook.SETTINGS:
            read_settings(book.body)
        else:
            parse_whole(book.body)
    except BadData as bad:
        return str(bad)
    return ""
