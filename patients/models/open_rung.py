"""Finds which rung of a plan is open, and since when. Pages and verbs all use these functions."""

from __future__ import annotations

from collections.abc import Container, Iterable
from datetime import datetime


def open_position(positions: Iterable[int], passed: Container[int], goal: int | None) -> int | None:
    """Position of the open rung: the lowest rung without a pass, up to the goal. None = complete.

    ``positions``: the positions of the ladder's rungs
    ``passed``: the positions of the rungs that have a pass
    ``goal``: the position of the goal rung; None = the top of the ladder
    """
    not_passed = (position for position in positions if position not in passed)
    return min(
        (position for position in not_passed if goal is None or position <= goal), default=None
    )


def opened_at(
    assigned_at: datetime, passed_below: datetime | None, lost_at: datetime | None
) -> datetime:
    """The moment since which a rung is open: when the rung below was passed, or when the rung's
    own pass was withdrawn, if that was later.

    ``assigned_at``: when the plan was assigned; this opens the lowest rung
    ``passed_below``: when the rung below was passed; None = there is no rung below
    ``lost_at``: when the rung's own pass was last withdrawn; None = never
    """
    opened_from_below = passed_below or assigned_at
    return opened_from_below if lost_at is None else max(opened_from_below, lost_at)
