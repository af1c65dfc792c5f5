"""Heads in profile, about their pivot: face, ear, hair or what covers it, beard and glasses."""

from __future__ import annotations

from functools import lru_cache

from curriculum.figures.limbs import Limb, Outline, limb, shapes
from curriculum.figures.people import Person
from curriculum.figures.shapes import Part, Shape, disc, screen
from curriculum.posture import Skeleton

FACE: Outline = (
    (0.0, 0.0950),
    (0.0420, 0.0760),
    (0.0525, 0.0440),
    (0.0530, 0.0330),
    (0.0615, 0.0165),
    (0.0590, 0.0080),
    (0.0540, 0.0050),
    (0.0560, -0.0040),
    (0.0525, -0.0260),
    (0.0430, -0.0365),
    (0.0180, -0.0330),
    (-0.0100, -0.0180),
    (-0.0480, 0.0100),
    (-0.0580, 0.0480),
    (-0.0400, 0.0820),
)
EAR: Outline = (
    (-0.0060, 0.0290),
    (0.0035, 0.0220),
    (-0.0060, -0.0010),
    (-0.0150, 0.0200),
)
_EYE = "M7-6.9v1"
_BROW = "M5.6-9.7q1.5 -.9 3 -.4"
_SMILE = "M10.4 1.2q-1.5 .7 -3 -.7"
_GLASSES = disc(3.4, 7.2 - 6.2j, squash=0.88) + "M4.2-6.6l-5.8 .6"

SHORT: Outline = (
    (0.0500, 0.0600),
    (0.0530, 0.0780),
    (0.0330, 0.0960),
    (-0.0060, 0.1010),
    (-0.0440, 0.0880),
    (-0.0620, 0.0530),
    (-0.0560, 0.0150),
    (-0.0400, -0.0060),
    (-0.0220, 0.0200),
    (-0.0080, 0.0330),
    (0.0030, 0.0170),
    (0.0120, 0.0480),
)
SWEPT: Outline = (
    (0.0480, 0.0620),
    (0.0460, 0.0800),
    (0.0200, 0.0970),
    (-0.0220, 0.0970),
    (-0.0560, 0.0730),
    (-0.0600, 0.0420),
    (-0.0440, 0.0130),
    (-0.0220, 0.0180),
    (-0.0060, 0.0330),
    (0.0140, 0.0480),
    (0.0320, 0.0580),
)
LONG: Outline = (
    (0.0490, 0.0610),
    (0.0500, 0.0810),
    (0.0240, 0.0990),
    (-0.0200, 0.1000),
    (-0.0580, 0.0760),
    (-0.0690, 0.0250),
    (-0.0680, -0.0360),
    (-0.0560, -0.0700),
    (-0.0260, -0.0720),
    (-0.0090, -0.0400),
    (-0.0060, 0.0050),
    (0.0050, 0.0400),
    (0.0250, 0.0580),
)
CURLS: Outline = (
    (0.0480, 0.0590),
    (0.0640, 0.0760),
    (0.0480, 0.0930),
    (0.0340, 0.1100),
    (0.0080, 0.1110),
    (-0.0180, 0.1170),
    (-0.0400, 0.1010),
    (-0.0640, 0.0890),
    (-0.0670, 0.0610),
    (-0.0760, 0.0380),
    (-0.0610, 0.0190),
    (-0.0520, -0.0060),
    (-0.0280, -0.0020),
    (-0.0160, 0.0250),
    (0.0010, 0.0250),
    (0.0110, 0.0470),
    (0.0280, 0.0560),
)
SIDES: Outline = (
    (-0.0180, 0.0660),
    (-0.0440, 0.0690),
    (-0.0605, 0.0480),
    (-0.0550, 0.0120),
    (-0.0410, -0.0060),
    (-0.0290, 0.0),
    (-0.0220, 0.0220),
    (-0.0080, 0.0330),
    (0.0020, 0.0180),
    (0.0060, 0.0390),
    (-0.0040, 0.0540),
)
SCARF: Outline = (
    (0.0480, 0.0580),
    (0.0460, 0.0810),
    (0.0200, 0.1000),
    (-0.0240, 0.1000),
    (-0.0590, 0.0750),
    (-0.0680, 0.0320),
    (-0.0590, -0.0200),
    (-0.0480, -0.0680),
    (-0.0060, -0.0820),
    (0.0340, -0.0740),
    (0.0490, -0.0430),
    (0.0360, -0.0385),
    (0.0180, -0.0240),
    (0.0120, 0.0050),
    (0.0150, 0.0330),
    (0.0260, 0.0520),
)
TURBAN: Outline = (
    (0.0530, 0.0510),
    (0.0610, 0.0760),
    (0.0440, 0.1050),
    (0.0, 0.1190),
    (-0.0470, 0.1040),
    (-0.0720, 0.0680),
    (-0.0650, 0.0330),
    (-0.0400, 0.0250),
    (-0.0100, 0.0360),
    (0.0240, 0.0530),
)
_WINDS = "M10-10.5Q-1-13-8.5-6.5M11.3-15Q-2-19.5-12.5-11"
BEARD: Outline = (
    (0.0510, -0.0110),
    (0.0550, -0.0210),
    (0.0500, -0.0440),
    (0.0260, -0.0470),
    (-0.0060, -0.0270),
    (-0.0090, 0.0060),
    (-0.0010, 0.0160),
    (0.0090, -0.0030),
    (0.0260, -0.0060),
    (0.0370, 0.0010),
    (0.0530, 0.0010),
    (0.0520, -0.0040),
    (0.0420, -0.0060),
)
BUN = disc(4.9, complex(-8.8, -17.5))
TAIL: Limb = ((0, 0.014, 0.014), (0.04, 0.024, 0.023), (0.11, 0.015, 0.014), (0.135, 0.007, 0.007))
"""Hair that is tied back and hangs."""
TAIL_AT = (-0.052, 0.054)
TAIL_SWINGS = (-5.0, 40.0)
"""How far hair that is tied back turns against the head, in degrees: it lies on the neck."""

