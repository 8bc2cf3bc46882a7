"""Empties the outbox: claim, check, send, mark; also escalates what nobody has acknowledged.

1. **Claim** due rows, as many as there are free slots, each with a lease and a fencing token.
2. **Check**, just before sending, that the recipient may still be told (an ex-coach may not).
3. **Send** in a thread each, outside any transaction and without a database connection.
4. **Mark** with the token.

A crash anywhere leaves a row whose lease runs out; the next drain sends it again under the same
collapse id, so the reader sees one (docs/adr/0004, 0017). A worker that cannot take the relay's
role raises, and gives no sign of life: never "nothing to do".
"""

from __future__ import annotations

import dataclasses
import logging
import random
import threading
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait

from django.db import OperationalError, connection

from coachapi import heartbeat
from coachapi.notifications import channels, devices, escalation, ledger, models, pacing, vitals
from coachapi.notifications.ledger import Outcome, Parcel

log = logging.getLogger(__name__)

SHIFT = 60.0  # seconds a drain goes on claiming: far below the task's limit, however much waits
LOOK_EVERY = 0.1  # seconds between two looks for newcomers while sendings are under way
SOMETIMES = 1.0  # seconds between two signs of life, and two looks for what is to escalate
chance = random.random  # spreads retries, keeps no secret
CHANNELS = [name for name in models.CHANNELS if name != "feed"]

# One drain at a time works in a process; these are its own, and outlive it.
_working, _asked, _closing = threading.Lock(), threading.Event(), threading.Event()
_under_way: dict[Future[Outcome], tuple[Parcel, float]] = {}
_lanes: dict[str, pacing.Lane] = {}
_pool = ThreadPoolExecutor(
    sum(rule.slots + rule.spare for rule in map(pacing.rule, CHANNELS)), "sender"
)


def drain() -> int:
    """Escalate what is due and send what is waiting; returns how many deliveries were tried.

    Raises ``BlindRelay`` when alerts are hidden from it. While another drain works in this process
    that one is asked to look again, and this returns at once.
    """
    _asked.set()
    tried = 0
    while _asked.is_set() and _working.acquire(blocking=False):
        try:
            _asked.clear()
            tried += _work(until=time.monotonic() + SHIFT)
        finally:
            _working.release()
    return tried


def close() -> None:
    """Claim no more in this process; what is under way is finished and marked."""
    _closing.set()


def _work(*, until: float) -> int:
    vitals.look()
    tried, done, looked_at, away_since = 0, list[Outcome](), 0.0, 0.0
    while True:
        now, claimed = time.monotonic(), 0
        try:
            _settle(done)
            done = []
            if now - looked_at >= SOMETIMES:
                heartbeat.beat("worker")
                escalation.escalate()
                looked_at = now
            if now < until and not _closing.is_set():
                claimed = _start()
                tried += claimed
            away_since = 0.0
        except OperationalError:  # what is under way is marked once the database is back
            connection.close()
            away_since = away_since or now
            if not (done or _fresh()) or now - away_since > ledger.LEASE.total_seconds():
                raise
            time.sleep(LOOK_EVERY)
        if not (claimed or done or _fresh()):
            return tried
        done += _finished()


def _settle(done: list[Outcome]) -> None:
    by_parcel = {outcome.parcel.id: outcome for outcome in done}
    if done:
        _one_by_one(
            lambda some: ledger.mark(by_parcel[each.id] for each in some),
            [outcome.parcel for outcome in done],
        )


def _fresh() -> list[Future[Outcome]]:
    """What is under way and worth waiting for: its lease has not run out."""
    oldest = time.monotonic() - ledger.LEASE.total_seconds()
    return [each for each, (_, began_at) in _under_way.items() if began_at > oldest]


