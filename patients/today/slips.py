"""The word to a patient who saw a decision, or an answer, that was then taken back as a slip."""

from __future__ import annotations

from typing import NamedTuple

from patients.today.day import Today


class Shown(NamedTuple):
    """What a phone has shown: the newest decision and answer, and the newest slip of either that
    needs no word any more.

    0 = none.
    """

    review: int = 0
    slip: int = 0
    answer: int = 0
    reopened: int = 0


def word_is_due(now: Today, before: Shown) -> bool:
    """Whether the page says that a decision was pressed by mistake. It needs a drill to name.

    ``before``: what this phone had shown before
    """
    return now.step is not None and _saw_the_slip(now, before)


def answer_word_is_due(now: Today, before: Shown) -> bool:
    """Whether the page says that an answer was pressed by mistake."""
    taken_back = now.answers.reopened
    unsaid = bool(taken_back) and taken_back != before.reopened
    return unsaid and before.answer >= now.answers.of


def _saw_the_slip(now: Today, before: Shown) -> bool:
    plan = now.plan
    if plan is None or plan.slip is None or plan.slip == before.slip:
        return False
    return before.review >= (plan.slip_review or 0)


def shown_by(now: Today, before: Shown, *, says: bool, says_answer: bool) -> Shown:
    """What the phone has shown after this page.

    ``says``, ``says_answer``: whether the page said the word of a decision, of an answer
    """
    review = before.review
    slip = before.slip
    if now.plan is not None:
        review = now.plan.newest_review or 0
        slip = before.slip if _saw_the_slip(now, before) and not says else now.plan.slip or 0
    waits = answer_word_is_due(now, before) and not says_answer
    reopened = before.reopened if waits else now.answers.reopened
    return Shown(review, slip, now.answers.newest, reopened)
