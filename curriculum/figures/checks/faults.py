"""That a fault can be told from the right form, and from the other faults of its drill."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from curriculum.figures.body import Body
from curriculum.figures.equipment import CM
from curriculum.figures.frontal import FrontalPose
from curriculum.figures.poses import Pose
from curriculum.figures.spec import Figure
from curriculum.posture import wrap

DEGREES = 15.0
APART_CM = 6.0
"""A fault is seen when a joint is this many degrees, or a hand or foot this many centimetres, from
where it is in the other picture."""
TIPS = 8.0
"""The same for a pelvis or a trunk seen from behind or from the front, in degrees."""


def _joints(pose: Pose) -> dict[str, float]:
    body = Body(pose)
    bones = body.bones
    return {
        "shin": bones.shin,
        "knee": bones.shin - bones.thigh,
        "hip": bones.pelvis - bones.thigh,
        "lumbar": pose.lumbar,
        "thoracic": pose.thoracic,
        "neck": pose.neck,
        "heel": bones.foot,
        "elbow": wrap(body.arm.fore - body.arm.upper),
    }


def _places(pose: Pose) -> dict[str, complex]:
    body = Body(pose)
    return {"hand": body.arm.hand, "heel": body.leg.ankle, "far foot": body.far_leg.ankle}


def _differs(first: Pose, last: Pose) -> bool:
    a = _joints(first)
    b = _joints(last)
    if any(abs(a[key] - b[key]) >= DEGREES for key in a):
        return True
    here = _places(first)
    there = _places(last)
    return any(abs(here[key] - there[key]) / CM >= APART_CM for key in here)


def differ(first: Figure, last: Figure) -> bool:
    """Can a person tell two pictures of a drill apart? They are compared at start and at end."""
    if first.view != last.view or first.tempo != last.tempo:
        return True
    pairs = ((first.start, last.start), (first.end, last.end))
    return any(
        _differs(a, b) if isinstance(a, Pose) and isinstance(b, Pose) else a != b for a, b in pairs
    )


def tips(figure: Figure) -> bool:
    """Does a view from behind or from the front show something that tips?"""
    poses = [pose for pose in (figure.start, figure.end) if isinstance(pose, FrontalPose)]
    return any(max(abs(pose.pelvis), abs(pose.trunk)) >= TIPS for pose in poses)


def alike(right: Figure, faults: Mapping[str, Figure]) -> Iterator[tuple[str, str]]:
    """Each fault that looks like the right form or like an earlier fault, with a sentence."""
    seen: dict[str, Figure] = {"the right form": right}
    for name, figure in faults.items():
        for other, picture in seen.items():
            if not differ(figure, picture):
                yield (
                    name,
                    f"looks like {other}: {DEGREES:g} degrees or {APART_CM:g} cm tell them apart",
                )
        if figure.view != "side" and not tips(figure):
            yield name, f"nothing tips by {TIPS:g} degrees in the view from the {figure.view}"
        seen[name] = figure
