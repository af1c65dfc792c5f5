"""Writes the parts of one posture, or of several in turn, as SVG.

Everything that differs between the postures is animated.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from itertools import groupby

from curriculum.figures.shapes import UNIT, Part, Shape, number, whole
from curriculum.figures.style import file_style

DURATION = "5s"
MORPH_STEP = 2
STILL = 8
"""A part that turns by fewer degrees than this keeps tenths of a degree."""


@dataclass(frozen=True, slots=True)
class Crop:
    """The part of the drawing that is shown, in px."""

    left: float
    top: float
    width: float
    height: float

    def view_box(self) -> str:
        return " ".join(
            str(round(value * UNIT)) for value in (self.left, self.top, self.width, self.height)
        )


@dataclass(frozen=True, slots=True)
class Words:
    """The words for a person who cannot see the picture. `uid` is unique on its page."""

    uid: str
    title: str
    description: str


@dataclass(frozen=True, slots=True)
class Pace:
    """The order to show the postures of a film in, there and back, and how long that lasts."""

    order: Sequence[int]
    lasts: str

    def ordered(self, values: Sequence[str]) -> list[str]:
        return [values[index] for index in self.order]

    def animate(self, attribute: str, values: Sequence[str], more: str = "") -> str:
        kind = "Transform" if attribute == "transform" else ""
        listed = ";".join(values)
        timing = f'dur="{self.lasts}" repeatCount="indefinite"{more}'
        return f'<animate{kind} attributeName="{attribute}" values="{listed}" {timing}/>'


STANDS = Pace((0,), DURATION)


@dataclass(frozen=True, slots=True)
class Film:
    """Postures in the order of the movement, and the pace at which they are shown."""

    frames: Sequence[Sequence[Part]]
    pace: Pace = STANDS


def _morph(paths: Sequence[str], pace: Pace) -> str:
    """The animation of a shape that bends. Every second posture is enough and saves long paths."""
    if paths.count(paths[0]) == len(paths):
        return ""
    order = pace.order
    kept = range(0, len(order), MORPH_STEP)
    values = {index: whole(paths[index]) for index in {order[at] for at in kept}}
    times = ";".join(f"{at / (len(order) - 1):.3g}" for at in kept)
    return pace.animate("d", [values[order[at]] for at in kept], f' keyTimes="{times}"')


def _unwound(angles: Sequence[float]) -> list[float]:
    """The same rotations without a jump through a whole turn."""
    turned = [angles[0]]
    for angle in angles[1:]:
        turned.append(turned[-1] + (angle - turned[-1] + 180) % 360 - 180)
    return turned


def _turns(angles: Sequence[float]) -> list[float]:
    """Rotations as exact as the picture shows them: half a degree is less than half a pixel at the
    far end of a bone, so what moves is rounded to whole degrees."""
    unwound = _unwound(angles)
    still = max(unwound) - min(unwound) < STILL
    return [round(angle, 1 if still else 0) for angle in unwound]


def _about(turn: str, pace: Pace) -> str:
    """The animation of an arrow that turns round at once when the movement goes back."""
    order = pace.order
    back = number(float(turn) + 180)
    last = len(order) - 1 - order[::-1].index(max(order))
    times = f' keyTimes="0;{last / (len(order) - 1):.3g}"'
    more = f' type="rotate" additive="sum" calcMode="discrete"{times}'
    return pace.animate("transform", [turn, back], more)


def _rotation(turns: Sequence[str], pace: Pace, moving: bool, about: bool) -> str:
    """The animation of a rotation. A fixed rotation is added too, when the translation moves."""
    if about and len(pace.order) > 1:
        return _about(turns[0], pace)
    if len(set(turns)) > 1:
        return pace.animate("transform", pace.ordered(turns), ' type="rotate" additive="sum"')
    if moving and turns[0] != "0":
        return pace.animate("transform", [turns[0]] * 2, ' type="rotate" additive="sum"')
    return ""


def _stays(same: Sequence[Part]) -> bool:
    first = same[0]
    return all(part.at == first.at and part.rot == first.rot for part in same)


def _place(same: Sequence[Part], pace: Pace) -> tuple[str, str]:
    """The transform of a part, and the animation of its transform."""
    if _stays(same):
        same = same[:1]
    at = [f"{round(part.at.real * UNIT)} {round(part.at.imag * UNIT)}" for part in same]
    turns = [number(angle) for angle in _turns([part.rot for part in same])]
    shift = f"translate({at[0]})" if at[0] != "0 0" else ""
    turn = f"rotate({turns[0]})" if turns[0] != "0" else ""
    moves = ""
    if len(set(at)) > 1:
        moves = pace.animate("transform", pace.ordered(at), ' type="translate"')
    turning = _rotation(turns, pace, bool(moves), same[0].turns)
    if turning and not moves:
        return f"translate({at[0]})", turning
    return shift + turn, moves + turning


@lru_cache(maxsize=4096)
def _paths(shapes: tuple[Shape, ...]) -> str:
    return "".join(f'<path class="{name}" d="{whole(path)}"/>' for name, path in shapes)


def _shapes(same: Sequence[Part], pace: Pace) -> str:
    if same[0].label:
        return f'<text class="tx">{escape(same[0].label)}</text>'
    shapes = same[0].shapes
    if all(part.shapes is shapes for part in same):
        return _paths(shapes)
    out = []
    for index, (name, path) in enumerate(shapes):
        morph = _morph([part.shapes[index][1] for part in same], pace)
        out.append(
            f'<path class="{name}" d="{whole(path)}"' + (f">{morph}</path>" if morph else "/>")
        )
    return "".join(out)


def _drawn(same: Sequence[Part], pace: Pace) -> str:
    hidden = [part.hidden for part in same]
    if all(hidden):
        return ""
    transform, moves = _place(same, pace)
    shapes = _shapes(same, pace)
    if any(hidden):
        shown = ["hidden" if gone else "visible" for gone in hidden]
        moves = pace.animate("visibility", pace.ordered(shown), ' calcMode="discrete"') + moves
    if not transform and not moves:
        return shapes
    placed = f' transform="{transform}"' if transform else ""
    return f"<g{placed}>{moves}{shapes}</g>"


def emit(film: Film) -> str:
    """The SVG of a film. Every posture has the same parts in the same order."""
    groups = groupby(zip(*film.frames, strict=True), key=lambda same: same[0].layer == "far")
    drawn = ((far, "".join(_drawn(same, film.pace) for same in parts)) for far, parts in groups)
    return "".join(f'<g class="hf-far">{body}</g>' if far else body for far, body in drawn)


_CLASSES = re.compile(r'class="([\w-]+)"')
_NUMBERS = re.compile(r"-?\d*\.?\d+")
_COMMANDS = re.compile(r"([MmLlHhVvCcSsQqTtZz])([^A-Za-z]*)")


def _steps(command: str, values: list[float]) -> list[complex]:
    """The steps of one path command to its points, the last one where the pen ends up."""
    if command in "Hh":
        return [complex(values[-1], 0)]
    if command in "Vv":
        return [complex(0, values[-1])]
    return [complex(x, y) for x, y in zip(values[::2], values[1::2], strict=True)]


def _points(path: str) -> list[complex]:
    """The corners and handles of a path, in px."""
    pen = 0j
    points = []
    size = {"c": 6, "s": 4, "q": 4, "h": 1, "v": 1}
    for command, text in _COMMANDS.findall(path):
        values = [float(value) for value in _NUMBERS.findall(text)]
        group = size.get(command.lower(), 2)
        for first in range(0, len(values), group):
            steps = _steps(command, values[first : first + group])
            if command.isupper():
                held = (
                    complex(0, pen.imag)
                    if command == "H"
                    else complex(pen.real, 0)
                    if command == "V"
                    else 0j
                )
                ends = [held + step for step in steps]
            else:
                ends = [pen + step for step in steps]
            points += ends
            pen = ends[-1]
    return points


def _chain(points: list[complex]) -> list[complex]:
    chain: list[complex] = []
    for point in points:
        while (
            len(chain) > 1 and ((chain[-1] - chain[-2]).conjugate() * (point - chain[-1])).imag <= 0
        ):
            chain.pop()
        chain.append(point)
    return chain


@lru_cache(maxsize=4096)
def hull(path: str) -> tuple[complex, ...]:
    """The convex hull of a path's corners and handles, in px. It holds the whole path."""
    points = sorted(set(_points(path)), key=lambda point: (point.real, point.imag))
    return tuple(_chain(points) + _chain(points[::-1]))


