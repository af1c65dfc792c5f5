"""Which way a drawn movement goes first: what a count of its repetitions needs to know."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Any, Literal

from curriculum.figures.body import Body
from curriculum.figures.poses import Pose
from curriculum.figures.spec import Figure, read_figure

#: "down" or "up" first; "squeeze": the body stays where it is; "swing": it has a pace of its own.
Course = Literal["down", "up", "squeeze", "swing"]

#: Where none of these moves, only the arms or the shoulder blades do.
BELOW_THE_ARMS = ("shin", "knee", "hip", "trunk")


def course_of(table: dict[str, Any]) -> Course:
    """Which way a posture table goes first: where the centre of mass goes.

    Raises PostureError.
    """
    return _course(json.dumps(table, sort_keys=True))


@lru_cache(maxsize=512)
def _course(key: str) -> Course:
    figure = read_figure(json.loads(key))
    if figure.tempo == "swing":
        return "swing"
    if _stays(figure):
        return "squeeze"
    rises = _height(figure, "end") > _height(figure, "start")
    return "up" if rises else "down"


def _stays(figure: Figure) -> bool:
    first = figure.start
    last = figure.end
    if not (isinstance(first, Pose) and isinstance(last, Pose)):
        return False
    return all(getattr(first, angle) == getattr(last, angle) for angle in BELOW_THE_ARMS)


def _height(figure: Figure, moment: Literal["start", "end"]) -> float:
    """The height of the centre of mass. Seen from the front or behind, nothing is known of it."""
    pose = getattr(figure, moment)
    return Body(pose).centre_of_mass.imag if isinstance(pose, Pose) else 0.0
