"""The outline of a drawn body, to see what it touches. Statures, y up."""

from __future__ import annotations

import cmath
import math
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from curriculum.figures.anatomy import body_parts
from curriculum.figures.body import Body
from curriculum.figures.shapes import STATURE, Part
from curriculum.figures.spec import Figure
from curriculum.figures.svg import hull
from curriculum.posture import Point

Polygon = Sequence[Point]

_CURVED = re.compile(r"M[^A-Za-z]*(?:[cs][^A-Za-z]*)+z?")
_COMMANDS = re.compile(r"([cs])([^A-Za-z]*)")
_NUMBERS = re.compile(r"-?\d*\.?\d+")
_STEPS = (0.25, 0.5, 0.75, 1.0)
"""Where each curve of an outline is looked at."""


def _points(text: str) -> list[Point]:
    values = [float(value) for value in _NUMBERS.findall(text)]
    return [complex(x, y) for x, y in zip(values[::2], values[1::2], strict=True)]


def _along(pen: Point, first: Point, second: Point, last: Point) -> Iterator[Point]:
    """Points of a Bezier curve whose handles and end are given as steps from the pen."""
    for t in _STEPS:
        s = 1 - t
        yield pen + 3 * s * s * t * first + 3 * s * t * t * second + t**3 * last


@lru_cache(maxsize=4096)
def outline(path: str) -> tuple[Point, ...]:
    """Points of a closed curve; of any other path, its convex hull. Statures, y up."""
    return tuple(point.conjugate() / STATURE for point in _on_screen(path))


def _on_screen(path: str) -> Sequence[Point]:
    if not _CURVED.fullmatch(path):
        return hull(path)
    pen = _points(path[1 : path.index("c")])[0]
    points = [pen]
    mirrored = 0j
    for command, text in _COMMANDS.findall(path):
        steps = _points(text)
        size = 3 if command == "c" else 2
        for at in range(0, len(steps), size):
            first, second, last = ([] if size == 3 else [mirrored]) + steps[at : at + size]
            points += _along(pen, first, second, last)
            pen += last
            mirrored = last - second
    return points


def outlines(part: Part) -> Iterator[Polygon]:
    """The outline of each shape of a part."""
    turn = cmath.rect(1, -math.radians(part.rot))
    at = part.at.conjugate() / STATURE
    for _, path in part.shapes:
        yield [at + corner * turn for corner in outline(path)]


Outlines = Sequence[tuple[str, Polygon]]
"""Layer and outline of every shape of a body."""


def body_outlines(figure: Figure, body: Body) -> Outlines:
    """Layer and outline of every shape of a body, as it is drawn."""
    return [
        (part.layer, polygon)
        for part in body_parts(body, figure.hand, figure.far_hand, figure.arms, figure.person)
        for polygon in outlines(part)
    ]


def span(polygon: Polygon, height: float) -> tuple[float, float] | None:
    """From where to where an outline reaches at this height."""
    crossings = [
        first.real + (last.real - first.real) * (height - first.imag) / (last.imag - first.imag)
        for first, last in pairwise([*polygon, polygon[0]])
        if (first.imag - height) * (last.imag - height) < 0
    ]
    return (min(crossings), max(crossings)) if crossings else None
