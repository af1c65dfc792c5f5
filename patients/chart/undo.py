"""The bar after a press at the gate: what was passed, and until when it can be taken back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils import timezone

from curriculum.models import Level
from patients.models import Draft, Patient, Plan, Practice, Review, ReviewKind
from patients.rules.periods import UNDO
from patients.standing.slips import is_done_above


@dataclass(frozen=True)
class UndoOffer:
    """An act that can still be taken back as a slip, by the clinician who pressed.

    ``reviews``: lowest rung first
    """

    reviews: Sequence[Review]

    @property
    def review(self) -> Review:
        return self.reviews[0]

    @property
    def placed(self) -> bool:
        return self.review.kind == ReviewKind.PLACEMENT

    @property
    def rungs(self) -> str:
        return ", ".join(review.rung.name for review in self.reviews)

    @property
    def until(self) -> datetime:
        return self.review.at + UNDO


def with_newest_draft(plans: QuerySet[Plan]) -> QuerySet[Any]:
    """Plans with the level and the moment of the newest draft, for ``undo_offer``."""
    newest = Draft.objects.filter(plan=OuterRef("pk")).order_by("-updated_at")
    return plans.annotate(
        draft_level=Subquery(newest.values("level")[:1]),
        draft_at=Subquery(newest.values("updated_at")[:1]),
    )


def undo_offer(
    plan: Any, reviews: Sequence[Review], practices: Iterable[Practice], levels: Iterable[Level]
) -> UndoOffer | None:
    """The offer of a plan's newest act; None = it cannot be taken back. No query.

    ``plan``: as ``with_newest_draft`` reads it
    ``reviews``: oldest first, with their active pass
    ``practices``: the newest entries
    ``levels``: every level of the ladder, with its rung
    """
    if plan.ended_on is not None or not reviews or not _can_be_a_slip(reviews[-1]):
        return None
    newest = reviews[-1]
    if is_done_above(newest, _done(plan, practices, levels)):
        return None
    lowest = newest.act_id or newest.pk
    return UndoOffer([review for review in reviews if lowest in (review.pk, review.act_id)])


def _done(
    plan: Any, practices: Iterable[Practice], levels: Iterable[Level]
) -> list[tuple[int, datetime]]:
    """What was practised or tapped, by the position of its rung."""
    positions = {level.pk: level.rung.position for level in levels}
    done = [(positions[entry.level_id], entry.at) for entry in practices]
    if plan.draft_at is not None:
        done.append((positions[plan.draft_level], plan.draft_at))
    return done


def _can_be_a_slip(review: Review) -> bool:
    passed = hasattr(review, "active_pass") and review.kind != ReviewKind.CARRIED
    return passed and timezone.now() <= review.at + UNDO


def undo_discharge_until(patient: Patient, plan: Plan | None) -> datetime | None:
    """Until when taking the patient on again takes the plan up again; None = no longer."""
    if patient.archived_at is None or plan is None or not plan.discharged:
        return None
    until = patient.archived_at + UNDO
    return until if timezone.now() <= until else None
