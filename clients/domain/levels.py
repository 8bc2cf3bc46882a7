"""The seven levels of a verdict and the words of an answer (domain §2.2, §3.1)."""

from enum import StrEnum


class _Ordered(StrEnum):
    """Words in order, lowest first; comparing asks for the order and never for the alphabet."""

    @property
    def rank(self) -> int:
        """Place in the order, 0 is the lowest."""
        return list(type(self)).index(self)

    def __lt__(self, other: str) -> bool:
        return self.rank < type(self)(other).rank

    def __le__(self, other: str) -> bool:
        return self.rank <= type(self)(other).rank

    def __gt__(self, other: str) -> bool:
        return self.rank > type(self)(other).rank

    def __ge__(self, other: str) -> bool:
        return self.rank >= type(self)(other).rank


class Level(_Ordered):
    """How serious a report is; the highest wins (domain §3.1)."""

    LOG = "log"
    MONITOR = "monitor"
    MODIFY = "modify"
    INCOMPLETE = "incomplete"
    REFER = "refer"
    URGENT = "urgent"
    EMERGENCY = "emergency"


class Priority(_Ordered):
    """Normal or high; high tells the coach within 4 hours (domain §3.5 D08)."""

    NORMAL = "normal"
    HIGH = "high"


class Kind(StrEnum):
    """What the client says it is (domain §2.2)."""

    SYMPTOM = "symptom"
    SORENESS = "soreness"
    TECHNIQUE_QUESTION = "technique_question"
    POSITIVE_HISTORY = "positive_history"
    OTHER = "other"


class Effect(_Ordered):
    """What the client changed because of it, mildest first (domain §2.2)."""

    NONE = "none"
    EASED_LOAD = "eased_load"
    STOPPED_EXERCISE = "stopped_exercise"
    STOPPED_SESSION = "stopped_session"
    LIMITS_DAILY_LIFE = "limits_daily_life"
    CANNOT_USE = "cannot_use"


class Reply(_Ordered):
    """Answer to a warning question, from no to yes (domain §3.2, machine form)."""

    NO = "no"
    BRIEF = "brief"
    UNSURE = "unsure"
    YES = "yes"


class Spread(StrEnum):
    """Where it runs to (domain §2.2)."""

    NONE = "none"
    BELOW_KNEE = "below_knee"
    BOTH_LEGS = "both_legs"
    BELOW_ELBOW = "below_elbow"
    BOTH_ARMS = "both_arms"
    AROUND_CHEST = "around_chest"


class Feel(StrEnum):
    """The next morning, against before the session (domain §2.2)."""

    BETTER = "better"
    SAME = "same"
    WORSE = "worse"


TIMINGS = (
    "during_set", "after_set", "later_same_day", "next_morning", "at_rest", "night", "constant",
    "outside_training",
)  # fmt: skip
"""When it is felt; `outside_training` is for a spontaneous report (domain §1 T1)."""

ONSET_LEAST_DAYS = {
    "today_sudden": 0,
    "today_gradual": 0,
    "1-6_d": 1,
    "1-2_wk": 7,
    "2-6_wk": 15,
    "over_6_wk": 43,
}
"""Onset answers and the fewest days each stands for (domain §2.2)."""

QUALITIES = (
    "ache", "sharp", "pinch", "burning", "tingling", "numb", "stiff", "throb", "clicking_locking",
)  # fmt: skip
AGGRAVATORS = (
    "bend", "arch", "sit", "walk", "stairs", "squat_depth", "overhead", "arm_move", "grip",
    "cough_sneeze", "press_on_it",
)  # fmt: skip
CHEST_MOVES = frozenset({"press_on_it", "arm_move"})
"""What makes a pain at chest or ribs one that moves with the body, less grave (domain D23)."""
MEDICINES = ("none", "simple_painkiller", "anti_inflammatory", "prescription", "unknown")
PAINKILLERS = ("simple_painkiller", "anti_inflammatory", "prescription")
CHANGES = (
    "new_exercise", "equipment", "technique", "load_jump", "more_sessions", "sport_running",
    "sleep_illness",
)  # fmt: skip
LOAD_ZONES = ("light", "medium", "heavy")
SOURCES = ("in_session", "next_morning", "weekly", "spontaneous", "coach_entered")
