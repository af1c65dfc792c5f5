"""Draws the body: silhouettes, shaped by eye, on the joints of a solved posture."""

from __future__ import annotations

from functools import lru_cache

from curriculum.figures.body import Arm, Body, LegBones
from curriculum.figures.heads import head_parts
from curriculum.figures.limbs import (
    CUFFED,
    FORE,
    LONG_SLEEVE,
    NECK,
    SHANK,
    SHOES,
    SLEEVE,
    THIGH,
    TOES,
    UPPER,
    Outline,
    hand,
    limb,
)
from curriculum.figures.people import Person
from curriculum.figures.shapes import Part, Shape, dot, line, screen, smooth
from curriculum.posture import (
    ANKLE_HEIGHT,
    BACK_OUTLINE,
    BALL,
    FOREARM,
    NECK_BASE,
    Spine,
    inclination,
    lean,
)

FAR_LEG = complex(0.026, 0.009)
FAR_ARM = complex(0.016, -0.008)
"""How far the far limbs are shifted, so that both are seen."""

WIDTHS = {"slim": 0.91, "medium": 1.0, "curved": 1.0, "broad": 1.12}
"""How wide limbs are. The back and the buttocks stay, because a stick and a wall touch them."""

_BACK = tuple(BACK_OUTLINE[at] for at in (4, 5, 6, 7, 9, 10, 11))
"""The outline of the back, with as few points as it needs."""

_FRONT_HEIGHTS = (0.298, 0.262, 0.220, 0.145, 0.070, 0.025)
FRONTS: dict[str, tuple[float, ...]] = {
    "slim": (0.023, 0.050, 0.061, 0.049, 0.046, 0.050),
    "medium": (0.024, 0.054, 0.067, 0.055, 0.054, 0.058),
    "curved": (0.024, 0.058, 0.083, 0.054, 0.053, 0.060),
    "broad": (0.026, 0.060, 0.079, 0.083, 0.081, 0.070),
}
"""The front of the trunk at these heights above the hip."""

SEAT: Outline = (
    (-0.0615, 0.070),
    *BACK_OUTLINE[3::-1],
    (0.020, -0.068),
    (0.052, -0.040),
)
DRAPE: Outline = (
    (-0.045, 0.291),
    (-0.062, 0.262),
    (-0.036, 0.240),
    (0.012, 0.228),
    (0.056, 0.232),
    (0.062, 0.256),
    (0.040, 0.292),
    (0.0, 0.306),
)
"""The end of a scarf on shoulders and chest."""


def _leg(layer: str, leg: LegBones, shift: complex, toes: float, person: Person) -> list[Part]:
    wide = WIDTHS[person.build]
    shin = "s" if person.clothes == "shorts" else "b"
    return [
        Part(layer, screen(leg.knee + shift), leg.shin, ((shin, limb(SHANK, wide=wide)),)),
        Part(
            layer, screen(leg.hip + shift), leg.thigh, (("b", limb(THIGH, top=0.058, wide=wide)),)
        ),
        Part(layer, screen(_ball(leg) + shift), toes, TOES),
        Part(layer, screen(leg.ankle + shift), leg.foot, SHOES),
    ]


@lru_cache(maxsize=256)
def _upper_arm(person: Person, near: bool, along: float) -> tuple[Shape, ...]:
    wide = WIDTHS[person.build]
    cloth = "tn" if near else "t"
    if person.long_sleeved:
        return ((cloth, limb(LONG_SLEEVE, along=along, wide=wide)),)
    bare: Shape = ("s", limb(UPPER, along=along, wide=wide))
    if person.clothes == "vest":
        return (bare,)
    return (bare, (cloth, limb(SLEEVE, blunt=True, along=along, wide=wide)))


@lru_cache(maxsize=256)
def _forearm(person: Person, near: bool, along: float, kind: str) -> tuple[Shape, ...]:
    wide = WIDTHS[person.build]
    drawn = hand(kind, FOREARM * (along - 1), near)
    if person.long_sleeved:
        return (*drawn, ("tn" if near else "t", limb(CUFFED, along=along, wide=wide)))
    return (("s", limb(FORE, along=along, wide=wide)), *drawn)


def _ball(leg: LegBones) -> complex:
    return leg.ankle + lean(BALL - 1j * ANKLE_HEIGHT, leg.foot)


