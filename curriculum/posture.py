"""Geometry of the body seen from its side: from joint angles to landmarks, and back.

World: x forward (the body faces right), y up, origin on the floor under the near ankle, unit = one
stature. A point is a complex number x + iy. Angles are degrees. All of it is pure arithmetic.

The angles of a posture:

* shin: 0 is vertical, + is knee ahead of the ankle
* knee: 0 is straight, + is flexed (inclination of the thigh = shin - knee)
* hip: 0 is thigh in line with the pelvis, + is flexed (inclination of the pelvis = thigh + hip)
* lumbar: 0 is the natural curve, + is flexed, spread evenly over .055-.145 of stature above the hip
* thoracic: 0 is the natural curve, + is flexed, spread evenly over .145-.285 of stature
* neck: 0 is head in line with the upper back, + is chin down; 55 % of it moves the neck, and all of
  it moves the head
* heel: 0 is sole flat, + is heel up, pitched about the ball of the foot

The proportions: Drillis & Contini, "Body Segment Parameters", New York University 1966, from
Winter, "Biomechanics and Motor Control of Human Movement", fig. 4.1. Compared with several
independent transcriptions of that table, not with the book: ankle .039, knee .285, hip .530,
shoulder .818 above the floor; thigh .245, shank .246, upper arm .186, forearm .146, hand .108, foot
.152. Kept exactly: ankle height, shank, thigh, upper arm, forearm, hip to shoulder (.288). By eye:
every width and the outline of the back, the head (chin to crown .130), the foot with its shoe
(.164), the grip (.046 beyond the wrist), and the shoulder, drawn .012 lower than tabulated so that
a neck shows.
"""

from __future__ import annotations

import cmath
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

Point = complex

ANKLE_HEIGHT = 0.039
SHANK = 0.246
THIGH = 0.245
TRUNK = 0.288
UPPER_ARM = 0.186
FOREARM = 0.146
GRIP = 0.046
BALL = complex(0.070, 0.012)
"""Ball of the foot, from the floor under the ankle."""

LUMBAR = (0.055, 0.145)
THORACIC = (0.145, 0.285)
NECK_BASE = complex(-0.018, 0.292)
HEAD_PIVOT = complex(-0.008, 0.378)
SACRUM = 0.055
MIDBACK = 0.225
OCCIPUT = complex(-0.0605, 0.045)
"""Back of the head, from the pivot of the head."""

BACK_OUTLINE = (
    (-0.0400, -0.0695),
    (-0.0715, -0.036),
    (-0.082, -0.002),
    (-0.079, 0.028),
    (-0.067, 0.055),
    (-0.054, 0.095),
    (-0.0525, 0.130),
    (-0.058, 0.165),
    (-0.065, 0.200),
    (-0.066, 0.230),
    (-0.060, 0.260),
    (-0.046, 0.287),
)
"""Skin of the back, buttocks to nape: (x, height) from the hip, standing in the natural curve."""

LANDMARKS = ("head", "midback", "sacrum", "hip", "knee", "ankle")


def up(inclination: float) -> Point:
    """Unit vector of a bone that rises, leaning forward by `inclination` degrees."""
    return cmath.rect(1, math.radians(90 - inclination))


def down(swing: float) -> Point:
    """Unit vector of a bone that hangs, swung forward by `swing` degrees."""
    return -up(-swing)


def lean(vector: Point, degrees: float) -> Point:
    """`vector` turned forward (clockwise on the screen)."""
    return vector * cmath.rect(1, -math.radians(degrees))


def inclination(vector: Point) -> float:
    """Degrees forward of vertical: the inverse of `up`."""
    return math.degrees(math.atan2(vector.real, vector.imag))


def swing(vector: Point) -> float:
    """Degrees forward of hanging: the inverse of `down`."""
    return math.degrees(math.atan2(vector.real, -vector.imag))


def wrap(degrees: float) -> float:
    """The same direction between -180 and 180."""
    return (degrees + 180) % 360 - 180


@dataclass(frozen=True, slots=True)
class Angles:
    """Joint angles of the near side and the trunk, in degrees (signs: see the module)."""

    shin: float = 2
    knee: float = 3
    hip: float = 1
    lumbar: float = 0
    thoracic: float = 0
    neck: float = 0
    heel: float = 0


class Spine(NamedTuple):
    """The trunk's centre line in the frame of the pelvis, bent with constant curvature in two
    regions."""

    lumbar: float
    thoracic: float

    def centre(self, height: float) -> tuple[Point, float]:
        """Point of the centre line at `height` above the hip, and its inclination there."""
        point = 0j
        angle = 0.0
        reached = 0.0
        for (low, high), turn in ((LUMBAR, self.lumbar), (THORACIC, self.thoracic)):
            if height <= low:
                break
            length = min(height, high) - low
            bend = math.radians(turn * length / (high - low))
            chord = math.sin(bend / 2) / (bend / 2) if abs(bend) > 1e-8 else 1.0
            point += (low - reached) * up(angle) + length * chord * up(
                angle + math.degrees(bend) / 2
            )
            angle = angle + math.degrees(bend)
            reached = min(height, high)
        return point + (height - reached) * up(angle), angle

    def point(self, x: float, height: float) -> Point:
        """The trunk point `x` ahead of the centre line.

        Behind the line, the hollow of the low back fills as it flexes.
        """
        return _trunk_point(self, x, height)


