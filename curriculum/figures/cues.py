"""Draws the cues: thin marks over the picture, where a teacher would point.

No mark carries meaning by colour alone.
"""

from __future__ import annotations

import cmath
import math

from curriculum.figures.body import Body
from curriculum.figures.equipment import Drawing
from curriculum.figures.poses import Frame, Target
from curriculum.figures.shapes import (
    STATURE,
    Part,
    Shape,
    disc,
    dot,
    line,
    number,
    screen,
    smooth,
)
from curriculum.posture import MIDBACK, OCCIPUT, SACRUM, Point, down, inclination

KEPT = 0.021
"""A contact counts as kept while the stick is nearer than this to the skin."""


def drawn(name: str, path: str) -> tuple[Shape, ...]:
    """A mark with a halo of the ground's colour under it, so that it shows on dark and on light."""
    return (("yh", path), (name, path))


def _arrow(length: float) -> str:
    return f"M0 0h{number(length)}m-7-5.5 7 5.5-7 5.5"


def _hips(body: Body, offset: complex, rot: float, length: float) -> list[Part]:
    """An arrow that moves with the hips and turns round about its middle on the way back."""
    middle = cmath.rect(length / 2, math.radians(rot))
    path = f"M{number(-length / 2)} 0h{number(length)}m-7-5.5 7 5.5-7 5.5"
    at = screen(body.bones.hip + offset) + middle
    return [Part("top", at, rot, drawn("w", path), turns=True)]


def hips_back(body: Body, x: float = -0.11, y: float = 0.075, length: float = 24) -> list[Part]:
    """An arrow behind the hips, pointing back."""
    return _hips(body, complex(x, y), 180, length)


def hips_forward(body: Body, x: float = -0.24, y: float = 0.02, length: float = 22) -> list[Part]:
    """An arrow towards the back of the hips, pointing forward."""
    return _hips(body, complex(x, y), 0, length)


def hips_up(body: Body, x: float = 0, y: float = 0.10, length: float = 20) -> list[Part]:
    """An arrow above the hips, pointing up."""
    return _hips(body, complex(x, y), -90, length)


def jerks(body: Body, x: float = -0.12, y: float = 0.075) -> list[Part]:
    """The hips' path in jerks: a broken, stepped arrow."""
    path = "M0 0h7v-5h7v5h7v-5h7v5h8m-7-5.5 7 5.5-7 5.5"
    return [Part("top", screen(body.bones.hip + complex(x, y)), 180, drawn("w", path))]


def gaze(body: Body, length: float = 40, least: float = 0) -> list[Part]:
    """Where the eyes look: a dashed line from the eye, at right angles to the head.

    least: degrees below level that the eyes look down at least, before the head comes low
    """
    eye = screen(body.bones.on_head(0.070, 0.033))
    return [
        Part(
            "top",
            eye,
            max(body.bones.head + 12, least),
            (("lv", f"M3 0h{number(length)}"), ("lt", f"M{number(length)}-4l5 4-5 4")),
        )
    ]


def contact_gaps(body: Body) -> dict[str, tuple[Point, float]]:
    """Of the stick's three contacts: the place on the stick, and how far the skin is from it."""
    foot, direction = body.stick
    bones = body.bones
    places = {
        "tailbone": bones.back(SACRUM),
        "middle of the back": bones.back(MIDBACK),
        "head": bones.on_head(OCCIPUT.real, OCCIPUT.imag),
    }
    gaps = {}
    for name, skin in places.items():
        across = (skin - foot) / direction
        gaps[name] = (foot + direction * across.real, abs(across.imag))
    return gaps


def contacts(body: Body) -> list[Part]:
    """The stick's three contacts: a filled dot where it touches, else an empty ring."""
    parts = []
    for place, gap in contact_gaps(body).values():
        at = screen(place)
        kept = gap < KEPT
        parts.append(Part("top", at, 0, (("ok", dot()),), hidden=not kept))
        parts.append(Part("top", at, 0, drawn("wo", disc(5)), hidden=kept))
    return parts


def gap(body: Body, height: float = 0.10) -> list[Part]:
    """How far the low back is from the stick, measured across."""
    foot, direction = body.stick
    skin = body.bones.back(height)
    wide = abs(((skin - foot) / direction).imag) * STATURE - 2
    path = f"M-5 0h10M0 0V{number(-wide)}M-5 {number(-wide)}h10"
    rot = inclination(direction) - 90
    return [Part("top", screen(skin), rot, drawn("w", path))]


def straight(body: Body) -> list[Part]:
    """The straight line from hips to crown, dotted, to show where the back leaves it."""
    foot, direction = body.stick
    path = f"M0 {number(0.03 * STATURE)}V{number(-0.46 * STATURE)}"
    return [
        Part("top", screen(foot + direction * 0.012j), inclination(direction), drawn("y", path))
    ]


