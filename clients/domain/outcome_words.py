"""The sentences of the outcome table: counts first, what is missing, and what nobody may read."""

from clients.domain.statistics import episodes_to_tell_apart

LEAST_FOR_INTERVAL = 5
LEAST_FOR_MEDIAN = 10
LEAST_CLIENTS_ACROSS_COACHES = 10

REASONS: tuple[str, ...] = (
    "People report when it is at its peak, so what they say next is usually lower anyway.",
    "Most episodes settle whatever is done.",
    "Coaches give harder cases other options.",
    "Technique is often corrected at the same time.",
    f"Telling 60 % from 80 % takes about {episodes_to_tell_apart(0.6, 0.8)} episodes per option; "
    f"70 % from 80 % about {episodes_to_tell_apart(0.7, 0.8)}.",
    "No option is ranked; the order is the protocol's.",
)
"""Printed beside every comparison, in this order (domain §7)."""

WITHHELD = (
    f"Across coaches a row is shown from {LEAST_CLIENTS_ACROSS_COACHES} clients who agreed to it."
)


def settled_words(settled: int, of: int) -> str:
    """Counts first: "7 of 9 settled"."""
    return f"{settled} of {of} settled"


def thin_words(of: int) -> str | None:
    """Why there is no interval; None from 5 answers on (domain §7)."""
    if of == 0:
        return "No answer yet."
    return "Too few to say more." if of < LEAST_FOR_INTERVAL else None


def median_words(median: int | None, started: int, of: int) -> str:
    """The median in days since apply, or why none is printed (domain §7)."""
    if median is not None:
        return f"Half had settled by day {median}."
    if started < LEAST_FOR_MEDIAN:
        return f"No median: {started} at the start, it takes {LEAST_FOR_MEDIAN}."
    if of < LEAST_FOR_INTERVAL:
        return f"No median: {of} answers known, it takes {LEAST_FOR_INTERVAL}."
    return "No median: the curve does not reach half."


def lost_words(lost: int, unshown: int, best_worst: tuple[tuple[int, int], tuple[int, int]]) -> str:
    """Those without an answer, with the best and the worst they could make of the count."""
    if lost + unshown == 0:
        return "None lost to follow-up."
    parts = [f"{lost} lost to follow-up"] if lost else []
    if unshown:
        parts.append(f"{unshown} closed without two clean sessions on record")
    (best, of), (worst, _) = best_worst
    return f"{', '.join(parts)}: with them {worst} to {best} of {of}."


def overlap_words(others: int) -> str | None:
    """Said under the list of a row whose range overlaps `others`; None when it overlaps none."""
    if others == 0:
        return None
    rows = "another option's" if others == 1 else f"those of {others} other options"
    return f"This range overlaps {rows}: these counts do not tell them apart."
