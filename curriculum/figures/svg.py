"""Writes the parts of one posture, or of many in turn, as SVG. Whatever differs between them is animated."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from curriculum.figures.shapes import UNIT, Part, number, whole
from curriculum.figures.style import file_style

DURATION = "5s"


@dataclass(frozen=True, slots=True)
class Crop:
    """The part of the drawing that is shown, in px."""

    left: float
    top: float
    width: float
    height: float

    def view_box(self) -> str:
        return " ".join(str(round(value * UNIT)) for value in (self.left, self.top, self.width, self.height))


@dataclass(frozen=True, slots=True)
class Words:
    """What a person who cannot see the picture is told; `uid` is unique on its page."""

    uid: str
    title: str
    description: str


def _animate(attribute: str, values: Sequence[str], more: str = "", always: bool = False) -> str:
    if len(set(values)) == 1:
        if not always:
            return ""
        values = values[:2]
    kind = "Transform" if attribute == "transform" else ""
    listed = ";".join(values)
    return f'<animate{kind} attributeName="{attribute}" values="{listed}" dur="{DURATION}" repeatCount="indefinite"{more}/>'


def _unwound(angles: Sequence[float]) -> list[float]:
    """The same rotations without a jump through a whole turn."""
    turned = [angles[0]]
    for angle in angles[1:]:
        turned.append(turned[-1] + (angle - turned[-1] + 180) % 360 - 180)
    return turned


def _place(same: Sequence[Part]) -> tuple[str, str]:
    """The transform of a part, and the animation of its transform."""
    at = [f"{round(part.at.real * UNIT)} {round(part.at.imag * UNIT)}" for part in same]
    turns = [number(round(angle, 1)) for angle in _unwound([part.rot for part in same])]
    shift = f"translate({at[0]})" if at[0] != "0 0" else ""
    turn = f"rotate({turns[0]})" if turns[0] != "0" else ""
    moving = _animate("transform", at, ' type="translate"')
    turning = _animate("transform", turns, ' type="rotate" additive="sum"', always=bool(moving and turns[0] != "0"))
    if turning and not moving:
        shift, turn = f"translate({at[0]})", ""
    return shift + turn, moving + turning


def _shapes(same: Sequence[Part]) -> str:
    if same[0].label:
        return f'<text class="tx">{escape(same[0].label)}</text>'
    out = []
    for index, (name, path) in enumerate(same[0].shapes):
        morph = _animate("d", [whole(part.shapes[index][1]) for part in same])
        out.append(f'<path class="{name}" d="{whole(path)}"' + (f">{morph}</path>" if morph else "/>"))
    return "".join(out)


def emit(frames: Sequence[Sequence[Part]]) -> str:
    """SVG of one frame, or of several in turn; every frame has the same parts in the same order."""
    out = []
    for same in zip(*frames, strict=True):
        hidden = [part.hidden for part in same]
        if all(hidden):
            continue
        transform, moves = _place(same)
        shapes = _shapes(same)
        if any(hidden):
            shown = ["hidden" if gone else "visible" for gone in hidden]
            moves = _animate("visibility", shown, ' calcMode="discrete"') + moves
        if not transform and not moves:
            out.append(shapes)
            continue
        placed = f' transform="{transform}"' if transform else ""
        out.append(f"<g{placed}>{moves}{shapes}</g>")
    return "".join(out)


_NUMBERS = re.compile(r"-?\d*\.?\d+")
_COMMANDS = re.compile(r"([MmLlHhVvCcSsQqTtZz])([^A-Za-z]*)")


def _steps(command: str, values: list[float]) -> list[complex]:
    """The steps of one path command to its points, the last one where the pen ends up."""
    if command in "Hh":
        return [complex(values[-1], 0)]
    if command in "Vv":
        return [complex(0, values[-1])]
    return [complex(x, y) for x, y in zip(values[::2], values[1::2], strict=True)]


def path_points(path: str) -> list[complex]:
    """The corners and handles of a path in px: a hull that contains it."""
    pen, points = 0j, []
    size = {"c": 6, "s": 4, "q": 4, "h": 1, "v": 1}
    for command, text in _COMMANDS.findall(path):
        values = [float(value) for value in _NUMBERS.findall(text)]
        group = size.get(command.lower(), 2)
        for first in range(0, len(values), group):
            steps = _steps(command, values[first : first + group])
            if command.isupper():
                held = complex(0, pen.imag) if command == "H" else complex(pen.real, 0) if command == "V" else 0j
                ends = [held + step for step in steps]
            else:
                ends = [pen + step for step in steps]
            points += ends
            pen = ends[-1]
    return points


def document(words: Words, crop: Crop, floor: str, body: str, *, look: str = "", standalone: bool) -> str:
    """The whole picture. standalone: with its own style, for a file; else it needs static/figures.css."""
    inner = floor + body
    used = set(re.findall(r'class="([\w-]+)"', inner))
    style = f"<style>{file_style(used)}</style>" if standalone else ""
    namespace = ' xmlns="http://www.w3.org/2000/svg"' if standalone else ""
    uid = escape(words.uid)
    return (
        f'<svg{namespace} viewBox="{crop.view_box()}" class="hf{look}" role="img" aria-labelledby="{uid}-t" '
        f'aria-describedby="{uid}-d"><title id="{uid}-t">{escape(words.title)}</title>'
        f'<desc id="{uid}-d">{escape(words.description)}</desc>{style}{inner}</svg>'
    )
