"""The twelve lives of the demo: what hurt, what the coach did, what came of it, what is open today.

Days count back from today, and every client trains today. The first hip thrust episodes make the
record of "American hip thrust" in Harbour Strength: 5 of 7 settled.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from clients.demo.coaching import Story
from clients.demo.programs import FULL_BODY, GLUTES, SQUAT_AND_HINGE

THREE_A_WEEK, FOUR_A_WEEK = (0, 3, 5), (0, 2, 3, 5)  # days after today's weekday
EASED = ((3, 1), (2, 1), (1, 0), (1, 0), (0, 0))  # worst and next morning, session by session


def noor(life: Story) -> None:
    """The visitor's client: one report in this fortnight, and hip thrusts in today's session."""
    life.trains(until=9)
    life.reports("back_low", "midline", 4, note="Third set. Went away after racking it.")
    life.answers_questions()
    life.coach_watches("First time. Top position looked high on the video; recheck it.")
    life.trains(until=1, misses=0)


def priya(life: Story) -> None:
    """Settled on American hip thrusts, then on one session fewer for a knee; now only sore."""
    life.trains(until=55)
    _american(life, EASED)
    life.trains(until=33)
    life.coach_ends("settled")
    life.trains(until=30)
    _one_session_fewer(life, "left", ((3, 1), (2, 1), (1, 0)))
    life.trains(until=14)
    life.coach_ends("settled")
    life.trains(until=5, end_reason="position_lost")
    life.trains(until=1)
    life.trains_now(190, ends=True, end_reason="position_lost")
    life.feels_sore("thigh_front", minutes_ago=100)


def tomas(life: Story) -> None:
    """Settled once; one session fewer did nothing for his knee; today it is too much to train."""
    life.trains(until=52)
    _american(life, EASED)
    life.trains(until=31)
    life.coach_ends("settled")
    life.trains(until=25)
    _one_session_fewer(life, "right", ((4, 1), (4, 1), (6, 3)))
    life.trains(until=11)
    life.coach_ends("failed")
    life.will_say((2, 1))
    life.trains(until=1)
    life.trains_now(180)
    life.reports("back_low", "midline", 8, minutes_ago=130, effect="stopped_session")


def mei(life: Story) -> None:
    """Settled once; one session fewer for a knee went past its review and waits for Ada."""
    life.trains(until=60)
    _american(life, EASED)
    life.trains(until=38)
    life.coach_ends("settled")
    life.trains(until=21)
    _one_session_fewer(life, "left", ((3, 1), (2, 1), (1, 0), (1, 0)))
    life.trains(until=1)
    life.trains_now(120, ends=True)
    life.reports("wrist", "right", 3, minutes_ago=75, effect="none")
    life.answers_questions()


def leo(life: Story) -> None:
    """Settled once, watched once; today's report is half told."""
    life.trains(until=63)
    _american(life, EASED, value=3)
    life.trains(until=41)
    life.coach_ends("settled")
    life.trains(until=27)
    life.will_say((2, 1), (0, 0))
    life.reports("knee_front", "right", 3, effect="none")
    life.answers_questions()
    life.coach_watches("New shoes this week. Back to the old pair, then we look again.")
    life.trains(until=1)
    life.trains_now(70)
    life.reports("elbow", "right", 4, minutes_ago=35, unanswered=True)


def aisha(life: Story) -> None:
    """American hip thrusts failed, high reps settled it; today her groin is the loudest."""
    life.trains(until=58)
    _american(life, ((5, 1), (6, 3), (6, 3)), value=5)
    life.trains(until=50)
    life.coach_ends("failed")
    _next_option(life, "LB-HT.c", EASED)
    life.trains(until=28)
    life.coach_ends("settled")
    life.trains(until=1)
    life.trains_now(100)
    life.reports("groin", "left", 6, minutes_ago=55, effect="stopped_exercise", quality=["pinch"])
    life.answers_questions()


def jonas(life: Story) -> None:
    """Settled, and on the way back: rung by rung, each of them Ada's."""
    life.trains(until=42)
    _american(life, EASED)
    life.trains(until=21, misses=0)
    life.coach_steps_up()
    life.trains(until=13, misses=0)
    life.coach_steps_up()
    life.trains(until=5, misses=0)
    life.coach_steps_up()
    life.trains(until=1, misses=0)
    life.trains_now(150)
    life.reports("shoulder", "right", 3, minutes_ago=110, effect="stopped_exercise")
    life.answers_questions()


def rosa(life: Story) -> None:
    """Two options failed, so she was sent to be checked, and cleared; today a calf, at once."""
    life.trains(until=62)
    _american(life, ((5, 1), (6, 3), (6, 3)), value=5)
    life.trains(until=54)
    life.coach_ends("failed")
    _next_option(life, "LB-HT.c", ((5, 1), (6, 3), (7, 3)))
    life.trains(until=44)
    life.coach_ends("referred")
    life.reports("back_low", "midline", 8, effect="stopped_session")
    life.answers_questions()
    life.coach_sends_to_be_checked()
    life.skips_until(33)
    life.coach_clears("physiotherapist")
    life.coach_watches("Cleared. Back to the program, light for a week.")
    life.will_say((1, 0))
    life.trains(until=1)
    life.trains_now(95)
    life.reports("calf", "right", 4, minutes_ago=50, yes=["U8"], effect="stopped_session")


