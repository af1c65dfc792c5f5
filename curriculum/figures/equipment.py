"""Draws equipment. Each function draws one thing; its arguments are the options of the content.

Lengths are statures unless a name says cm; one stature stands for 175 cm.
"""

from __future__ import annotations

from collections.abc import Callable

from curriculum.figures.anatomy import FAR_ARM, FAR_LEG
from curriculum.figures.body import Body
from curriculum.figures.poses import Target
from curriculum.figures.shapes import (
    STATURE,
    Part,
    Shape,
    disc,
    dot,
    line,
    number,
    screen,
    slab,
    smooth,
)
from curriculum.figures.supports import SUPPORTS
from curriculum.posture import Point, inclination

CM = 1 / 175
HEEL = -0.0495
"""The back of the near heel when the sole is flat."""
MAT = 4 / STATURE
SLAB = 9 / STATURE
KETTLEBELL_BOTTOM = 28.5 / STATURE
BLOCK = 0.09
"""How thick a mat and the seat of a bench are, and how far below the hand a bell ends,
and up to which height a box is a block."""

Drawing = Callable[..., list[Part]]


def wall(
    body: Body, x: float = -0.165, cm: float | None = None, side: int = -1, cushion: float = 0
) -> list[Part]:
    """A wall at `x`, or `cm` behind the heel with its distance written below.

    side = 1 puts it in front. A cushion of this thickness lies before it; the distance is to that.
    """
    before = x if cm is None else HEEL - cm * CM
    at = before + side * cushion
    height = 1.14 * STATURE
    face = f"M0 0v{number(-height)}h{side * 13}v{number(height)}z"
    parts = [
        Part("back", screen(complex(at, 0)), 0, (("c", face), ("o1", f"M0 0v{number(-height)}")))
    ]
    if cushion:
        soft = slab(-3, -24, cushion * STATURE + 3, 48, min(8, cushion * STATURE / 2))
        parts.append(Part("mid", screen(complex(at, 0.515)), 0, (("g", soft),)))
    return parts if cm is None else parts + _ruler(before, cm)


def _ruler(at: float, cm: float) -> list[Part]:
    start = screen(complex(at, 0)) + 6.5j
    width = (HEEL - at) * STATURE
    label = Part("top", start + complex(width / 2, 13), 0, label=f"{number(cm)} cm")
    return [Part("top", start, 0, (("o2", f"M0-2.5v5m0-2.5h{number(width)}m0-2.5v5"),)), label]


def dowel(body: Body, below: float = 0.15, above: float = 0.545) -> list[Part]:
    """A stick along the back, reaching this far below and above the tailbone."""
    foot, direction = body.stick
    stick = f"M0 {number(below * STATURE)}V{number(-above * STATURE)}"
    return [Part("mid", screen(foot), inclination(direction), (("d", stick),))]


def bench(
    body: Body,
    x: float,
    width: float = 0.3,
    height: float = 0.245,
    towel: bool = False,
    gap: float = 0,
    says: str = "",
) -> list[Part]:
    """A bench whose left end is at `x`, with a folded towel over that end or without.

    gap: how far the knee is from it, measured above its edge; says: what is written there
    """
    w = width * STATURE
    h = height * STATURE
    legs = f"M{number(w * 0.16)} {number(-h + 6)}V-1.5M{number(w * 0.84)} {number(-h + 6)}V-1.5"
    shapes: tuple[Shape, ...] = (("o", legs), ("p", slab(0, -h, w, 9)))
    if towel:
        shapes += (("g", slab(-4, -h - 4, 22, 7, 3)), ("g", slab(-4, -h - 4, 7, 30, 3)))
    parts = [Part("back", screen(complex(x, 0)), 0, shapes)]
    return [*parts, *_measure(complex(x - gap, height), gap, says)] if gap else parts


def _measure(at: Point, width: float, says: str) -> list[Part]:
    """A measure to the right from a place in the world, and above it what it says."""
    start = screen(at) - 11j
    path = f"M0-4v8m0-4h{number(width * STATURE)}m0-4v8"
    return [
        Part("top", start, 0, (("yh", path), ("o2", path))),
        Part("top", start + complex(width * STATURE + 25, 4), 0, label=says),
    ]


def stool(body: Body, x: float, width: float = 0.2, height: float = 0.285) -> list[Part]:
    """A stool on castors whose left edge is at `x`."""
    m = width * STATURE / 2
    h = height * STATURE
    frame = (
        f"M{number(m)} {number(-h + 6)}V-13L{number(m - 16)}-6M{number(m)}-13l16 7M{number(m)}-13v7"
    )
    wheels = "".join(f"M{number(m + shift)}-2.5v.25" for shift in (-16, 0, 16))
    shapes = (("o", frame), ("qw", wheels), ("p", slab(0, -h, 2 * m, 9, 4)))
    return [Part("back", screen(complex(x, 0)), 0, shapes)]


def firm_stool(
    body: Body, x: float, width: float = 0.2, height: float = 0.24, layer: str = "back"
) -> list[Part]:
    """A stool with four legs whose left edge is at `x`."""
    w = width * STATURE
    h = height * STATURE
    legs = f"M5 {number(-h + 5)}L3-1.5M{number(w - 5)} {number(-h + 5)}L{number(w - 3)}-1.5"
    shapes = (("o", legs + f"M4-14H{number(w - 4)}"), ("p", slab(0, -h, w, 6, 2.5)))
    return [Part(layer, screen(complex(x, 0)), 0, shapes)]


