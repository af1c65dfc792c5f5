"""Checks that a person can take a posture. Every table is checked before it is stored."""

from __future__ import annotations

from collections.abc import Iterator

from curriculum.figures.body import Arm, Body
from curriculum.figures.frontal import FrontalPose
from curriculum.figures.poses import Pose, PostureError, Target
from curriculum.figures.spec import Figure, Table, read_figure
from curriculum.posture import ANKLE_HEIGHT, BALL, Point, lean, wrap

LIMITS: dict[str, tuple[float, float]] = {
    "shin": (-35, 100),
    "knee": (-5, 150),
    "hip": (-30, 130),
    "lumbar": (-40, 65),
    "thoracic": (-25, 50),
    "neck": (-60, 60),
    "heel": (-20, 180),
    "shoulder": (-60, 190),
    "elbow": (-5, 155),
    "far_shoulder": (-60, 190),
    "far_elbow": (-5, 155),
    "far_hip": (-30, 130),
    "far_knee": (-5, 150),
    "far_ankle": (-60, 60),
}
"""Degrees that a healthy adult's joints reach, wider than any drill needs: meant to catch a slip of
the pen."""

REACH = 0.010
FLOOR = -0.008
STANDS = (-0.045, 0.115)
"""How far a hand may miss, how far a body may sink, and where over the foot its weight may be, in
statures."""

_FRONTAL = {"leg": 30, "pelvis": 30, "trunk": 45, "head": 45, "arm": 180, "other_arm": 180}


def _angles(pose: Pose) -> Iterator[str]:
    for key, (low, high) in LIMITS.items():
        value = getattr(pose, key)
        if value is not None and not low <= value <= high:
            yield f"{key} {value:g} is outside human range, {low:g} to {high:g}"


def _solved(body: Body) -> Iterator[str]:
    """Joint angles that come from a target, not from the table."""
    for name, leg in (("near", body.leg), ("far", body.far_leg)):
        bend = wrap(leg.shin - leg.thigh)
        low, high = LIMITS["knee"]
        if not low - 1 <= bend <= high:
            yield f"the {name} knee comes to {bend:.0f} degrees, outside {low:g} to {high:g}"


def _misses(body: Body, target: Target | None, arm: Arm, name: str) -> Iterator[str]:
    if target is not None and body.pose.slide is None:
        gap = abs(body.at(target) - arm.hand)
        if gap > REACH:
            there = f"{target.frame} {target.x:g}, {target.y:g}"
            yield f"{name} cannot reach {there}: it misses by {gap * 175:.0f} cm"


def _foot_low(ankle: Point, pitch: float) -> float:
    corners = (
        complex(-0.048, -0.038),
        BALL - complex(0, ANKLE_HEIGHT) - 0.012j,
        complex(0.084, -0.028),
    )
    return min((ankle + lean(corner, pitch)).imag for corner in corners)


def _floor(body: Body) -> Iterator[str]:
    bones = body.bones
    lying = body.pose.trunk is not None
    low = {
        "a hand": min(body.arm.hand.imag, body.far_arm.hand.imag),
        "a knee": min(body.leg.knee.imag, body.far_leg.knee.imag) - 0.03,
        "the head": bones.on_head(-0.06, 0.045).imag,
        "the back": min(bones.back(0.2).imag, bones.hip.imag - 0.08) + (0.02 if lying else 0),
    }
    for name, leg in (("the near foot", body.leg), ("the far foot", body.far_leg)):
        if leg.foot < 80:
            low[name] = _foot_low(leg.ankle, leg.foot) + (0.02 if leg.foot > 5 else 0)
    for name, height in low.items():
        if height < FLOOR:
            yield f"{name} goes {-height * 175:.0f} cm through the floor"


def _feet(body: Body) -> tuple[float, float]:
    """The ground under the body, from heel to toes, in x.

    It is the near foot, and the far foot when that is on the floor.
    """
    low, high = (body.pose.x + edge for edge in STANDS)
    far = body.far_leg
    if _foot_low(far.ankle, far.foot) < body.pose.y + 0.02 and body.pose.far_hip is None:
        low = min(low, far.ankle.real + 0.03)
        high = max(high, far.ankle.real + 0.08)
    return low, high


def _balance(body: Body) -> Iterator[str]:
    pose = body.pose
    if pose.trunk is not None or pose.kneel is not None:
        return
    low, high = _feet(body)
    x = body.centre_of_mass.real
    if not low <= x <= high:
        way = "forward" if x > high else "back"
        off = abs(x - (high if x > high else low)) * 175
        yield f"unbalanced: the weight is {off:.0f} cm too far {way} of the feet"


def _side(pose: Pose, balanced: bool) -> Iterator[str]:
    body = Body(pose)
    yield from _angles(pose)
    yield from _solved(body)
    yield from _misses(body, pose.hand, body.arm, "hand")
    yield from _misses(body, pose.far_hand, body.far_arm, "far_hand")
    yield from _floor(body)
    if balanced:
        yield from _balance(body)


def _frontal(pose: FrontalPose) -> Iterator[str]:
    for key, limit in _FRONTAL.items():
        if abs(getattr(pose, key)) > limit:
            yield f"{key} {getattr(pose, key):g} is outside human range, {-limit} to {limit}"


def figure_problems(figure: Figure, *, balanced: bool = True) -> list[str]:
    """What no person could do in a figure's start and end, as sentences.

    balanced is False for faults, which may tip.
    """
    sentences = []
    for moment, pose in (("start", figure.start), ("end", figure.end)):
        each = _frontal(pose) if isinstance(pose, FrontalPose) else _side(pose, balanced)
        sentences += [f"{moment}: {problem}" for problem in each]
    return sentences


def problems(table: Table, *, fault: Table | None = None) -> list[str]:
    """Everything that is wrong with the table of a drill or level, or of a fault on that drill.

    The list is empty when nothing is wrong. A sentence names the posture and the joint; the caller
    adds the drill's name.
    """
    try:
        figure = read_figure(table, fault)
    except PostureError as error:
        return [str(error)]
    return figure_problems(figure, balanced=fault is None)
