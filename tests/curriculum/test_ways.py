"""How another way to do a drill looks: it stands over the drill and over each of its levels."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from curriculum.figures import PostureError, in_this_way, read_figure, read_postures
from curriculum.figures.body import Body
from curriculum.figures.poses import Pose
from curriculum.models import Drill
from tests.curriculum.small import small

POSTURES = read_postures()
HINGE = {
    "title": "Hinge",
    "description": "A person with a stick hinges at the hips.",
    "props": ["dowel", {"type": "wall", "cm": 15}],
    "both": {"hand": ["crease", 0.055, 0.012], "knee": 10},
    "start": {"base": "stand"},
    "end": {"base": "hinge"},
}
VARIANT = """
[[variant]]
drills = ["step-up"]
key = "slow"
name = "Slowly"
helps = []
set_up = ["Take your time."]
cue = "Slowly."

[postures."step-up + slow"]
title = "A slow step"
end = { hip = 67 }
"""
STEP = """
[postures.step-up]
title = "A step"
description = "From the side: a person bends at the hips."
start = { base = "stand" }
end = { base = "hinge", knee = 25, hip = 74 }

[postures."ground/low"]
title = "A low step"
description = "From the side: a person bends at the hips a little."
start = { base = "stand" }
end = { base = "hinge", knee = 23.3, hip = 60 }
"""


def pose(way: dict[str, object], moment: str = "end") -> Pose:
    found = getattr(read_figure(in_this_way(HINGE, way)), moment)
    assert isinstance(found, Pose)
    return found


def test_a_way_says_only_what_differs() -> None:
    plain = read_figure(HINGE)
    assert read_figure(in_this_way(HINGE, {})) == plain
    bent = pose({"both": {"lumbar": 5}, "end": {"hip": 60}})
    assert (bent.hip, bent.lumbar, bent.knee) == (60, 5, 10)
    assert bent.hand is not None


def test_arms_that_hang_let_go_of_what_the_drill_holds() -> None:
    assert pose({"both": {"shoulder": 20}}).hand is None
    bar = {"both": {"slide": 0.016}, "end": {"shoulder": 80}}
    assert pose(bar, "start").slide == 0.016
    assert pose(bar).slide is None


def test_a_moment_with_a_base_begins_anew() -> None:
    assert pose({"end": {"base": "stand"}}).knee == 6
    assert pose({"end": {"base": "stand"}}).hand is None


def test_equipment_goes_and_comes_and_the_rest_of_the_level_stays() -> None:
    way = {
        "without": ["dowel"],
        "change": {"wall": {"cushion": 0.05}},
        "extra": [{"type": "counter", "x": 0.3}],
    }
    wall, counter = read_figure(in_this_way(HINGE, way)).props
    assert (wall.name, dict(wall.options)) == ("wall", {"cm": 15, "cushion": 0.05})
    assert counter.name == "counter"


@pytest.mark.parametrize(
    ("way", "says"),
    [
        ({"mark": ["knee", 0, 0]}, "unknown key 'mark'"),
        ({"without": ["bnech"]}, "there is no equipment 'bnech'"),
    ],
)
def test_a_slip_of_the_pen_in_a_way_is_named(way: dict[str, object], says: str) -> None:
    with pytest.raises(PostureError, match=says):
        in_this_way(HINGE, way)


@pytest.mark.django_db
def test_the_loader_keeps_a_way_with_its_variant_and_refuses_what_nobody_can_take(
    tmp_path: Path,
) -> None:
    file = small(tmp_path)
    plain = file.read_text()
    file.write_text(STEP + plain + VARIANT)
    call_command("load_curriculum", file)
    variants = Drill.objects.get(slug="step-up").variants
    assert variants is not None
    assert variants[0]["posture"] == {"title": "A slow step", "end": {"hip": 67}}

    file.write_text(STEP + plain + VARIANT.replace("hip = 67", "hip = 150"))
    with pytest.raises(CommandError) as refused:
        call_command("load_curriculum", file)
    # The level stands over the drill, and the way over both.
    assert "step-up + slow: step-up: end: hip 150 is outside human range" in str(refused.value)
    assert "step-up + slow: ground/low: end: hip 150 is outside human range" in str(refused.value)

    file.write_text(STEP + plain + VARIANT.replace("step-up + slow", "step-up + fast"))
    with pytest.raises(CommandError, match="expected a variant 'fast' of a known drill"):
        call_command("load_curriculum", file)


def test_every_variant_of_the_product_has_a_figure_of_its_own() -> None:
    files = Path("curriculum/content").glob("*/variants.toml")
    rows = [way for file in files for way in tomllib.loads(file.read_text())["variant"]]
    ways = {(drill, way["key"]) for way in rows for drill in way["drills"]}
    assert ways == set(POSTURES.ways)


@pytest.mark.parametrize("drill", ["dowel-hinge", "plain-hinge", "wall-touch"])
def test_hands_on_chest_and_belly_keep_their_gap_all_the_way(drill: str) -> None:
    figure = read_figure(POSTURES.table(f"{drill} + two-hands"))
    assert "dowel" not in [item.name for item in figure.props]
    gaps = [
        abs(body.arm.hand - body.far_arm.hand)
        for body in (Body(figure.pose(share)) for share in (0, 0.5, 1))  # type: ignore[arg-type]
    ]
    assert max(gaps) - min(gaps) < 0.001
    assert 0.10 < gaps[0] < 0.20
