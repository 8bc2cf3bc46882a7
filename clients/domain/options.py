"""The options a coach is shown: the right protocol row, filtered for this client (domain §5).

At refer, urgent, emergency and incomplete there are none, whatever else is known (I-1, D05).
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from clients.domain.binding import Bound, bind, effective
from clients.domain.levels import Level
from clients.domain.offer_facts import Ahead, Facts, Painful, ahead
from clients.domain.offer_order import OFFERING_SETS, allows, in_order
from clients.domain.option_line import option_line
from clients.domain.option_scope import Refused
from clients.domain.overlay import Overlay
from programs.domain.protocol import Option, Protocol, Severity, covers_region, select
from programs.domain.protocol_ops import STRENGTH, OpClass, RemoveSpec, ladder_letters

__all__ = ["Facts", "Offer", "Offers", "Painful", "offer"]

OFFERING_LEVELS = frozenset({Level.MONITOR, Level.MODIFY})
"""The only levels with proposals; a level nobody listed offers nothing."""

MAIN = 3
"""So many options are shown at once, the rest behind "more" (RG-7)."""

FALLBACK = "ANY"
FALLBACK_HIGH = "ANY-H"
CHECK_FIRST = "ANY.a"
REMOVE_NOW = "remove_for_now"
DAYS_OUT = 14

_SEVERITIES = tuple(Severity)


@dataclass(frozen=True, slots=True)
class Offer:
    """One option worked out for this client: `line` is "8–12 · RIR 3+ · 60 kg".

    `record` is how often it settled, of how many. `calibrate`: ramp sets find the load. `ladder`
    is the way back by its strongest operation, `AB` = A first, then B; None = nothing to climb.
    """

    option_id: str
    title: str
    line: str
    reason: str
    mark: str
    record: tuple[int, int]
    overlay: Overlay
    days: int
    review_on: date
    ladder: str | None
    calibrate: bool
    strongest: OpClass


@dataclass(frozen=True, slots=True)
class Offers:
    """What the coach sees: at most three main offers, the rest, "watch" and "remove for now".

    `refused` are options that fell to a filter, each with why; `sentence` says why there are none.
    """

    main: tuple[Offer, ...] = ()
    more: tuple[Offer, ...] = ()
    watch: bool = False
    remove: Offer | None = None
    refused: tuple[tuple[str, str], ...] = ()
    sentence: str = ""


def offer(facts: Facts) -> Offers:
    """The options for this client, in the order shown (RG-4, RG-5, RG-7, domain §3.5)."""
    stop = _why_none(facts)
    if stop:
        return Offers(sentence=stop)
    there = ahead(facts)
    if not set(there.prescriptions).difference(facts.blocked):
        sentence = "No session ahead has an exercise of this pattern that may be changed."
        return Offers(watch=True, sentence=sentence)
    remove = _remove_for_now(facts, there)
    if _under_regression(facts):
        sentence = "This pattern is already under a regression: close it or take its place."
        return Offers(watch=True, remove=remove, sentence=sentence)
    offers, by_choice, refused = _surviving(facts, there)
    sentence = "" if offers else "No option is left for this client: watch, or remove for now."
    return Offers(offers[:MAIN], offers[MAIN:] + by_choice, True, remove, refused, sentence)


def _why_none(facts: Facts) -> str:
    """Why nothing at all is offered, not even removal; empty when options may be."""
    if facts.level == Level.INCOMPLETE:
        return "Questions are still open: no proposal until they are answered."
    if facts.level not in OFFERING_LEVELS:
        return "At this level nothing is proposed."
    if facts.action_set not in OFFERING_SETS:
        return "Nothing is proposed here: the coach writes the change by hand."
    if not facts.painful:
        return "No painful region is known, so nothing is proposed."
    return ""


def _surviving(
    facts: Facts, there: Ahead
) -> tuple[tuple[Offer, ...], tuple[Offer, ...], tuple[tuple[str, str], ...]]:
    """The row's offers in the order shown, those by the coach's choice, and the refused."""
    protocol = _protocol(facts, there)
    severity = _severity(facts, protocol)
    kept, refused = _filtered(protocol, _listed(protocol, severity, facts), facts, there)
    if not kept and facts.action_set == "A4" and protocol.id != FALLBACK_HIGH:
        fallback = facts.protocol_set.protocol(FALLBACK_HIGH)
        kept, further = _filtered(fallback, fallback.options[Severity.HIGH], facts, there)
        refused += further
    chosen: list[tuple[frozenset[OpClass], Offer]] = []
    for other in _by_choice(facts, protocol, severity):
        chosen += _filtered(other, other.options[severity], facts, there)[0]
    order = facts.action_set
    return in_order(order, kept), in_order(order, chosen), tuple(refused)


def _listed(protocol: Protocol, severity: Severity, facts: Facts) -> tuple[Option, ...]:
    """The row's options; at A1 the general recheck goes first when the row has none."""
    options = protocol.options[severity]
    has_check = any(op.op_class is OpClass.CHECK for option in options for op in option.ops)
    if facts.action_set == "A1" and not has_check:
        return (facts.protocol_set.option(CHECK_FIRST), *options)
    return options


