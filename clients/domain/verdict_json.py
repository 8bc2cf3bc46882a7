"""A verdict as plain JSON: what is stored beside its level, for pages, phone and audit (I-7)."""

from __future__ import annotations

from typing import Any

from clients.domain.verdict import Reason, Verdict


def to_json(verdict: Verdict) -> dict[str, Any]:
    """All a reader needs later, in plain values; level and rows have columns of their own."""
    return {
        "reasons": [_reason(each) for each in verdict.reasons],
        "sites": [
            {
                "region": site.region,
                "side": site.side,
                "level": site.level.value,
                "priority": site.priority.value,
                "v": site.v,
                "severity": site.severity,
                "morning": site.morning,
                "reasons": [_reason(each) for each in site.reasons],
            }
            for site in verdict.sites
        ],
        "due_now": list(verdict.due_now),
        "due_after": list(verdict.due_after),
        "missing": list(verdict.missing),
        "blocks_client": verdict.blocks_client,
        "pauses": {
            "kind": verdict.pauses.kind,
            "exercise": verdict.pauses.exercise,
            "pattern": verdict.pauses.pattern,
            "regions": list(verdict.pauses.regions),
            "also": sorted(verdict.pauses.also),
        },
        "to_clear": list(verdict.to_clear),
        "tasks": list(verdict.tasks),
        "route": verdict.route,
        "crisis_line": verdict.crisis_line,
        "decide_within_s": verdict.notice.coach_within_s,
        "questions_left": verdict.questions_left,
    }


def _reason(reason: Reason) -> dict[str, Any]:
    return {"row": reason.row, "sentence": reason.sentence, "facts": dict(reason.facts)}
