"""Draws what a drill in another way needs: what holds the stick, the hand, the knee or the hips.

Each function draws one thing; its arguments are the options of the content, lengths in statures.
"""

from __future__ import annotations

from collections.abc import Callable

from curriculum.figures.body import Body
from curriculum.figures.limbs import CUFFED, hand, limb
from curriculum.figures.shapes import STATURE, Part, disc, line, number, screen, slab
from curriculum.posture import FOREARM, GRIP, Point, inclination, lean

Support = Callable[..., list[Part]]

STICK = 0.026
"""How far a scarf reaches behind the skin of the back, round a stick."""


def scarf(body: Body, y: float, front: float = 0.06) -> list[Part]:
    """A scarf round trunk and stick at the height `y` of the trunk."""
    behind = body.bones.back(y) - lean(complex(STICK, 0), body.bones.thorax)
    ahead = body.bones.on_trunk(front, y)
    return [Part("front", 0j, 0, (("gl", line(screen(behind), screen(ahead))),))]


def helping_hands(
    body: Body, low: float = 0.10, high: float = 0.40, beside: bool = False
) -> list[Part]:
    """The hands of somebody behind, who holds the stick at these heights above the tailbone.

    beside: they come from the near side and below, where a wall leaves no room behind
    """
    foot, direction = body.stick
    tilt = inclination(direction)
    along = 0.8 if beside else 1.0
    shapes = (
        *hand("grip", FOREARM * (along - 1), near=False),
        ("g", limb(CUFFED, along=along, wide=1.1)),
    )
    parts = []
    for height, behind, below in ((low, 100, 172), (high, 70, 196)):
        at = foot + direction * height
        swing = tilt * 0.4 + below if beside else tilt * 0.6 - behind
        elbow = at + lean(complex(0, FOREARM * along + GRIP), swing)
        parts.append(Part("top" if beside else "far", screen(elbow), swing, shapes))
    return parts


def counter(
    body: Body, x: float, width: float = 0.3, height: float = 0.52, layer: str = "back"
) -> list[Part]:
    """A kitchen counter whose left edge is at `x`."""
    w = width * STATURE
    h = height * STATURE
    inset = min(6.0, w * 0.1)
    shapes = (
        ("c", slab(inset, -h + 6, w - inset, h - 6, 1)),
        ("o1", f"M{number(w / 2)} {number(-h + 16)}v12"),
        ("p", slab(0, -h, w, 7, 2)),
    )
    return [Part(layer, screen(complex(x, 0)), 0, shapes)]


def table(body: Body, x: float, width: float = 0.44, height: float = 0.42) -> list[Part]:
    """A table whose left edge is at `x`."""
    w = width * STATURE
    h = height * STATURE
    legs = f"M{number(w * 0.14)} {number(-h + 6)}V-1.5M{number(w * 0.88)} {number(-h + 6)}V-1.5"
    return [Part("back", screen(complex(x, 0)), 0, (("o", legs), ("p", slab(0, -h, w, 8))))]


def rail(body: Body, x: float, width: float = 0.3, height: float = 0.55) -> list[Part]:
    """A hand rail on two posts, its left post at `x`."""
    w = width * STATURE
    h = height * STATURE
    posts = f"M0-1.5V{number(-h)}H{number(w)}V-1.5"
    return [Part("back", screen(complex(x, 0)), 0, (("u", posts),))]


def chair(
    body: Body,
    x: float,
    seat: float = 0.26,
    back: float = 0.5,
    width: float = 0.24,
    rest: float = 0,
) -> list[Part]:
    """A chair whose back rest stands at `x`, its seat in front of that.

    rest: the height of its arm rests; 0 = it has none
    """
    w = width * STATURE
    h = seat * STATURE
    arm = rest * STATURE
    frame = f"M0-1.5V{number(-back * STATURE)}M{number(w * 0.94)}-1.5V{number(-max(h, arm))}"
    frame += "H0" if rest else ""
    shapes = (("o", frame), ("p", slab(-2, -h, w + 4, 8, 3)))
    return [Part("back", screen(complex(x, 0)), 0, shapes)]


