"""Six people over twelve weeks: what each does and tells, and what is proposed after each session.

A cell is what is proposed: "reps 9" is three sets of nine at the weight of now. Each proposal is
signed at once. Sessions are on Monday, Wednesday and Friday.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

Told = dict[str, Any]


@dataclass(frozen=True)
class Person:
    """``weights``: kilograms, or for ``marks`` marks of one band; ``start``: (weight, sets, reps)
    ``said``: by (week, session) what was done or told otherwise than usual; None = not there
    ``weeks``: what is proposed after each session; "none" where there is no session
    ``reserve``: what is told, apart from the first session at a weight, which leaves two
    """

    weights: tuple[float, ...]
    start: tuple[float, int, int]
    weeks: str
    said: dict[tuple[int, int], Told | None] = field(default_factory=dict)
    reserve: int | None = None
    high: int = 12
    marks: bool = False


_STEADY = """
reps 9 | reps 10 | reps 11
reps 12 | hold | weight {0}
reps 9 | reps 10 | reps 11
reps 12 | hold | weight {1}
reps 9 | reps 10 | reps 11
reps 12 | hold | weight {2}
reps 9 | reps 10 | reps 11
reps 12 | hold | weight {3}
reps 9 | reps 10 | reps 11
reps 12 | hold | weight {4}
reps 9 | reps 10 | reps 11
reps 12 | hold | weight {5}
"""
_TWOS = tuple(float(kg) for kg in range(8, 41, 2))

STEADY = Person(_TWOS, (8, 3, 8), _STEADY.format(10, 12, 14, 16, 18, 20))

EAGER = Person(
    (8, 12, 16, 24),
    (8, 3, 8),
    """
reps 10 | reps 12 | reps 14
reps 15 | hold | big_step 2x6 @ 12
reps 8 | hold | hold
sets 3x8 | reps 10 | reps 12
reps 14 | reps 15 | hold
hold | hold | big_step 2x6 @ 16
reps 8 | sets 3x8 | reps 10
reps 12 | reps 14 | reps 15
hold | pause 3x8 | reps 10
reps 12 | reps 14 | reps 15
hold | slow 3x8 | reps 10
reps 12 | reps 14 | reps 15
""",
    said={(3, 2): {"weight": 16}, (3, 3): {"worse": True}, (6, 1): {"share": 1.67}},
    reserve=4,
)

FLARES = Person(
    _TWOS,
    (8, 3, 8),
    """
reps 9 | reps 10 | reps 11
reps 12 | hold | weight 10
reps 9 | reps 10 | reps 11
reps 12 | hold | back 8
reps 9 | reps 10 | reps 11
reps 12 | hold | weight 10
reps 9 | reps 10 | reps 11
back 8 | none | none
reps 9 | reps 10 | reps 11
reps 12 | hold | weight 10
reps 9 | reps 10 | reps 11
reps 12 | hold | weight 12
""",
    said={
        (4, 2): {"band": "ease"},
        (4, 3): {"band": "ease", "worse": True},
        (8, 1): {"band": "stop", "worse": True, "reserve": 2, "share": 0.67},
        (8, 2): None,
        (8, 3): None,
    },
)

AWAY = Person(
    tuple(float(kg) for kg in range(4, 41, 2)),
    (12, 3, 8),
    """
reps 9 | reps 10 | reps 11
reps 12 | hold | weight 14
reps 9 | reps 10 | reps 11
reps 12 | hold | weight 16
none | none | none
none | none | none
none | none | none
restart 2x8 @ 8, hold | return 10 | hold
return 12 | return 14 | return 16
reps 9 | reps 10 | reps 11
reps 12 | hold | weight 18
reps 9 | reps 10 | reps 11
""",
    said={(week, nth): None for week in (5, 6, 7) for nth in (1, 2, 3)},
)

BACKPACK = Person(
    (3, 4, 5, 6, 7),
    (3, 3, 8),
    """
reps 9 | reps 10 | reps 11
reps 12 | hold | hold
hold | weight 4 | reps 9
reps 10 | reps 11 | reps 12
hold | weight 5 | reps 9
reps 10 | reps 11 | reps 12
hold | hold | hold
weight 6 | reps 9 | reps 10
reps 11 | reps 12 | hold
weight 7 | reps 9 | reps 10
reps 11 | reps 12 | reps 13
reps 14 | reps 15 | hold
""",
    said={(2, 3): {"reserve": None}, (7, 1): {"worse": None}, (7, 2): {"worse": None}},
)

ONE_BAND = Person(
    (0, 1, 2),
    (0, 3, 10),
    """
reps 11 | reps 12 | reps 13
reps 14 | reps 15 | hold
weight 1 | reps 11 | reps 12
hold | reps 13 | reps 14
reps 15 | hold | weight 2
reps 11 | reps 12 | reps 13
reps 14 | reps 15 | hold
pause 3x10 | reps 11 | reps 12
reps 13 | reps 14 | hold
reps 15 | hold | slow 3x10
reps 11 | reps 12 | reps 13
reps 14 | reps 15 | hold
""",
    said={(4, 1): {"reserve": 1}, (9, 3): {"band": "ease"}},
    high=15,
    marks=True,
)

PEOPLE = {
    "steady": STEADY,
    "eager": EAGER,
    "two flares": FLARES,
    "away three weeks": AWAY,
    "a backpack": BACKPACK,
    "one band": ONE_BAND,
}


def cells(person: Person) -> list[list[str]]:
    """What is proposed, by week and session."""
    return [[cell.strip() for cell in week.split("|")] for week in person.weeks.split("\n") if week]
