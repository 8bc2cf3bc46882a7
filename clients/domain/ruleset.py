"""The whole rule set under one hash: questions, table, protocols, exercises, ladders, and the code.

A reviewer signs this hash (product decision 11); a phone keeps the document (decision 15).
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from functools import cache, lru_cache
from importlib.resources import files

from clients.domain import cases, facts, ladder_data, preauthorisation, said
from clients.domain.bands import Settings
from clients.domain.ladder_data import ladder
from clients.domain.levels import CHEST_MOVES, PAINKILLERS, Kind
from clients.domain.rules import rule_set, rules_json, value_effect
from programs.domain.datafile import read
from programs.domain.protocol import protocol_set

SHIPPED = Settings()
LADDERS = ("A", "B", "C", "D", "E")
NOT_RULES: Mapping[str, tuple[str, ...]] = {
    "clients.domain": (
        "answer_times", "burden", "client_words", "diff", "diff_groups", "endpoints", "measures",
        "moments", "option_line", "option_rows", "outcome_words", "outcomes", "overlay_json",
        "precision", "reached", "reader", "readiness", "statistics", "survival", "telling",
        "timeline", "turns", "verdict_json", "words_for_people", "worked_cases",
    ),
    "programs.domain": (
        "document", "document_prescriptions", "document_reader", "prescription_json",
    ),
}  # fmt: skip
"""Modules that count, word, tell or store what others decided; every other one is a rule."""


@cache
def parts() -> Mapping[str, str]:
    """sha256 of each part of the rule set, by its name."""
    return {
        "rules": rule_set().digest,
        "exercises": read("programs.domain", "exercises.toml").digest,
        "technique": read("programs.domain", "technique.toml").digest,
        "protocols": protocol_set().digest,
        "ladders": ladder_data.digest(),
        "weekly_check": read("clients.domain", "weekly_check_v1.toml").digest,
        "note_words": read("clients.domain", "words.en.toml").digest,
        "code": _code(),
    }


@cache
def whole_digest() -> str:
    """sha256 over all parts: what a reviewer signs; a changed rule set has another one."""
    return hashlib.sha256(_canonical(parts()).encode()).hexdigest()


@lru_cache(maxsize=64)
def document(borders: Settings = SHIPPED) -> str:
    """The rule set for phones as canonical JSON, with the borders of the client's practice.

    `digest` is that of the whole rule set; a practice's borders are not part of it.
    """
    body = json.loads(rules_json())
    own = {
        "bands": asdict(borders),
        "value_effect": {
            "elsewhere": value_effect("knee", borders),
            "pelvic": value_effect("back_low", borders),
        },
    }
    more = {"digest": whole_digest(), "parts": parts(), "phone": _phone()}
    return _canonical({**body, **own, **more})


def _phone() -> dict[str, object]:
    """Numbers and words the evaluator needs beside the rules, so that it holds none of its own."""
    return {
        "over": said.OVER,
        "under": said.UNDER,
        "postpartum_days": facts.POSTPARTUM.days,
        "same_days": facts.STILL_THE_SAME.days,
        "painkillers": list(PAINKILLERS),
        "chest_answers": list(cases.CHEST_ANSWERS),
        "chest_moves": sorted(CHEST_MOVES, reverse=True),
        "kinds": list(Kind),
        "ladders": {name: _ladder(name) for name in LADDERS},
        "grant": preauthorisation.limits(),
    }


def _ladder(name: str) -> dict[str, object]:
    way = ladder(name)
    whole = {"whole_weeks": way.whole_weeks, "confirm": way.confirm}
    return {"clean": way.clean, "days": way.days, **whole}


def _code() -> str:
    """sha256 of the code that decides; remarks and empty lines do not count."""
    whole = hashlib.sha256()
    for package, apart in NOT_RULES.items():
        for name, text in sorted(_modules(package)):
            if name not in apart:
                lines = [line for line in text.splitlines() if line.strip()[:1] not in ("", "#")]
                whole.update("\n".join((f"{package}.{name}", *lines, "")).encode())
    return whole.hexdigest()


def _modules(package: str) -> Iterator[tuple[str, str]]:
    for file in files(package).iterdir():
        name, _, kind = file.name.rpartition(".")
        if kind == "py" and name != "__init__":
            yield name, file.read_text(encoding="utf-8")


def _canonical(body: Mapping[str, object]) -> str:
    return json.dumps(body, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
