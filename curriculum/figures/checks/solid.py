"""That no part of a body goes through floor, wall or furniture, and how high these are."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from curriculum.figures.body import Body
from curriculum.figures.checks.outline import Outlines, Polygon, span
from curriculum.figures.equipment import CM, EQUIPMENT, HEEL, KETTLEBELL_BOTTOM, MAT, SLAB
from curriculum.figures.poses import Pose
from curriculum.figures.spec import DrawnItem, Figure, signature

SINKS = 0.0045
"""How far an outline may sink into floor or wall: the width of the line that draws it."""
GIVES = 0.012
"""How far soft things give way: a mat under a body, flesh at the edge of a bench."""
SITS = 0.027
"""How far the flesh of somebody who sits gives way, and the seat with it."""
SEATS = {"chair": "seat", "box": "height", "firm-stool": "height"}
"""What can carry somebody who sits, with the name of its height."""
BEHIND = -0.04
"""How far behind the ankle a seat ends, in statures; what stands nearer is no seat."""
HEIGHTS = {"firm-stool": (40, 45), "bench": (42, 48), "stool": (42, 52)}
"""Centimetres that such furniture is high."""
PLATE = (22, 23)
"""Centimetres from the middle of a bar to the rim of its plates."""
RESTS = 0.006
"""How far a bell may stand above or in what carries it."""


def options(item: DrawnItem) -> dict[str, Any]:
    """What a thing is drawn with, the defaults of its drawing included."""
    known = signature(EQUIPMENT[item.name]).parameters
    defaults = {
        name: each.default for name, each in known.items() if each.default is not each.empty
    }
    return {**defaults, **dict(item.options)}


def _lifts(figure: Figure) -> bool:
    """Does the figure begin with something that is lifted from below?"""
    start = figure.start
    return figure.show == "start" and isinstance(start, Pose) and start.hand is not None


def sizes(figure: Figure) -> Iterator[str]:
    """Furniture and plates that are not as large as in life."""
    for item in figure.props:
        own = options(item)
        if item.name in HEIGHTS:
            low, high = HEIGHTS[item.name]
            height = own["height"] / CM
            if not low - 0.5 <= height <= high + 0.5:
                yield f"the {item.name} is {height:.0f} cm high, {low} to {high} is meant"
        if item.name == "barbell" and _lifts(figure):
            low, high = PLATE
            radius = own["radius"] / CM
            if not low <= radius <= high:
                yield f"the plates reach {radius:.0f} cm from the bar, {low} to {high} is meant"


def floor(figure: Figure, body: Body, drawn: Outlines) -> Iterator[str]:
    """Parts of a body that sink into the floor, or into the mat that it lies on."""
    if body.pose.kneel is not None:
        return
    mat = any(item.name == "mat" for item in figure.props)
    ground = MAT - GIVES if mat else -SINKS
    stands = ground if mat else max(0.0, body.pose.y) - SINKS
    lowest: dict[str, float] = {}
    for layer, polygon in drawn:
        above = min([corner.imag for corner in polygon]) - (stands if layer == "near" else ground)
        lowest[layer] = min(above, lowest.get(layer, 0.0))
    for layer, above in lowest.items():
        if above < 0:
            yield f"the {layer} part goes {(SINKS - above) / CM:.1f} cm through the floor"


def _beside(pose: Pose) -> set[str]:
    """Layers of arms that leave the picture plane: their elbows are beside the wall's edge."""
    near = {"arm", "between"} if min(pose.reach) < 1 else set()
    return near | ({"far", "front"} if min(pose.far_reach or pose.reach) < 1 else set())


def walls(figure: Figure, body: Body, drawn: Outlines) -> Iterator[str]:
    """Parts of a body that go through a wall."""
    beside = _beside(body.pose)
    for item in figure.props:
        if item.name != "wall":
            continue
        own = options(item)
        face = own["x"] if own["cm"] is None else HEEL - own["cm"] * CM
        side = own["side"]
        depth = max(
            side * (corner.real - face)
            for layer, polygon in drawn
            for corner in polygon
            if layer not in beside
        )
        if depth > SINKS:
            yield f"the body goes {depth / CM:.1f} cm through the wall"


def furniture(figure: Figure, drawn: Outlines) -> Iterator[str]:
    """Legs that go through the seat of a bench or a stool that stands before or behind them."""
    seats = [options(item) for item in figure.props if item.name in ("bench", "stool")]
    legs = [polygon for layer, polygon in drawn if layer == "near"]
    for seat in seats:
        depth = max(_overlap(polygon, seat) for polygon in legs)
        if depth > GIVES:
            yield f"a leg goes {depth / CM:.1f} cm into the bench"


def seats(figure: Figure, drawn: Outlines) -> Iterator[str]:
    """A body that sinks further into a seat behind it than flesh gives way."""
    for item in figure.props:
        if item.name not in SEATS:
            continue
        own = options(item)
        first = own["x"]
        last = first + own["width"]
        if last > BEHIND:
            continue
        height = own[SEATS[item.name]]
        over = [
            corner.imag
            for layer, polygon in drawn
            if layer in ("near", "trunk")
            for corner in polygon
            if first <= corner.real <= last
        ]
        depth = height - min(over, default=height)
        if depth > SITS:
            yield f"the body goes {depth / CM:.1f} cm into the {item.name}"


def _overlap(polygon: Polygon, seat: dict[str, Any]) -> float:
    spans = (span(polygon, seat["height"] - SLAB * share) for share in (0.05, 0.5, 0.95))
    return max(
        (
            min(high - seat["x"], seat["x"] + seat["width"] - low)
            for low, high in filter(None, spans)
        ),
        default=0,
    )


def rests(figure: Figure) -> Iterator[str]:
    """A bell that is lifted from below but stands neither on the floor nor on what carries it."""
    bell = any(item.name == "kettlebell" and not options(item)["swing"] for item in figure.props)
    if not bell or not isinstance(figure.start, Pose) or not _lifts(figure):
        return
    carries = [options(item) for item in figure.props if item.name in ("box", "firm-stool")]
    ground = max((own["height"] for own in carries), default=0.0)
    gap = Body(figure.start).arm.hand.imag - KETTLEBELL_BOTTOM - ground
    if abs(gap) > RESTS:
        yield f"the bell is {gap / CM:.1f} cm above what it stands on"
