"""The soreness filter: ordinary muscle soreness after training, or a symptom (domain §3.3)."""

from collections.abc import Mapping

from clients.domain.bands import value_of
from clients.domain.facts import Profile
from clients.domain.form import due_questions
from clients.domain.levels import Effect, Kind, Reply, Spread
from clients.domain.questions import bank
from clients.domain.report import Report
from clients.domain.said import replies
from programs.domain.regions import in_group

MUSCLES = ("upper_trap", "upper_arm", "forearm", "abdomen", "buttock", "calf")
BACK = ("back_upper", "back_mid", "back_low")
MOST_PAIN = 5
HOURS = (12, 72)
NOT_SORE = frozenset({"sharp", "tingling", "numb", "clicking_locking"})
NEVER_WHEN = frozenset({"at_rest", "night", "constant"})


def is_soreness(report: Report, profile: Profile) -> bool:
    """Whether a report of kind soreness passes the filter; else it is judged as a symptom.

    Everything must be known and fit: in doubt it is a symptom.
    """
    return (
        report.kind is Kind.SORENESS
        and not report.unreadable
        and not report.note_signals
        and _fits(report)
        and _sites_fit(report)
        and _mild(report)
        and _answered_no(report, profile)
    )


def _fits(report: Report) -> bool:
    """Onset 12–72 h after, eases on moving, a new exercise or at least 20 % more sets."""
    sore = report.soreness
    return (
        sore.hours_after is not None
        and HOURS[0] <= sore.hours_after <= HOURS[1]
        and sore.eases_on_moving is True
        and sore.new_or_more_sets is True
        and not report.quality & NOT_SORE
        and bool(report.timing)
        and not report.timing & NEVER_WHEN
        and report.spread in (None, Spread.NONE)
        and not report.medication.painkiller
    )


def _sites_fit(report: Report) -> bool:
    """Every site in a muscle that may be sore, on both sides or trained."""
    places = set(report.places)
    for region, side in places:
        if region in BACK:
            if not {(region, "left"), (region, "right")} <= places or side == "midline":
                return False
        elif region not in MUSCLES and not in_group(region, "thigh"):
            return False
        both = {(region, "left"), (region, "right")} <= places
        if not both and report.soreness.muscle_trained is not True:
            return False
    return bool(places)


def _mild(report: Report) -> bool:
    """v up to 5 at every site, and the load eased at most."""
    values = [value_of([(report, site)]) for site in report.sites]
    known = all(site.worst is not None for site in report.sites)
    mild = all(value is not None and value <= MOST_PAIN for value in values)
    return known and mild and report.effect in (Effect.NONE, Effect.EASED_LOAD)


def _answered_no(report: Report, profile: Profile) -> bool:
    """Every tile answered, and nothing answered but no."""
    given: Mapping[str, Reply] = replies(report, bank())
    form = due_questions(
        report.places,
        profile,
        at=report.performed_at,
        on=report.session_on,
        answers=given,
        timing=report.timing,
    )
    answered = all(id_ in given for id_ in form.at_once)
    return answered and all(reply is Reply.NO for reply in given.values())