@lru_cache(maxsize=4096)
def around(shapes: tuple[Shape, ...]) -> tuple[tuple[complex, ...], float]:
    """The convex hull of several shapes, in px, and the radius of a disc about the origin that
    holds it."""
    points = {point for _, path in shapes for point in hull(path)}
    ordered = sorted(points, key=lambda point: (point.real, point.imag))
    corners = tuple(_chain(ordered) + _chain(ordered[::-1]))
    return corners, max(map(abs, corners), default=0.0) * 1.000001


def document(
    words: Words, crop: Crop, floor: str, body: str, *, look: str = "", standalone: bool
) -> str:
    """The whole picture.

    standalone adds the style, for a file. On a page, static/figures.css must be linked.
    """
    inner = floor + body
    uid = escape(words.uid)
    title = escape(words.title)
    description = escape(words.description)
    if standalone:
        style = f"<style>{file_style(set(_CLASSES.findall(inner)))}</style>"
        opening = ' xmlns="http://www.w3.org/2000/svg"'
        heading = f"<title>{title}</title><desc>{description}</desc>{style}"
    else:
        # Its name is the movement; the title says only how the drill is set up.
        opening = f' aria-labelledby="{uid}-d" aria-describedby="{uid}-t"'
        heading = f'<title id="{uid}-t">{title}</title><desc id="{uid}-d">{description}</desc>'
    opening += f' viewBox="{crop.view_box()}" class="hf{look}" role="img"'
    return f"<svg{opening}>{heading}{inner}</svg>"
