"""The rule set as one document with a version and a hash: for phones, reviewers and audit.

Product decision 15: the same data drives the server and the small evaluator on the phone.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from functools import cache
from uuid import UUID

from clients.domain import action_sets, followups, form, judging, soreness, table, trends
from clients.domain import levels as words
from clients.domain.bands import Settings
from clients.domain.levels import Effect, Level, Priority
from clients.domain.questions import Bank, Question, Raise, Weight, bank
from clients.domain.report import Report, Site
from programs.domain import regions

VALUES = tuple(range(11))


@dataclass(frozen=True, slots=True)
class RuleSet:
    """Version and sha256 of the warning questions, the table and the default settings."""

    version: str
    digest: str


@cache
def rule_set() -> RuleSet:
    """The rule set in force; a reviewer's name is tied to its digest (product decision 11)."""
    body = _body()
    return RuleSet(bank().version, hashlib.sha256(_canonical(body).encode()).hexdigest())


def rules_json() -> str:
    """Regions, questions, tiles, raises, bands, table, version and digest as canonical JSON."""
    rules = rule_set()
    return _canonical({**_body(), "version": rules.version, "digest": rules.digest})


def _canonical(body: Mapping[str, object]) -> str:
    return json.dumps(body, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def _body() -> dict[str, object]:
    rules = bank()
    return {
        "regions": [_region(one) for one in regions.all_regions()],
        "groups": {
            group: [one.id for one in regions.all_regions() if regions.in_group(one.id, group)]
            for group in regions.GROUPS
        },
        "questions": [_question(one) for one in rules.questions.values()],
        "tiles": [_plain(asdict(tile)) for tile in rules.tiles],
        "dues": [_plain(asdict(due)) for due in rules.dues],
        "counts": [_plain(asdict(count)) for count in rules.counts],
        "levels": list(Level),
        "notices": {
            f"{level}.{priority}": asdict(notice)
            for (level, priority), notice in action_sets.NOTICES.items()
        },
        "action_sets": {name: asdict(one) for name, one in action_sets.ACTION_SETS.items()},
        "left_open": asdict(action_sets.LEFT_OPEN),
        "bands": asdict(Settings()),
        "value_effect": {
            "elsewhere": value_effect("knee"),
            "pelvic": value_effect("back_low"),
        },
        "words": _words(),
        "limits": _limits(rules),
    }


def value_effect(region: str, borders: Settings | None = None) -> dict[str, dict[str, list[str]]]:
    """Level, priority and set for each effect and value, as the rows give it (domain §3.5).

    `borders` = a practice's own, without them those that ship.
    """
    at = borders or Settings()
    return {
        effect: {str(value): list(_cell(region, effect, value, at)) for value in VALUES}
        for effect in Effect
    }


def _cell(region: str, effect: Effect, value: int, borders: Settings) -> tuple[str, str, str]:
    side = regions.region(region).sides[0]
    site = Site(region, side, worst=value)
    epoch = datetime(2026, 1, 5, tzinfo=UTC)
    report = Report(
        id=UUID(int=0), performed_at=epoch, zone="UTC", session_on=date(2026, 1, 5),
        sites=(site,), effect=effect,
    )  # fmt: skip
    found = table.matches(table.Case(report, site, value, borders))
    level, priority = max(match.weight for match in found)
    sets = [match.action_set for match in found if match.weight[0] is level]
    order = list(action_sets.ACTION_SETS)
    return level, priority, max(sets, key=order.index)


def _region(one: regions.Region) -> dict[str, object]:
    return {
        "id": one.id,
        "parent": one.parent,
        "sides": list(one.sides),
        "always": list(one.always),
        "leaf": one.leaf,
        "tappable": one.tappable,
        "blocks_all": one.blocks_all,
        "leaves": list(regions.leaves_of(one.id)),
    }


def _question(one: Question) -> dict[str, object]:
    return {
        "id": one.id,
        "of": one.of,
        "text": one.text,
        "shown_for": list(one.shown_for),
        "ask_if": sorted(one.ask_if),
        "opens": sorted(one.opens),
        "weights": {reply: _weight(weight) for reply, weight in one.weights.items()},
        "raises": [_raise(rule) for rule in one.raises],
        "pauses": sorted(one.pauses),
        "tile": one.tile,
    }


def _raise(rule: Raise) -> dict[str, object]:
    return {"to": _weight(rule.to), "all": sorted(rule.every), "any": sorted(rule.some)}


def _weight(weight: Weight) -> list[str]:
    level, priority = weight
    return [str(level), str(priority)]


def _plain(values: Mapping[str, object]) -> dict[str, object]:
    """Sets and tuples as lists, so that the JSON is the same every time."""
    return {
        key: sorted(value) if isinstance(value, frozenset) else value
        for key, value in values.items()
    }


def _words() -> dict[str, object]:
    """Every word a report may use."""
    return {
        "effects": list(Effect),
        "priorities": list(Priority),
        "replies": list(words.Reply),
        "spreads": list(words.Spread),
        "feels": list(words.Feel),
        "timings": list(words.TIMINGS),
        "onset_least_days": dict(words.ONSET_LEAST_DAYS),
        "qualities": list(words.QUALITIES),
        "aggravators": list(words.AGGRAVATORS),
        "medicines": list(words.MEDICINES),
    }


def _limits(rules: Bank) -> dict[str, object]:
    """Numbers that stand in the rules themselves."""
    return {
        "questions_digest": rules.digest,
        "regions_digest": regions.digest(),
        "ask_again_hours": int(form.ASK_AGAIN.total_seconds() // 3600),
        "ask_from_pain": form.ASK_FROM_PAIN,
        "stop_counts_from": table.STOP_COUNTS_FROM,
        "old_days": table.OLD_DAYS,
        "chest": list(table.CHEST),
        "steps": [_weight(step) for step in judging.STEPS],
        "hurts_from": trends.HURTS_FROM,
        "morning": [followups.MORNING_FROM.hour, followups.MORNING_UNTIL.hour],
        "soreness": {
            "muscles": [*soreness.MUSCLES, "thigh"],
            "back": list(soreness.BACK),
            "hours": list(soreness.HOURS),
            "most": soreness.MOST_PAIN,
            "not_sore": sorted(soreness.NOT_SORE),
            "never_when": sorted(soreness.NEVER_WHEN),
        },
    }
