"""The state of a patient's day, for every combination of what can be true of it."""

from __future__ import annotations

from dataclasses import fields
from itertools import product
from typing import Any

import pytest

from patients.standing.day_state import DayFacts, DayState, DrillLeft, day_state

#: Written by hand. The columns are the facts in their order: urgent, finished, may train, has plan,
#: drill left, ended today, away, logged, planned. ``y`` and ``n`` are yes and no; ``w``, ``e`` and
#: ``x`` are the whole drill, an easier one and none; ``.`` is either.
TABLE = """
y . . . . . . . .   urgent
n y . . . . . . .   finished
n n n . . . . . .   not_cleared
n n y n . . . . .   no_plan
n n y y x . . . .   stopped
n n y y w y . . .   done
n n y y e y . . .   done
n n y y w n y . .   paused
n n y y e n y . .   paused
n n y y w n n y .   logged
n n y y e n n y .   logged
n n y y w n n n n   rest
n n y y e n n n n   rest
n n y y e n n n y   easier
n n y y w n n n y   practise
"""
SIGNS = {"y": True, "n": False, "w": DrillLeft.WHOLE, "e": DrillLeft.EASIER, "x": DrillLeft.NONE}
ROWS = [line.split() for line in TABLE.strip().splitlines()]
COLUMNS = [field.name for field in fields(DayFacts)]
VALUES = {name: "wex" if name == "drill_left" else "yn" for name in COLUMNS}
EVERY = list(product(*(VALUES[name] for name in COLUMNS)))


def _fits(row: list[str], signs: tuple[str, ...]) -> bool:
    return all(wanted in {".", sign} for wanted, sign in zip(row[:-1], signs, strict=True))


def test_the_table_has_one_row_for_each_combination_and_names_every_state() -> None:
    assert len(EVERY) == 2**8 * 3
    assert {signs: sum(_fits(row, signs) for row in ROWS) for signs in EVERY} == dict.fromkeys(
        EVERY, 1
    )
    assert {row[-1] for row in ROWS} == {state.value for state in DayState}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: "".join(row[:-1]))
def test_a_patient_sees_the_state_of_the_table(row: list[str]) -> None:
    for signs in (signs for signs in EVERY if _fits(row, signs)):
        facts: dict[str, Any] = {
            name: SIGNS[sign] for name, sign in zip(COLUMNS, signs, strict=True)
        }
        assert day_state(DayFacts(**facts)) == row[-1], signs


def test_with_nothing_told_and_a_plan_it_is_a_day_of_practice() -> None:
    assert day_state(DayFacts()) is DayState.PRACTISE
