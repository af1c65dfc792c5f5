"""The bar after a press at the gate: what was passed, and until when it can be taken back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from accounts.models import User
from patients.models import Patient, Plan, Review, ReviewKind
from patients.rules.periods import UNDO
from patients.standing.slips import is_built_upon


@dataclass(frozen=True)
class UndoOffer:
    """An act of the clinician that can still be taken back as a slip.

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


def undo_offer(plan: Plan | None, reviews: Sequence[Review], by: User) -> UndoOffer | None:
    """The offer of a plan's newest act; None = it cannot be taken back. ``reviews``: oldest first.

    It takes queries only within the time of the offer.
    """
    if plan is None or plan.ended_on is not None or not reviews:
        return None
    newest = reviews[-1]
    if newest.by_id != by.pk or not _can_be_a_slip(newest):
        return None
    lowest = newest.act_id or newest.pk
    act = [review for review in reviews if lowest in (review.pk, review.act_id)]
    return None if is_built_upon(plan, act) else UndoOffer(act)


def _can_be_a_slip(review: Review) -> bool:
    passed = hasattr(review, "active_pass") and review.kind != ReviewKind.CARRIED
    return passed and timezone.now() <= review.at + UNDO


def undo_discharge_until(patient: Patient, plan: Plan | None) -> datetime | None:
    """Until when taking the patient on again takes the plan up again; None = no longer."""
    if patient.archived_at is None or plan is None or not plan.discharged:
        return None
    until = patient.archived_at + UNDO
    return until if timezone.now() <= until else None