def box(body: Body, x: float, width: float, height: float, layer: str = "back") -> list[Part]:
    """A closed box or a block whose left edge is at `x`."""
    w = width * STATURE
    h = height * STATURE
    low = height < BLOCK
    lid: Shape = ("o", f"M2 {number(-h)}h{number(w - 4)}") if low else ("p", slab(0, -h, w, 5, 2))
    shapes = (("c", slab(0, -h, w, h, 2)), lid)
    return [Part(layer, screen(complex(x, 0)), 0, shapes)]


def mat(body: Body, x: float, width: float) -> list[Part]:
    return [Part("back", screen(complex(x, 0)), 0, (("g", slab(0, -4, width * STATURE, 4, 2)),))]


def ball(body: Body, wall: float, radius: float, y: float) -> list[Part]:
    """An exercise ball at height `y`, flattened a little between a wall at `wall` and the hips."""
    room = (body.bones.hip.real - 0.079 - wall) / 2
    half = max(min(radius, room), 0.76 * radius) * STATURE
    tall = 2 * radius * STATURE - half
    centre = screen(complex(wall, y)) + half
    rim = disc(tall, squash=half / tall)
    shine = smooth(
        [complex(half * p, tall * q) for p, q in ((-0.72, -0.25), (-0.55, -0.55), (-0.25, -0.74))],
        closed=False,
    )
    return [Part("back", centre, 0, (("g", rim), ("x", shine)))]


def post(body: Body, x: float, y: float, height: float, towel: bool = False) -> list[Part]:
    """A post with a resistance band from `y` round the front of the hips, a strap on each side.

    With a towel under it, it lies over the hip bones.
    """
    fixed = screen(complex(x, y))
    crease = body.at(Target("crease", 0.062, -0.024 if towel else -0.008))
    stand = f"M-13-2.5h26M0-2.5V{number(-height * STATURE)}"
    return [
        Part("back", screen(complex(x, 0)), 0, (("u", stand),)),
        Part("back", 0j, 0, (("gl", line(fixed, screen(crease + FAR_LEG))),)),
        Part("front", 0j, 0, (("gl", line(fixed, screen(crease))),)),
        Part("back", fixed, 0, (("qw", dot()),)),
        *_under_the_band(body, crease, towel),
    ]


def _under_the_band(body: Body, crease: Point, towel: bool) -> list[Part]:
    if not towel:
        return []
    tilt = (body.bones.pelvis + body.bones.thigh) / 2
    return [Part("front", screen(crease), tilt, (("p", slab(-9, -6, 12, 12, 3)),))]


def _between_hands(body: Body) -> Point:
    return (body.arm.hand + body.far_arm.hand + FAR_ARM) / 2


def cable(body: Body, x: float, y: float, height: float) -> list[Part]:
    """A cable machine behind, its rope from `y` to the hands."""
    pulley = screen(complex(x + 0.045, y))
    frame = f"M-11-2.5V{number(-height * STATURE)}H11V-2.5M-17-2.5h34"
    plates = "".join(f"M-7 {row}h14" for row in range(-60, -6, 6))
    cord = f"M0-62V{number(-height * STATURE)}"
    return [
        Part("back", screen(complex(x, 0)), 0, (("u", frame), ("st", plates), ("r", cord))),
        Part("back", 0j, 0, (("r", line(pulley, screen(_between_hands(body)))),)),
        Part("back", pulley, 0, (("qw", dot()),)),
    ]


def kettlebell_shapes() -> tuple[Shape, ...]:
    """A kettlebell that hangs from a hand at the origin, 28 px below it."""
    handle = "M-6 10-5.5 1.5Q-5-2.5 0-2.5T5.5 1.5L6 10"
    bell = (
        "M0 7.5c8 0 12.5 5.5 12.5 11.5c0 4.5-2 7.5-4.5 9.5h-16"
        "c-2.5-2-4.5-5-4.5-9.5c0-6 4.5-11.5 12.5-11.5z"
    )
    return ("mo", handle), ("m", bell)


def kettlebell(body: Body, layer: str = "mid", one: bool = False, swing: float = 0) -> list[Part]:
    """A kettlebell in both hands, or in one hand; swing = 1 keeps it in line with the arms."""
    hand = body.arm.hand if one else _between_hands(body)
    return [Part(layer, screen(hand), -body.arm.upper * swing, kettlebell_shapes())]


def goblet(body: Body, x: float = 0.118, y: float = 0.20) -> list[Part]:
    """A kettlebell held with both hands at the chest, its handle at a place of the trunk."""
    at = body.bones.on_trunk(x, y)
    return [Part("front", screen(at), body.bones.thorax * 0.5, kettlebell_shapes())]


def barbell(body: Body, radius: float = 0.078) -> list[Part]:
    """A barbell seen from its end, in the near hand."""
    shapes = (("mp", disc(radius * STATURE)), ("mr", disc(radius * STATURE * 0.6)), ("qw", dot()))
    return [Part("top", screen(body.arm.hand), 0, shapes)]


def towel(body: Body) -> list[Part]:
    """A rolled towel squeezed between the near arm and the side of the chest."""
    at = body.bones.on_trunk(-0.016, 0.18)
    tilt = body.bones.thorax * 0.6
    return [
        Part(
            "front",
            screen(at),
            tilt,
            (("g", slab(-5.5, -12, 11, 32, 5)), ("x1", "M-3 14h6M-3 10.5h6")),
        )
    ]


EQUIPMENT: dict[str, Drawing] = {
    draw.__name__.replace("_", "-"): draw
    for draw in (
        wall,
        dowel,
        bench,
        stool,
        firm_stool,
        box,
        mat,
        ball,
        post,
        cable,
        kettlebell,
        goblet,
        barbell,
        towel,
    )
} | SUPPORTS
