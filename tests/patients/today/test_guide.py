"""What the guided set counts, for each kind of movement and dose."""

from __future__ import annotations

from typing import Any

import pytest

from curriculum.figures import read_postures
from curriculum.figures.course import course_of
from curriculum.models import Drill, Level
from patients.models import Prescription
from patients.today.guide import guide_of

POSTURES = read_postures()
UP_FIRST = {
    *("double-leg-bridge", "tall-kneel-raise", "tall-kneel-raise-band", "high-box-step"),
    *("kettlebell-deadlift", "single-arm-lift", "suitcase-deadlift", "deadlift"),
    *("seat-rise-hands", "seat-rise"),
}


def counted(drill: str, **dose: Any) -> dict[str, Any]:
    level = Level(drill=Drill(slug=drill, posture=POSTURES.drills.get(drill)))
    return guide_of(level, Prescription(**{"sets": 2, "reps": 9, **dose}), None)


def phases(guide: dict[str, Any]) -> list[tuple[str, int]]:
    return [(phase["word"], phase["seconds"]) for phase in guide["phases"]]


def test_every_drill_goes_first_where_its_words_begin() -> None:
    """From the movement of each drill: it lifts first, it is a squeeze, a swing, or it sinks."""
    first = {slug: course_of(table) for slug, table in POSTURES.drills.items()}
    assert {slug for slug, way in first.items() if way == "up"} == UP_FIRST
    others = {slug: way for slug, way in first.items() if way not in {"up", "down"}}
    assert others == {"lat-engagement": "squeeze", "kettlebell-swing": "swing"}


@pytest.mark.parametrize(
    ("drill", "dose", "expected"),
    [
        ("dowel-hinge", {}, [("Down", 2), ("Up", 3)]),
        ("romanian-deadlift", {"seconds": 4, "pause": 2}, [("Down", 4), ("Hold", 2), ("Up", 3)]),
        ("double-leg-bridge", {"seconds": 3, "pause": 5}, [("Up", 2), ("Down", 3), ("Hold", 6)]),
        ("lat-engagement", {"pause": 5}, [("Squeeze", 2), ("Hold", 5), ("Let go", 3)]),
        ("kettlebell-swing", {"seconds": 2}, []),
        ("no-picture", {}, [("Down", 2), ("Up", 3)]),
    ],
)
def test_a_repetition_has_the_pace_of_the_dose_and_else_a_calm_one(
    drill: str, dose: dict[str, Any], expected: list[tuple[str, int]]
) -> None:
    guide = counted(drill, **dose)
    assert phases(guide) == expected
    assert guide["may_choose"] is (not dose)
    assert guide["pace"].startswith("A calm pace") is (not dose)


def test_each_side_is_a_set_of_its_own_the_left_one_first_with_the_rest_of_the_dose() -> None:
    guide = counted("kickstand-hinge", per_side=True, rest=120)
    assert guide["titles"] == [
        "Set 1 of 2, left",
        "Set 1 of 2, right",
        "Set 2 of 2, left",
        "Set 2 of 2, right",
    ]
    assert (guide["sides"], guide["reps"], guide["rest"]) == (2, 9, 120)
    assert counted("kickstand-hinge")["rest"] == 45
