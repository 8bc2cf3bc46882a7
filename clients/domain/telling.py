"""How loud a piece of news is for one reader: now, held until, in the digest, or in the feed only.

The feed always has it (``feed: now``); what is decided here is what interrupts. Three things may
hold an interruption back, and none of them a rise in level, an urgent level or an emergency:

- **thread**: an open episode is one thread. What was told in it at this weight or above does not
  interrupt again: it is in the feed and the digest, and its own clock runs (`clock`). Only a
  repeated referral interrupts, after three quarters of its deadline, if nobody looked before.
- **cap**: of one client no more than `CAP` interruptions in `WINDOW`; the rest becomes one.
- **silence**: the reader's quiet hours and absences (`Reader.silent_until`).

Sources: domain §3.1 (times), §3.5 D24 (pelvic ring at once), product decision 14, delivery L7.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from clients.domain.levels import Level, Priority
from clients.domain.reader import LOUD, URGENT, Reader, Weight

REFER: Weight = (Level.REFER, Priority.NORMAL)
A_DAY = dt.timedelta(hours=24)
CAP = 3
WINDOW = dt.timedelta(minutes=10)


class Way(StrEnum):
    """What becomes of a piece of news on one channel."""

    NOW = "now"
    HOLD = "hold"
    DIGEST = "digest"
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class Say:
    """The way, and for ``hold`` until when."""

    way: Way
    until: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class News:
    """What there is to tell. ``loud``: it interrupts by itself, if nothing holds it back.

    ``within``: how soon a coach must know, None = no deadline (domain §3.1).
    """

    group: str
    weight: Weight
    loud: bool
    within: dt.timedelta | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """An interruption this reader had about this client, or will have: ``due_at`` may be ahead."""

    weight: Weight
    due_at: dt.datetime
    same_thread: bool
    taken_on: bool = False


MONITOR: Weight = (Level.MONITOR, Priority.NORMAL)
NEVER = Say(Way.NEVER)
NOW = Say(Way.NOW)


def decide(
    news: News, reader: Reader, told: Iterable[Told], *, at: dt.datetime
) -> Mapping[str, Say]:
    """What becomes of it on feed, push and e-mail; ``digest`` on the feed: counted there too."""
    if news.weight >= URGENT:
        return {"feed": NOW, **dict.fromkeys(LOUD, NOW)}
    if _for_the_digest(news, reader):
        return {"feed": Say(Way.DIGEST), **dict.fromkeys(LOUD, Say(Way.DIGEST))}
    wanted = reader.wants(news.group) if news.loud else ()
    if not wanted:
        counted = news.group != "answers" and news.weight[0] is not Level.LOG
        return {"feed": Say(Way.DIGEST) if counted else NOW, **dict.fromkeys(LOUD, NEVER)}
    say = _held_back(news, reader, list(told), at)
    # What will not interrupt by itself is counted in the digest, so that it meets the eye once.
    feed = Say(Way.DIGEST) if say.way in {Way.NEVER, Way.DIGEST} else NOW
    return {"feed": feed, **{each: say if each in wanted else NEVER for each in LOUD}}


def _for_the_digest(news: News, reader: Reader) -> bool:
    """`monitor` elsewhere than in the pelvic ring, and there too if the reader asked for it."""
    quiet = not news.loud or reader.monitor_to_digest
    return news.group == "reports" and news.weight == MONITOR and quiet


def _held_back(news: News, reader: Reader, told: list[Told], at: dt.datetime) -> Say:
    until = max(_by_thread(news, told, at), _by_cap(news, told, at))
    if until == NEXT_DIGEST:
        return Say(Way.DIGEST)
    until = reader.silent_until(news.weight, until) or until
    if until == at:
        return NOW
    waiting = [each for each in told if at < each.due_at <= until]
    if any(each.same_thread or each.weight >= news.weight for each in waiting):
        return NEVER  # one that waits already will lead here in time
    return Say(Way.HOLD, until)


NEXT_DIGEST = dt.datetime.max.replace(tzinfo=dt.UTC)


def _by_thread(news: News, told: list[Told], at: dt.datetime) -> dt.datetime:
    """A repeat goes to the digest; a repeated referral waits three quarters of its deadline."""
    if not _same(news, told):
        return at
    if news.weight < REFER or news.within is None:
        return NEXT_DIGEST
    return at + news.within * 3 / 4


def _same(news: News, told: Iterable[Told]) -> list[Told]:
    """What was told in this thread at this weight or above."""
    return [each for each in told if each.same_thread and each.weight >= news.weight]


def clock(news: News, told: Iterable[Told], backup: dt.timedelta | None) -> dt.timedelta | None:
    """After how long the next in turn is told, if nobody takes it on: the level's own time.

    A day for a repeat below referral in a thread that somebody has taken on already: they know,
    a change is running, and cover is not called out for the same news (domain §3.1 modify).
    """
    before = _same(news, told)
    if backup is None or not before or news.weight >= REFER:
        return backup
    return max(backup, A_DAY) if all(each.taken_on for each in before) else backup


def _by_cap(news: News, told: list[Told], at: dt.datetime) -> dt.datetime:
    """When the window has room again; a rise in the thread or above all in the window passes."""
    if risen(news, told):
        return at
    recent = sorted(each.due_at for each in told if at - WINDOW < each.due_at <= at)
    if len(recent) < CAP:
        return at
    in_window = [each.weight for each in told if at - WINDOW < each.due_at]
    return at if news.weight > max(in_window) else recent[-CAP] + WINDOW


def again(
    weight: Weight,
    reader: Reader,
    told: Iterable[Told],
    *,
    every: dt.timedelta,
    at: dt.datetime,
) -> Mapping[str, Say]:
    """A step after the first: every channel of this reader, outside their quiet hours.

    In the feed only when they were told about this client, at this weight, within half the time
    between two steps: several reports of one client are one reminder.
    """
    if weight >= URGENT:
        return {"feed": NOW, **dict.fromkeys(LOUD, NOW)}
    since = at - every / 2
    if any(since < each.due_at <= at and each.weight >= weight for each in told):
        return {"feed": NOW, **dict.fromkeys(LOUD, NEVER)}
    until = reader.silent_until(weight, at)
    say = NOW if until is None else Say(Way.HOLD, until)
    return {"feed": NOW, **dict.fromkeys(LOUD, say)}


def risen(news: News, told: Iterable[Told]) -> bool:
    """Whether the thread was told before, and never at this weight."""
    before = [each.weight for each in told if each.same_thread]
    return bool(before) and news.weight > max(before)
