"""The rule set is one document with a version and a digest, and nonsense in it is refused."""

import json
import re
from pathlib import Path

import pytest

from clients.domain import questions
from clients.domain.levels import Reply
from clients.domain.questions import compiled
from clients.domain.rules import rule_set, rules_json
from clients.domain.triage import decide
from programs.domain.datafile import BadData, parse
from tests.domain.triage.build import judged, report

FILE = Path(questions.__file__).parent / "data" / "questions.toml"
SOURCE = "\n".join(
    line for line in FILE.read_text("utf-8").splitlines() if not line.startswith("#")
)


class TestTheDocument:
    def test_is_the_same_every_time_and_carries_its_digest(self) -> None:
        assert rules_json() == rules_json()
        body = json.loads(rules_json())
        assert (body["version"], body["digest"]) == (rule_set().version, rule_set().digest)
        assert re.fullmatch(r"[0-9a-f]{64}", body["digest"])

    def test_every_verdict_names_version_and_digest(self) -> None:
        verdict = judged(report())
        assert (verdict.rule_version, verdict.digest) == (rule_set().version, rule_set().digest)

    def test_holds_what_a_small_evaluator_needs(self) -> None:
        body = json.loads(rules_json())
        assert len(body["tiles"]) == 10
        assert body["bands"]["amber"] == 5
        assert body["value_effect"]["pelvic"]["none"]["0"] == ["monitor", "normal", "A1"]
        assert body["value_effect"]["elsewhere"]["stopped_exercise"]["4"] == [
            "modify", "high", "A4",
        ]  # fmt: skip
        l4 = next(one for one in body["questions"] if one["id"] == "L4")
        assert l4["raises"] == [
            {"to": ["emergency", "high"], "all": [], "any": ["L1", "L2", "L3", "L5", "L6"]}
        ]

    def test_holds_conditions_in_words_the_server_uses_too(self) -> None:
        body = json.loads(rules_json())
        known = {one["id"] for one in body["questions"]}
        used = {
            word.partition("=")[0]
            for one in body["questions"]
            for rule in one["raises"]
            for word in [*rule["all"], *rule["any"]]
            if ":" not in word
        }
        assert used <= known


NONSENSE = [
    ('level = "emergency"', 'level = "terrible"'),
    ('level = "emergency"', 'level = "emergency"\nwhy = "x"'),
    ('shown_for = ["leg", "general"]\nquestions', 'shown_for = ["tail"]\nquestions'),
    ('"shoulder@left"', '"shoulder@midline"'),
    ('any = ["U1", "U3"]', 'any = ["U1", "U99"]'),
    ('to = "emergency"\nany = ["U1", "U3"]', 'to = "emergency"'),
    ('questions = ["U6"]', 'questions = ["U6", "U5"]'),
    ('brief = "monitor"', 'brief = "emergency"'),
    ("times = 3", "times = 1"),
    ('when = "now"', 'when = "soon"'),
    ('version = "2026-11-1"', 'version = ""'),
    ('answer = "brief"', 'answer = "perhaps"'),
    ('ask_if = ["profile:pregnant"]', 'ask_if = ["profile:tall"]'),
    ('pauses = ["impact"]', 'pauses = ["breathing"]'),
]


@pytest.mark.parametrize(
    ("old", "new"), NONSENSE, ids=[re.sub(r"\W+", " ", new)[:30].strip() for _, new in NONSENSE]
)
def test_nonsense_is_refused_with_file_and_line(old: str, new: str) -> None:
    assert old in SOURCE
    with pytest.raises(BadData, match=r"^questions\.toml:\d+: "):
        compiled(parse(SOURCE.replace(old, new, 1), "questions.toml"))


def test_the_shipped_file_is_read() -> None:
    bank = compiled(parse(SOURCE, "questions.toml"))
    assert bank.questions["U2b"].accepted == (Reply.NO, Reply.BRIEF, Reply.YES)
    assert bank.questions["H2"].accepted == (Reply.NO, Reply.UNSURE, Reply.YES)
    assert [one.id for one in bank.named("L8")] == ["L8a", "L8b"]
    assert [one.id for one in bank.named("U6")] == ["U6"]
    assert bank.named("Z9") == ()


def test_texts_name_no_condition_and_make_no_promise() -> None:
    words = r"\b(patient|injury|treat|heal|diagnos|fracture of|cauda|syndrome|cure)\w*\b"
    for question in questions.bank().questions.values():
        found = re.findall(words, question.text, re.IGNORECASE)
        assert found in ([], ["treat"]) and "!" not in question.text
        assert found == [] or question.id == "L10"  # "ever treated for cancer" is the question


def test_rules_import_no_framework() -> None:
    import subprocess
    import sys

    code = "import sys, clients.domain.triage; print({'django', 'celery'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
    assert callable(decide)
