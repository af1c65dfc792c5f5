"""Figures: whatever a person can take can be drawn, and what nobody can take is refused with a
reason."""

from __future__ import annotations

import cmath
import json
import math
import xml.etree.ElementTree as ET
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from curriculum.figures import (
    PostureError,
    animated,
    problems,
    read_figure,
    still,
)
from curriculum.figures.body import Body, blend
from curriculum.figures.checks import LIMITS
from curriculum.figures.checks.outline import body_outlines
from curriculum.figures.poses import KEYS, Pose, Target
from curriculum.figures.render import moments
from curriculum.figures.shapes import STATURE, UNIT, Part
from curriculum.figures.svg import hull
from curriculum.posture import SHANK, THIGH
from tests.curriculum import stand
from tests.curriculum.drawn import FIGURES, POSTURES, bodies_of, frames_of

HINGE = {
    "title": "Hinge",
    "description": "A person hinges at the hips.",
    "start": {"base": "stand"},
    "end": {"base": "hinge"},
}
DRILLS = [
    "dowel-hinge",
    "butt-tap",
    "wall-touch",
    "bench-in-front",
    "stool-in-front",
    "bench-behind",
    "tall-kneel-raise",
    "tall-kneel-raise-band",
    "banded-hinge",
    "lat-engagement",
    "pull-through",
    "kettlebell-deadlift",
    "single-arm-lift",
    "suitcase-deadlift",
    "romanian-deadlift",
    "kickstand-hinge",
    "kickstand-lifted",
    "warrior-hinge",
    "double-leg-bridge",
    "plain-hinge",
    "free-hinge",
    "dowel-butt-tap",
    "dowel-banded-hinge",
    "stick-rdl",
    "stick-deadlift",
    "banded-pull-through",
    "kettlebell-swing",
    "high-box-step",
    "squat",
    "deadlift",
]
FAULTS = [
    "unrolls-the-back",
    "low-back-rounds-early",
    "low-back-rounds-late",
    "upper-back-rounds",
    "squats-the-hinge",
    "no-weight-shift",
    "stutters",
    "head-off-line",
    "over-arches",
    "rides-the-box",
    "weight-drifts",
    "side-bends",
    "rocks-back",
    "pelvis-tips",
]
ANY_POSE = st.builds(
    Pose, **{key: st.floats(low, high) for key, (low, high) in LIMITS.items() if key != "heel"}
)


def but(**changes: object) -> dict[str, object]:
    """A hinge whose end differs."""
    return {**HINGE, "end": {**HINGE["end"], **changes}}  # type: ignore[dict-item]


def test_every_drill_has_a_figure_and_every_fault_a_picture_on_a_drill() -> None:
    assert set(POSTURES.drills) == {*DRILLS, *stand.DRILL_SOURCES}
    assert {fault for _, fault in POSTURES.faults} == {*FAULTS, *stand.FAULTS}


def test_every_posture_of_the_curriculum_is_one_that_a_person_can_take() -> None:
    assert list(POSTURES.problems()) == []


def test_every_wall_distance_has_a_posture_of_its_own() -> None:
    ends = {
        level: FIGURES[f"butt-taps/{level}"].end
        for level in ("5-cm", "15-cm", "20-cm", "25-cm", "30-cm")
    }
    hips = [Body(end).bones.hip.real for end in ends.values() if isinstance(end, Pose)]
    assert hips == sorted(hips, reverse=True)
    assert len(set(hips)) == 5


@pytest.mark.parametrize("level", ["5-cm", "15-cm", "20-cm", "25-cm", "30-cm"])
def test_the_buttocks_reach_the_wall_and_the_shins_stay_upright(level: str) -> None:
    end = FIGURES[f"butt-taps/{level}"].end
    assert isinstance(end, Pose)
    wall = -0.0495 - float(level.partition("-")[0]) / 175
    parts = body_outlines(FIGURES[f"butt-taps/{level}"], Body(end))
    furthest = min(corner.real for _, polygon in parts for corner in polygon)
    assert furthest == pytest.approx(wall, abs=0.004)
    assert abs(end.shin) <= 6


@pytest.mark.parametrize(
    ("table", "says"),
    [
        (but(elbw=3), "unknown joint 'elbw'"),
        (but(knee=170), "knee 170 is outside human range"),
        (but(hand=["world", 2.0, 2.0]), "hand cannot reach world 2, 2"),
        (but(hand=["moon", 0.1, 0.1]), "hand: expected [frame, x, y]"),
        (but(hip=-20, knee=0, shin=-20), "unbalanced: the weight is"),
        (but(x=0, y=-0.1), "the near part goes 17"),
        (but(knee="bent"), "knee: expected a number, got 'bent'"),
        ({**HINGE, "props": [{"type": "trampoline"}]}, "props: unknown 'trampoline'"),
        ({**HINGE, "props": [{"type": "wall", "colour": 3}]}, "props: wall:"),
        ({**HINGE, "cues": ["hips-sideways"]}, "cues: unknown 'hips-sideways'"),
        ({**HINGE, "titel": "x"}, "unknown key 'titel'"),
        ({**HINGE, "description": ""}, "description: says in words what is seen"),
        ({**HINGE, "start": {"base": "sit"}}, "base: unknown posture 'sit'"),
        (
            {key: HINGE[key] for key in ("title", "description", "start")},
            "end: a table of joint angles is missing",
        ),
    ],
)
def test_a_slip_of_the_pen_is_named(table: dict[str, object], says: str) -> None:
    assert says in "; ".join(problems(table))