def sam(life: Story) -> None:
    """Settled in spring; today numbness between the legs: nobody covers for Bo."""
    life.trains(until=47)
    life.trains_up_to("sq_back")
    life.will_say(*EASED)
    life.reports("back_low", "midline", 3)
    life.answers_questions()
    life.coach_applies("LB-SQ.a")
    life.trains(until=26)
    life.coach_ends("settled")
    life.trains(until=1)
    life.trains_now(75)
    life.reports("back_low", "midline", 5, minutes_ago=40, yes=["L1"], effect="stopped_session")


def ines(life: Story) -> None:
    """A knee that settled; today a question about her feet."""
    life.trains(until=51)
    _slower_squats(life, EASED)
    life.trains(until=30)
    life.coach_ends("settled")
    life.trains(until=1)
    life.trains_now(200, ends=True)
    life.asks("Feet a little wider in the squat, or is that wrong?", minutes_ago=100)


def owen(life: Story) -> None:
    """Slower squats failed, a box settled it, with one extension."""
    life.trains(until=56)
    _slower_squats(life, ((5, 1), (6, 1), (6, 1)), value=5)
    life.trains(until=46)
    life.coach_ends("failed")
    life.trains_up_to("sq_back", another=True)
    life.will_say((4, 1), (3, 1), (3, 1), (3, 1), (3, 1), (2, 1), (1, 0), (0, 0))
    life.reports("knee_front", "left", 4)
    life.answers_questions()
    life.coach_applies("KN-SQ.b")
    life.trains(until=24)
    life.coach_extends(7)
    life.trains(until=15)
    life.coach_ends("settled")
    life.trains(until=1)


def hana(life: Story) -> None:
    """Lost: a change was made, then she neither trained nor answered."""
    life.trains(until=34)
    _slower_squats(life, ((3, 1),))
    life.trains(until=30)
    life.falls_silent()
    life.skips_until(0)


def _american(life: Story, says: tuple[tuple[int, int], ...], value: int = 4) -> None:
    """Low back in the hip thrust, and the American hip thrust for it."""
    life.trains_up_to("ht_barbell")
    life.will_say(*says)
    life.reports("back_low", "midline", value)
    life.answers_questions()
    life.coach_applies("LB-HT.b")


def _next_option(life: Story, option_id: str, says: tuple[tuple[int, int], ...]) -> None:
    """It hurts again in the next session; the next option down the list."""
    life.trains_up_to("ht_barbell", another=True)
    life.will_say(*says)
    life.reports("back_low", "midline", 5)
    life.answers_questions()
    life.coach_applies(option_id)


def _one_session_fewer(life: Story, side: str, says: tuple[tuple[int, int], ...]) -> None:
    """A knee in the hip thrust, and one session a week fewer."""
    life.trains_up_to("ht_barbell")
    life.will_say(*says)
    life.reports("knee", side, 4)
    life.answers_questions()
    life.coach_applies("KN-HT.a")


def _slower_squats(life: Story, says: tuple[tuple[int, int], ...], value: int = 4) -> None:
    """The front of a knee in the squat: set-up, a fifth less, three seconds down."""
    life.trains_up_to("sq_back")
    life.will_say(*says)
    life.reports("knee_front", "left", value)
    life.answers_questions()
    life.coach_applies("KN-SQ.a")


@dataclass(frozen=True, slots=True)
class Part:
    """What a person of the demo trains, with which loads (kg), whether Jo covers, and the story."""

    program: str
    kg: Mapping[str, int]
    story: Callable[[Story], None]
    covered: bool = False

    @property
    def days(self) -> tuple[int, ...]:
        """Training days, counted from today's weekday."""
        return FOUR_A_WEEK if self.program == FULL_BODY else THREE_A_WEEK


def _glutes(thrust: int, hinge: int, squat: int) -> Mapping[str, int]:
    return {"ht_barbell": thrust, "rdl_bb": hinge, "sq_back": squat}


def _full(squat: int, thrust: int, hinge: int, bench: int) -> Mapping[str, int]:
    return {"sq_back": squat, "ht_barbell": thrust, "dl_trap": hinge, "bp_bb": bench}


def _heavy(squat: int, hinge: int) -> Mapping[str, int]:
    return {"sq_back": squat, "dl_conv": hinge, "rdl_bb": hinge - 40, "sq_front": squat - 25}


LIVES: Mapping[str, Part] = {
    "noor@demo.example": Part(GLUTES, _glutes(120, 75, 70), noor, covered=True),
    "priya@demo.example": Part(GLUTES, _glutes(95, 60, 55), priya, covered=True),
    "tomas@demo.example": Part(FULL_BODY, _full(110, 130, 140, 85), tomas, covered=True),
    "mei@demo.example": Part(GLUTES, _glutes(100, 65, 60), mei, covered=True),
    "leo@demo.example": Part(FULL_BODY, _full(95, 110, 120, 75), leo),
    "aisha@demo.example": Part(GLUTES, _glutes(130, 85, 80), aisha, covered=True),
    "jonas@demo.example": Part(FULL_BODY, _full(120, 140, 150, 90), jonas, covered=True),
    "rosa@demo.example": Part(GLUTES, _glutes(105, 65, 65), rosa),
    "sam@demo.example": Part(SQUAT_AND_HINGE, _heavy(125, 160), sam),
    "ines@demo.example": Part(SQUAT_AND_HINGE, _heavy(80, 100), ines),
    "owen@demo.example": Part(SQUAT_AND_HINGE, _heavy(140, 180), owen),
    "hana@demo.example": Part(SQUAT_AND_HINGE, _heavy(70, 90), hana),
}
