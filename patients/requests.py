"""Asking to be looked at: the patient's request for a review, and taking it back."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from patients import guard, summary
from patients.models import Plan, ReviewRequest
from patients.refused import Refused


@transaction.atomic
def request_review(*, plan: Plan, by: User, words: str = "") -> ReviewRequest:
    """The patient asks to be looked at. A request already open is returned as it stands.

    Raises ``Refused``: not_the_patient, plan_ended, already_complete, too_long.
    """
    plan = guard.lock(plan)
    guard.own_person(by, plan)
    guard.running(plan)
    words = guard.words(words, 500)
    if plan.open_rung is None:
        raise Refused("already_complete")
    standing = ReviewRequest.objects.filter(plan=plan, closed_at__isnull=True).first()
    if standing is not None:
        return standing
    made = ReviewRequest.objects.create(plan=plan, words=words)
    summary.refresh(plan.patient)
    return made


@transaction.atomic
def take_back_request(*, plan: Plan, by: User) -> None:
    """Close the open request, which nobody has decided on. Nothing to take back is no error.

    Raises ``Refused``: not_the_patient, plan_ended.
    """
    plan = guard.lock(plan)
    guard.own_person(by, plan)
    guard.running(plan)
    if ReviewRequest.objects.filter(plan=plan, closed_at__isnull=True).update(closed_at=timezone.now()):
        summary.refresh(plan.patient)