_CAPS: dict[str, Outline] = {
    "short": SHORT,
    "curls": CURLS,
    "long": LONG,
    "tied": SWEPT,
    "bun": SWEPT,
    "sides": SIDES,
}


_FRONT_CAP: Outline = (
    (-0.0500, 0.0400),
    (-0.0460, 0.0760),
    (0.0, 0.0990),
    (0.0460, 0.0760),
    (0.0500, 0.0400),
    (0.0340, 0.0580),
    (-0.0340, 0.0580),
)
_FRONT_WRAP: Outline = (
    (-0.0560, 0.0440),
    (-0.0500, 0.0920),
    (0.0, 0.1190),
    (0.0500, 0.0920),
    (0.0560, 0.0440),
    (0.0, 0.0640),
)


def _round(wide: float, tall: float, up: float) -> str:
    """An upright ellipse over the neck, in px."""
    return disc(tall, complex(0, -up), squash=wide / tall)


def _bearded(person: Person) -> tuple[Shape, ...]:
    return (("h", _round(9.5, 8, 0)),) if person.beard else ()


@lru_cache(maxsize=64)
def from_behind(person: Person) -> tuple[Shape, ...]:
    """The head seen from behind."""
    style = person.hair
    face: Shape = ("s", _round(9, 11, 5.9))
    if style == "bald":
        return (face,)
    if style == "headscarf":
        return (("sc", _round(11, 13, 6)), ("sc", _round(13, 8, -6)))
    if style == "turban":
        return (face, ("sc", _round(12.5, 10.5, 12)), ("tw", "M-10-8Q1-14 11-16"))
    if style == "sides":
        return (("h", _round(10, 7, 5)), ("s", _round(8.5, 7.5, 10.5)))
    hair = {
        "curls": (("h", _round(13, 14, 10)),),
        "long": (("h", _round(11, 12.5, 8)), ("h", _round(11.5, 12, -2))),
        "tied": (("h", _round(10, 11, 8.2)), ("h", _round(3.6, 12, -4))),
        "bun": (("h", _round(10, 11, 8.2)), ("h", _round(5.2, 5.2, 18))),
    }
    return (face, *hair.get(style, (("h", _round(9.8, 11.2, 8.2)),)))


@lru_cache(maxsize=64)
def from_the_front(person: Person) -> tuple[Shape, ...]:
    """The head seen from the front."""
    style = person.hair
    face = (("s", _round(9, 11, 5.9)), *_bearded(person))
    if person.beard:
        face = (*face, ("s", _round(6.5, 7, 8)))
    behind: tuple[Shape, ...] = ()
    if style == "long":
        behind = (("h", _round(12, 14, 4)),)
    elif style == "curls":
        behind = (("h", _round(13, 14, 10)),)
    elif style == "bun":
        behind = (("h", _round(5.2, 5.2, 18)),)
    elif style == "headscarf":
        behind = (("sc", _round(11.5, 13.5, 6)), ("sc", _round(13, 8, -6)))
    cap: tuple[Shape, ...] = ()
    if style == "turban":
        cap = shapes(("sc", _FRONT_WRAP, 1 / 6))
    elif style not in ("bald", "sides", "headscarf"):
        cap = shapes(("h", _FRONT_CAP, 1 / 6))
    eyes: Shape = ("i", "M-3.4-7v.7M3.4-7v.7")
    smile: Shape = ("n", "M-2.2-.5q2.2 1.4 4.4 0")
    glasses: tuple[Shape, ...] = (
        (("gf", disc(3, -3.5 - 6.6j) + disc(3, 3.5 - 6.6j)),) if person.glasses else ()
    )
    return (*behind, *face, *cap, eyes, smile, *glasses)


@lru_cache(maxsize=64)
def _hair(style: str) -> tuple[Shape, ...]:
    if style == "headscarf":
        return shapes(("sc", SCARF, 1 / 6))
    if style == "turban":
        return (*shapes(("sc", TURBAN, 1 / 6)), ("tw", _WINDS))
    if style == "bald":
        return ()
    bun: tuple[Shape, ...] = (("h", BUN),) if style == "bun" else ()
    return (*bun, *shapes(("h", _CAPS[style], 1 / 6)))


@lru_cache(maxsize=256)
def profile(person: Person) -> tuple[Shape, ...]:
    """The head seen from its right side, which looks where the head points."""
    beard = shapes(("h", BEARD, 1 / 6)) if person.beard else ()
    hair = _hair(person.hair)
    ear = shapes(("sd", EAR, 1 / 6)) if person.hair not in ("long", "headscarf") else ()
    face = (*shapes(("s", FACE, 1 / 6)), ("n", _SMILE))
    eye: tuple[Shape, ...] = (("i", _EYE), ("e", _BROW))
    glasses: tuple[Shape, ...] = (("gf", _GLASSES),) if person.glasses else ()
    return (*face, *beard, *hair, *ear, *eye, *glasses)


def head_parts(bones: Skeleton, person: Person) -> list[Part]:
    """The head, and hair that hangs from it."""
    parts = [Part("trunk", screen(bones.head_pivot), bones.head, profile(person))]
    if person.hair == "tied":
        low, high = TAIL_SWINGS
        hang = bones.head - min(max(bones.head, low), high)
        parts.append(Part("trunk", screen(bones.on_head(*TAIL_AT)), hang, (("h", limb(TAIL)),)))
    return parts
