"""Every figure of the content, with what its movement passes through, worked out once."""

from __future__ import annotations

from functools import cache

from curriculum.figures import Figure, read_figure, read_postures
from curriculum.figures.body import Body
from curriculum.figures.poses import Pose
from curriculum.figures.render import moments
from curriculum.figures.shapes import Part

POSTURES = read_postures()
#: By drill, "rung/level", "drill+variant" and "drill fault".
FIGURES: dict[str, Figure] = {
    **{slug: read_figure(table) for slug, table in POSTURES.drills.items()},
    **{"/".join(key): read_figure(table) for key, table in POSTURES.levels.items()},
    **{f"{name}+{way}": read_figure(table) for name, way, table in POSTURES.in_other_ways()},
    **{
        " ".join(key): read_figure(POSTURES.drills[key[0]], wrong)
        for key, wrong in POSTURES.faults.items()
    },
}


@cache
def frames_of(name: str) -> list[list[Part]]:
    """The parts of every picture that a figure's movement passes through."""
    figure = FIGURES[name]
    return [
        figure.parts(figure.pose(share), audience="clinician") for share in moments(figure.tempo)
    ]


@cache
def bodies_of(name: str) -> list[Body]:
    """The bodies of the same pictures. A view from behind or from the front has none."""
    figure = FIGURES[name]
    poses = [figure.pose(share) for share in moments(figure.tempo)]
    return [Body(pose) for pose in poses if isinstance(pose, Pose)]
