"""Draws figures from joint angles: every drill and fault, from the side, still and moving.

A posture is one table of the curriculum's content (curriculum/content/hip_hinge/postures*.toml). It
is stored unchanged on Drill.posture, Level.posture and FaultPicture.posture.
docs/drawing-a-drill.md says how to write one.

* problems(table, fault=None): what a person could not do in it, as sentences; [] without a problem
* split(tables): the tables of a parsed file by drill, level and fault
* in_this_way(table, way): the table of a drill that is done in another way
* read_figure(table, fault=None): the table as a Figure; raises PostureError
* still(figure, uid=...): one posture as SVG
* animated(figure, uid=...): the movement as SVG
"""

from curriculum.figures.checks import problems
from curriculum.figures.content import Postures, read_postures, split
from curriculum.figures.poses import PostureError
from curriculum.figures.render import animated, still
from curriculum.figures.spec import Figure, read_figure
from curriculum.figures.ways import in_this_way

__all__ = [
    "Figure",
    "PostureError",
    "Postures",
    "animated",
    "in_this_way",
    "problems",
    "read_figure",
    "read_postures",
    "split",
    "still",
]
