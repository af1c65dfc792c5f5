"""That a stick on the back of a right form touches its three places."""

from __future__ import annotations

from collections.abc import Iterator

from curriculum.figures.body import Body
from curriculum.figures.cues import KEPT, contact_gaps
from curriculum.figures.equipment import CM
from curriculum.figures.spec import Figure


def contacts(figure: Figure, body: Body) -> Iterator[str]:
    """Places that the stick leaves."""
    if any(item.name == "dowel" for item in figure.props):
        for place, (_, gap) in contact_gaps(body).items():
            if gap >= KEPT:
                yield f"the stick is {gap / CM:.1f} cm off the {place}"
