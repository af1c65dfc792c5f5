"""Each row of the table of proposals by itself: what makes it hold, and what comes of it.

The rows stand in an order; the twelve weeks show how they follow each other.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from patients.standing.load.case import Case
from patients.standing.load.parts import Aim, DoneSet, Played, Rules, Scale, Session, Unit, Usual
from patients.standing.load.proposal import propose

DAY = date(2026, 3, 2)
OWNED = (6.0, 8.0, 10.0, 12.0)
FAR = (8.0, 12.0, 16.0)
LOW = Aim(8, 3, 8)
TOP = Aim(8, 3, 12)
FURTHEST = Aim(12, 3, 15)

GOOD: dict[str, Any] = {"reserve": 3}
UNEASY: dict[str, Any] = {"reserve": 3, "band": "ease"}


def _played(aim: Aim, nth: int, said: dict[str, Any]) -> Played:
    whole = {"reserve": None, "share": 1, "weight": aim.weight} | said
    reps = round(aim.sets * aim.reps * whole.pop("share"))
    done = [DoneSet(reps, whole.pop("weight"))]
    return Played(Session(DAY + timedelta(days=2 * nth), done, **whole), aim)


def _case(
    aim: Aim, told: Sequence[dict[str, Any]], owned: Sequence[float] = OWNED, **more: Any
) -> Case:
    """A dose of 3 x 8 to 12, and the sessions that were told since."""
    played = [_played(aim, nth, said) for nth, said in enumerate(told)]
    today = DAY + timedelta(days=2 * len(told))
    scale = Scale(Unit.KILOGRAMS, owned)
    whole: dict[str, Any] = {"top": 12, "usual": Usual(3, 8, 12), "scale": scale, "today": today}
    return Case(played, aim, **(whole | more))


def _words(case: Case) -> str:
    """'weight 3x8 @ 10, to sign'."""
    found = propose(case)
    aim = found.aim
    signed = ", to sign" if found.to_sign else ""
    how = "".join(
        f" {said}{number}" for said, number in (("p", aim.pause), ("s", aim.seconds)) if number
    )
    return f"{found.kind} {aim.sets}x{aim.reps} @ {aim.weight:g}{how}{signed}"


CLOSED: dict[str, Any] = {"closed": "A stop waits for its answer."}
TWICE = [GOOD, GOOD]
PLENTY = [{"reserve": 4}] * 2
LATELY: dict[str, Any] = {"raised": DAY}
ANYHOW: dict[str, Any] = {"raised": DAY - timedelta(days=3)}

ROWS: dict[str, tuple[Case, str]] = {
    "0 nothing while something waits": (_case(LOW, [GOOD], **CLOSED), "none 3x8 @ 8"),
    "0 nothing before the first session": (_case(LOW, []), "none 3x8 @ 8"),
    "1 eleven days away": (
        _case(LOW, [GOOD], base=DAY, today=DAY + timedelta(days=11)),
        "restart 2x8 @ 6, to sign",
    ),
    "1 ten days are none": (
        _case(LOW, [GOOD], base=DAY, today=DAY + timedelta(days=10)),
        "reps 3x9 @ 8",
    ),
    "2 an easier day says nothing": (_case(LOW, [{**GOOD, "easier": True}]), "hold 3x8 @ 8"),
    "3 a stop, answered": (
        _case(TOP, [{"band": "stop", "share": 0.5}]),
        "back 3x8 @ 6, to sign",
    ),
    "3 a stop with the lightest": (
        _case(TOP, [{"band": "stop"}], (8.0, 10.0)),
        "back 3x8 @ 8, to sign",
    ),
    "3 an easier day after a stop hides it not": (
        _case(LOW, [{"band": "stop"}, {"easier": True}]),
        "back 3x8 @ 6, to sign",
    ),
    "4 uneasy in two of three": (_case(TOP, [UNEASY, GOOD, UNEASY]), "back 3x8 @ 6, to sign"),
    "4 uneasy twice with the lightest": (
        _case(TOP, [UNEASY, UNEASY], (8.0, 10.0)),
        "fewer 3x10 @ 8, to sign",
    ),
    "4 a worse morning is as uneasy": (
        _case(TOP, [{**GOOD, "worse": True}] * 2),
        "back 3x8 @ 6, to sign",
    ),
    "5 heavier than prescribed": (_case(LOW, [{**GOOD, "weight": 10.0}]), "hold 3x8 @ 8"),
    "5 over 125 %": (_case(LOW, [{**GOOD, "share": 1.3}]), "hold 3x8 @ 8"),
    "6 uneasy once": (_case(LOW, [GOOD, UNEASY]), "hold 3x8 @ 8"),
    "7 the reserve is not told": (_case(LOW, [{}]), "hold 3x8 @ 8"),
    "8 nothing in reserve": (_case(TOP, [{"reserve": 0}]), "fewer 3x10 @ 8, to sign"),
    "8 never far below the range": (
        _case(Aim(8, 3, 6), [{"reserve": 0}]),
        "back 3x8 @ 6, to sign",
    ),
    "9 too little once": (_case(TOP, [{**GOOD, "share": 0.7}]), "hold 3x12 @ 8"),
    "9 too little twice": (
        _case(TOP, [{**GOOD, "share": 0.7}] * 2),
        "fewer 3x10 @ 8, to sign",
    ),
    "10 not complete": (_case(LOW, [{**GOOD, "share": 0.9}]), "hold 3x8 @ 8"),
    "10 one in reserve": (_case(LOW, [{"reserve": 1}]), "hold 3x8 @ 8"),
    "10 with a precaution three are too few": (
        _case(LOW, [GOOD], rules=Rules(least=4)),
        "hold 3x8 @ 8",
    ),
    "10 the day after another": (_case(LOW, [{**GOOD, "follows": True}]), "hold 3x8 @ 8"),
    "11 on the way back": (_case(LOW, [GOOD], before_away=12.0), "return 3x8 @ 10, to sign"),
    "11 two in reserve are too few": (
        _case(LOW, [{"reserve": 2}], before_away=12.0),
        "hold 3x8 @ 8",
    ),
    "12 fewer sets than usual": (_case(Aim(8, 2, 8), [GOOD]), "sets 3x8 @ 8, to sign"),
    "13 one more": (_case(LOW, [GOOD]), "reps 3x9 @ 8"),
    "13 two more": (_case(LOW, [{"reserve": 4}]), "reps 3x10 @ 8"),
    "13 beyond the range where the next is far": (
        _case(Aim(12, 3, 12), [GOOD], FAR),
        "reps 3x13 @ 12, to sign",
    ),
    "14 once more at the top": (_case(TOP, [GOOD]), "hold 3x12 @ 8"),
    "14 a morning that was not told": (
        _case(TOP, [GOOD, {**GOOD, "worse": None}]),
        "hold 3x12 @ 8",
    ),
    "14 three times with loose joints": (_case(TOP, TWICE, rules=Rules(tops=3)), "hold 3x12 @ 8"),
    "15 the smallest step": (_case(TOP, TWICE, (8.0, 9.0, 10.0)), "weight 3x8 @ 9, to sign"),
    "15 the largest, with four in reserve": (
        _case(TOP, PLENTY, (8.0, 9.0, 10.0)),
        "weight 3x8 @ 10, to sign",
    ),
    "15 never up to the cap and further": (
        replace(_case(TOP, TWICE), scale=Scale(Unit.KILOGRAMS, OWNED, cap=9)),
        "reps 3x13 @ 8, to sign",
    ),
    "15 not twice in a week": (_case(TOP, TWICE, **LATELY), "hold 3x12 @ 8"),
    "15 a week later": (_case(TOP, TWICE, **ANYHOW), "weight 3x8 @ 10, to sign"),
    "16 a big step": (
        _case(FURTHEST, PLENTY, (12.0, 16.0)),
        "big_step 2x6 @ 16, to sign",
    ),
    "16 two in reserve are too few": (
        _case(FURTHEST, [{"reserve": 2}] * 2, (12.0, 16.0)),
        "hold 3x15 @ 12",
    ),
    "17 a pause where the next is too far": (
        _case(FURTHEST, PLENTY, (12.0, 24.0)),
        "pause 3x8 @ 12 p2, to sign",
    ),
    "17 then slower": (
        _case(replace(FURTHEST, pause=2), PLENTY, (12.0, 24.0)),
        "slow 3x8 @ 12 s4, to sign",
    ),
    "17 then nothing more": (
        _case(replace(FURTHEST, seconds=4), PLENTY, (12.0, 24.0)),
        "keep 3x15 @ 12 s4",
    ),
}


@pytest.mark.parametrize("row", ROWS)
def test_each_row_of_the_table_holds_for_its_own_reason(row: str) -> None:
    case, expected = ROWS[row]
    assert _words(case) == expected
    assert all(reason.text for reason in propose(case).reasons)
