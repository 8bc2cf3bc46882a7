"""A drawing of an exercise …"""

import re
from xml.etree import ElementTree

import pytest

from coachapi.drawings.svg import Point
from programs.domain.exercises import library
from programs.drawings.exercises import UnknownDrawing, drawing, drawing_ids
from programs.drawings.figure import FLOOR, body
from programs.drawings.kit import add_kit
from programs.drawings.panel import Panel, UnknownKit, add_cue
from programs.drawings.poses import TALL, BadPose, drawings, read_pose
from programs.drawings.skeleton import (
    FOREARM,
    SHANK,
    STRETCH,
    THIGH,
    TRUNK,
    UPPER_ARM,
    Limb,
    OutOfReach,
    Skeleton,
    angle,
    skeleton,
)

SVG = "{http://www.w3.org/2000/svg}"
STAND = "hip=77,68.5 trunk=90 foot=78,5 hand=72,60.5"
THRUSTS = [one.id for one in library().of_pattern("hip_thrust") if one.id.startswith("ht_")]

every_exercise = pytest.mark.parametrize("exercise_id", drawing_ids())


def figures(exercise_id: str) -> list[tuple[Skeleton, dict[str, tuple[float | str, ...]]]]:
    drawn = drawings()[exercise_id]
    return [(skeleton(each.pose), dict(each.pose)) for each in (drawn.bottom, drawn.top)]


def cross(limb: Limb) -> float:
    """Positive: the joint lies to the front, as a knee does, whichever way the body is turned."""
    whole, half = limb.end - limb.root, limb.joint - limb.root
    return half.x * whole.y - half.y * whole.x


def test_exists_for_every_exercise_in_the_order_of_the_library() -> None:
    assert drawing_ids() == tuple(library())


@every_exercise
def test_is_small_named_and_free_of_style(exercise_id: str) -> None:
    text = drawing(exercise_id)
    root = ElementTree.fromstring(text)
    assert len(text.encode()) <= 6_000
    assert not re.search(r"\bstyle\b|#", text)
    assert root.findtext(f"{SVG}title") == library()[exercise_id].name
    assert library().cues_of(exercise_id)[0] in (root.findtext(f"{SVG}desc") or "")
    assert [each.get("class") for each in root.findall(f"{SVG}g")] == ["bottom", "top"]


@every_exercise
def test_shows_two_different_positions(exercise_id: str) -> None:
    (low, _), (high, _) = figures(exercise_id)
    assert body(low) != body(high)


@every_exercise
def test_keeps_the_figure_on_the_sheet_and_above_the_floor(exercise_id: str) -> None:
    top_edge = TALL - drawings()[exercise_id].height
    for figure, _ in figures(exercise_id):
        for path in ElementTree.fromstring(f"<g>{body(figure)}</g>").iter("path"):
            at = [
                Point(float(x), float(y))
                for x, y in re.findall(
                    r"(-?[\d.]+),(-?[\d.]+)",
                    re.sub(r"A[\d.]+,[\d.]+ 0 0 1 ", " ", path.attrib["d"]),
                )
            ]
            # The points that pull a curve lie a little outside it.
            assert max(point.y for point in at) <= FLOOR + 1.5
            assert min(point.y for point in at) >= top_edge
            assert 0 <= min(point.x for point in at) <= max(point.x for point in at) <= 160


@every_exercise
def test_never_stretches_a_bone_or_bends_a_knee_backwards(exercise_id: str) -> None:
    for figure, pose in figures(exercise_id):
        if figure.facing_us:
            continue
        assert figure.hip.to(figure.shoulder) == pytest.approx(TRUNK)
        for name, leg in (("knee", figure.leg), ("knee2", figure.far_leg)):
            if leg and name not in pose:
                assert cross(leg) >= 0
                assert leg.root.to(leg.joint) == pytest.approx(THIGH, abs=0.1)
                assert leg.joint.to(leg.end) == pytest.approx(SHANK, abs=STRETCH + 0.1)
        for arm in filter(None, (figure.arm, figure.far_arm)):
            assert arm.root.to(arm.joint) <= UPPER_ARM + 0.1
            assert arm.joint.to(arm.end) <= FOREARM + STRETCH + 0.1


@pytest.mark.parametrize("exercise_id", THRUSTS)
def test_of_a_thrust_tops_out_level_tucked_and_tilted_slightly_back(exercise_id: str) -> None:
    """domain S-05, except that shoulders on a ball leave a few degrees."""
    top = figures(exercise_id)[1][0]
    assert abs(top.trunk) <= 5
    assert top.skull - top.trunk >= 45
    assert 5 <= top.trunk - top.pelvis <= 20
    assert "pelvis" in drawings()[exercise_id].top.cues
    if exercise_id != "ht_ball_smith":
        assert top.trunk == 0


def test_of_the_american_thrust_tilts_further_on_a_lower_bench() -> None:
    american, barbell = figures("ht_american")[1][0], figures("ht_barbell")[1][0]
    assert american.trunk - american.pelvis > barbell.trunk - barbell.pelvis
    assert american.shoulder.x > barbell.shoulder.x


@pytest.mark.parametrize("exercise_id", ["sq_back", "sq_front", "sq_ssb", "sq_tempo", "sq_heel_up"])
def test_of_a_squat_keeps_the_bar_over_the_middle_of_the_foot(exercise_id: str) -> None:
    for figure, _ in figures(exercise_id):
        assert figure.leg.end.x - 14 <= figure.shoulder.x <= figure.leg.end.x + 8


@pytest.mark.parametrize("exercise_id", ["dl_conv", "dl_block", "rdl_bb", "rdl_db", "row_bb"])
def test_of_a_hinge_hangs_the_load_over_the_foot_with_long_arms(exercise_id: str) -> None:
    low = figures(exercise_id)[0][0]
    assert low.leg.end.x - 14 <= low.arm.end.x <= low.leg.end.x
    assert low.hip.x > low.leg.end.x
    assert low.shoulder.to(low.arm.end) >= 0.9 * (UPPER_ARM + FOREARM)


def test_bends_a_standing_knee_to_the_front_and_an_elbow_to_the_back() -> None:
    figure = skeleton(read_pose(STAND, {}))
    assert figure.leg.joint.x < figure.hip.x
    assert figure.arm.joint.x > figure.arm.end.x
    assert angle(figure.hip, figure.shoulder) == pytest.approx(90)


def test_is_refused_when_a_limb_would_have_to_stretch() -> None:
    with pytest.raises(OutOfReach):
        skeleton(read_pose(f"{STAND} hand=10,60", {}))
    with pytest.raises(OutOfReach):
        skeleton(read_pose(f"{STAND} foot=150,5", {}))


def test_is_refused_when_the_data_name_what_is_not_there() -> None:
    with pytest.raises(BadPose):
        read_pose("nowhere", {})
    with pytest.raises(BadPose):
        read_pose("tail=3", {})
    panel = Panel(skeleton(read_pose(STAND, {})))
    for wrong in ("trampoline 1,2", "bar wing"):
        with pytest.raises(UnknownKit):
            add_kit(panel, wrong)
    with pytest.raises(UnknownKit):
        add_cue(panel, "glory")
    with pytest.raises(UnknownDrawing):
        drawing("ht_imaginary")