def _start() -> int:
    """Claim what there is room for, check it, hand it to threads; returns how many."""
    now, busy = time.monotonic(), Counter(parcel.channel for parcel, _ in _under_way.values())
    rooms = []
    for name in CHANNELS:
        lane = _lanes.get(name, pacing.Lane())
        room = pacing.room(lane, pacing.rule(name), under_way=busy[name], at=now)
        rooms += [(name, room.ordinary, pacing.ANY), (name, room.red, pacing.RED_FLAG)]
    ready: list[Parcel] = []
    claimed = ledger.claim(rooms)
    if claimed:
        _one_by_one(lambda some: ready.extend(_checked(some)), claimed)
    for parcel in sorted(ready, key=lambda each: each.priority):
        lane = _lanes.get(parcel.channel, pacing.Lane())
        _lanes[parcel.channel] = pacing.began(lane, pacing.rule(parcel.channel), at=now)
        _under_way[_pool.submit(_send, parcel)] = (parcel, now)
    return len(claimed)


def _checked(parcels: list[Parcel]) -> list[Parcel]:
    """Those that may be sent, with their addresses; the others are withheld."""
    ended = ledger.not_to_be_told(parcels)
    for parcel in parcels:
        if parcel.id in ended:
            ledger.withhold(parcel)
    known = [parcel for parcel in parcels if parcel.id not in ended]
    found = devices.addresses(known)
    gone = [
        Outcome(parcel, "withheld", "no such address any more", tell_elsewhere=True)
        for parcel in known
        if parcel.id not in found
    ]
    if gone:
        ledger.mark(gone)
    again = [each for each in known if each.attempt == 2 and each.priority <= pacing.RED_FLAG]
    if again:  # the first attempt may have died without a word: nobody waits for the second
        ledger.tell_elsewhere(again)
    return [dataclasses.replace(one, address=found[one.id]) for one in known if one.id in found]


def _one_by_one(act: Callable[[list[Parcel]], object], some: list[Parcel]) -> None:
    """Act on all at once; where that fails, on each: a fault of ours in one holds up no other."""
    try:
        act(some)
    except OperationalError:  # the database is away, so is every row: the leases bring these back
        raise
    except Exception:
        if len(some) > 1:
            for each in some:
                _one_by_one(act, [each])
        else:
            log.exception("delivery %s met a fault of ours", some[0].id)
            fault = Outcome(some[0], "pending", "fault of ours", pause=pacing.PAUSES[-1])
            ledger.mark([fault])


def _send(parcel: Parcel) -> Outcome:
    """Hand one parcel to its provider, in a thread of its own; nothing is raised."""
    red = parcel.priority <= pacing.RED_FLAG
    try:
        channels.SENDERS[parcel.channel](parcel)
    except channels.NeverDeliverable as never:
        state = "withheld" if never.device else "dead"
        log.error("delivery %s is %s: %s", parcel.id, state, never, extra=parcel.ids)
        return Outcome(
            parcel,
            state,
            str(never),
            device_gone=never.device,
            gone_since=never.as_of,
            tell_elsewhere=True,
        )
    except channels.NotNow as later:
        pause = pacing.pause(parcel.attempt, chance=chance(), wait=later.after)
        log.warning("delivery %s waits %.1f s: %s", parcel.id, pause, later, extra=parcel.ids)
        return Outcome(
            parcel, "pending", str(later), pause=pause, wait=later.after, tell_elsewhere=red
        )
    except Exception:  # a fault of ours in one row must not hold up the rows behind it
        log.exception("delivery %s met a fault in its sender", parcel.id, extra=parcel.ids)
        said, pause = "fault in the sender", pacing.PAUSES[-1]
        return Outcome(parcel, "pending", said, pause=pause, tell_elsewhere=red)
    finally:
        connection.close()  # a sender that asked the database keeps no connection of it
    log.info("delivery accepted", extra=parcel.ids)
    return Outcome(parcel, "accepted")


def _finished() -> list[Outcome]:
    """What has come back within a moment, and what it says about the providers."""
    over, _ = wait(_under_way, timeout=LOOK_EVERY, return_when=FIRST_COMPLETED)
    outcomes = []
    for each in over:
        parcel, _began_at = _under_way.pop(each)
        outcome = each.result()
        lane = _lanes.get(parcel.channel, pacing.Lane())
        if outcome.state == "pending":
            rule, now = pacing.rule(parcel.channel), time.monotonic()
            _lanes[parcel.channel] = pacing.failed(lane, rule, at=now, wait=outcome.wait)
        else:
            _lanes[parcel.channel] = pacing.answered(lane)
        outcomes.append(outcome)
    return outcomes
