"""The levels chosen on a plan, and which of them is borrowed from a locked rung.

A borrowed level stands in front of the plan's own one. It ends with its last day, when somebody
ends it, once its fault is gone, when its rung opens, or with the next choice of a level.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, NamedTuple

from django.db.models import F, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from curriculum.models import Level
from patients.models import LevelChoice, Plan, Withdrawal

if TYPE_CHECKING:
    from patients.standing.position import LadderStep


class ChosenLevel(NamedTuple):
    """A choice of a level.

    ``until``: the last day of training lower, or of a borrowed level; None = neither
    ``finding_id``: the finding that a borrowed level helps with; None = it is not borrowed
    ``from_day``: the first day of a borrowed level
    ``over_on``: the first day without it, if it was ended or its fault was gone before ``until``
    ``fault``: the name of its fault, as the reader asked for it
    """

    level_id: int
    until: date | None
    at: datetime
    finding_id: int | None = None
    from_day: date | None = None
    over_on: date | None = None
    fault: str = ""

    @property
    def is_borrowed(self) -> bool:
        return self.finding_id is not None

    def is_borrowed_on(self, day: date) -> bool:
        """Whether it is a borrowed level whose days include this one, whatever came after it."""
        if self.from_day is None or self.until is None:
            return False
        over = self.over_on is not None and day >= self.over_on
        return self.from_day <= day <= self.until and not over


#: The day on which a borrowed level was over before its last one, as a column.
OVER_ON = Coalesce("ended_early__on_day", "finding__cleared_on")


def chosen_levels(plan: Plan) -> list[ChosenLevel]:
    """The plan's chosen levels, newest first, with faults in the patient's words. One query."""
    return _chosen(plan, "finding__fault__plain_name")


def _chosen(plan: Plan, fault: str) -> list[ChosenLevel]:
    rows = LevelChoice.objects.filter(plan_id=plan.pk).order_by("-pk")
    columns = ("level_id", "until", "at", "finding_id", "from_day")
    found = rows.values_list(*columns, OVER_ON, Coalesce(F(fault), Value("")))
    return [ChosenLevel._make(row) for row in found]


def borrowed_step(
    steps: Iterable[LadderStep], chosen: Sequence[ChosenLevel], day: date, open_rung: int | None
) -> LadderStep | None:
    """The level that is borrowed on a day; None = nothing is.

    ``steps``: of the whole ladder, beyond the goal too
    ``chosen``: newest first
    ``open_rung``: its position; None = every rung up to the goal is passed
    """
    newest = chosen[0] if chosen else None
    if newest is None or not newest.is_borrowed_on(day):
        return None
    ladder = list(steps)
    step = next((step for step in ladder if step.level_id == newest.level_id), None)
    if step is None or step.passed_at is not None or step.rung == open_rung:
        return None
    return None if _was_opened(ladder, step, newest.at) else step


def _was_opened(ladder: Iterable[LadderStep], step: LadderStep, since: datetime) -> bool:
    """Whether the rung was open in the meantime: the pass that opened it was made and lost."""
    below = next((lower for lower in ladder if lower.rung == step.rung - 1), None)
    return below is not None and below.lost_at is not None and below.lost_at >= since


def was_borrowed(plan: Plan, level: Level, day: date) -> bool:
    """Whether a level was borrowed at some moment of a day. Two queries."""
    begins, ends = plan.clinic.day_span(day)
    chosen = chosen_levels(plan)
    replaced = [timezone.now(), *(choice.at for choice in chosen)]
    stood = [
        choice
        for choice, later in zip(chosen, replaced, strict=False)
        if choice.level_id == level.pk and was_in_force(choice, day) and later >= begins
    ]
    below = Withdrawal.objects.lost().filter(
        review__plan=plan, review__rung__position=level.rung.position - 1, at__lt=begins
    )
    return any(
        choice.at < ends and not below.filter(at__gte=choice.at).exists() for choice in stood
    )


def was_in_force(choice: ChosenLevel, day: date) -> bool:
    """Whether a choice is of a level that was borrowed at some moment of a day, whatever came after
    it. On the day on which it was over it had been in force until then."""
    if choice.from_day is None or choice.until is None:
        return False
    last = choice.until if choice.over_on is None else min(choice.until, choice.over_on)
    return choice.from_day <= day <= last
