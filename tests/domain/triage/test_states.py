"""Only the moves in the tables are allowed, and only to those they name (domain §3.1, §3.6)."""

import pytest

from clients.domain.levels import Level
from clients.domain.standing import blocks_client, client_level, site_levels
from clients.domain.states import (
    ALERT,
    REGRESSION,
    REPORT,
    SITE,
    MoveRefused,
    may,
    may_close,
    move,
)  # fmt: skip
from tests.domain.triage.build import KNEE, LOW_BACK, judged, report

TABLES = {"report": REPORT, "site": SITE, "regression": REGRESSION, "alert": ALERT}


@pytest.mark.parametrize("name", TABLES)
def test_every_state_a_move_leads_to_is_in_the_table(name: str) -> None:
    table = TABLES[name]
    assert {to for moves in table.values() for to in moves} <= set(table)
    assert all(who for moves in table.values() for who in moves.values())


def test_software_never_applies_lifts_or_closes_a_regression() -> None:
    software = {"rules", "clock"}
    for start, moves in REGRESSION.items():
        for to, who in moves.items():
            if who & software:
                assert to in ("paused", "past_review"), (start, to)


def test_only_an_acknowledgement_by_a_person_stops_escalation() -> None:
    for start in ("raised", "seen", "escalated"):
        assert may(ALERT, start, "escalated", "clock")
        assert may(ALERT, start, "acknowledged", "cover")
        assert not may(ALERT, start, "acknowledged", "client")
    assert ALERT["acknowledged"] == {}


def test_seen_does_not_stop_escalation() -> None:
    assert may(ALERT, "seen", "escalated", "clock")


@pytest.mark.parametrize("level", list(Level))
def test_only_rules_raise_a_region_side(level: Level) -> None:
    for other in Level:
        if other > level:
            assert SITE[level][other] == {"rules"}
        elif other < level:
            assert "rules" not in SITE[level][other]


@pytest.mark.parametrize("level", ["emergency", "urgent", "refer"])
def test_refer_and_above_close_by_clearance_only(level: str) -> None:
    assert SITE[level]["log"] == {"clearance", "correction"}
    assert may_close(level, "cleared")
    assert not any(may_close(level, how) for how in ("decided", "regressed", "settled"))


def test_incomplete_closes_by_answers_only() -> None:
    assert SITE["incomplete"]["log"] == {"answers", "correction"}
    assert not any(may_close("incomplete", how) for how in ("decided", "cleared", "settled"))


def test_modify_closes_by_the_coachs_decision_or_by_settling() -> None:
    assert may_close("modify", "decided") and may_close("modify", "settled")
    assert not may_close("modify", "cleared")
    assert not may_close("nonsense", "decided")


def test_a_clearance_may_be_recorded_by_more_than_one_person() -> None:
    assert {"coach", "cover", "owner"} == REPORT["open"]["cleared"]


def test_a_refused_move_says_what_would_be_allowed() -> None:
    with pytest.raises(MoveRefused, match="provisional to ladder by coach; .*active, closed"):
        move(REGRESSION, "provisional", "ladder", "coach")
    with pytest.raises(MoveRefused, match="nothing"):
        move(REGRESSION, "closed", "active", "coach")


def test_an_allowed_move_gives_the_new_state() -> None:
    assert move(REGRESSION, "active", "past_review", "clock") == "past_review"


class TestStanding:
    HIGH = judged(report(1, worst=8))
    LOW = judged(report(2, worst=1))
    BACK = judged(report(3, place=LOW_BACK, worst=4))
    ASKED = judged(report(4, worst=1, effect=None))

    def test_a_later_lower_value_closes_nothing(self) -> None:
        levels = site_levels([self.HIGH, self.LOW, self.BACK])
        assert levels == {KNEE: Level.REFER, LOW_BACK: Level.MONITOR}
        assert site_levels([self.LOW, self.HIGH])[KNEE] is Level.REFER

    def test_the_client_stands_at_the_highest(self) -> None:
        assert client_level([self.LOW, self.HIGH]) is Level.REFER
        assert client_level([]) is Level.LOG

    def test_one_incomplete_report_blocks_the_client(self) -> None:
        assert blocks_client([self.HIGH, self.ASKED])
        assert not blocks_client([self.HIGH, self.BACK])
