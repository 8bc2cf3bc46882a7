"""Body regions: where it can hurt, and which demands of an exercise load it (domain §2.1)."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from programs.domain.datafile import BadData, DataFile, Row, read

TAGS = (
    "le", "lx", "ax", "hf", "kf", "ke", "un",
    "sh", "el", "wr", "nk",
    "bench_edge", "df", "forefoot", "groin_stretch",
)  # fmt: skip
"""Every demand tag, in the order of domain §4: lower vector, upper vector, cross flags."""

TAG_WORDS = {
    "le": "lumbar-extensor moment",
    "lx": "pull to end-range arch",
    "ax": "axial load through the spine",
    "hf": "hip flexion",
    "kf": "knee flexion",
    "ke": "knee-extensor demand",
    "un": "one-leg or lateral-hip demand",
    "sh": "shoulder demand",
    "el": "elbow demand",
    "wr": "wrist demand",
    "nk": "neck demand",
    "bench_edge": "pressure of the bench edge",
    "df": "ankle bend",
    "forefoot": "forefoot push-off",
    "groin_stretch": "groin stretch",
}
"""What a coach reads for a tag."""

GROUPS = ("back", "hip", "thigh", "leg", "arm", "bone", "pelvic")


class Side(StrEnum):
    """Side of a region; bilateral is stored as two rows, left and right (domain §2.1)."""

    LEFT = "left"
    RIGHT = "right"
    MIDLINE = "midline"


@dataclass(frozen=True, slots=True)
class Region:
    """A place on the body; `leaf` = drawn on the chart, `tappable` = may be named in a report."""

    id: str
    parent: str | None
    sides: tuple[Side, ...]
    views: tuple[str, ...]
    snomed: str | None
    addons: tuple[str, ...]
    always: tuple[str, ...]
    demand: tuple[str, ...]
    leaf: bool
    tappable: bool
    blocks_all: bool


class UnknownRegion(LookupError):
    """Nobody drew a region of this id."""


def region(region_id: str) -> Region:
    """The region of this id. Raises UnknownRegion."""
    try:
        return _atlas()[0][region_id]
    except KeyError:
        raise UnknownRegion(region_id) from None


def all_regions() -> tuple[Region, ...]:
    """Every region, parents before their leaves, in the order of the chart."""
    return tuple(_atlas()[0].values())


@cache
def leaves_of(region_id: str) -> tuple[str, ...]:
    """The drawn places a region stands for: itself when it is one, and those inside it."""
    asked = region(region_id)
    own = (asked.id,) if asked.leaf else ()
    return own + tuple(other.id for other in all_regions() if other.parent == asked.id)


def in_group(region_id: str, group: str) -> bool:
    """Whether all of a region lies in a group of domain §2.1. Raises UnknownRegion, ValueError."""
    if group not in GROUPS:
        raise ValueError(f"no group {group}; there are {', '.join(GROUPS)}")
    return _atlas()[1][group].issuperset(leaves_of(region_id))


def tags_of(region_id: str) -> tuple[str, ...]:
    """The demand tags that load a region, in the order of `TAGS`. Raises UnknownRegion."""
    return region(region_id).demand


def allows_swap(region_id: str) -> bool:
    """Whether the tags say which exercise is easier here; not for head, abdomen, general."""
    asked = region(region_id)
    return bool(asked.demand) and not asked.blocks_all


def digest() -> str:
    """sha256 of the region data, a part of the rule set's hash."""
    return read("programs.domain", "regions.toml").digest


@cache
def _atlas() -> tuple[dict[str, Region], dict[str, frozenset[str]]]:
    return parse_regions(read("programs.domain", "regions.toml"))


def parse_regions(data: DataFile) -> tuple[dict[str, Region], dict[str, frozenset[str]]]:
    """Regions by id, and the leaves of each group. Raises BadData naming file, line, reason."""
    top = data.top()
    regions: dict[str, Region] = {}
    for row in top.rows("region"):
        made = _region(row, regions)
        regions[made.id] = made
    for made in [one for one in regions.values() if not (one.leaf or one.demand)]:
        inside = (one.demand for one in regions.values() if one.parent == made.id)
        regions[made.id] = _with_demand(made, inside)
    groups = {row.text("id"): _group(row, regions) for row in top.rows("group")}
    top.done()
    if tuple(groups) != GROUPS:
        raise BadData(f"{data.name}:1: groups must be {', '.join(GROUPS)}, in this order")
    return regions, groups


def _region(row: Row, known: dict[str, Region]) -> Region:
    demand = row.list_of("demand", ("all", *TAGS), ())
    made = Region(
        id=row.text("id"),
        parent=row.one_of("parent", known) if row.has("parent") else None,
        sides=tuple(Side(side) for side in row.list_of("sides", tuple(Side))),
        views=row.list_of("views", ("front", "back", "icon")),
        snomed=row.text("snomed") if row.has("snomed") else None,
        addons=row.list_of("addons", ("U", "L", "H", "K", "S", "N")),
        always=row.list_of("always", default=()),
        demand=TAGS if demand == ("all",) else _in_order(demand),
        leaf=row.flag("leaf", True),
        tappable=row.flag("tappable", True),
        blocks_all=row.flag("blocks_all", False),
    )
    row.done()
    return made


def _with_demand(parent: Region, inside: Iterable[tuple[str, ...]]) -> Region:
    """A parent without tags of its own is loaded by whatever loads a place inside it."""
    tags = _in_order({tag for demand in inside for tag in demand})
    return Region(
        parent.id, parent.parent, parent.sides, parent.views, parent.snomed, parent.addons,
        parent.always, tags, parent.leaf, parent.tappable, parent.blocks_all,
    )  # fmt: skip


def _group(row: Row, regions: dict[str, Region]) -> frozenset[str]:
    named = row.list_of("regions", regions)
    row.done()
    leaves = {one.id for one in regions.values() if one.leaf and one.id in named}
    return frozenset(leaves | {one.id for one in regions.values() if one.parent in named})


def _in_order(tags: Iterable[str]) -> tuple[str, ...]:
    wanted = set(tags)
    return tuple(tag for tag in TAGS if tag in wanted)
