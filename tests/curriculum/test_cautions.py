"""What a precaution changes in a drill, as content: what the loader takes, refuses and computes."""

from __future__ import annotations

from pathlib import Path

import pytest

from curriculum.cautions import AVOID, FROM_THE_FIGURE, LIMIT, WATCH, DrillCautions, lines
from curriculum.cautions import read_cautions as read
from curriculum.figures.bends import bends
from curriculum.loader import ContentError, load
from curriculum.models import Drill, Level
from curriculum.screening import precautions
from tests.curriculum.small import SMALL, small

pytestmark = pytest.mark.django_db

CAUTION = '[[caution]]\ndrill = "step-up"\nlimit = { surgery = "s1" }\n'

REFUSED = {
    "an unknown precaution": (
        ("surgery =", "measles ="),
        "caution step-up: limit: expected the key of a known precaution, not 'measles'",
    ),
    "an unknown line": (
        ('"s1"', '"s99"'),
        "caution step-up: limit: expected the key of a known line, not 's99'",
    ),
    "a line that follows from the figure": (
        ('"s1"', '"b1"'),
        "caution step-up: limit: expected another line than 'b1': it follows from the posture",
    ),
    "a typed hip limit": (
        ("surgery =", "hip_limit ="),
        "caution step-up: limit: expected no hip_limit: it follows from the posture",
    ),
    "a drill of nobody": (
        ('"step-up"', '"handstand"'),
        "caution handstand: drill: expected the slug of a drill of this curriculum",
    ),
    "a level of another drill": (
        ('"step-up"\n', '"step-up"\nlevel = "band/light"\n'),
        "level: expected rung/level of this ladder with the drill step-up",
    ),
    "an unknown kind": (("limit =", "forbid ="), "caution step-up: forbid: is not known here"),
    "a kind that is no table": (
        ('{ surgery = "s1" }', '"s1"'),
        "caution step-up: limit: expected a table of precautions, each with the key of a line",
    ),
    "one precaution in two kinds": (
        ("limit =", 'avoid = { surgery = "s2" }\nlimit ='),
        "caution step-up: surgery: expected surgery in one of watch, limit, avoid, found it again",
    ),
    "a drill that clears what is its own": (
        ("limit =", 'clear = ["falls"]\nlimit ='),
        "caution step-up: clear: expected only with a level",
    ),
    "a depth in other words": (
        ("limit =", 'deepest = "low"\nlimit ='),
        "caution step-up: deepest: expected one of free, fixed",
    ),
}


def _with(folder: Path, text: str) -> Path:
    file = small(folder)
    file.write_text(SMALL + "\n" + text)
    return file


@pytest.mark.parametrize("mistake", REFUSED)
def test_a_caution_that_cannot_hold_is_refused_in_a_sentence(tmp_path: Path, mistake: str) -> None:
    change, expected = REFUSED[mistake]
    with pytest.raises(ContentError) as refused:
        load(_with(tmp_path, CAUTION.replace(*change)))
    assert expected in str(refused.value)
    assert not Drill.objects.filter(slug="step-up").exists()


def test_a_caution_written_twice_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match="caution step-up: drill: expected once, found again"):
        load(_with(tmp_path, CAUTION * 2))


def test_a_published_edition_takes_better_cautions_and_loses_those_taken_away(
    tmp_path: Path,
) -> None:
    load(_with(tmp_path, CAUTION))
    drill = Drill.objects.get(slug="step-up")
    assert read(drill.cautions).rules == {"surgery": (LIMIT, "s1")}
    level = 'level = "ground/low"\nwatch = { surgery = "s1", falls = "fa1" }\n'
    better = CAUTION + '[[caution]]\ndrill = "step-up"\n' + level
    assert load(_with(tmp_path, better)).updated == 1
    low = Level.objects.get(slug="low", rung__slug="ground")
    assert read(drill.cautions, low.cautions).rules == {
        "surgery": (WATCH, "s1"),
        "falls": (WATCH, "fa1"),
    }
    load(small(tmp_path))
    drill.refresh_from_db()
    low.refresh_from_db()
    assert (drill.cautions, low.cautions) == ({}, None)


def test_a_level_may_clear_what_holds_for_its_drill() -> None:
    of_drill = {"limit": {"shoulder": "sh1"}, "avoid": {"falls": "fa3"}, "fixed": True, "hip": 72}
    of_level = {"clear": ["shoulder"], "hip": 62, "fixed": False}
    assert read(of_drill, of_level) == DrillCautions({"falls": (AVOID, "fa3")}, fixed=False, hip=62)
    assert read(None) == DrillCautions({})


def test_every_shipped_drill_says_what_precautions_change_and_every_line_is_said() -> None:
    drills = {drill.slug: read(drill.cautions) for drill in Drill.objects.all()}
    assert [slug for slug, cautions in drills.items() if not cautions.rules] == []
    assert [slug for slug, cautions in drills.items() if cautions.hip is None] == []
    of_levels = [read(level.cautions) for level in Level.objects.exclude(cautions=None)]
    rules = [cautions.rules for cautions in [*drills.values(), *of_levels]]
    assert {line for rule in rules for _kind, line in rule.values()} | FROM_THE_FIGURE == set(
        lines()
    )
    # The hip limit follows from the figure; blood thinners change a fall, and no drill.
    assert {key for rule in rules for key in rule} == set(precautions()) - {
        "hip_limit",
        "blood_thinners",
    }


def test_every_line_says_who_says_it_or_that_a_clinic_does() -> None:
    assert [line.key for line in lines().values() if not line.source and not line.default] == []


#: The most that each figure bends the hip, leans the trunk and bends the knee, read off its posture
#: by hand.
BENDS = {
    "dowel-hinge": (79, 55, 23),
    "bench-behind": (87, 63, 21),
    "kettlebell-deadlift": (110, 66, 53),
    "warrior-hinge": (108, 81, 48),
    "squat": (116, 36, 112),
    "double-leg-bridge": (1, 0, 124),
}


@pytest.mark.parametrize("slug", BENDS)
def test_how_far_a_figure_bends_is_computed_from_its_posture(slug: str) -> None:
    cautions = read(Drill.objects.get(slug=slug).cautions)
    assert (cautions.hip, cautions.lean, cautions.knee) == BENDS[slug]


def test_the_hip_that_bends_most_counts_and_of_a_one_sided_drill_the_standing_one() -> None:
    end = {"base": "stand", "hip": 60, "knee": 5, "shin": 0, "far_hip": 95}
    words = {"title": "A", "description": "B"}
    posture = {**words, "start": {"base": "stand"}, "end": end}
    assert bends(posture) == (95, 55, 6)
    assert bends(posture, one_sided=True) == (60, 55, 6)
    further = posture | {"end": end | {"far_knee": 70}}
    assert bends(further, one_sided=True) == (60, 55, 70)
