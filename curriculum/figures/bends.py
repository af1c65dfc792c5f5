"""How far a figure bends hip and knee and leans the trunk at most, in degrees, read from its
posture."""

from __future__ import annotations

from typing import NamedTuple

from curriculum.figures.body import Body
from curriculum.figures.poses import Pose
from curriculum.figures.spec import Table, read_figure
from curriculum.posture import wrap


class Bends(NamedTuple):
    """``hip``, ``knee``: the most that one of them bends. ``lean``: the most that the trunk leans
    forward."""

    hip: float
    lean: float
    knee: float


def bends(table: Table, *, one_sided: bool = False) -> Bends:
    """Over the moments of a posture. Of a one-sided drill the hip of the standing leg counts:
    the other side has its turn, and then that leg stands. The knee is that which bends more.

    Raises PostureError.
    """
    figure = read_figure(table)
    moments = (figure.start, figure.middle, figure.end)
    poses = [pose for pose in moments if isinstance(pose, Pose)]
    return Bends(
        round(max(_hip(pose, one_sided=one_sided) for pose in poses)),
        round(max(pose.shin - pose.knee + pose.hip for pose in poses)),
        round(max(_knee(pose) for pose in poses)),
    )


def _hip(pose: Pose, *, one_sided: bool) -> float:
    far = pose.hip if pose.far_hip is None else pose.far_hip
    return pose.hip if one_sided else max(pose.hip, far)


def _knee(pose: Pose) -> float:
    """Of the leg that bends more. Some legs follow from where hip and foot are."""
    body = Body(pose)
    return max(abs(wrap(leg.shin - leg.thigh)) for leg in (body.leg, body.far_leg))
