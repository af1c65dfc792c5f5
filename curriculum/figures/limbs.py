"""Outlines of arms, legs, hands and feet, shaped by eye, each from its joint at the origin."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from curriculum.figures.body import SHANK_FRONT, THIGH_FRONT
from curriculum.figures.shapes import Piece, Shape, curve, pixels, screen, smooth

Outline = tuple[tuple[float, float], ...]
Limb = tuple[tuple[float, float, float], ...]
"""(distance down the bone, half-width in front, half-width behind)."""

_THIGH_BACK = (0.073, 0.0685, 0.056, 0.043, 0.035)
_SHANK_BACK = (0.035, 0.039, 0.044, 0.039, 0.0235, 0.0185)


def _leg(front: Outline, back: Sequence[float], kept: Sequence[int]) -> Limb:
    """The stations of a leg, of which as few are kept as its outline needs."""
    return tuple((*front[at], back[at]) for at in kept)


THIGH = _leg(THIGH_FRONT, _THIGH_BACK, (0, 2, 3, 4))
SHANK = _leg(SHANK_FRONT, _SHANK_BACK, (0, 2, 4, 5))
SKIRT: Limb = ((0.005, 0.060, 0.077), (0.05, 0.062, 0.076), (0.095, 0.062, 0.068))
"""The end of a long top, on the thigh."""
UPPER: Limb = ((0, 0.031, 0.031), (0.05, 0.031, 0.030), (0.186, 0.0215, 0.021))
SLEEVE: Limb = ((0, 0.034, 0.034), (0.045, 0.0355, 0.034), (0.088, 0.034, 0.033))
LONG_SLEEVE: Limb = ((0, 0.034, 0.034), (0.05, 0.0345, 0.034), (0.186, 0.0255, 0.025))
FORE: Limb = ((0, 0.0215, 0.021), (0.045, 0.0235, 0.022), (0.152, 0.0125, 0.0125))
CUFFED: Limb = ((0, 0.0255, 0.025), (0.04, 0.0265, 0.025), (0.146, 0.0175, 0.0175))
NECK: Limb = ((-0.012, 0.026, 0.046), (0.045, 0.029, 0.030), (0.09, 0.036, 0.026))
"""From the trunk up to the head, so its front is behind."""

OPEN: Outline = (
    (0.0125, -0.144),
    (0.0195, -0.170),
    (0.0190, -0.212),
    (0.0125, -0.233),
    (0.0050, -0.230),
    (-0.0060, -0.211),
    (-0.0130, -0.180),
    (-0.0125, -0.146),
)
OPEN_THUMB: Outline = (
    (0.008, -0.160),
    (0.024, -0.168),
    (0.0300, -0.189),
    (0.0260, -0.199),
    (0.0150, -0.182),
)
GRIP: Outline = (
    (0.0125, -0.146),
    (0.0215, -0.171),
    (0.0225, -0.200),
    (0.0070, -0.211),
    (-0.0125, -0.208),
    (-0.0200, -0.188),
    (-0.0125, -0.148),
)
GRIP_THUMB: Outline = (
    (0.0150, -0.166),
    (0.0255, -0.180),
    (0.0225, -0.199),
    (0.0135, -0.194),
)

SHOE: Outline = (
    (-0.038, 0.017),
    (-0.0515, -0.026),
    (0.058, -0.032),
    (0.087, -0.025),
    (0.052, 0.006),
    (0.024, 0.022),
    (0, 0.019),
)
TOE: Outline = (
    (-0.012, 0.025),
    (0.014, 0.019),
    (0.041, 0.002),
    (0.044, -0.008),
    (-0.012, -0.007),
)
_SOLE = "M-8.8 6.2h21.3"
_TIP = "M-1.6 1.4h9.2"


@lru_cache(maxsize=512)
def limb(
    stations: Limb,
    *,
    top: float | None = None,
    blunt: bool = False,
    along: float = 1,
    wide: float = 1,
) -> str:
    """Closed outline of a limb that hangs from its joint at the origin, with a round end at each
    joint.

    `along` shortens the bone, `wide` widens the limb. `blunt` cuts the far end straight, as of a
    sleeve.
    """
    rows = [(y * along, front * wide, back * wide) for y, front, back in stations]
    crown = sum(rows[0][1:]) / 2 if top is None else top
    end = 0.004 if blunt else sum(rows[-1][1:]) / 2
    front = pixels(*((front, -y) for y, front, _ in rows))
    back = pixels(*((-back, -y) for y, _, back in reversed(rows)))
    tip, cap = (screen(complex(0, height * 4 / 3)) for height in (-end, crown))
    pieces = [
        *_side(front),
        (front[-1] + tip, back[0] + tip, back[0]),
        *_side(back),
        (back[-1] + cap, front[0] + cap, front[0]),
    ]
    return curve(front[0], pieces) + "z"


def _side(points: Sequence[complex]) -> list[Piece]:
    """A curve through the points that begins and ends along the bone."""
    ways = [
        complex(0, (points[1] - points[0]).imag) / 3,
        *((after - before) / 6 for before, after in zip(points, points[2:], strict=False)),
        complex(0, (points[-1] - points[-2]).imag) / 3,
    ]
    return [
        (points[at] + ways[at], points[at + 1] - ways[at + 1], points[at + 1])
        for at in range(len(points) - 1)
    ]


def shapes(*drawn: tuple[str, Outline, float]) -> tuple[Shape, ...]:
    """Closed shapes from (class, outline, tension)."""
    return tuple(
        (name, smooth(pixels(*outline), tension=tension)) for name, outline, tension in drawn
    )


def _moved(outline: Outline, down: float) -> Outline:
    return tuple((x, y - down) for x, y in outline)


@lru_cache(maxsize=64)
def hand(kind: str, down: float, near: bool) -> tuple[Shape, ...]:
    """A hand, "open" or in a "grip", on a forearm that is longer by `down` than it is whole.

    The thumb of the near hand is shaded, so that the hand shows over the body.
    """
    palm, thumb = (GRIP, GRIP_THUMB) if kind == "grip" else (OPEN, OPEN_THUMB)
    return shapes(
        ("s", _moved(palm, down), 1 / 6), ("sd" if near else "s", _moved(thumb, down), 1 / 6)
    )


TOES = (*shapes(("k", TOE, 0.15)), ("so", _TIP))
SHOES = (*shapes(("k", SHOE, 0.14)), ("so", _SOLE))
