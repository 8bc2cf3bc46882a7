"""A region knows its place, its sides and what loads it (domain §2.1)."""

import pytest

from programs.domain.datafile import BadData, parse, read
from programs.domain.regions import (
    GROUPS,
    TAG_WORDS,
    TAGS,
    Side,
    UnknownRegion,
    all_regions,
    allows_swap,
    digest,
    in_group,
    leaves_of,
    parse_regions,
    region,
    tags_of,
)

LEFT_RIGHT = (Side.LEFT, Side.RIGHT)


@pytest.mark.parametrize(
    ("region_id", "sides", "tags"),
    [
        ("neck", (*LEFT_RIGHT, Side.MIDLINE), {"nk", "ax"}),
        ("upper_trap", LEFT_RIGHT, {"nk", "sh"}),
        ("shoulder_front", LEFT_RIGHT, {"sh"}),
        ("upper_arm", LEFT_RIGHT, {"sh", "el"}),
        ("elbow_inner", LEFT_RIGHT, {"el", "wr"}),
        ("forearm", LEFT_RIGHT, {"el", "wr"}),
        ("wrist", LEFT_RIGHT, {"wr"}),
        ("hand", LEFT_RIGHT, {"wr"}),
        ("chest_front", (*LEFT_RIGHT, Side.MIDLINE), {"sh"}),
        ("ribs", LEFT_RIGHT, {"sh"}),
        ("back_upper", (*LEFT_RIGHT, Side.MIDLINE), {"ax", "le", "bench_edge"}),
        ("back_mid", (*LEFT_RIGHT, Side.MIDLINE), {"ax", "le", "bench_edge"}),
        ("back_low", (*LEFT_RIGHT, Side.MIDLINE), {"le", "lx", "ax"}),
        ("si_region", LEFT_RIGHT, {"le", "un"}),
        ("tailbone", (Side.MIDLINE,), {"lx"}),
        ("groin", LEFT_RIGHT, {"hf", "un", "groin_stretch"}),
        ("hip_front", LEFT_RIGHT, {"hf"}),
        ("hip_side", LEFT_RIGHT, {"un"}),
        ("buttock", LEFT_RIGHT, {"hf", "le"}),
        ("thigh_front", LEFT_RIGHT, {"ke"}),
        ("thigh_back", LEFT_RIGHT, {"hf"}),
        ("thigh_inner", LEFT_RIGHT, {"un", "groin_stretch"}),
        ("thigh_outer", LEFT_RIGHT, {"un"}),
        ("knee", LEFT_RIGHT, {"ke", "kf"}),
        ("knee_back", LEFT_RIGHT, {"ke", "kf"}),
        ("shin", LEFT_RIGHT, set()),
        ("calf", LEFT_RIGHT, {"kf", "forefoot"}),
        ("ankle", LEFT_RIGHT, {"kf", "df"}),
        ("achilles", LEFT_RIGHT, {"kf", "df"}),
        ("toes", LEFT_RIGHT, {"un", "forefoot"}),
        ("abdomen", (*LEFT_RIGHT, Side.MIDLINE), set()),
        ("head", (Side.MIDLINE,), set()),
        ("general", (Side.MIDLINE,), set(TAGS)),
    ],
)
def test_sides_and_tags_are_those_of_the_table(
    region_id: str, sides: tuple[Side, ...], tags: set[str]
) -> None:
    assert region(region_id).sides == sides
    assert set(tags_of(region_id)) == tags


@pytest.mark.parametrize(
    ("parent", "leaves"),
    [
        ("shoulder", ("shoulder_front", "shoulder_side", "shoulder_back")),
        ("elbow", ("elbow_inner", "elbow_outer", "elbow_front")),
        ("knee", ("knee_front", "knee_inner", "knee_outer", "knee_back")),
        ("foot", ("heel", "sole", "forefoot", "toes")),
        ("hip", ("groin", "hip_front", "hip_side", "buttock")),
        ("thigh", ("thigh_front", "thigh_back", "thigh_inner", "thigh_outer")),
        ("neck", ("neck", "upper_trap")),
        ("back_low", ("back_low",)),
    ],
)
def test_a_parent_stands_for_its_leaves(parent: str, leaves: tuple[str, ...]) -> None:
    assert leaves_of(parent) == leaves


