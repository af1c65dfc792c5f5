"""Solves a posture: the skeleton with the places of its arms and its far leg."""

from __future__ import annotations

import cmath
import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from itertools import pairwise

from curriculum.figures.poses import Pose, Target, mix
from curriculum.posture import (
    ANKLE_HEIGHT,
    BALL,
    FOREARM,
    GRIP,
    MIDBACK,
    OCCIPUT,
    SACRUM,
    SHANK,
    THIGH,
    TRUNK,
    UPPER_ARM,
    Angles,
    Point,
    Skeleton,
    Spine,
    down,
    lean,
    stand,
    swing,
    up,
    wrap,
)

THIGH_FRONT = ((0.0, 0.057), (0.05, 0.060), (0.11, 0.056), (0.18, 0.0445), (0.245, 0.0365))
SHANK_FRONT = (
    (0.0, 0.0355),
    (0.035, 0.032),
    (0.08, 0.028),
    (0.12, 0.0245),
    (0.18, 0.019),
    (0.246, 0.018),
)
"""(distance down the bone, half-width in front): what a bar that slides down the leg rests on."""
Stations = tuple[tuple[tuple[float, float], tuple[float, float]], ...]
_ON_THIGH: Stations = tuple(pairwise(THIGH_FRONT))
_ON_SHANK: Stations = tuple(pairwise(SHANK_FRONT))
_ON_BACK = tuple(SACRUM + 0.01 * step for step in range(20))
"""Heights at which a stick may rest on the back."""


@dataclass(frozen=True, slots=True)
class LegBones:
    hip: Point
    knee: Point
    ankle: Point
    thigh: float
    shin: float
    foot: float


@dataclass(frozen=True, slots=True)
class Arm:
    """The joints and bones of an arm.

    upper, fore: swings of the two bones in the world
    reach: shortens a bone that leaves the picture plane
    """

    shoulder: Point
    elbow: Point
    hand: Point
    upper: float
    fore: float
    reach: tuple[float, float]


def two_bones(
    root: Point, target: Point, first: float, second: float, bend: float
) -> tuple[float, float]:
    """Swings of two bones that reach from root towards target.

    bend = 1 turns the second bone forward.
    """
    way = target - root
    if abs(way) < 1e-9:
        way = -1e-9j
    span = min(max(abs(way), abs(first - second) + 1e-4), first + second - 1e-4)
    corner = math.acos((first**2 + span**2 - second**2) / (2 * first * span))
    turn = swing(way) - bend * math.degrees(corner)
    return turn, swing(way / abs(way) * span - first * down(turn))


def _lying(pose: Pose, incline: float, pin: tuple[float, float]) -> Skeleton:
    """The skeleton of a posture on the back. Shoulder and foot are given; the leg follows."""
    spine = Spine(pose.lumbar, pose.thoracic)
    hip = complex(*pin) - lean(spine.point(-0.006, TRUNK - 0.012), incline)
    ankle = complex(pose.x, pose.y + ANKLE_HEIGHT)
    thigh, shin = two_bones(hip, ankle, THIGH, SHANK, -1)
    knee = hip + THIGH * down(thigh)
    ankle = knee + SHANK * down(shin)
    return Skeleton(ankle, knee, hip, -shin, -thigh, pose.heel, incline, spine, pose.neck)


def skeleton_of(pose: Pose) -> Skeleton:
    """The near leg, the trunk and the head of a posture."""
    if pose.trunk is not None and pose.pin is not None:
        return _lying(pose, pose.trunk, pose.pin)
    angles = Angles(
        pose.shin, pose.knee, pose.hip, pose.lumbar, pose.thoracic, pose.neck, pose.heel
    )
    knee_at = complex(*pose.kneel) if pose.kneel is not None else None
    return stand(angles, foot_at=complex(pose.x, pose.y), knee_at=knee_at)