def cushion(
    body: Body, x: float, y: float, width: float = 0.10, height: float = 0.06, tilt: float = 0
) -> list[Part]:
    """A firm cushion with its middle at a place in the world; tilt: degrees clockwise."""
    w = width * STATURE
    h = height * STATURE
    soft = min(w, h) * 0.35
    shapes = (("g", slab(-w / 2, -h / 2, w, h, soft)),)
    return [Part("mid", screen(complex(x, y)), tilt, shapes)]


def sofa(
    body: Body, x: float, width: float = 0.4, height: float = 0.22, back: float = 0.2
) -> list[Part]:
    """A sofa whose seat ends at `x` and whose back is on the left."""
    w = width * STATURE
    h = height * STATURE
    b = back * STATURE
    shapes = (
        ("c", slab(-w, -h, w, h, 5)),
        ("g", slab(-w + 8, -h - 2, w - 8, 14, 6)),
        ("c", slab(-w - 6, -h - b, 22, h + b, 6)),
    )
    return [Part("back", screen(complex(x, 0)), 0, shapes)]


def bed(body: Body, x: float, width: float, height: float = 0.26) -> list[Part]:
    """A firm bed whose left end is at `x`; the mattress ends at `height`."""
    w = width * STATURE
    h = height * STATURE
    shapes = (
        ("o", f"M8 {number(-h + 18)}V-1.5M{number(w - 8)} {number(-h + 18)}V-1.5"),
        ("p", slab(0, -h + 16, w, 8, 2)),
        ("g", slab(2, -h, w - 4, 17, 6)),
    )
    return [Part("back", screen(complex(x, 0)), 0, shapes)]


def bag(body: Body, x: float = 0.118, y: float = 0.15, tilt: float = 0) -> list[Part]:
    """A backpack worn on the front, its middle at a place of the trunk."""
    at = body.bones.on_trunk(x, y)
    shapes = (
        ("p", slab(-12, -26, 26, 52, 9)),
        ("o", "M-4-26q6-8 12 0"),
        ("x1", "M-5 4h14M-5 8h14"),
    )
    return [Part("front", screen(at), body.bones.thorax + tilt, shapes)]


def rack(body: Body, x: float, y: float, height: float = 0.62) -> list[Part]:
    """A rack whose post stands at `x`, with the hook for a bar at the height `y` on its left."""
    post = f"M-16-2.5h32M0-2.5V{number(-height * STATURE)}"
    hook = f"M0 {number(-y * STATURE + 6)}h-14v-7"
    return [Part("back", screen(complex(x, 0)), 0, (("u", post), ("u", hook)))]


def stick_end(body: Body) -> list[Part]:
    """A stick held across the body in both hands, seen from its end."""
    shapes = (("p", disc(4.5)), ("lt", disc(4.5)))
    return [Part("top", screen(body.arm.hand), 0, shapes)]


def low_band(body: Body, x: float, y: float = 0.16, height: float = 0.4) -> list[Part]:
    """A band from low on a post behind, between the legs, to both hands."""
    fixed: Point = complex(x, y)
    stand = f"M-13-2.5h26M0-2.5V{number(-height * STATURE)}"
    hands = (body.arm.hand + body.far_arm.hand) / 2
    return [
        Part("back", screen(complex(x, 0)), 0, (("u", stand),)),
        Part("back", 0j, 0, (("gl", line(screen(fixed), screen(hands))),)),
        Part("back", screen(fixed), 0, (("qw", "M0 0v.25"),)),
    ]


SUPPORTS: dict[str, Support] = {
    draw.__name__.replace("_", "-"): draw
    for draw in (
        scarf,
        helping_hands,
        counter,
        table,
        rail,
        chair,
        cushion,
        sofa,
        bed,
        bag,
        rack,
        stick_end,
        low_band,
    )
}
