"""The exercise graph: what is easier for a region, what refer blocks, how loads compare.

Every function takes the library, so that a coach's own exercises count as well (domain §4).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from statistics import median

from programs.domain.exercise import Basis, Exercise, Level, Library, Mark, Ratio, SeedEdge, demand
from programs.domain.regions import TAG_WORDS, TAGS, allows_swap, region, tags_of

OWN_PAIRS_LEAST = 3
"""So many pairs of a client's own within 90 days replace the table's ratio (domain §6)."""

LEVEL_WORDS = {Level.N: "none", Level.L: "low", Level.M: "medium", Level.H: "high"}

_ONE = Ratio(Decimal(1), Decimal(1), Decimal(1), Mark.DEFAULT)


@dataclass(frozen=True, slots=True)
class Variation:
    """An edge of the graph: for this region the target is easier than the source, and why.

    `ratio` is the part of the source's e1RM to count on; None = find the load by calibration.
    A target may be a prescription of the same exercise, such as `rx_highrep`.
    """

    source: str
    target: str
    region: str
    ratio: Decimal | None
    reason: str
    mark: Mark


def raises_demand(
    library: Library,
    source_id: str,
    target_id: str,
    region: str,
    *,
    light: bool = False,
    source_light: bool = False,
) -> tuple[str, ...]:
    """The tags of a painful region that the target would raise; empty = RG-5 holds (domain §5).

    `light` = the target at or below 60 % e1RM, `source_light` = what was prescribed is. A target
    that nobody rated may raise every tag. Raises KeyError for an unknown exercise, UnknownRegion.
    """
    source, target = library[source_id], library[target_id]
    if not target.has_vector:
        return tags_of(region)
    return tuple(
        tag
        for tag in tags_of(region)
        if demand(target, tag, light=light) > demand(source, tag, light=source_light)
    )


def strictly_lower(
    library: Library,
    source_id: str,
    target_id: str,
    region: str,
    *,
    light: bool = False,
    source_light: bool = False,
) -> bool:
    """Whether the target raises no tag of the region and lowers at least one (A4, domain §3.5).

    Never true without a vector, nor for head, abdomen and general, whose tags say nothing.
    """
    source, target = library[source_id], library[target_id]
    if not allows_swap(region) or not (source.has_vector and target.has_vector):
        return False
    steps = [
        demand(target, tag, light=light) - demand(source, tag, light=source_light)
        for tag in tags_of(region)
    ]
    return max(steps) <= 0 and min(steps) < 0


def regress_of(library: Library, exercise_id: str, region: str) -> tuple[str, ...]:
    """Easier exercises of the same pattern for a region, nearest first (domain §4).

    Computed from the demand tags, together with the seed edges entered by hand. Nearest = fewest
    tags changed, then the same equipment, then table order.
    """
    source = library[exercise_id]
    by_hand = {
        edge.target
        for edge in library.seed_edges
        if edge.source == exercise_id and region in edge.regions
    }
    found = [
        (_tags_changed(source, other), other.equipment != source.equipment, place, other.id)
        for place, other in enumerate(library.of_pattern(source.pattern))
        if other.id in by_hand or strictly_lower(library, exercise_id, other.id, region)
    ]
    return tuple(other_id for *_, other_id in sorted(found))


def harder_than(library: Library, exercise_id: str, region: str) -> tuple[str, ...]:
    """The exercises this one is a regression of, in table order."""
    others = library.of_pattern(library[exercise_id].pattern)
    return tuple(one.id for one in others if exercise_id in regress_of(library, one.id, region))


def blocked_at_refer(
    library: Library, exercise_id: str, region_id: str, pattern_felt: str | None
) -> bool:
    """Whether an open refer on a region keeps a client from an exercise (domain §3.1 I-4).

    Blocked are the pattern in which it was felt, every exercise that asks M or more of the
    region, and whatever nobody rated; for head, abdomen and general everything.
    """
    place = region(region_id)
    exercise = library.get(exercise_id)
    if place.blocks_all or exercise is None or not exercise.has_vector:
        return True
    if exercise.pattern == pattern_felt:
        return True
    return any(demand(exercise, tag) >= Level.M for tag in place.demand)


def root_of(exercise: Exercise) -> str | None:
    """The exercise whose e1RM this one's load is compared with; None = by calibration only."""
    if exercise.basis is Basis.ROOT:
        return exercise.id
    return exercise.parent if exercise.basis is Basis.RATIO else None


def ratio(
    library: Library,
    source: str,
    target: str,
    *,
    own_pairs: Sequence[Decimal] = (),
    regression: bool = True,
) -> Decimal | None:
    """e1RM of the target ÷ e1RM of the source; None = find the load by calibration (domain §6).

    Three or more own pairs of the last 90 days count before the table; the table gives lo ÷ hi
    for a regression, the defaults otherwise. Never above 1: nothing is computed upwards.
    """
    start, end = library[source], library[target]
    if source == target:
        return Decimal(1) if start.basis in (Basis.ROOT, Basis.RATIO, Basis.CALIBRATE) else None
    if root_of(start) is None or root_of(start) != root_of(end):
        return None
    if len(own_pairs) >= OWN_PAIRS_LEAST:
        found = median(own_pairs)
    else:
        below, above = start.ratio or _ONE, end.ratio or _ONE
        found = above.low / below.high if regression else above.default / below.default
    return found if found <= 1 else None


def variations(library: Library, region: str) -> tuple[Variation, ...]:
    """The graph of a region, harder to easier, without edges that two others already say."""
    edges: list[Variation] = []
    easier = {one: regress_of(library, one, region) for one in library}
    for source, targets in easier.items():
        further = {beyond for target in targets for beyond in easier[target]}
        by_hand = {
            edge.target: edge
            for edge in library.seed_edges
            if edge.source == source and region in edge.regions
        }
        near = [target for target in targets if target in by_hand or target not in further]
        near += [target for target in by_hand if target in library.prescriptions]
        edges += [_variation(library, source, one, region, by_hand.get(one)) for one in near]
    return tuple(edges)


def ring_in(edges: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    """A ring of edges that leads back to its start, first name repeated; empty = there is none."""
    onward: dict[str, list[str]] = {}
    for source, target in edges:
        onward.setdefault(source, []).append(target)
    done: set[str] = set()
    for start in onward:
        ring = _ring_from(start, onward, [], done)
        if ring:
            return ring
    return ()


def _ring_from(
    name: str, onward: Mapping[str, list[str]], path: list[str], done: set[str]
) -> tuple[str, ...]:
    if name in path:
        return (*path[path.index(name) :], name)
    if name in done:
        return ()
    for target in onward.get(name, ()):
        ring = _ring_from(target, onward, [*path, name], done)
        if ring:
            return ring
    done.add(name)
    return ()


def _tags_changed(source: Exercise, target: Exercise) -> int:
    return sum(demand(source, tag) != demand(target, tag) for tag in TAGS)


def _variation(
    library: Library, source: str, target: str, region: str, edge: SeedEdge | None
) -> Variation:
    lift = target if target in library else source
    part = ratio(library, source, lift)
    if edge:
        return Variation(source, target, region, part, edge.reason, edge.mark)
    lower = [
        f"{TAG_WORDS[tag]} {LEVEL_WORDS[before]} to {LEVEL_WORDS[after]}"
        for tag in tags_of(region)
        if (after := demand(library[target], tag)) < (before := demand(library[source], tag))
    ]
    mark = library[target].demand_mark
    return Variation(source, target, region, part, ", ".join(lower), mark)
