"""How soon somebody looks at what a patient tells: a table by hand over everything that can be
told."""

from __future__ import annotations

from itertools import combinations, product
from typing import Any

import pytest

from patients.models import Side, Symptom
from patients.models.reports import Sign
from patients.standing.symptoms import ORDER, Weight, band, is_fragile, weigh

SIDES = [None, *Side.values]
COURSES = [None, False, True]
#: Sides: not told, left, right, both. The rows of a weak leg: not told or not sure, not growing,
#: growing. The second word is the cause of the stop; without one it is named as the first.
BY_HAND: dict[str, list[str]] = {
    "saddle": ["now now now now"] * 3,
    "bladder": ["now now now now"] * 3,
    "bowel": ["now now now now"] * 3,
    "weak": ["now now now now", "now today today now", "now now now now"],
    "numb": ["now soon/numb soon/numb now"] * 3,
    "below_knee": ["now soon/below_knee soon/below_knee now"] * 3,
    "fever": ["today today today today"] * 3,
    "fall": ["soon/fall soon/fall soon/fall soon/fall"] * 3,
    "other_now": ["now now now now"] * 3,
    "calf": ["today today today today"] * 3,
    "other": ["note/ note/ note/ note/"] * 3,
}
FALL_WHEN_FRAGILE = ["today today today today"] * 3


def _said(weight: Weight) -> str:
    urgency = weight.urgency.value
    causes = "+".join(weight.causes)
    return urgency if causes == urgency else f"{urgency}/{causes}"


@pytest.mark.parametrize("fragile", [False, True])
@pytest.mark.parametrize("kind", BY_HAND)
def test_each_symptom_is_as_urgent_as_the_table_says(kind: str, fragile: bool) -> None:
    rows = FALL_WHEN_FRAGILE if fragile and kind == "fall" else BY_HAND[kind]
    for growing, row in zip(COURSES, rows, strict=True):
        found = [_said(weigh([Sign(kind, side, growing)], fragile=fragile)) for side in SIDES]
        assert found == row.split()


def test_the_table_knows_every_box() -> None:
    assert list(BY_HAND) == Symptom.values


@pytest.mark.parametrize(
    ("precautions", "age", "fragile"),
    [
        ([], None, False),
        ([], 64, False),
        ([], 65, True),
        ([], 90, True),
        (["osteoporosis"], 30, True),
        (["spine_fracture"], None, True),
        (["cancer"], None, True),
        (["blood_thinners"], None, True),
        (["falls", "pregnancy", "surgery", "nerve_signs"], 40, False),
    ],
)
def test_a_fall_is_seen_the_same_day_with_thin_bones_blood_thinners_cancer_or_from_65_on(
    precautions: list[str], age: int | None, fragile: bool
) -> None:
    assert is_fragile(precautions, age) is fragile


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ([("numb", "left"), ("weak", "right", False)], "now"),
        ([("numb", "left"), ("weak", "left", False)], "now"),
        ([("weak", "left", False), ("below_knee", "left")], "today/today+below_knee"),
        ([("numb", "left"), ("below_knee", "left")], "soon/numb+below_knee"),
        ([("saddle", None), ("bladder", None)], "now"),
        ([("saddle", None), ("fever", None)], "now/now+today"),
        ([("fall", None), ("numb", "right"), ("other", None)], "soon/numb+fall"),
        ([("calf", "left"), ("fever", None)], "today"),
        ([], "none/"),
    ],
)
def test_several_boxes_count_together(told: list[tuple[Any, ...]], expected: str) -> None:
    assert _said(weigh([Sign(*each) for each in told])) == expected


@pytest.mark.parametrize(
    ("waiting", "told", "expected"),
    [
        (Sign("numb", "left"), Sign("numb", "right"), "now"),
        (Sign("numb", "left"), Sign("numb", "left"), "soon/numb"),
        (Sign("numb", "left"), Sign("weak", "left", False), "now"),
        (Sign("weak", "left", False), Sign("numb", "left"), "now"),
        (Sign("below_knee", "right"), Sign("below_knee", "left"), "now"),
        (Sign("below_knee", "right"), Sign("numb", "left"), "soon/numb"),
        (Sign("fever"), Sign("numb", "left"), "soon/numb"),
        (Sign("saddle"), Sign("fever"), "today"),
    ],
)
def test_numb_left_yesterday_and_numb_right_today_is_both_legs(
    waiting: Sign, told: Sign, expected: str
) -> None:
    assert _said(weigh([told], waiting=[waiting])) == expected


def test_one_more_box_a_worse_side_or_a_worse_course_never_makes_anything_less_urgent() -> None:
    every = [Sign(*each) for each in product(Symptom.values, SIDES, COURSES)]
    worse: dict[str | None, list[str | None]] = {
        "left": ["left", "both", None],
        "right": ["right", "both", None],
        "both": ["both", None],
        None: [None],
    }
    for first, second in combinations(every, 2):
        alone = ORDER.index(weigh([first]).urgency)
        together = ORDER.index(weigh([first, second]).urgency)
        assert together <= alone
        for side in worse[first.side]:
            raised = weigh([first._replace(side=side, growing=None), second])
            assert ORDER.index(raised.urgency) <= together


def test_pain_below_the_knee_eases_the_day_and_everything_else_stops_it() -> None:
    for signs, expected in (
        ([Sign("below_knee", "left")], 1),
        ([Sign("below_knee", "left"), Sign("other")], 1),
        ([Sign("below_knee", "both")], 2),
        ([Sign("below_knee", "left"), Sign("fall")], 2),
        ([Sign("fall")], 2),
        ([Sign("numb", "left")], 2),
        ([Sign("weak", "left", growing=False)], 2),
        ([Sign("saddle")], 2),
        ([Sign("other")], None),
        ([], None),
    ):
        assert band(weigh(signs).urgency, signs) == expected, signs