def _filtered(
    protocol: Protocol, options: tuple[Option, ...], facts: Facts, there: Ahead
) -> tuple[list[tuple[frozenset[OpClass], Offer]], list[tuple[str, str]]]:
    kept: list[tuple[frozenset[OpClass], Offer]] = []
    refused: list[tuple[str, str]] = []
    for option in options:
        made = _judged(protocol, option, facts, there)
        if isinstance(made, Refused):
            refused += [(option.id, made.sentence)] if made.sentence else []
        else:
            kept.append((made.classes, _offer(option, made, facts, there)))
    return kept, refused


def _judged(protocol: Protocol, option: Option, facts: Facts, there: Ahead) -> Bound | Refused:
    ops = effective(option, facts, there)
    classes = frozenset(op.op_class for op in ops)
    if not ops:
        return Refused("")
    if option.id in facts.failed_option_ids:
        return Refused("It was tried in the last 12 weeks and did not settle it.")
    if not _allows(facts, classes):
        return Refused(_not_allowed(facts, classes))
    row = protocol
    if option.id == CHECK_FIRST:
        row = facts.protocol_set.protocol(FALLBACK)
    days = min([option.days, *(op.days for op in ops if isinstance(op, RemoveSpec))])
    strictly = facts.action_set == "A4"
    made = bind(option, row, facts, there, strictly=strictly, review_days=days)
    if isinstance(made, Bound) and not _allows(facts, made.classes):
        # Nothing to lower here, and what is left is not enough by itself.
        return Refused(_not_allowed(facts, made.classes))
    return made


def _allows(facts: Facts, classes: frozenset[OpClass]) -> bool:
    return allows(facts.action_set, classes, questions_left=facts.questions_left)


def _not_allowed(facts: Facts, classes: frozenset[OpClass]) -> str:
    if facts.questions_left and classes & {OpClass.SWAP, OpClass.REMOVE}:
        return "Not while questions about the session are open."
    if OpClass.REMOVE in classes:
        return "Leaving an exercise out is more than this calls for."
    if facts.action_set == "A4":
        return "After this report the exercise itself is not carried on with."
    return "A recheck alone is not enough here."


def _offer(option: Option, made: Bound, facts: Facts, there: Ahead) -> Offer:
    overlay = made.overlay
    return Offer(
        option_id=option.id,
        title=option.title,
        line=option_line(overlay, made.sample, facts, there, calibrate=made.calibrate),
        reason=option.reason,
        mark=option.mark,
        record=facts.records.get(option.id, (0, 0)),
        overlay=overlay,
        days=(overlay.review_on - overlay.starts_on).days,
        review_on=overlay.review_on,
        ladder=ladder_letters(made.classes) or None,
        calibrate=made.calibrate,
        strongest=min(made.classes, key=STRENGTH.index),
    )


def _remove_for_now(facts: Facts, there: Ahead) -> Offer | None:
    """Offered with A1–A4 whatever the table says: the painful exercise, else the pattern."""
    spec = RemoveSpec(days=DAYS_OUT)
    general = facts.protocol_set.option("ANY.d")
    option = replace(general, id=REMOVE_NOW, title="Remove for now", ops=(spec,), days=DAYS_OUT)
    row = facts.protocol_set.protocol(FALLBACK)
    if facts.painful_exercise in there.prescriptions and facts.painful_exercise is not None:
        only = replace(spec, exercises=(facts.painful_exercise,))
        option = replace(option, ops=(only,), reason="The rest of the session goes on as written.")
    made = bind(option, row, facts, there, review_days=DAYS_OUT)
    return _offer(option, made, facts, there) if isinstance(made, Bound) else None


def _under_regression(facts: Facts) -> bool:
    """Whether the pattern is already under a regression that is not being replaced (RG-4)."""
    return any(
        overlay.regression != facts.replacing
        and overlay.ended_on is None
        and (
            overlay.pattern == facts.pattern
            or any(
                one in facts.library and facts.library[one].pattern == facts.pattern
                for one in overlay.exercises
            )
        )
        for overlay in facts.active_overlays
    )


def _protocol(facts: Facts, there: Ahead) -> Protocol:
    """The row ("Which row"): a two-region row by the higher severity of both, else the own one."""
    worst = max((one.severity for one in facts.painful), key=_SEVERITIES.index)
    both = _select(facts, there, worst)
    if both.and_regions or worst is facts.painful[0].severity:
        return both
    single = replace(facts, painful=facts.painful[:1])
    return _select(single, there, facts.painful[0].severity)


def _select(facts: Facts, there: Ahead, severity: Severity) -> Protocol:
    named = (facts.painful_exercise,) if facts.painful_exercise else tuple(there.prescriptions)
    return select(
        facts.protocol_set.protocols,
        regions=[one.region for one in facts.painful],
        severity=severity,
        pattern=facts.pattern,
        aggravators=facts.aggravators,
        timing=facts.timing,
        exercises=named,
    )


def _severity(facts: Facts, protocol: Protocol) -> Severity:
    if protocol.and_regions:
        return max((one.severity for one in facts.painful), key=_SEVERITIES.index)
    return facts.painful[0].severity


def _by_choice(facts: Facts, chosen: Protocol, severity: Severity) -> Iterator[Protocol]:
    """Rows that a coach may choose for this region though another row is the one for it."""
    for protocol in facts.protocol_set.protocols:
        if (
            protocol is not chosen
            and severity in protocol.options
            and facts.pattern in protocol.patterns
            and covers_region(protocol.choice_regions, facts.painful[0].region)
        ):
            yield protocol