@dataclass(frozen=True)
class Body:
    """Everything a picture needs to know about one posture."""

    pose: Pose

    @cached_property
    def bones(self) -> Skeleton:
        return skeleton_of(self.pose)

    @cached_property
    def leg(self) -> LegBones:
        b = self.bones
        return LegBones(b.hip, b.knee, b.ankle, b.thigh, b.shin, b.foot)

    @cached_property
    def far_leg(self) -> LegBones:
        pose = self.pose
        hip = self.bones.hip
        leg = self.leg
        thigh = leg.thigh
        shin = leg.shin
        foot = leg.foot
        if pose.far_foot is not None:
            x, y, foot = pose.far_foot
            ankle = complex(x, y + BALL.imag) + lean(1j * ANKLE_HEIGHT - BALL, foot)
            thigh, shin = (-angle for angle in two_bones(hip, ankle, THIGH, SHANK, -1))
        elif pose.far_hip is not None:
            thigh = self.bones.pelvis - pose.far_hip
            shin = thigh + (pose.far_knee or 0)
            foot = shin + (pose.far_ankle or 0)
        knee = hip - THIGH * up(thigh)
        return LegBones(hip, knee, knee - SHANK * up(shin), thigh, shin, foot)

    @cached_property
    def arm(self) -> Arm:
        pose = self.pose
        return self._arm(pose.hand, pose.shoulder, pose.elbow, pose.bend, pose.reach)

    @cached_property
    def far_arm(self) -> Arm:
        pose = self.pose
        own = pose.far_shoulder is not None
        target = pose.far_hand or (None if own else pose.hand)
        shoulder = pose.shoulder if pose.far_shoulder is None else pose.far_shoulder
        elbow = pose.elbow if pose.far_elbow is None else pose.far_elbow
        bend = pose.bend if pose.far_bend is None else pose.far_bend
        return self._arm(target, shoulder, elbow, bend, pose.far_reach or pose.reach)

    def _arm(
        self,
        target: Target | None,
        shoulder: float,
        elbow: float,
        bend: float,
        reach: tuple[float, float],
    ) -> Arm:
        root = self.bones.shoulder
        upper_length = UPPER_ARM * reach[0]
        fore_length = FOREARM * reach[1] + GRIP
        if self.pose.slide is not None:
            upper = fore = self._slide(upper_length + fore_length)
        elif target is not None:
            upper, fore = two_bones(root, self.at(target), upper_length, fore_length, bend)
        else:
            upper = shoulder - self.bones.thorax
            fore = upper + elbow
        joint = root + upper_length * down(upper)
        return Arm(root, joint, joint + fore_length * down(fore), upper, fore, reach)

    def _slide(self, length: float) -> float:
        """Swing of straight arms of this length whose hands hold a bar that rests on the near
        leg."""
        if length in self._slides:
            return self._slides[length]
        low = -70.0
        high = 60.0
        radius = self.pose.slide or 0.0
        shoulder = self.bones.shoulder
        for _ in range(15):
            middle = (low + high) / 2
            if self.in_leg(shoulder + length * down(middle), radius):
                low = middle
            else:
                high = middle
        self._slides[length] = high
        return high

    @cached_property
    def _slides(self) -> dict[float, float]:
        return {}

    def in_leg(self, point: Point, radius: float) -> bool:
        """Would a bar of this radius cut into the near leg?"""
        leg = self.leg
        for top, turn, front in self._leg_bones:
            across = (point - top) * turn
            along = -across.imag
            for (low, near), (high, far) in front:
                if low <= along <= high:
                    width = near + (far - near) * (along - low) / (high - low)
                    if across.real < width + radius:
                        return True
        return abs(point - leg.knee) < 0.036 + radius

    @cached_property
    def _leg_bones(self) -> tuple[tuple[Point, complex, Stations], ...]:
        leg = self.leg
        return (
            (leg.hip, lean(1, -leg.thigh), _ON_THIGH),
            (leg.knee, lean(1, -leg.shin), _ON_SHANK),
        )

    @cached_property
    def stick(self) -> tuple[Point, Point]:
        """A straight stick on the back: its point at the sacrum, and its direction upwards.

        On a back that is not straight, the stick rests on the part that stands out, and stays at
        the sacrum or at the head.
        """
        b = self.bones
        low = b.back(SACRUM)
        high = b.on_head(OCCIPUT.real, OCCIPUT.imag)
        held, sign = (high, -1) if self.pose.dowel == "head" else (low, 1)
        chord = b.back(MIDBACK) - b.back(0.10)
        surface = [*b.backs(_ON_BACK), b.on_head(-0.060, 0.03), low, high]
        rest = max(
            (point for point in surface if abs(point - held) > 0.03),
            key=lambda point: sign * cmath.phase(sign * (point - held) / chord),
        )
        direction = sign * (rest - held) / abs(rest - held)
        foot = held + direction * ((low - held) / direction).real
        return foot + direction * 0.0115j, direction

    def at(self, target: Target) -> Point:
        """World position of a point given in a frame of the body."""
        x = target.x
        y = target.y
        b = self.bones
        offset = complex(x, y)
        frames: dict[str, Callable[[], Point]] = {
            "world": lambda: offset,
            "trunk": lambda: b.on_trunk(x, y),
            "back": lambda: b.back(y) + lean(complex(x, 0), b.thorax),
            "head": lambda: b.on_head(x, y),
            "crease": lambda: b.hip + lean(offset, (b.pelvis + b.thigh) / 2),
            "thigh": lambda: b.hip + lean(complex(x, -y), b.thigh),
            "knee": lambda: b.knee + offset,
            "heel": lambda: b.ankle + lean(offset - complex(0.046, 0.03), b.foot),
            "dowel": lambda: self.stick[0] + self.stick[1] * complex(y, -x),
        }
        return frames[target.frame]()

    @cached_property
    def centre_of_mass(self) -> Point:
        """Whole-body centre of mass, without what the hands hold.

        Masses and centres of the segments: Winter, "Biomechanics and Motor Control of Human
        Movement", table 4.1, after Dempster; head and trunk placed by eye.
        """
        b = self.bones
        centre = 0.081 * b.on_head(0, 0.035) + 0.497 * b.on_trunk(0.002, 0.15)
        for leg in (self.leg, self.far_leg):
            centre += 0.100 * (leg.hip + 0.433 * (leg.knee - leg.hip))
            centre += 0.0465 * (leg.knee + 0.433 * (leg.ankle - leg.knee))
            centre += 0.0145 * (leg.ankle + lean(0.035 - 0.02j, leg.foot))
        for arm in (self.arm, self.far_arm):
            centre += 0.028 * (arm.shoulder + 0.436 * (arm.elbow - arm.shoulder))
            centre += 0.022 * (arm.elbow + 0.6 * (arm.hand - arm.elbow))
        return centre / (0.081 + 0.497 + 2 * (0.100 + 0.0465 + 0.0145 + 0.028 + 0.022))


