"""What a physiotherapist would not draw is refused when the curriculum is loaded, with the moment
and the measure."""

from __future__ import annotations

from dataclasses import replace

import pytest

from curriculum.figures import Figure, animated, problems, read_figure, read_postures, still
from curriculum.figures.body import Body
from curriculum.figures.checks import fault_problems
from curriculum.figures.checks.outline import body_outlines, span
from curriculum.figures.checks.solid import options
from curriculum.figures.frontal import FrontalPose
from curriculum.figures.poses import Pose
from curriculum.figures.spec import Table

POSTURES = read_postures()
DRILLS = POSTURES.drills
STANDS = {
    "title": "Hinge",
    "description": "A person hinges at the hips.",
    "start": {"base": "stand"},
    "end": {"base": "hinge"},
}


def of(drill: str, moment: str, **changes: object) -> Table:
    """A drill of the curriculum with another posture."""
    table = DRILLS[drill]
    return {**table, moment: {**table[moment], **changes}}


@pytest.mark.parametrize(
    ("table", "says"),
    [
        (of("dowel-hinge", "end", shin=1, knee=17, hip=72), "end: unbalanced: the weight is"),
        (of("warrior-hinge", "end", shin=5, hip=106), "too far forward"),
        (of("kettlebell-deadlift", "start", hip=120), "the near elbow bends"),
        (of("kickstand-hinge", "end", far_foot=[-0.03, 0, 52]), "the knees are"),
        (of("butt-tap", "end", knee=24), "through the wall"),
        (of("bench-in-front", "end", shin=12), "cm into the bench"),
        (of("double-leg-bridge", "end", neck=-10), "through the floor"),
        (of("warrior-hinge", "start", far_hip=-4, far_knee=8, far_ankle=14), "through the floor"),
        (of("dowel-hinge", "end", lumbar=30), "the stick is"),
    ],
)
def test_what_no_physiotherapist_would_draw_is_named(table: Table, says: str) -> None:
    assert says in "; ".join(problems(table))


@pytest.mark.parametrize(
    ("props", "says"),
    [
        ([{"type": "firm-stool", "x": 0.3, "height": 0.125}], "the firm-stool is 22 cm high"),
        ([{"type": "bench", "x": 0.3, "height": 0.3}], "the bench is 52 cm high"),
        ([{"type": "stool", "x": 0.3, "height": 0.2}], "the stool is 35 cm high"),
    ],
)
def test_furniture_is_as_high_as_in_life(props: list[object], says: str) -> None:
    assert says in "; ".join(problems({**STANDS, "props": props}))


def test_plates_and_bells_are_as_large_as_in_life_and_stand_on_something() -> None:
    bar = DRILLS["deadlift"]
    assert "the plates reach 14 cm" in "; ".join(problems({**bar, "props": ["barbell"]}))
    bell = DRILLS["kettlebell-deadlift"]
    assert "cm above what it stands on" in "; ".join(problems({**bell, "props": ["kettlebell"]}))


def test_a_weight_elsewhere_is_allowed_where_the_table_says_why() -> None:
    tipped = {**STANDS, "end": {"base": "hinge", "shin": 3}}
    assert "unbalanced" in "; ".join(problems(tipped))
    allowed = {"cm": [2, 11], "why": "The hand on the counter carries."}
    assert problems({**tipped, "balance": allowed}) == []
    assert "balance: expected" in problems({**tipped, "balance": {"cm": [2, 11]}})[0]
    assert "balance: expected" in problems({**tipped, "balance": {"cm": [2, 11], "why": " "}})[0]


def test_what_is_wrong_only_on_the_way_is_seen_too() -> None:
    straight_up = {**STANDS, "middle": {"base": "stand", "shin": -8}}
    found = problems(straight_up)
    assert any(problem.startswith("half way: unbalanced") for problem in found)
    assert not any(problem.startswith(("start", "end")) for problem in found)


def test_a_fault_can_be_told_from_the_right_form_and_from_the_other_faults() -> None:
    words = {"title": "Knees", "description": "The knees bend."}
    bent = {**words, "end": {"shin": 26, "knee": 74, "hip": 84}}
    hardly = {**words, "end": {"knee": 30}}
    again = {**words, "end": {"shin": 25, "knee": 75, "hip": 84}}
    found = dict(fault_problems(STANDS, {"bends": bent, "hardly": hardly, "again": again}))
    assert set(found) == {"hardly", "again"}
    assert found["hardly"].startswith("looks like the right form")
    assert found["again"].startswith("looks like bends")
    level = {**words, "view": "rear", "end": {"pelvis": 3}}
    assert "nothing tips" in dict(fault_problems(STANDS, {"level": level}))["level"]


def foremost(figure: Figure, pose: Pose | FrontalPose, height: float) -> float:
    """The front of the near leg at this height, in x."""
    assert isinstance(pose, Pose)
    legs = [polygon for layer, polygon in body_outlines(figure, Body(pose)) if layer == "near"]
    return max(edge[1] for edge in (span(leg, height) for leg in legs) if edge)


@pytest.mark.parametrize(
    ("level", "low", "high"), [("against-knees", -0.5, 1.5), ("two-to-five-cm", 2, 5)]
)
def test_the_bench_stands_where_its_level_says(level: str, low: float, high: float) -> None:
    figure = read_figure(POSTURES.levels["bench-in-front", level])
    bench = next(options(item) for item in figure.props if item.name == "bench")
    for pose in (figure.start, figure.end):
        gap = (bench["x"] - foremost(figure, pose, bench["height"] - 0.01)) * 175
        assert low <= gap <= high


def jerky(figure: Figure) -> str:
    return still(replace(figure, tempo="jerky"), uid="f")


def test_a_still_picture_shows_the_stops_of_a_movement_in_jerks() -> None:
    figure = read_figure(DRILLS["plain-hinge"])
    assert "hf-ghost" not in still(figure, uid="f")
    assert jerky(figure).count('class="sb"') == 3
    assert 'class="sb"' in animated(replace(figure, tempo="jerky"), uid="f", ghost=False)


@pytest.mark.parametrize(("drill", "there"), [("plain-hinge", 180), ("deadlift", 0)])
def test_the_arrow_at_the_hips_turns_round_on_the_way_back(drill: str, there: int) -> None:
    """Down is back and up is forward, wherever the movement begins."""
    figure = read_figure(DRILLS[drill])
    moving = animated(figure, uid="f", ghost=False)
    assert f'values="{there};{there + 180}"' in moving
    assert 'calcMode="discrete"' in moving
    shown = still(figure, uid="f", moment="end")
    assert (f"rotate({there})" in shown) == bool(there)