@pytest.mark.parametrize(
    ("group", "members"),
    [
        ("back", "back_low back_mid back_upper si_region tailbone"),
        ("hip", "groin hip_front hip_side buttock"),
        ("thigh", "thigh_front thigh_back thigh_inner thigh_outer"),
        (
            "leg",
            "thigh_front thigh_back thigh_inner thigh_outer knee_front knee_inner knee_outer"
            " knee_back shin calf ankle achilles heel sole forefoot toes",
        ),
        ("arm", "upper_arm elbow_inner elbow_outer elbow_front forearm wrist hand"),
        (
            "bone",
            "back_low back_mid back_upper si_region tailbone groin hip_front hip_side buttock"
            " thigh_front thigh_back thigh_inner thigh_outer shin ribs",
        ),
        ("pelvic", "back_low si_region tailbone groin hip_front hip_side buttock"),
    ],
)
def test_a_group_holds_exactly_its_regions(group: str, members: str) -> None:
    drawn = [one.id for one in all_regions() if one.leaf]
    assert {one for one in drawn if in_group(one, group)} == set(members.split())


def test_a_parent_is_in_a_group_when_all_of_it_is() -> None:
    assert in_group("knee", "leg")
    assert in_group("pelvis", "back")
    assert not in_group("trunk", "back")


def test_a_group_nobody_defined_is_refused() -> None:
    with pytest.raises(ValueError, match="no group shoulders"):
        in_group("knee", "shoulders")


def test_a_region_nobody_drew_is_refused() -> None:
    with pytest.raises(UnknownRegion, match="tail"):
        region("tail")


def test_only_wide_areas_cannot_be_tapped() -> None:
    closed = {one.id for one in all_regions() if not one.tappable}
    assert closed == {"trunk", "pelvis", "hip", "thigh", "lower_leg"}


def test_a_wide_area_is_loaded_by_what_loads_a_place_inside_it() -> None:
    assert tags_of("pelvis") == ("le", "lx", "un")


def test_head_abdomen_and_general_block_everything_and_allow_no_swap() -> None:
    assert {one.id for one in all_regions() if one.blocks_all} == {"head", "abdomen", "general"}
    no_swap = {one.id for one in all_regions() if not allows_swap(one.id)}
    assert no_swap == {"head", "abdomen", "general", "shin"}


def test_chest_and_ribs_always_ask_for_the_heart() -> None:
    always = {one.id: one.always for one in all_regions() if one.always}
    asked = ("U1", "U2a", "U2b", "U3", "S2")
    assert always == {"chest_front": asked, "ribs": asked}


@pytest.mark.parametrize(
    ("region_id", "addons"),
    [
        ("head", ("U",)),
        ("neck", ("N",)),
        ("back_low", ("L",)),
        ("groin", ("L", "H")),
        ("buttock", ("L", "H")),
        ("hip_side", ("H",)),
        ("thigh_back", ("H",)),
        ("knee_front", ("K",)),
        ("shoulder_side", ("S",)),
        ("chest_front", ()),
        ("general", ("U",)),
    ],
)
def test_add_on_letters_are_those_of_the_table(region_id: str, addons: tuple[str, ...]) -> None:
    assert region(region_id).addons == addons


def test_every_parent_is_there_and_comes_first() -> None:
    seen: set[str] = set()
    for one in all_regions():
        assert one.parent is None or one.parent in seen
        seen.add(one.id)


def test_a_code_is_given_only_where_one_was_seen() -> None:
    codes = {one.id: one.snomed for one in all_regions()}
    assert codes["back_low"] == "37822005"
    assert codes["calf"] is None
    assert codes["knee_front"] is None


def test_every_tag_has_words_and_groups_are_seven() -> None:
    assert tuple(TAG_WORDS) == TAGS
    assert len(GROUPS) == 7


def test_the_digest_is_of_the_file_as_it_is() -> None:
    assert len(digest()) == 64


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ('id = "pelvic"', 'id = "pelvis"', "groups must be back, hip, thigh"),
        ('parent = "neck"', 'parent = "throat"', "parent is 'throat'; accepted: one of head"),
        ('demand = ["nk", "ax"]', 'demand = ["nk", "xx"]', "accepted: a list out of all, le"),
        ('views = ["icon"]', 'view = ["icon"]', "views is missing"),
        ('id = "head"', 'id = "head"\ncolour = "red"', "unknown key colour"),
        ('id = "head"', 'id = "neck"', "this id is used twice"),
    ],
)
def test_a_slip_in_the_chart_is_refused(old: str, new: str, reason: str) -> None:
    text = read("programs.domain", "regions.toml").text
    assert old in text
    with pytest.raises(BadData, match=r"^regions.toml:\d+: ") as refusal:
        parse_regions(parse(text.replace(old, new, 1), "regions.toml"))
    assert reason in str(refusal.value)