def _toes(leg: LegBones, *, planted: bool) -> float:
    """The pitch of the toes: flat while the ball of the foot is on the ground, and in line with a
    foot that has left it."""
    height = 0.0 if planted else _ball(leg).imag - BALL.imag
    return leg.foot * min(1.0, max(0.0, height / 0.02)) if 0 <= leg.foot < 80 else leg.foot


def _arm(
    body: Body, arm: Arm, layer: str, shift: complex, kind: str, way: str, person: Person
) -> list[Part]:
    """The near or the far arm; `way`: see body_parts."""
    near = layer == "arm"
    upper = _upper_arm(person, near, arm.reach[0])
    fore = _forearm(person, near, arm.reach[1], kind)
    parts = [Part(layer, screen(arm.shoulder + shift), -arm.upper, upper)]
    places = {"between": ("between", layer), "across": ("front",)}.get(way, (layer,))
    for place in places:
        hidden = way == "between" and place == layer and body.in_leg(body.arm.hand, 0)
        at = arm.elbow if place == "front" else arm.elbow + shift
        parts.append(Part(place, screen(at), -arm.fore, fore, hidden=hidden))
    return parts


@lru_cache(maxsize=512)
def _torso(spine: Spine, person: Person) -> tuple[Shape, ...]:
    """Shirt, seat and the dotted seam of the back, in the frame of the pelvis."""

    def trunk(*points: tuple[float, float]) -> list[complex]:
        return [screen(spine.point(x, y)) for x, y in points]

    front = tuple(zip(FRONTS[person.build], _FRONT_HEIGHTS, strict=True))
    belly = FRONTS[person.build][4]
    shirt = trunk(*_BACK, (-0.018, 0.295), *front, (0.04, 0.05), (-0.04, 0.04))
    belt = ((belly + 0.003, 0.005), (belly, 0.074), (belly - 0.009, 0.083), (-0.050, 0.078))
    # Rigid: it would bend by less than a pixel.
    seat = [screen(Spine(0, 0).point(x, y)) for x, y in (*SEAT, *belt)]
    seam = trunk(*((x + 0.017, y) for x, y in (*_BACK[:6:2], _BACK[-1])))
    scarf = person.hair == "headscarf"
    drape: tuple[Shape, ...] = (("sc", smooth(trunk(*DRAPE))),) if scarf else ()
    return (
        ("t", smooth(shirt)),
        *drape,
        ("t" if person.clothes == "tunic" else "b", smooth(seat)),
        ("v", smooth(seam, closed=False)),
    )


def _trunk(body: Body, person: Person) -> list[Part]:
    bones = body.bones
    base = bones.on_trunk(NECK_BASE.real, NECK_BASE.imag)
    neck = inclination(bones.head_pivot - base)
    skin = "sc" if person.hair == "headscarf" else "s"
    return [
        Part("trunk", screen(base), neck + 180, ((skin, limb(NECK)),)),
        Part("trunk", screen(bones.hip), bones.pelvis, _torso(bones.spine, person)),
        *head_parts(bones, person),
    ]


def shadow(body: Body) -> list[Part]:
    """A body in two strokes, for a place that a movement passes."""
    bones = body.bones
    joints = (bones.ankle, bones.knee, bones.hip, bones.shoulder)
    return [
        Part("far", 0j, 0, (("sb", line(*map(screen, joints))),)),
        Part("far", screen(bones.on_head(0, 0.03)), 0, (("sh", dot()),)),
    ]


def body_parts(body: Body, near_hand: str, far_hand: str, arms: str, person: Person) -> list[Part]:
    """The whole body in drawing order; the layer "far" is drawn faintly.

    arms: "between" the legs, where the near forearm comes to the front once the hand is clear of
    them; "across", the far forearm in front of the trunk; or "free".
    """
    pose = body.pose
    kneels = pose.kneel is not None
    toes = body.leg.foot if kneels else _toes(body.leg, planted=True)
    far_toes = body.far_leg.foot if kneels else _toes(body.far_leg, planted=pose.far_hip is None)
    far_way = "across" if arms == "across" else "free"
    near_way = "between" if arms == "between" else "free"
    return [
        *_arm(body, body.far_arm, "far", FAR_ARM, far_hand, far_way, person),
        *_leg("far", body.far_leg, FAR_LEG, far_toes, person),
        *_trunk(body, person),
        *_leg("near", body.leg, 0j, toes, person),
        *_arm(body, body.arm, "arm", 0j, near_hand, near_way, person),
    ]
