"""Checks that a person can take a posture, and that a physiotherapist would draw it so.

Every table is checked before it is stored, at start, quarter, half, three quarters and end.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

from curriculum.figures.body import Body
from curriculum.figures.checks.faults import alike
from curriculum.figures.checks.joints import LIMITS, angles, frontal_angles, misses, solved
from curriculum.figures.checks.outline import body_outlines
from curriculum.figures.checks.solid import floor, furniture, rests, seats, sizes, walls
from curriculum.figures.checks.stick import contacts
from curriculum.figures.checks.weight import arms, balance, knees
from curriculum.figures.frontal import FrontalPose
from curriculum.figures.poses import Pose, PostureError
from curriculum.figures.spec import Figure, Table, read_figure

__all__ = ["LIMITS", "fault_problems", "figure_problems", "problems"]

ENDS = {0.0: "start", 1.0: "end"}
MOMENTS = {**ENDS, 0.25: "a quarter", 0.5: "half way", 0.75: "three quarters"}


def _anyone(figure: Figure, body: Body, *, moving: bool) -> Iterator[str]:
    """What nobody can do, in a fault neither."""
    if not moving:
        yield from angles(body.pose)
    yield from solved(body)
    yield from misses(body)
    drawn = body_outlines(figure, body)
    yield from floor(figure, body, drawn)
    yield from walls(figure, body, drawn)
    yield from furniture(figure, drawn)
    yield from seats(figure, drawn)
    yield from arms(figure, body)


def _right(figure: Figure, body: Body, *, moving: bool) -> Iterator[str]:
    """What a right form does besides."""
    yield from balance(figure, body, moving=moving)
    yield from knees(figure, body)
    yield from contacts(figure, body)


def figure_problems(figure: Figure, *, right: bool = True) -> list[str]:
    """What is wrong in a figure's movement, as sentences.

    right is False for faults, which may tip.
    """
    sentences = [*sizes(figure), *rests(figure)] if isinstance(figure.start, Pose) else []
    for share, moment in MOMENTS.items():
        pose = {0.0: figure.start, 1.0: figure.end}.get(share) or figure.pose(share)
        if isinstance(pose, FrontalPose):
            sentences += [f"{moment}: {problem}" for problem in frontal_angles(pose)]
            continue
        moving = 0 < share < 1
        body = Body(pose)
        found = list(_anyone(figure, body, moving=moving))
        found += _right(figure, body, moving=moving) if right else []
        sentences += [f"{moment}: {problem}" for problem in found]
    return sentences


def problems(table: Table, *, fault: Table | None = None) -> list[str]:
    """Everything that is wrong with the table of a drill or level, or of a fault on that drill.

    The list is empty when nothing is wrong. A sentence names the posture and the joint; the caller
    adds the drill's name.
    """
    return list(_problems(_written(table), "" if fault is None else _written(fault)))


def fault_problems(table: Table, faults: Mapping[str, Table]) -> Sequence[tuple[str, str]]:
    """Faults of a drill that cannot be told apart: each with a sentence.

    Tables that cannot be read are left out: `problems` names them.
    """
    return _alike(_written(table), _written(faults))


def _written(table: Mapping[str, Any]) -> str:
    return json.dumps(table)


# Editions share most of their tables, so each is looked at once in a process.
@lru_cache(maxsize=2000)
def _problems(table: str, fault: str) -> Sequence[str]:
    try:
        figure = read_figure(json.loads(table), json.loads(fault) if fault else None)
    except PostureError as error:
        return [str(error)]
    return figure_problems(figure, right=not fault)


@lru_cache(maxsize=200)
def _alike(table: str, faults: str) -> Sequence[tuple[str, str]]:
    right = json.loads(table)
    try:
        wrong = {name: read_figure(right, each) for name, each in json.loads(faults).items()}
        return list(alike(read_figure(right), wrong))
    except PostureError:
        return []
