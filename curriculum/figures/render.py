"""Draws a Figure: still, or moving from start to end and back."""

from __future__ import annotations

import cmath
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from curriculum.figures.anatomy import shadow
from curriculum.figures.body import Body
from curriculum.figures.poses import Pose
from curriculum.figures.shapes import UNIT, Part
from curriculum.figures.spec import Audience, Figure
from curriculum.figures.svg import DURATION, Crop, Film, Pace, Words, around, document, emit

SAMPLES = 8
HOLD = 2
"""Postures from start to end, and for how many more each end is held. Even: svg.MORPH_STEP counts
on it."""

LASTS = {"swing": "1.5s"}
"""How long a movement takes, there and back, that has a pace of its own."""

MARGIN = 9.0
NARROWEST = 150.0
WIDEST = 1.75
TALLEST = 0.95
"""Room round a picture and its least width in px; its greatest width and height for the other
side."""


def _share(step: float, tempo: str) -> float:
    """How far the movement has come after this share of the time: eased, or in three jerks."""
    if tempo == "jerky":
        step = (math.floor(step * 3) + min(1.0, step * 3 % 1 * 4)) / 3 if step < 1 else 1.0
        return step
    return 0.5 - 0.5 * math.cos(math.pi * step)


def moments(tempo: str = "even") -> list[float]:
    """The shares of the way from start to end that a moving picture passes through, there and
    back."""
    count = 12 if tempo == "jerky" else SAMPLES
    way = [_share(step / count, tempo) for step in range(count + 1)]
    hold = 0 if tempo == "swing" else HOLD
    return [0.0] * hold + way + [1.0] * hold + way[-2::-1]


@dataclass(slots=True)
class _Bounds:
    """The least upright frame that holds everything added to it, in px."""

    left: float = math.inf
    right: float = -math.inf
    top: float = math.inf
    bottom: float = -math.inf

    def holds(self, at: complex, radius: float) -> bool:
        return (
            self.left <= at.real - radius
            and at.real + radius <= self.right
            and self.top <= at.imag - radius
            and at.imag + radius <= self.bottom
        )

    def add(self, points: Sequence[complex]) -> None:
        across = [point.real for point in points]
        down = [point.imag for point in points]
        self.left = min(self.left, *across)
        self.right = max(self.right, *across)
        self.top = min(self.top, *down)
        self.bottom = max(self.bottom, *down)


def _bounds(frames: Iterable[Sequence[Part]]) -> _Bounds:
    places = {(part.at, part.rot, part.shapes, part.label) for parts in frames for part in parts}
    bounds = _Bounds()
    for at, rot, shapes, label in places:
        if label:
            half = 4.0 * len(label)
            bounds.add([at + complex(-half, -10), at + complex(half, 3)])
            continue
        corners, radius = around(shapes)
        if corners and not bounds.holds(at, radius):
            turn = cmath.rect(1, math.radians(rot))
            bounds.add([at + corner * turn for corner in corners])
    return bounds


def crop(frames: Iterable[Sequence[Part]]) -> Crop:
    """A frame that holds every posture and the floor, as close as it can be."""
    bounds = _bounds(frames)
    left = bounds.left - MARGIN
    right = bounds.right + MARGIN
    top = bounds.top - MARGIN
    bottom = max(bounds.bottom, 2.0) + 5
    width = right - left
    height = bottom - top
    wide = max(width, NARROWEST, height * TALLEST)
    tall = max(height, wide / WIDEST)
    return Crop(left - (wide - width) / 2, bottom - tall, wide, tall)


def _floor(frame: Crop) -> str:
    left = round((frame.left + 6) * UNIT)
    width = round((frame.width - 12) * UNIT)
    return f'<path class="l" d="M{left} {UNIT}h{width}"/>'


def _named(uid: str, title: str | None, description: str | None, figure: Figure) -> Words:
    return Words(uid, title or figure.title, description or figure.description)


def _ghost(behind: Sequence[Part], shown: Sequence[Part]) -> str:
    """The moved parts at the other end of the movement, drawn faintly."""
    there = set(shown)
    moved = [part for part in behind if part.layer != "top" and part not in there]
    return f'<g class="hf-ghost">{emit(Film([moved]))}</g>'


def _stops(figure: Figure) -> str:
    """Where a movement in jerks stops on its way, drawn faintly: what only motion shows else."""
    if figure.tempo != "jerky":
        return ""
    poses = [figure.pose(stop / 3) for stop in range(3)]
    parts = [part for pose in poses if isinstance(pose, Pose) for part in shadow(Body(pose))]
    return f'<g class="hf-ghost">{emit(Film([parts]))}</g>'


def still(
    figure: Figure,
    *,
    uid: str,
    title: str | None = None,
    description: str | None = None,
    moment: str | None = None,
    ghost: bool = False,
    audience: Audience = "patient",
    look: str = "",
    standalone: bool = False,
) -> str:
    """One posture: `moment` is "start" or "end"; None takes the one that the figure names.

    ghost draws the other end of the movement faintly behind it. The frame holds the whole movement,
    so that all pictures of one figure have the same scale.
    """
    first, last = (figure.parts(pose, audience=audience) for pose in (figure.start, figure.end))
    shown, behind = (first, last) if (moment or figure.show) == "start" else (last, first)
    body = emit(Film([shown]))
    if ghost:
        body = _ghost(behind, shown) + body
    body = _stops(figure) + body
    frame = crop([first, last, figure.parts(figure.pose(0.5), audience=audience)])
    return document(
        _named(uid, title, description, figure),
        frame,
        _floor(frame),
        body,
        look=look,
        standalone=standalone,
    )


def animated(
    figure: Figure,
    *,
    uid: str,
    title: str | None = None,
    description: str | None = None,
    ghost: bool = True,
    audience: Audience = "patient",
    look: str = "",
    standalone: bool = False,
) -> str:
    """The movement from start to end and back, repeated, with a still picture for no motion.

    On a page, the still picture shows until a script gives the figure the class "playing". In a
    file, the moving picture shows unless the reader prefers reduced motion.
    """
    times = moments(figure.tempo)
    shares = sorted(set(times))
    frames = [figure.parts(figure.pose(share), audience=audience) for share in shares]
    frame = crop(frames)
    shown, behind = (frames[0], frames[-1]) if figure.show == "start" else (frames[-1], frames[0])
    quiet = emit(Film([shown]))
    if ghost:
        quiet = _ghost(behind, shown) + quiet
    quiet = _stops(figure) + quiet
    lasts = LASTS.get(figure.tempo, DURATION)
    film = Film(frames, Pace([shares.index(share) for share in times], lasts))
    body = f'<g class="move">{emit(film)}</g><g class="still">{quiet}</g>'
    return document(
        _named(uid, title, description, figure),
        frame,
        _floor(frame),
        body,
        look=look,
        standalone=standalone,
    )
