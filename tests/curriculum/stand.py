"""What the ladder from sitting to standing to squatting consists of."""

from __future__ import annotations

DRILL_SOURCES: dict[str, set[str]] = {
    "seat-rise-hands": {"janssen"},
    "seat-rise": {"rikli"},
    "box-squat-reach": set(),
    "free-squat": set(),
    "goblet-squat": set(),
}

#: As ``test_content.FAULTS``.
FAULTS: dict[str, tuple[set[str], list[tuple[str, str | None]]]] = {
    "feet-ahead": ({"janssen"}, [("seat-rise-hands", "janssen")]),
    "leans-to-one-side": (set(), [("seat-rise-hands", None)]),
    "drops-onto-seat": (set(), [("box-squat-reach", None), ("seat-rise-hands", None)]),
    "heels-lift-low": (set(), [("box-squat-reach", None)]),
    "back-bends-low": (set(), [("box-squat-reach", None)]),
    "weight-pulls-forward": (set(), [("goblet-squat", None), ("free-squat", None)]),
}
