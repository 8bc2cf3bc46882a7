"""The body chart …"""

from collections import Counter
from itertools import pairwise
from typing import get_args
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clients.drawings.bodychart import (
    CROP_OF_PATTERN,
    CROPS,
    MIDLINE,
    Outline,
    View,
    chart,
    leaf_at,
    leaves,
    nearest,
    silhouette,
)
from coachapi.drawings.svg import Point, area
from programs.domain.exercise import PATTERNS
from programs.domain.regions import Side, all_regions

VIEWS = get_args(View)
OUTLINES = get_args(Outline)
LETTERS = {Side.LEFT: "L", Side.RIGHT: "R", Side.MIDLINE: "M"}

# domain §2.1 says "both" of achilles and foot; from the front these three cannot be seen.
HIDDEN_FROM_THE_FRONT = {"achilles", "heel", "sole"}

both_views = pytest.mark.parametrize("view", VIEWS)
both_outlines = pytest.mark.parametrize("outline", OUTLINES)


def drawn_ids() -> set[str]:
    return {leaf.id for view in VIEWS for leaf in leaves(view)}


def wanted_ids() -> set[str]:
    return {
        f"{view}.{region.id}.{LETTERS[side]}"
        for region in all_regions()
        if region.leaf
        for view in region.views
        if view in VIEWS and not (view == "front" and region.id in HIDDEN_FROM_THE_FRONT)
        for side in region.sides
    }


def outer_loop(view: View, outline: Outline) -> tuple[Point, ...]:
    (loop,) = silhouette(view, outline).removeprefix("M").removesuffix("Z").split("ZM")
    return tuple(Point(*map(float, pair.split(","))) for pair in loop.split())


def test_draws_every_leaf_of_the_regions_and_nothing_else() -> None:
    assert drawn_ids() == wanted_ids()


@both_views
def test_gives_every_place_of_a_view_a_name_of_its_own(view: View) -> None:
    names = [leaf.name for leaf in leaves(view)]
    assert len(set(names)) == len(names)
    assert not any("_" in name for name in names)


def test_puts_the_persons_own_left_on_the_right_of_the_front_view() -> None:
    for view, outside in (("front", 1), ("back", -1)):
        for leaf in leaves(view):
            middle = sum(corner.x for corner in leaf.corners) / len(leaf.corners) - MIDLINE
            assert middle * {"L": outside, "R": -outside, "M": 0}[leaf.side] >= 0
            assert leaf.side == "M" or abs(middle) > 1


@both_views
@both_outlines
def test_has_no_degenerate_polygon(view: View, outline: Outline) -> None:
    for leaf in leaves(view, outline):
        assert len(set(leaf.corners)) == len(leaf.corners)
        assert area(leaf.corners) >= 50, leaf.id


@both_views
@both_outlines
def test_shares_every_inner_edge_between_exactly_two_leaves(view: View, outline: Outline) -> None:
    """One loop goes round the figure and holds the area of all leaves: no gap, no overlap."""
    around = outer_loop(view, outline)
    edges = Counter(
        edge
        for leaf in leaves(view, outline)
        for edge in pairwise((*leaf.corners, leaf.corners[0]))
    )
    throat = 0.0
    if view == "front":
        blank = next(iter(_blank_of(outline)))
        throat = area(blank)
    assert max(edges.values()) == 1
    assert area(around) == pytest.approx(
        sum(area(leaf.corners) for leaf in leaves(view, outline)) + throat
    )


def _blank_of(outline: Outline) -> list[tuple[Point, ...]]:
    text = chart("front", outline)
    root = ElementTree.fromstring(text)
    return [
        tuple(Point(*map(float, pair.split(","))) for pair in polygon.attrib["points"].split())
        for polygon in root.iter("{http://www.w3.org/2000/svg}polygon")
        if "id" not in polygon.attrib
    ]


@both_views
def test_mirrors_left_and_right(view: View) -> None:
    drawn = {leaf.id: leaf for leaf in leaves(view)}
    for leaf in drawn.values():
        other = drawn[leaf.id.removesuffix(leaf.side) + {"L": "R", "R": "L", "M": "M"}[leaf.side]]
        assert {Point(2 * MIDLINE - at.x, at.y) for at in leaf.corners} == set(other.corners)


@both_views
@both_outlines
@given(x=st.floats(0, 200), y=st.floats(0, 440))
def test_gives_a_tap_the_leaf_that_is_nearest(
    view: View, outline: Outline, x: float, y: float
) -> None:
    leaf = leaf_at(view, x, y, outline)
    first, *others = nearest(view, x, y, outline)
    assert len(others) == 2
    assert leaf is None or leaf == first or leaf in others


def test_names_the_middle_of_the_low_back_under_a_tap_there() -> None:
    leaf = leaf_at("back", 100, 175)
    assert leaf and (leaf.id, leaf.name) == ("back.back_low.M", "Low back, middle")
    assert leaf_at("back", 5, 5) is None
    assert [each.region for each in nearest("back", 100, 175)] == ["back_low"] * 3


def test_draws_two_outlines_that_differ_where_they_should() -> None:
    def width(outline: Outline, region: str) -> float:
        corners = [p.x for leaf in leaves("back", outline) if leaf.region == region
                   for p in leaf.corners]  # fmt: skip
        return max(corners) - min(corners)

    assert width("broad_hips", "hip_side") > width("broad_shoulders", "hip_side")
    assert width("broad_hips", "back_upper") < width("broad_shoulders", "back_upper")


@both_views
@both_outlines
def test_is_small_and_names_every_polygon(view: View, outline: Outline) -> None:
    text = chart(view, outline)
    root = ElementTree.fromstring(text)
    taps = [each for each in root.iter("{http://www.w3.org/2000/svg}polygon") if each.get("id")]
    assert len(text.encode()) <= 10_000
    assert "style" not in text
    assert len({tap.attrib["id"] for tap in taps}) == len(taps) == len(leaves(view))
    assert all(tap.findtext("{http://www.w3.org/2000/svg}title") for tap in taps)


def test_marks_only_the_polygons_it_is_told_to() -> None:
    text = chart("back", marked=["back.back_low.M"])
    assert 'id="back.back_low.M" class="on"' in text
    assert text.count('class="on"') == 1


def test_shows_a_part_for_every_pattern() -> None:
    assert set(CROP_OF_PATTERN) == set(PATTERNS)
    assert set(CROP_OF_PATTERN.values()) <= set(CROPS)
    for crop in CROPS.values():
        assert crop.x >= 0 and crop.x + crop.width <= 200
        assert crop.y >= 0 and crop.y + crop.height <= 440
    assert 'viewBox="40 150 120 190"' in chart("back", crop="waist_to_knee")