def _arm_angles(pose: Pose, far: bool) -> dict[str, float]:
    body = Body(pose)
    arm, side = (body.far_arm, "far_") if far else (body.arm, "")
    shoulder = wrap(arm.upper + body.bones.thorax - 90) + 90
    return {side + "shoulder": shoulder, side + "elbow": wrap(arm.fore - arm.upper)}


def _without(pose: Pose, key: str) -> Pose:
    """The same posture with the target `key` turned into the joint angles that it comes to."""
    body = Body(pose)
    changes = {key: None}
    if key == "far_foot":
        leg = body.far_leg
        angles = {
            "far_hip": body.bones.pelvis - leg.thigh,
            "far_knee": leg.shin - leg.thigh,
            "far_ankle": leg.foot - leg.shin,
        }
    elif key == "far_hand":
        angles = _arm_angles(pose, far=True)
    else:
        angles = _arm_angles(pose, far=False) | (
            _arm_angles(pose, far=True) if pose.far_hand is None else {}
        )
    return replace(pose, **changes, **angles)  # type: ignore[arg-type]


@lru_cache(maxsize=256)
def _comparable(first: Pose, last: Pose) -> tuple[Pose, Pose]:
    """Both postures, with every target that only one of them has turned into joint angles."""
    for key in ("far_hand", "hand", "far_foot", "slide"):
        a = getattr(first, key)
        b = getattr(last, key)
        same = a is not None and b is not None
        if isinstance(a, Target) and isinstance(b, Target):
            same = a.frame == b.frame
        if not same and (a is not None or b is not None):
            first = _without(first, key)
            last = _without(last, key)
    return first, last


def blend(first: Pose, last: Pose, share: float) -> Pose:
    """The posture `share` of the way from first to last.

    A target that both have stays a target, so the hand stays on the dowel. A target that only one
    has is first turned into joint angles.
    """
    return mix(*_comparable(first, last), share)