def test_a_fault_may_tip_but_not_break_a_joint() -> None:
    tipping = {
        "title": "Tips",
        "description": "Tips back.",
        "end": {"shin": -20, "knee": 0, "hip": -20},
    }
    assert problems(HINGE, fault=tipping) == []
    broken = {**tipping, "end": {"knee": -40}}
    assert "outside human range" in problems(HINGE, fault=broken)[0]


def test_a_fault_without_words_of_its_own_is_refused() -> None:
    with pytest.raises(PostureError, match="title"):
        read_figure(HINGE, {"end": {"lumbar": 40}})


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(ANY_POSE, ANY_POSE, st.floats(0, 60))
def test_any_posture_in_human_range_draws_and_stays_in_its_frame(
    start: Pose, end: Pose, heel: float
) -> None:
    figure = replace(read_figure(HINGE), start=replace(start, heel=heel), end=end)
    svg = ET.fromstring(animated(figure, uid="any", standalone=True))  # noqa: S314
    left, top, width, height = (float(value) / UNIT for value in svg.attrib["viewBox"].split())
    for share in moments():
        for part in figure.parts(figure.pose(share), audience="patient"):
            turn = cmath.rect(1, math.radians(part.rot))
            points = [part.at + point * turn for _, path in part.shapes for point in hull(path)]
            assert all(left <= point.real <= left + width for point in points)
            assert all(top <= point.imag <= top + height for point in points)


def test_limbs_keep_their_length_through_the_whole_movement() -> None:
    stretched = {
        name
        for name in FIGURES
        for body in bodies_of(name)
        for leg in (body.leg, body.far_leg)
        if abs(abs(leg.hip - leg.knee) - THIGH) > 1e-6
        or abs(abs(leg.knee - leg.ankle) - SHANK) > 1e-6
    }
    assert stretched == set()


def test_what_is_drawn_changes_its_place_or_its_shape_and_never_its_kind() -> None:
    changing = {name for name in FIGURES if len({_kinds(parts) for parts in frames_of(name)}) > 1}
    assert changing == set()


def _kinds(parts: list[Part]) -> tuple[tuple[str, ...], ...]:
    return tuple((part.layer, part.label, *(kind for kind, _ in part.shapes)) for part in parts)


def test_a_contact_that_is_lost_becomes_an_empty_ring() -> None:
    fault = FIGURES["dowel-hinge low-back-rounds-early"]
    shown = [part for part in fault.parts(fault.end, audience="patient") if not part.hidden]
    dots, rings = (
        [part for part in shown if (kind in {name for name, _ in part.shapes})]
        for kind in ("ok", "wo")
    )
    assert (len(dots), len(rings)) == (2, 1)


def test_planted_feet_and_held_things_stay_where_they_are() -> None:
    right = [name for name in FIGURES if " " not in name]
    assert {name for name in right if _slides(bodies_of(name))} == set()
    lost = {
        name
        for name in right
        for body in bodies_of(name)
        if body.pose.hand is not None
        and abs(body.at(body.pose.hand) - body.arm.hand) * STATURE >= 2
    }
    assert lost == set()


def _slides(bodies: list[Body]) -> bool:
    ankles = [body.leg.ankle for body in bodies]
    return max(abs(ankle - ankles[0]) for ankle in ankles) * STATURE >= 1


def test_half_way_between_two_postures_is_between_them_and_keeps_what_both_hold() -> None:
    stick = Target("dowel", 0.0, 0.3)
    half = blend(Pose(hip=0, hand=stick), Pose(hip=80, hand=stick), 0.5)
    assert (half.hip, half.hand) == (40, stick)
    lone = blend(Pose(hand=stick), Pose(shoulder=20, elbow=5), 1.0)
    assert lone.hand is None
    assert lone.shoulder == pytest.approx(20)


def test_a_hand_that_lets_go_starts_from_where_it_held() -> None:
    holding = Pose(hip=60, hand=Target("world", 0.2, 0.5))
    freed = blend(holding, Pose(), 0.0)
    assert Body(freed).arm.hand == pytest.approx(Body(holding).arm.hand, abs=1e-6)


def test_what_is_seen_is_said_in_calm_words() -> None:
    said = {name: f"{one.title} {one.description}".lower() for name, one in FIGURES.items()}
    alarming = ("wrong", "bad", "damage", "danger", "injur", "weak", "protect", "!")
    assert {
        name for name, words in said.items() if any(word in words for word in alarming)
    } == set()
    assert {name for name, one in FIGURES.items() if len(one.description) <= 40} == set()


def test_a_patient_sees_a_fault_in_the_same_colours_and_a_clinician_sees_where_to_look() -> None:
    fault = FIGURES["dowel-hinge low-back-rounds-early"]
    patient = still(fault, uid="f", audience="patient")
    clinician = still(fault, uid="f", audience="clinician")
    assert len(clinician) > len(patient)
    assert "bad" not in patient
    assert "Low back rounder than we want here" in patient


def test_words_in_the_content_cannot_break_out_of_the_picture() -> None:
    figure = replace(read_figure(HINGE), title="</title><script>alert(1)</script>")
    assert "<script>" not in animated(figure, uid='"><b>')


def test_a_posture_survives_the_database() -> None:
    for slug, table in POSTURES.drills.items():
        assert read_figure(json.loads(json.dumps(table))) == FIGURES[slug]


def test_every_angle_of_a_posture_has_a_limit() -> None:
    assert set(LIMITS) <= set(KEYS)
