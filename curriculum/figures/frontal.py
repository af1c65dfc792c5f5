"""Draws a view from behind or from the front.

It shows what a side view cannot show: a tipping pelvis or a side-bend.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import lru_cache
from typing import Any

from curriculum.figures.anatomy import WIDTHS
from curriculum.figures.cues import drawn
from curriculum.figures.equipment import kettlebell_shapes
from curriculum.figures.heads import from_behind, from_the_front
from curriculum.figures.limbs import Limb, Outline, limb
from curriculum.figures.people import Person
from curriculum.figures.poses import PostureError
from curriculum.figures.shapes import STATURE, Part, Shape, disc, number, screen, smooth
from curriculum.posture import (
    ANKLE_HEIGHT,
    FOREARM,
    GRIP,
    SHANK,
    THIGH,
    TRUNK,
    UPPER_ARM,
    Point,
    down,
    lean,
    up,
)

HIP_WIDTH = 0.104
SHOULDER_WIDTH = 0.212
"""Between the joint centres, by eye within the tabulated breadths (.191 and .259)."""

_THIGH: Limb = (
    (0, 0.052, 0.050),
    (0.06, 0.052, 0.047),
    (0.13, 0.044, 0.040),
    (0.245, 0.032, 0.032),
)
_SHANK: Limb = (
    (0, 0.032, 0.032),
    (0.07, 0.036, 0.035),
    (0.13, 0.030, 0.030),
    (0.246, 0.0175, 0.0175),
)
_UPPER: Limb = ((0, 0.028, 0.028), (0.06, 0.028, 0.028), (0.186, 0.0205, 0.0205))
_SLEEVE: Limb = ((0, 0.029, 0.029), (0.05, 0.031, 0.031), (0.085, 0.030, 0.030))
_FORE: Limb = (
    (0, 0.0205, 0.0205),
    (0.05, 0.0215, 0.0215),
    (0.146, 0.0135, 0.0135),
    (0.176, 0.018, 0.018),
    (0.196, 0.017, 0.017),
)
_CUFFED: Limb = ((0, 0.0235, 0.0235), (0.05, 0.0245, 0.0245), (0.140, 0.0175, 0.0175))
_SKIRT: Limb = ((0, 0.054, 0.053), (0.05, 0.055, 0.053), (0.095, 0.054, 0.052))
_SHOE: Outline = (
    (-0.027, 0.004),
    (-0.034, -0.030),
    (0, -0.036),
    (0.034, -0.030),
    (0.027, 0.004),
    (0, 0.014),
)
_SOLE: Outline = (
    (-0.030, 0.030),
    (-0.033, -0.02),
    (0, -0.055),
    (0.033, -0.02),
    (0.030, 0.030),
    (0, 0.044),
)
_SEAT: Outline = (
    (-0.098, -0.045),
    (-0.102, 0.0),
    (-0.082, 0.075),
    (0.082, 0.075),
    (0.102, 0.0),
    (0.098, -0.045),
    (0, -0.060),
)
_SHIRT: Outline = (
    (-0.084, 0.030),
    (-0.072, 0.115),
    (-0.094, 0.20),
    (-0.124, 0.262),
    (-0.100, 0.296),
    (-0.035, 0.312),
    (0.035, 0.312),
    (0.100, 0.296),
    (0.124, 0.262),
    (0.094, 0.20),
    (0.072, 0.115),
    (0.084, 0.030),
    (0, 0.022),
)
_NECK: Outline = ((-0.030, 0.30), (-0.026, 0.35), (0.026, 0.35), (0.030, 0.30), (0, 0.288))


@dataclass(frozen=True, slots=True)
class FrontalPose:
    """A posture in degrees; + leans to the viewer's right.

    The standing leg, or the loaded hand, is on the viewer's right.

    leg: lean of the standing leg
    pelvis: + means that the other side drops
    trunk, head: side-bend in the world
    arm, other_arm: swing away from the body
    lift: 0 when both feet stand, 1 when the other shin points at the viewer
    fold: the share of the trunk's length that a forward hinge leaves visible (1 is upright)
    """

    leg: float = 0
    pelvis: float = 0
    trunk: float = 0
    head: float = 0
    arm: float = 6
    other_arm: float = 6
    lift: float = 0
    fold: float = 1


FRONTAL_KEYS = tuple(field.name for field in fields(FrontalPose))


def read_frontal(*tables: Mapping[str, Any]) -> FrontalPose:
    """One FrontalPose from tables; a later table replaces values. Raises PostureError."""
    values: dict[str, Any] = {}
    for table in tables:
        values |= table
    for key, value in values.items():
        if key not in FRONTAL_KEYS:
            raise PostureError(
                f"unknown joint {key!r} in a view from behind, there are {', '.join(FRONTAL_KEYS)}"
            )
        if not isinstance(value, int | float) or isinstance(value, bool):
            raise PostureError(f"{key}: expected a number, got {value!r}")
    return FrontalPose(**{key: float(value) for key, value in values.items()})


def blend_frontal(first: FrontalPose, last: FrontalPose, share: float) -> FrontalPose:
    mixed = {
        key: getattr(first, key) + (getattr(last, key) - getattr(first, key)) * share
        for key in FRONTAL_KEYS
    }
    return FrontalPose(**mixed)


@lru_cache(maxsize=512)
def _rim(outline: Outline, fold: float = 1) -> str:
    return smooth([screen(complex(x, y * fold)) for x, y in outline])


def _pelvis(pose: FrontalPose) -> tuple[Point, Point]:
    """Hip joint of the standing side, hip joint of the other side."""
    ankle = complex(HIP_WIDTH / 2, ANKLE_HEIGHT)
    hip = ankle + (SHANK + THIGH) * up(pose.leg)
    return hip, hip + lean(complex(-HIP_WIDTH, 0), -pose.pelvis)


def _shank(person: Person, along: float = 1) -> Shape:
    bare = person.clothes == "shorts"
    name = "s" if bare else "b" if along == 1 else "bf"
    return (name, limb(_SHANK, along=along, wide=WIDTHS[person.build]))


def _thigh(person: Person) -> tuple[Shape, ...]:
    wide = WIDTHS[person.build]
    thigh: Shape = ("b", limb(_THIGH, wide=wide))
    skirt: Shape = ("t", limb(_SKIRT, blunt=True, wide=wide))
    return (thigh, skirt) if person.clothes == "tunic" else (thigh,)


def _standing_leg(hip: Point, angle: float, foot: Point, person: Person) -> list[Part]:
    return [
        Part("near", screen(foot), 0, (("k", _rim(_SHOE)),)),
        Part("near", screen(hip - THIGH * up(angle)), angle, (_shank(person),)),
        Part("near", screen(hip), angle, _thigh(person)),
    ]


def _lifted_leg(hip: Point, pose: FrontalPose, person: Person) -> list[Part]:
    """The thigh hangs; the shin points at the viewer, who sees the sole."""
    knee = hip + THIGH * down(pose.pelvis * 0.4)
    along = 1 - 0.75 * pose.lift
    sole = knee + SHANK * along * down(0)
    return [
        Part("near", screen(hip), -pose.pelvis * 0.4, _thigh(person)),
        Part("near", screen(knee), 0, (_shank(person, along),)),
        Part("near", screen(sole), 0, (("k", _rim(_SOLE)), ("b", disc(5, 1j)))),
    ]


def _sleeved(person: Person) -> tuple[tuple[Shape, ...], tuple[Shape, ...]]:
    """The shapes of a forearm with its hand, and of an upper arm."""
    wide = WIDTHS[person.build]
    fore: tuple[Shape, ...] = (("s", limb(_FORE, wide=wide)),)
    upper: Shape = ("s", limb(_UPPER, wide=wide))
    if person.long_sleeved:
        fore += (("t", limb(_CUFFED, blunt=True, wide=wide)),)
        return fore, (("t", limb(_UPPER, wide=1.15 * wide)),)
    if person.clothes == "vest":
        return fore, (upper,)
    return fore, (upper, ("t", limb(_SLEEVE, blunt=True, wide=wide)))


def _arms(chest: Point, pose: FrontalPose, person: Person) -> list[tuple[Point, list[Part]]]:
    arms = []
    fore, upper = _sleeved(person)
    for side, swing in ((1, pose.arm), (-1, pose.other_arm)):
        shoulder = chest + lean(
            complex(side * SHOULDER_WIDTH / 2, (TRUNK - 0.014) * pose.fold), pose.trunk
        )
        angle = side * swing
        elbow = shoulder + UPPER_ARM * down(angle)
        parts = [
            Part("between", screen(elbow), -angle, fore),
            Part("between", screen(shoulder), -angle, upper),
        ]
        arms.append((elbow + (FOREARM + GRIP) * down(angle), parts))
    return arms


def _lines(pose: FrontalPose, hip: Point, centre: Point) -> list[Part]:
    """The dotted line from which such a fault departs.

    It is the level line through the hips, or the upright line through the middle.
    """
    if not pose.lift:
        return [Part("top", 0j, 0, drawn("y", f"M0-3V{number(-1.06 * STATURE)}"))]
    level = Part("top", screen(hip), 0, drawn("y", "M-60 0H38"))
    ends = "".join(f"M{number(side * HIP_WIDTH / 2 * STATURE)} 0v.25" for side in (-1, 1))
    hips = drawn("w", f"M{number(-HIP_WIDTH / 2 * STATURE)} 0H{number(HIP_WIDTH / 2 * STATURE)}")
    return [level, Part("top", screen(centre), -pose.pelvis, (*hips, ("ok", ends)))]


def frontal_parts(pose: FrontalPose, view: str, loaded: bool, person: Person) -> list[Part]:
    """The body from behind ("rear") or from the front, with the line from which it departs."""
    hip, other = _pelvis(pose)
    centre = (hip + other) / 2

    cloth = "t" if person.clothes == "tunic" else "b"
    skin = "sc" if person.hair == "headscarf" else "s"
    head = from_behind if view == "rear" else from_the_front
    parts = _standing_leg(hip, pose.leg, complex(HIP_WIDTH / 2, ANKLE_HEIGHT), person)
    if pose.lift:
        parts += _lifted_leg(other, pose, person)
    else:
        parts += _standing_leg(other, pose.leg, complex(-HIP_WIDTH / 2, ANKLE_HEIGHT), person)
    parts.append(Part("near", screen(centre), -pose.pelvis, ((cloth, _rim(_SEAT)),)))
    top = centre + lean(complex(0, 0.366 * pose.fold), pose.trunk)
    parts.append(
        Part(
            "front",
            screen(centre),
            pose.trunk,
            ((skin, _rim(_NECK, pose.fold)), ("t", _rim(_SHIRT, pose.fold))),
        )
    )
    parts.append(Part("front", screen(top), pose.trunk + pose.head, head(person)))
    (hand, arm), (_, other_arm) = _arms(centre, pose, person)
    parts += [*other_arm, *arm]
    if loaded:
        parts.append(Part("arm", screen(hand), 0, kettlebell_shapes()))
    return parts + _lines(pose, hip, centre)
