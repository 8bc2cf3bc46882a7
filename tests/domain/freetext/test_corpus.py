"""Every message of the corpus is read exactly, and no warning sign in it is missed."""

import re
from collections import Counter
from typing import Any

import pytest

from clients.domain.freetext import Note, read_note
from clients.domain.words import word_lists
from programs.domain.datafile import read
from tests.domain.freetext.corpus import at, flag_ids, load, messages

LEAST_PRECISION = 0.80
"""Share of raised questions that the message really calls for; the rest are asked in doubt."""

MESSAGES = messages()
SAID = [re.sub("[^a-z]+", " ", row["text"].lower())[:40] for row in MESSAGES]
IDS = [f"{number:03d} {text}" for number, text in enumerate(SAID)]


@pytest.mark.parametrize("row", MESSAGES, ids=IDS)
def test_a_message_is_read_exactly(row: dict[str, Any]) -> None:
    note = read_note(row["text"])
    expected = {
        "kind": row["kind"],
        "at": sorted(row.get("at", [])),
        "flags": sorted(row.get("flags", []) + row.get("doubt", [])),
        "pain": row.get("pain"),
        "loads": row.get("loads", []),
        "tags": sorted(row.get("tags", [])),
    }
    assert seen(note) == expected


def test_no_warning_sign_is_missed_and_few_are_asked_about_in_vain(
    capsys: pytest.CaptureFixture[str],
) -> None:
    needed = found = raised = 0
    kinds: Counter[str] = Counter()
    right: Counter[str] = Counter()
    for row in MESSAGES:
        note = read_note(row["text"])
        called_for = set(row.get("flags", []))
        needed += len(called_for)
        found += len(called_for & set(flag_ids(note)))
        raised += len(note.flags)
        kinds[row["kind"]] += 1
        right[row["kind"]] += note.kind == row["kind"]
    recall, precision = found / needed, found / raised
    with capsys.disabled():
        print(f"\nnotes {len(MESSAGES)} · warning signs {needed}: ", end="")  # noqa: T201
        print(f"recall {recall:.3f}, precision {precision:.3f}")  # noqa: T201
        print(" · ".join(f"{kind} {right[kind]}/{kinds[kind]}" for kind in kinds))  # noqa: T201
    assert recall == 1.0
    assert precision >= LEAST_PRECISION


def test_the_corpus_is_large_and_covers_every_warning_question() -> None:
    warned = [row for row in MESSAGES if "flags" in row]
    assert len(MESSAGES) >= 300
    assert len(warned) >= 60
    assert sum("held_out" in row for row in MESSAGES) >= 60
    asked = {item for row in warned for item in row["flags"]}
    assert asked == items_with_words()
    assert {warned.id for warned in word_lists("en").flags} == items_with_words()


def items_with_words() -> set[str]:
    """Every warning question but W1, W2 (trends) and sub-questions, which wait for their parent."""
    ids = {row.text("id") for row in read("clients.domain", "questions.toml").rows("question")}
    return {item for item in ids - {"W1", "W2"} if not item.endswith("s")}


def seen(note: Note) -> dict[str, object]:
    """A note in the words of the corpus."""
    return {
        "kind": note.kind,
        "at": sorted(at(mention) for mention in note.mentions),
        "flags": sorted(flag_ids(note)),
        "pain": note.pain_score,
        "loads": [load(measure) for measure in note.numbers],
        "tags": sorted(note.tags),
    }