@lru_cache(maxsize=4096)
def _trunk_point(spine: Spine, x: float, height: float) -> Point:
    centre, angle = spine.centre(height)
    low, high = LUMBAR
    if x < 0 and low < height < high:
        fill = max(-0.010, min(0.016, spine.lumbar * 0.0004))
        x -= fill * math.sin((height - low) / (high - low) * math.pi)
    return centre + lean(complex(x, 0), angle)


@lru_cache(maxsize=4096)
def _back_point(spine: Spine, height: float) -> Point:
    for (x0, low), (x1, high) in pairwise(BACK_OUTLINE):
        if low <= height <= high:
            return spine.point(x0 + (x1 - x0) * (height - low) / (high - low), height)
    return spine.point(*BACK_OUTLINE[0 if height < 0 else -1])


@lru_cache(maxsize=512)
def _back_points(spine: Spine, heights: tuple[float, ...]) -> list[Point]:
    return [_back_point(spine, height) for height in heights]


@dataclass(frozen=True, slots=True)
class Skeleton:
    """One posture in the world: the place of the joints and the inclination of the segments."""

    ankle: Point
    knee: Point
    hip: Point
    shin: float
    thigh: float
    foot: float
    pelvis: float
    spine: Spine
    neck: float

    @property
    def thorax(self) -> float:
        return self.pelvis + self.spine.lumbar + self.spine.thoracic

    @property
    def head(self) -> float:
        return self.thorax + self.neck

    @property
    def shoulder(self) -> Point:
        return self.on_trunk(-0.006, TRUNK - 0.012)

    @property
    def head_pivot(self) -> Point:
        base = self.on_trunk(NECK_BASE.real, NECK_BASE.imag)
        return base + lean(HEAD_PIVOT - NECK_BASE, self.thorax + 0.55 * self.neck)

    def on_trunk(self, x: float, height: float) -> Point:
        """World position of a trunk point given along the centre line."""
        return self.hip + lean(self.spine.point(x, height), self.pelvis)

    def on_head(self, x: float, y: float) -> Point:
        """World position of a point given in the frame of the head."""
        return self.head_pivot + lean(complex(x, y), self.head)

    def back(self, height: float) -> Point:
        """World position of the skin of the back at `height` above the hip along the trunk."""
        return self.hip + lean(_back_point(self.spine, height), self.pelvis)

    def backs(self, heights: tuple[float, ...]) -> list[Point]:
        """The same at several heights."""
        turn = lean(1, self.pelvis)
        return [self.hip + point * turn for point in _back_points(self.spine, heights)]

    def landmarks(self) -> dict[str, Point]:
        """The six points that a person can mark on a photo: three on the skin, three joint
        centres."""
        return {
            "head": self.on_head(OCCIPUT.real, OCCIPUT.imag),
            "midback": self.back(MIDBACK),
            "sacrum": self.back(SACRUM),
            "hip": self.hip,
            "knee": self.knee,
            "ankle": self.ankle,
        }


def stand(angles: Angles, *, foot_at: Point = 0j, knee_at: Point | None = None) -> Skeleton:
    """Forward kinematics, upwards from the planted near foot, or from a planted knee when kneeling.

    foot_at: the floor under the ankle while the sole is flat
    knee_at: where the knee rests, if it rests
    """
    thigh = angles.shin - angles.knee
    ankle = foot_at + BALL + lean(1j * ANKLE_HEIGHT - BALL, angles.heel)
    if knee_at is not None:
        ankle = knee_at - SHANK * up(angles.shin)
    knee = ankle + SHANK * up(angles.shin)
    return Skeleton(
        ankle=ankle,
        knee=knee,
        hip=knee + THIGH * up(thigh),
        shin=angles.shin,
        thigh=thigh,
        foot=angles.heel,
        pelvis=thigh + angles.hip,
        spine=Spine(angles.lumbar, angles.thoracic),
        neck=angles.neck,
    )


@dataclass(frozen=True, slots=True)
class Measured:
    """Angles read from six landmarks, in degrees, with the signs of a posture.

    trunk: lean of the line from sacrum to mid-back
    low_back: that line against the pelvis; 0 is the natural curve, + is rounded
    upper_back: back of the head against that line; + is rounded or chin down

    The angle of the pelvis comes from the line hip to sacrum, which is .088 of stature (15 cm). An
    error of 1 cm there is about 4 degrees.
    """

    shin: float
    knee: float
    hip: float
    trunk: float
    low_back: float
    upper_back: float


_UPRIGHT = stand(Angles(shin=0, knee=0, hip=0))
_PELVIS_OFFSET = inclination(_UPRIGHT.back(SACRUM) - _UPRIGHT.hip)
_BACK_OFFSET = inclination(_UPRIGHT.back(MIDBACK) - _UPRIGHT.back(SACRUM))


def measure(points: Mapping[str, Point]) -> Measured:
    """Angles from the six LANDMARKS, y up and the body facing right; the unit does not matter.

    Raises KeyError when a landmark is missing.
    """
    shin = inclination(points["knee"] - points["ankle"])
    thigh = inclination(points["hip"] - points["knee"])
    trunk = inclination(points["midback"] - points["sacrum"])
    head = inclination(points["head"] - points["midback"])
    pelvis = inclination(points["sacrum"] - points["hip"]) - _PELVIS_OFFSET
    return Measured(
        shin=shin,
        knee=wrap(shin - thigh),
        hip=wrap(pelvis - thigh),
        trunk=trunk,
        low_back=wrap(trunk - pelvis - _BACK_OFFSET),
        upper_back=wrap(head - trunk),
    )
