"""Whom each step of an alert tells. The relay asks this; it knows no coaches and no levels."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Iterator, Mapping

from clients.domain.reader import LOUD, URGENT, Reader, Weight, weight_of
from clients.domain.telling import News, Say, Told, Way, again, decide
from clients.domain.turns import LAST_STEP, turn
from clients.queries import readers
from coachapi.notifications.outbox import Address, Standing, Step

GROUP = {
    "symptom": "reports",
    "regression": "changes",
    "check_in": "changes",
    "follow_up": "questions",
    "message": "messages",
}
"""Kinds of alerts by their first word, where it is not the name of the group itself."""


def group_of(kind: str) -> str:
    """The kind of news, as readers choose channels for it."""
    first = kind.partition(".")[0]
    return GROUP.get(first, first)


def step(standing: Standing, *, at: dt.datetime) -> Step:
    """The addresses of a step, and when the next one follows; none after the last."""
    known, weight = readers.of(standing.client_id), weight_of(standing.level, standing.every)
    found = turn(known, weight, standing.step, at=at)
    every = standing.every or dt.timedelta(hours=24)
    before: Mapping[uuid.UUID, list[Told]] = {}
    if weight < URGENT:
        before = readers.told_since(found.readers, standing.client_id, at - every, at=at)
    to: list[Address] = []
    for reader in found.readers:
        if standing.step > 1:
            said = again(weight, reader, before.get(reader.user_id, []), every=every, at=at)
        else:  # whoever was told has left meanwhile
            said = decide(News(group_of(standing.kind), weight, True, every), reader, [], at=at)
        to += addresses(reader, said)
    client = next((each for each in known if each.place == "client"), None)
    if found.contact and client is not None:
        to.append(Address(client.user_id, "contact", wording="contact"))
    return Step(tuple(to), standing.every if standing.step < LAST_STEP else None)


def first_reader(known: Iterable[Reader], weight: Weight, *, at: dt.datetime) -> Reader | None:
    """Whoever is first in turn."""
    return next(iter(turn(known, weight, 1, at=at).readers), None)


def first(
    known: Iterable[Reader],
    news: News,
    told: Mapping[uuid.UUID, list[Told]],
    *,
    at: dt.datetime,
) -> list[Address]:
    """The addresses of the first telling; a coach who is passed over has it in the feed."""
    found = turn(known, news.weight, 1, at=at)
    to: list[Address] = []
    for reader in found.readers:
        said = decide(news, reader, told.get(reader.user_id, []), at=at)
        to += addresses(reader, said)
    to += [Address(each.user_id, "feed", for_digest=True) for each in found.passed_over]
    return to


def addresses(
    reader: Reader, said: Mapping[str, Say], *, wording: str = "alert"
) -> Iterator[Address]:
    """What was decided for a reader, as addresses. A coach without a device gets the e-mail."""
    yield Address(
        reader.user_id, "feed", for_digest=said["feed"].way is Way.DIGEST, wording=wording
    )
    loud = {each: said[each] for each in LOUD if said[each].way in {Way.NOW, Way.HOLD}}
    for channel, say in loud.items():
        yield Address(reader.user_id, channel, due_at=say.until, wording=wording)
    if "push" in loud and "email" not in loud and reader.place != "client":
        until = loud["push"].until
        yield Address(reader.user_id, "email", due_at=until, without_device=True, wording=wording)


def to_the_client(known: Iterable[Reader], *, at: dt.datetime) -> list[Address]:
    """The client's own feed and devices, outside their quiet hours."""
    news = News("answers", weight_of("modify"), True)
    return [
        address
        for reader in known
        if reader.place == "client"
        for address in addresses(reader, decide(news, reader, [], at=at), wording="answer")
    ]
