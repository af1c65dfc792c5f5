"""The word to a patient who saw a decision that was then taken back as a slip."""

from __future__ import annotations

from typing import NamedTuple

from patients.today.day import Today


class Shown(NamedTuple):
    """What a phone has shown: the newest decision, and the newest slip that needs no word any more.

    0 = none.
    """

    review: int = 0
    slip: int = 0


def word_is_due(now: Today, before: Shown) -> bool:
    """Whether the page says that a decision was pressed by mistake. It needs a drill to name.

    ``before``: what this phone had shown before
    """
    return now.step is not None and _saw_the_slip(now, before)


def _saw_the_slip(now: Today, before: Shown) -> bool:
    plan = now.plan
    if plan is None or plan.slip is None or plan.slip == before.slip:
        return False
    return before.review >= (plan.slip_review or 0)


def shown_by(now: Today, before: Shown, *, says: bool) -> Shown:
    """What the phone has shown after this page. ``says``: whether the page said the word."""
    if now.plan is None:
        return before
    keeps_waiting = _saw_the_slip(now, before) and not says
    slip = before.slip if keeps_waiting else now.plan.slip or 0
    return Shown(now.plan.newest_review or 0, slip)
