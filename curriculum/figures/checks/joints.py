"""What a body's joints and arms can do."""

from __future__ import annotations

from collections.abc import Iterator

from curriculum.figures.body import Arm, Body
from curriculum.figures.equipment import CM
from curriculum.figures.frontal import FrontalPose
from curriculum.figures.poses import Pose, Target
from curriculum.posture import wrap

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
"""How far a hand may miss, in statures."""

_FRONTAL = {"leg": 30, "pelvis": 30, "trunk": 45, "head": 45, "arm": 180, "other_arm": 180}


def angles(pose: Pose) -> Iterator[str]:
    """Joint angles of the table that no person reaches."""
    for key, (low, high) in LIMITS.items():
        value = getattr(pose, key)
        if value is not None and not low <= value <= high:
            yield f"{key} {value:g} is outside human range, {low:g} to {high:g}"


def frontal_angles(pose: FrontalPose) -> Iterator[str]:
    """The same for a view from behind or from the front."""
    for key, limit in _FRONTAL.items():
        if abs(getattr(pose, key)) > limit:
            yield f"{key} {getattr(pose, key):g} is outside human range, {-limit} to {limit}"


def solved(body: Body) -> Iterator[str]:
    """Joint angles that come from a target, not from the table."""
    for name, leg in (("near", body.leg), ("far", body.far_leg)):
        bend = wrap(leg.shin - leg.thigh)
        low, high = LIMITS["knee"]
        if not low - 1 <= bend <= high:
            yield f"the {name} knee comes to {bend:.0f} degrees, outside {low:g} to {high:g}"


def misses(body: Body) -> Iterator[str]:
    """Hands that do not get to where the table sends them."""
    pose = body.pose
    yield from _misses(body, pose.hand, body.arm, "hand")
    yield from _misses(body, pose.far_hand, body.far_arm, "far_hand")


def _misses(body: Body, target: Target | None, arm: Arm, name: str) -> Iterator[str]:
    if target is not None and body.pose.slide is None:
        gap = abs(body.at(target) - arm.hand)
        if gap > REACH:
            there = f"{target.frame} {target.x:g}, {target.y:g}"
            yield f"{name} cannot reach {there}: it misses by {gap / CM:.0f} cm"
