"""Which rung of a plan is open, and since when. Every page and verb asks here."""

from __future__ import annotations

from collections.abc import Container, Iterable
from datetime import datetime


def open_position(positions: Iterable[int], passed: Container[int], goal: int | None) -> int | None:
    """Position of the open rung: the lowest without a pass, up to the goal. None = complete.

    ``positions``: of the ladder's rungs; ``passed``: those that have a pass; ``goal``: None = the
    top of the ladder.
    """
    left = (position for position in positions if position not in passed)
    return min((position for position in left if goal is None or position <= goal), default=None)


def opened_at(
    assigned_at: datetime, passed_below: datetime | None, lost_at: datetime | None
) -> datetime:
    """Since when a rung is open: the pass of the rung below it, or the loss of its own pass.

    ``assigned_at``: of the plan, where no rung lies below; ``lost_at``: the latest withdrawal of
    the rung's own pass. What is the later counts.
    """
    begins = passed_below or assigned_at
    return begins if lost_at is None else max(begins, lost_at)