def bridge_line(body: Body) -> list[Part]:
    """The straight line from shoulder to knee, dotted: where the hips stay in a bridge."""
    shoulder = body.bones.shoulder
    knee = body.leg.knee
    length = abs(knee - shoulder) * STATURE
    return [
        Part(
            "top",
            screen(shoulder),
            inclination(knee - shoulder),
            drawn("y", f"M0 0V{number(-length)}"),
        )
    ]


def plumb(body: Body, x: float = 0.045, height: float = 0.36) -> list[Part]:
    """An upright dotted line over the foot: where the shin and the knee stay."""
    at = complex(body.pose.x + x, body.pose.y)
    return [Part("top", screen(at), 0, drawn("y", f"M0-2V{number(-height * STATURE)}"))]


def ground(body: Body) -> list[Part]:
    """A dotted line along the floor under the near foot: where the heel stays."""
    return [Part("top", screen(complex(body.pose.x - 0.10, body.pose.y)), 0, drawn("y", "M0 2H44"))]


def headline(body: Body) -> list[Part]:
    """The dotted line of the trunk carried on past the head: where the head stays."""
    bones = body.bones
    path = f"M0 0V{number(-0.30 * STATURE)}"
    return [Part("top", screen(bones.on_trunk(-0.008, 0.20)), bones.thorax, drawn("y", path))]


def close(body: Body) -> list[Part]:
    """A dotted upright line through the middle of the foot: where the weight stays."""
    return [
        Part(
            "top",
            screen(complex(body.pose.x + 0.035, body.pose.y)),
            0,
            drawn("y", f"M0-2V{number(-0.5 * STATURE)}"),
        )
    ]


def shove(body: Body, x: float, y: float, length: float = 18) -> list[Part]:
    """A small arrow at a place in the world, pointing forward: something is being pushed."""
    return [Part("top", screen(complex(x, y)), 0, drawn("w", _arrow(length)))]


def drop(body: Body, x: float, y: float, length: float = 18) -> list[Part]:
    """A small arrow at a place in the world, pointing down."""
    return [Part("top", screen(complex(x, y)), 90, drawn("w", _arrow(length)))]


def hands_apart(body: Body, x: float = 0.125, high: float = 0.235, low: float = 0.10) -> list[Part]:
    """A measure in front of the trunk between two hands on it: the gap that stays the same."""
    top = body.bones.on_trunk(x, high)
    bottom = body.bones.on_trunk(x, low)
    length = number(abs(top - bottom) * STATURE)
    path = f"M-4 0h8m-4 0v{length}m-4 0h8"
    return [Part("top", screen(top), inclination(top - bottom), drawn("w", path))]


def bow(
    body: Body,
    x: float = 0,
    y: float = 0.79,
    radius: float = 0.55,
    first: float = 8,
    last: float = 62,
    says: str = "",
) -> list[Part]:
    """A bow about a place in the world, between two swings of the arms, with a point at both ends:
    there and back in one go. ``says``: how long that takes."""
    middle = complex(x, y)
    ways = [first + (last - first) * step / 4 for step in range(5)]
    rim = [screen(middle + radius * down(way)) for way in ways]
    path = smooth(rim, closed=False)
    for at, way, sign in ((rim[0], first, -1), (rim[-1], last, 1)):
        along = complex(0, 0) + sign * screen(down(way + 90))
        along /= abs(along)
        barbs = [at - 7 * along + turn * 5j * along for turn in (1, -1)]
        path += line(barbs[0], at, barbs[1])
    parts = [Part("top", 0j, 0, drawn("w", path))]
    place = screen(middle + (radius + 0.09) * down((first + last) / 2)) + 3j
    return [*parts, Part("top", place, 0, label=says)] if says else parts


def landmarks(body: Body) -> list[Part]:
    """The six points that a form check measures."""
    points = [screen(point) for point in body.bones.landmarks().values()]
    return [Part("top", point, 0, (("lr", dot()), ("ld", dot()))) for point in points]


def ring(body: Body, frame: Frame, x: float, y: float) -> list[Part]:
    """A ring round what a clinician should look at."""
    return [Part("top", screen(body.at(Target(frame, x, y))), 0, drawn("w", disc(13)))]


CUES: dict[str, Drawing] = {
    draw.__name__.replace("_", "-"): draw
    for draw in (
        hips_back,
        hips_forward,
        hips_up,
        jerks,
        gaze,
        contacts,
        gap,
        straight,
        bridge_line,
        plumb,
        ground,
        headline,
        close,
        shove,
        drop,
        hands_apart,
        bow,
        landmarks,
    )
}
