"""Draws the body: silhouettes, shaped by eye, on the joints of a solved posture."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from curriculum.figures.body import SHANK_FRONT, THIGH_FRONT, Arm, Body, LegBones
from curriculum.figures.shapes import Part, Shape, pixels, screen, smooth
from curriculum.posture import ANKLE_HEIGHT, BACK_OUTLINE, BALL, FOREARM, Skeleton, Spine, lean

Outline = tuple[tuple[float, float], ...]

FAR_LEG = complex(0.026, 0.009)
FAR_ARM = complex(0.016, -0.008)
"""How far the far limbs are shifted, so that both are seen."""

# Limbs: (distance down the bone, half-width in front, half-width behind).
_THIGH_BACK = (0.073, 0.0685, 0.056, 0.043, 0.035)
_SHANK_BACK = (0.035, 0.039, 0.044, 0.039, 0.0235, 0.0185)
Limb = tuple[tuple[float, float, float], ...]
THIGH: Limb = tuple(
    (y, front, back) for (y, front), back in zip(THIGH_FRONT, _THIGH_BACK, strict=True)
)
SHANK: Limb = tuple(
    (y, front, back) for (y, front), back in zip(SHANK_FRONT, _SHANK_BACK, strict=True)
)
UPPER: Limb = (
    (0, 0.031, 0.031),
    (0.05, 0.031, 0.030),
    (0.12, 0.0255, 0.0245),
    (0.186, 0.0215, 0.021),
)
SLEEVE: Limb = ((0, 0.034, 0.034), (0.045, 0.0355, 0.034), (0.088, 0.034, 0.033))
FORE: Limb = (
    (0, 0.0215, 0.021),
    (0.035, 0.0235, 0.022),
    (0.08, 0.0195, 0.0185),
    (0.146, 0.0135, 0.0135),
)
GRIP: Limb = ((0.163, 0.0165, 0.0145), (0.178, 0.0205, 0.0175), (0.195, 0.0205, 0.0175))
OPEN: Limb = (
    (0.160, 0.0165, 0.0135),
    (0.178, 0.0185, 0.0135),
    (0.198, 0.015, 0.0125),
    (0.222, 0.0105, 0.0105),
)
THUMB: Outline = (
    (0.010, -0.160),
    (0.022, -0.170),
    (0.0285, -0.186),
    (0.0235, -0.193),
    (0.014, -0.184),
    (0.006, -0.178),
)

FRONT: Outline = (
    (0.022, 0.300),
    (0.040, 0.280),
    (0.058, 0.255),
    (0.067, 0.225),
    (0.064, 0.190),
    (0.056, 0.150),
    (0.052, 0.110),
    (0.054, 0.070),
    (0.058, 0.035),
    (0.058, -0.005),
    (0.050, -0.045),
)
FACE: Outline = (
    (0, 0.088),
    (0.048, 0.066),
    (0.0525, 0.044),
    (0.0545, 0.032),
    (0.0635, 0.0165),
    (0.0625, 0.0105),
    (0.0555, 0.0065),
    (0.0565, -0.004),
    (0.0545, -0.014),
    (0.0535, -0.026),
    (0.044, -0.037),
    (0.020, -0.033),
    (-0.012, -0.020),
    (-0.036, -0.006),
    (-0.052, 0.030),
)
HAIR: Outline = (
    (0.054, 0.064),
    (0.051, 0.078),
    (0.030, 0.094),
    (-0.006, 0.099),
    (-0.042, 0.087),
    (-0.0605, 0.056),
    (-0.058, 0.022),
    (-0.042, -0.006),
    (-0.030, -0.003),
    (-0.022, 0.018),
    (-0.010, 0.030),
    (0.001, 0.016),
    (0.007, 0.020),
    (0.010, 0.046),
    (0.026, 0.060),
)
EAR: Outline = (
    (-0.006, 0.029),
    (0.003, 0.022),
    (0.001, 0.008),
    (-0.007, -0.001),
    (-0.014, 0.008),
    (-0.015, 0.022),
)
SHOE: Outline = (
    (-0.036, 0.014),
    (-0.047, -0.004),
    (-0.049, -0.026),
    (-0.040, -0.032),
    (0.060, -0.032),
    (0.088, -0.028),
    (0.084, -0.012),
    (0.052, 0.006),
    (0.026, 0.020),
    (0, 0.021),
)
SOLE: Outline = (
    (-0.0495, -0.026),
    (-0.048, -0.038),
    (0.060, -0.038),
    (0.076, -0.036),
    (0.074, -0.027),
)
TOE: Outline = (
    (-0.012, 0.025),
    (0.008, 0.020),
    (0.030, 0.009),
    (0.042, -0.001),
    (0.040, -0.006),
    (-0.012, -0.006),
)
TIP: Outline = (
    (-0.014, -0.0025),
    (0.038, -0.0035),
    (0.044, -0.005),
    (0.040, -0.011),
    (-0.010, -0.011),
)


@lru_cache(maxsize=256)
def limb(
    stations: Limb,
    *,
    tail: Limb = (),
    top: float | None = None,
    blunt: bool = False,
    along: float = 1,
) -> str:
    """Closed outline of a limb that hangs from its joint at the origin.

    `along` shortens the bone.
    """
    rows = [(y * along, front, back) for y, front, back in stations] + list(tail)
    y0, front0, back0 = rows[0]
    y1, front1, back1 = rows[-1]
    crown = (front0 + back0) / 2 if top is None else top
    end = 0.004 if blunt else (front1 + back1) / 2
    tip = [(0.0, -y1 - end)]
    if not blunt:
        tip = [(front1 * 0.7, -y1 - end * 0.7), *tip, (-back1 * 0.7, -y1 - end * 0.7)]
    outline = [
        (0.0, crown),
        (front0 * 0.72, y0 + crown * 0.72),
        *((front, -y) for y, front, _ in rows),
        *tip,
    ]
    outline += [*((-back, -y) for y, _, back in reversed(rows)), (-back0 * 0.72, y0 + crown * 0.72)]
    return smooth(pixels(*outline))


def _shapes(*drawn: tuple[str, Outline, float]) -> tuple[Shape, ...]:
    return tuple(
        (name, smooth(pixels(*outline), tension=tension)) for name, outline, tension in drawn
    )


_TOES = _shapes(("k", TOE, 1 / 6), ("b", TIP, 0.1))
_SHOES = _shapes(("k", SHOE, 0.14), ("b", SOLE, 0.1))
_HEAD = (*_shapes(("s", FACE, 1 / 6), ("h", HAIR, 1 / 6), ("sd", EAR, 1 / 6)), ("i", "M6.9-6.5v.3"))


def _leg(layer: str, leg: LegBones, shift: complex, planted: bool) -> list[Part]:
    ball = leg.ankle + lean(BALL - 1j * ANKLE_HEIGHT, leg.foot)
    return [
        Part(layer, screen(leg.knee + shift), leg.shin, (("b", limb(SHANK)),)),
        Part(layer, screen(leg.hip + shift), leg.thigh, (("b", limb(THIGH, top=0.058)),)),
        Part(layer, screen(ball + shift), 0 if planted else leg.foot, _TOES),
        Part(layer, screen(leg.ankle + shift), leg.foot, _SHOES),
    ]


@lru_cache(maxsize=64)
def _hand(kind: str, reach: float) -> tuple[Limb, str]:
    """Stations beyond the wrist, and a thumb, for a forearm of this foreshortening."""
    shift = FOREARM * (reach - 1)
    stations = tuple(
        (y + shift, front, back) for y, front, back in (GRIP if kind == "grip" else OPEN)
    )
    return stations, "" if kind == "grip" else smooth(pixels(*((x, y - shift) for x, y in THUMB)))


def _arm(body: Body, arm: Arm, layer: str, shift: complex, hand: str, way: str) -> list[Part]:
    """The near or the far arm; `way`: see body_parts."""
    tail, thumb = _hand(hand, arm.reach[1])
    near = layer == "arm"
    upper = (
        ("s", limb(UPPER, along=arm.reach[0])),
        ("tn" if near else "t", limb(SLEEVE, blunt=True, along=arm.reach[0])),
    )
    parts = [Part(layer, screen(arm.shoulder + shift), -arm.upper, upper)]
    shapes: tuple[Shape, ...] = (("s", limb(FORE, tail=tail, along=arm.reach[1])),)
    if thumb:
        shapes += (("sd" if near else "s", thumb),)
    places = {"between": ("between", layer), "across": ("front",)}.get(way, (layer,))
    for place in places:
        hidden = way == "between" and place == layer and body.in_leg(body.arm.hand, 0)
        at = arm.elbow if place == "front" else arm.elbow + shift
        parts.append(Part(place, screen(at), -arm.fore, shapes, hidden=hidden))
    return parts


@lru_cache(maxsize=512)
def _torso(spine: Spine, neck: float) -> tuple[Shape, ...]:
    """Neck, shirt, seat and the dotted seam of the back, in the frame of the pelvis."""
    bones = Skeleton(0j, 0j, 0j, 0, 0, 0, 0, spine, neck)

    def trunk(*points: tuple[float, float]) -> list[complex]:
        return [screen(spine.point(x, y)) for x, y in points]

    def head(*points: tuple[float, float]) -> list[complex]:
        return [screen(bones.on_head(x, y)) for x, y in points]

    nape = head((-0.046, 0.010), (-0.030, 0.030), (0.020, 0), (0.018, -0.026))
    throat = trunk((0.012, 0.305), (0.030, 0.278))
    collar: Sequence[complex] = [
        *trunk((-0.044, 0.272), (-0.045, 0.292)),
        0.5 * (trunk((-0.040, 0.30))[0] + nape[0]) + 0.6,
        *nape,
        0.5 * (nape[-1] + throat[0]) - 0.4,
        *throat,
    ]
    back = BACK_OUTLINE
    belt = ((0.0545, 0.082), (0.045, 0.084), (-0.05, 0.076))
    shirt = trunk(
        *back[4:], (-0.030, 0.298), (-0.006, 0.291), *FRONT[:-3], (0.04, 0.05), (-0.04, 0.04)
    )
    rim = ((-0.0605, 0.072), *back[4::-1], (0.020, -0.068), *FRONT[:-4:-1], *belt)
    seat = [
        screen(Spine(0, 0).point(x, y)) for x, y in rim
    ]  # rigid: it would bend by less than a pixel
    seam = trunk(*((x + 0.017, y) for x, y in back[4:]))
    return (
        ("s", smooth(collar)),
        ("t", smooth(shirt)),
        ("b", smooth(seat)),
        ("v", smooth(seam, closed=False)),
    )


def _trunk(body: Body) -> list[Part]:
    bones = body.bones
    return [
        Part("trunk", screen(bones.hip), bones.pelvis, _torso(bones.spine, bones.neck)),
        Part("trunk", screen(bones.head_pivot), bones.head, _HEAD),
    ]


def body_parts(body: Body, hand: str, far_hand: str, arms: str) -> list[Part]:
    """The whole body in drawing order; the layer "far" is drawn faintly.

    arms: "between" the legs, where the near forearm comes to the front once the hand is clear of
    them; "across", the far forearm in front of the trunk; or "free".
    """
    pose = body.pose
    planted = 0 <= body.leg.foot < 80 and pose.kneel is None
    far_planted = 0 <= body.far_leg.foot < 80 and pose.kneel is None and pose.far_hip is None
    return [
        *_arm(
            body, body.far_arm, "far", FAR_ARM, far_hand, "across" if arms == "across" else "free"
        ),
        *_leg("far", body.far_leg, FAR_LEG, far_planted),
        *_trunk(body),
        *_leg("near", body.leg, 0j, planted),
        *_arm(body, body.arm, "arm", 0j, hand, "between" if arms == "between" else "free"),
    ]
