"""Drawing primitives: paths from points, and the parts of a picture.

Pixels: x to the right, y down, one stature = STATURE px. Paths use whole units, UNIT to the pixel.
So files stay small, and rounding errors do not add up along a relative path.
"""

from __future__ import annotations

import cmath
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise

STATURE = 196
UNIT = 3
LAYERS = ("back", "far", "mid", "trunk", "between", "near", "front", "arm", "top")

Shape = tuple[str, str]
"""A CSS class of the style sheet, and a path."""


@dataclass(frozen=True, slots=True)
class Part:
    """Shapes that move together, placed by position (px) and rotation.

    rot: degrees clockwise
    label: text at the origin, instead of shapes
    hidden: the posture does not show the part
    turns: points the other way while the movement goes back
    """

    layer: str
    at: complex
    rot: float
    shapes: tuple[Shape, ...] = ()
    label: str = ""
    hidden: bool = field(default=False)
    turns: bool = False


@lru_cache(maxsize=8192)
def number(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")


@lru_cache(maxsize=4096)
def whole(path: str) -> str:
    """A path in px, rewritten in whole units."""
    return re.sub(r"-?[\d.]+", lambda match: str(round(float(match[0]) * UNIT)), path)


def screen(point: complex) -> complex:
    """World (statures, y up) to pixels (y down), about the origin on the floor."""
    return complex(point.real, -point.imag) * STATURE


def pixels(*points: tuple[float, float]) -> list[complex]:
    return [screen(complex(*point)) for point in points]


def _grid(point: complex) -> complex:
    return complex(round(point.real * UNIT) / UNIT, round(point.imag * UNIT) / UNIT)


def _relative(command: str, points: Sequence[complex], origin: complex) -> str:
    steps = [_grid(point) - _grid(origin) for point in points]
    return command + " ".join(f"{number(step.real)} {number(step.imag)}" for step in steps).replace(
        " -", "-"
    )


Piece = tuple[complex, complex, complex]
"""One Bezier segment: its two handles and its end."""


def curve(start: complex, pieces: Sequence[Piece]) -> str:
    """Bezier segments as a path. A handle that nearly mirrors the one before it is left out."""
    path = _relative("M", [start], 0j)
    pen = handle = _grid(start)
    for first, second, last in pieces:
        mirrored = abs(_grid(first) - (2 * pen - handle)) < 1.5 / UNIT and handle != pen
        points = [second, last] if mirrored else [first, second, last]
        path += _relative("s" if mirrored else "c", points, pen)
        pen = _grid(last)
        handle = _grid(second)
    return path


def smooth(points: Sequence[complex], closed: bool = True, tension: float = 1 / 6) -> str:
    """A Catmull-Rom curve through the points, as mirrored Bezier segments."""
    count = len(points)

    def at(index: int) -> complex:
        return points[index % count] if closed else points[min(max(index, 0), count - 1)]

    first = points[0] + (at(1) - at(-1)) * tension
    second = points[1] - (at(2) - points[0]) * tension
    path = _relative("M", points[:1], 0j) + _relative("c", [first, second, points[1]], points[0])
    for index in range(1, count if closed else count - 1):
        handle = at(index + 1) - (at(index + 2) - at(index)) * tension
        path += _relative("s", [handle, at(index + 1)], at(index))
    return path + ("z" if closed else "")


def line(*points: complex) -> str:
    steps = (_relative("l", [last], first) for first, last in pairwise(points))
    return _relative("M", points[:1], 0j) + "".join(steps)


@lru_cache(maxsize=256)
def disc(radius: float, at: complex = 0j, squash: float = 1) -> str:
    """A circle, or an ellipse `squash` times as wide as high."""
    rim = (cmath.rect(radius, turn * math.pi / 4) for turn in range(8))
    return smooth([at + complex(point.real * squash, point.imag) for point in rim], tension=0.178)


def slab(x: float, y: float, width: float, height: float, radius: float = 3) -> str:
    """A rectangle with round corners from its top left corner."""
    across = number(width - 2 * radius)
    tall = number(height - 2 * radius)
    r = number(radius)
    corner = f"q{r} 0 {r} {r}v{tall}q0 {r}-{r} {r}h{number(2 * radius - width)}q-{r} 0-{r}-{r}"
    back = f"v{number(2 * radius - height)}q0-{r} {r}-{r}z"
    return f"M{number(x + radius)} {number(y)}h{across}{corner}{back}"


def dot() -> str:
    """A point: drawn as large as the stroke of its class is wide."""
    return "M0 0v.25"
