"""From the body a phone sent to a report; nothing in it is ever refused (ruling 8)."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from clients.domain import levels as words
from clients.domain.followups import Placement, placement
from clients.domain.levels import Effect, Feel, Kind, Reply, Spread
from clients.domain.merging import (
    answered_tiles,
    higher_effect,
    joined_aggravators,
    joined_answers,
    joined_sites,
)  # fmt: skip
from clients.domain.questions import bank
from clients.domain.reading import Reader, zone_or_utc
from clients.domain.report import Lift, Medication, Report, Site, Soreness
from programs.domain.regions import UnknownRegion, region

BOTH = "bilateral"
MISTAKEN_TAP = "mistaken_tap"


def read(
    raw: Mapping[str, object],
    *,
    id: UUID,
    performed_at: datetime,
    zone: str,
    session_id: UUID | None = None,
    session_on: date | None = None,
    note_signals: Iterable[str] = (),
) -> Report:
    """A report from the body as sent; what cannot be read is named in `unreadable`.

    `session_on` is the local date of its session; without it the local date of `performed_at`.
    """
    reader = Reader(raw)
    known_zone, readable = zone_or_utc(zone)
    if not readable:
        reader.refuse("zone")
    if performed_at.tzinfo is None:
        reader.refuse("performed_at")
        performed_at = performed_at.replace(tzinfo=UTC)
    flags = reader.sub("red_flags")
    kind = reader.member("kind", Kind) or Kind.SYMPTOM
    return Report(
        id=id,
        performed_at=performed_at,
        zone=known_zone,
        session_on=session_on or performed_at.astimezone(ZoneInfo(known_zone)).date(),
        kind=kind,
        sites=_sites(reader),
        timing=reader.words("timing", words.TIMINGS),
        effect=reader.member("effect", Effect),
        answers=_answers(flags.sub("answers")),
        tiles_none=flags.flag("none_of_these") is True,
        tiles_shown=flags.words("tiles_shown", _tile_ids()),
        tiles_tapped=flags.words("tiles_tapped", _tile_ids()),
        onset=reader.word("onset", words.ONSET_LEAST_DAYS),
        onset_event=reader.flag("injury_event"),
        quality=reader.words("quality", words.QUALITIES),
        aggravators=reader.optional_words("aggravators", words.AGGRAVATORS),
        spread=reader.member("spread", Spread),
        medication=_medication(reader.sub("medication")),
        changes_8w=reader.words("changes_8w", words.CHANGES),
        exercise=_lift(reader.sub("exercise")),
        soreness=_soreness(reader.sub("soreness")),
        checklist_score=reader.whole("checklist_score", 0, 5),
        note_signals=frozenset(note_signals),
        source=reader.word("source", words.SOURCES) or "spontaneous",
        session_id=session_id,
        unreadable=tuple(dict.fromkeys(reader.unreadable)),
    )


def add_answer(
    report: Report,
    raw: Mapping[str, object],
    *,
    performed_at: datetime,
    source: str = "after_session",
    exposures: Iterable[datetime] = (),
) -> Report:
    """A report with a later answer: single questions, a next morning, or fields left open.

    Values only rise and a yes stays; `source="mistaken_tap"` (client re-answered and the coach
    confirmed, I-2) replaces answers. An early morning value counts as `now`; a late one is marked;
    one that is too late changes nothing here, it belongs to a new report (domain §3.6).
    A part given again and readable takes its old paths off `unreadable`.
    """
    body = dict(raw)
    answers = body.pop("answers", None)
    if answers is not None:
        body["red_flags"] = {**_mapping(body.get("red_flags")), "answers": answers}
    later = read(body, id=report.id, performed_at=performed_at, zone=report.zone)
    when = placement(performed_at, report.session_on, report.zone, exposures=exposures)
    sites = tuple(_placed(site, when) for site in later.sites)
    replaced = {**report.answers, **later.answers}
    tapped = source == MISTAKEN_TAP
    medication = later.medication if report.medication == Medication() else report.medication
    return replace(
        report,
        sites=joined_sites(report.sites, sites),
        answers=replaced if tapped else joined_answers(report.answers, later.answers),
        tiles_none=report.tiles_none or later.tiles_none,
        tiles_shown=answered_tiles(report) | answered_tiles(later),
        tiles_tapped=(report.tiles_tapped - later.tiles_shown if tapped else report.tiles_tapped)
        | later.tiles_tapped,
        timing=report.timing | later.timing,
        effect=higher_effect(report.effect, later.effect),
        onset=report.onset or later.onset,
        quality=report.quality | later.quality,
        aggravators=joined_aggravators(report.aggravators, later.aggravators),
        spread=later.spread if report.spread in (None, Spread.NONE) else report.spread,
        medication=medication,
        unreadable=_still_unreadable(report, later, body),
    )


def _still_unreadable(report: Report, later: Report, body: Mapping[str, object]) -> tuple[str, ...]:
    """Old paths whose part was not given again, and the new ones."""
    old = (path for path in report.unreadable if path.partition(".")[0] not in body)
    return tuple(dict.fromkeys((*old, *later.unreadable)))


def _mapping(value: object) -> Mapping[str, object]:
    return value if isinstance(value, Mapping) else {}


def _placed(site: Site, when: Placement) -> Site:
    """Where the value of a next-morning answer belongs, by its own time."""
    if when is Placement.ON_TIME or (site.next_morning is None and site.morning_feel is None):
        return site
    if when is Placement.LATE:
        return replace(site, morning_late=True)
    now = site.next_morning if when is Placement.EARLY else None
    kept = replace(site, next_morning=None, morning_feel=None, morning_painkiller=False)
    return kept if now is None else replace(kept, now=max(now, kept.now or 0))


def _sites(reader: Reader) -> tuple[Site, ...]:
    """One site for each region and side; both sides are two (domain §2.1)."""
    found: list[Site] = []
    for index, value in enumerate(reader.items("regions")):
        row = reader.of(value, f"regions.{index}")
        found += _sites_of(row)
    return joined_sites(found, ())


def _sites_of(row: Reader) -> list[Site]:
    name = row.raw.get("region")
    try:
        place = region(name if isinstance(name, str) else "")
    except UnknownRegion:
        row.refuse("region")
        return []
    if not place.tappable:
        row.refuse("region")
    side = row.raw.get("side")
    sides = [one for one in place.sides if side == one or (side == BOTH and one != "midline")]
    if not sides:
        row.refuse("side")
    values = _site(row, place.id)
    # A side that cannot be read still hurts somewhere: the first one keeps its values in sight.
    return [replace(values, side=str(one)) for one in sides or place.sides[:1]]


def _site(row: Reader, region_id: str) -> Site:
    return Site(
        region=region_id,
        side="",
        worst=row.whole("pain_worst", 0, 10),
        now=row.whole("pain_now", 0, 10),
        before=row.whole("pain_before", 0, 10),
        rest=row.whole("pain_rest", 0, 10),
        next_morning=row.whole("pain_next_morning", 0, 10),
        morning_feel=row.member("morning_feel", Feel),
        morning_painkiller=row.flag("morning_painkiller") is True,
    )


def _answers(reader: Reader) -> dict[str, Reply]:
    """Answers to questions this rule set knows; others are kept as unreadable."""
    found: dict[str, Reply] = {}
    for id_ in reader.raw:
        question = bank().questions.get(id_)
        accepted = question.accepted if question else ()
        reply = reader.word(id_, [str(one) for one in accepted])
        if reply is not None:
            found[id_] = Reply(reply)
    return found


def _tile_ids() -> tuple[str, ...]:
    return tuple(tile.id for tile in bank().tiles)


def _medication(reader: Reader) -> Medication:
    return Medication(
        kind=reader.word("kind", words.MEDICINES),
        taken_within_8h=reader.flag("taken_within_8h"),
        days_of_7=reader.whole("days_of_7", 0, 7),
    )


def _lift(reader: Reader) -> Lift | None:
    exercise = reader.text("exercise")
    if exercise is None:
        return None
    return Lift(
        exercise=exercise,
        pattern=reader.text("pattern"),
        load_zone=reader.word("load_zone", words.LOAD_ZONES),
        kg=reader.number("kg"),
        reps=reader.whole("reps", 0, 1000),
        rir=reader.whole("rir", 0, 20),
    )


def _soreness(reader: Reader) -> Soreness:
    return Soreness(
        hours_after=reader.whole("hours_after", 0, 1000),
        eases_on_moving=reader.flag("eases_on_moving"),
        muscle_trained=reader.flag("muscle_trained"),
        new_or_more_sets=reader.flag("new_or_more_sets"),
    )
