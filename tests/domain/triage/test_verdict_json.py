"""What is stored of a verdict is what its readers ask for, in plain values (I-7)."""

import json

from clients.domain.levels import Priority
from clients.domain.verdict_json import to_json
from tests.domain.triage.build import KNEE, LOW_BACK, judged, report, site

VERDICT = judged(report(sites=(site(KNEE, 8), site(LOW_BACK, 3)), yes=("K4",)))


def test_it_says_everything_of_each_site() -> None:
    kept = to_json(VERDICT)["sites"]
    assert [(each["region"], each["side"]) for each in kept] == [KNEE, LOW_BACK]
    for said, judged_site in zip(kept, VERDICT.sites, strict=True):
        assert said == {
            "region": judged_site.region,
            "side": judged_site.side,
            "level": str(judged_site.level.value),
            "priority": str(judged_site.priority.value),
            "v": judged_site.v,
            "severity": judged_site.severity,
            "morning": judged_site.morning,
            "reasons": [
                {"row": each.row, "sentence": each.sentence, "facts": dict(each.facts)}
                for each in judged_site.reasons
            ],
        }


def test_it_says_everything_of_the_whole() -> None:
    kept = to_json(VERDICT)
    assert VERDICT.priority in Priority
    assert kept["reasons"] == [
        {"row": each.row, "sentence": each.sentence, "facts": dict(each.facts)}
        for each in VERDICT.reasons
    ]
    assert kept["pauses"] == {
        "kind": VERDICT.pauses.kind,
        "exercise": VERDICT.pauses.exercise,
        "pattern": VERDICT.pauses.pattern,
        "regions": list(VERDICT.pauses.regions),
        "also": sorted(VERDICT.pauses.also),
    }
    assert {name: kept[name] for name in kept if name not in {"sites", "reasons", "pauses"}} == {
        "due_now": list(VERDICT.due_now),
        "due_after": list(VERDICT.due_after),
        "missing": list(VERDICT.missing),
        "blocks_client": VERDICT.blocks_client,
        "to_clear": list(VERDICT.to_clear),
        "tasks": list(VERDICT.tasks),
        "route": VERDICT.route,
        "crisis_line": VERDICT.crisis_line,
        "decide_within_s": VERDICT.notice.coach_within_s,
        "questions_left": VERDICT.questions_left,
    }


def test_it_survives_being_stored() -> None:
    kept = to_json(VERDICT)
    assert json.loads(json.dumps(kept)) == kept
