"""Checks the rules of borrowed levels against the whole database. Each difference is one sentence
for an engineer."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from datetime import timedelta

from django.db.models import Exists, F, OuterRef, Q

from accounts.models import PATIENTS_SIDE
from curriculum.models import Load
from patients.models import BorrowedEnd, LevelChoice, LevelKind, Plan, Practice
from patients.rules.periods import BORROWED_DAYS
from patients.standing.position import current_level

_BORROWED = LevelChoice.objects.filter(kind=LevelKind.BORROWED)


def _unsound() -> Iterator[str]:
    """A borrowed level has no load, is of the plan's edition, and set for days by a clinician."""
    loaded = ~Q(level__drill__load=Load.NONE) | Q(level__rung__loaded=True)
    elsewhere = ~Q(level__rung__ladder=F("plan__ladder")) | ~Q(finding__plan=F("plan"))
    long = Q(until__gt=F("from_day") + timedelta(days=BORROWED_DAYS))
    hands = Q(by__role__in=PATIENTS_SIDE) | ~Q(by__clinic=F("plan__clinic"))
    reasons = ((loaded, "loaded"), (elsewhere, "of another plan"), (long, "for too long"))
    for wrong, why in (*reasons, (hands, "made by somebody who is no clinician of the clinic")):
        for choice in _BORROWED.filter(wrong):
            yield f"level choice {choice.pk}: borrowed, and {why}"
    for end in BorrowedEnd.objects.exclude(choice__kind=LevelKind.BORROWED):
        yield f"borrowed end {end.pk}: of a level that was not borrowed"


def _in_force() -> Iterator[str]:
    """What is borrowed today is of a locked rung, for a finding of the plan that stands."""
    later = LevelChoice.objects.filter(plan=OuterRef("plan"), pk__gt=OuterRef("pk"))
    newest = _BORROWED.filter(~Exists(later), plan__ended_on=None)
    for choice in newest.select_related("finding", "plan__clinic", "plan__goal_rung"):
        now = current_level(choice.plan, choice.plan.clinic.today())
        if now.borrowed is None or now.level is None:
            continue
        if choice.finding is None or choice.finding.cleared_on is not None:
            yield f"level choice {choice.pk}: borrowed for a finding that does not stand"
        if _is_reachable(choice.plan, now.level.rung.position):
            yield f"level choice {choice.pk}: borrowed, though its rung is in reach"


def _is_reachable(plan: Plan, position: int) -> bool:
    """Whether passes and goal bring a rung in reach."""
    passed = plan.passes.count()
    goal = plan.goal_position
    return position <= passed or (position == passed + 1 and (goal is None or position <= goal))


def _practice() -> Iterator[str]:
    """An entry that says so is of a level that was borrowed on its day."""
    own = _BORROWED.filter(
        plan=OuterRef("plan"),
        level=OuterRef("level"),
        from_day__lte=OuterRef("done_on"),
        until__gte=OuterRef("done_on"),
    )
    for entry in Practice.objects.filter(~Exists(own), borrowed=True):
        yield f"practice {entry.pk}: its level was not borrowed on {entry.done_on}"


CHECKS: Collection[Callable[[], Iterator[str]]] = (_unsound, _in_force, _practice)
