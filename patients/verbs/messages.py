"""The verbs of messages between patient and clinic. Their words never go into a mail."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from patients.models import Message, Plan
from patients.rules import guards
from patients.rules.refusals import Refused
from patients.summaries import refresh as summaries


@transaction.atomic
def write(*, plan: Plan, by: User, text: str) -> Message:
    """Write a message to the other side. The same words within a minute return the first message.

    Raises ``Refused``: not_the_patient, nothing_written, too_long.
    """
    plan = guards.lock(plan)
    guards.own_person(by, plan)
    text = guards.words(text, 1000)
    if not text:
        raise Refused("nothing_written")
    latest = Message.objects.filter(plan=plan).order_by("-pk").first()
    again = latest is not None and (latest.by_id, latest.text) == (by.pk, text)
    if latest is not None and again and (timezone.now() - latest.at).total_seconds() < 60:
        return latest
    message = Message.objects.create(plan=plan, by=by, from_patient=by.is_patient, text=text)
    if not by.is_patient:
        _mark_read(plan, from_patient=True)
    summaries.refresh(plan.patient)
    return message


@transaction.atomic
def mark_read(*, plan: Plan, by: User) -> None:
    """Mark every message of the other side as read. Raises ``Refused``: not_the_patient."""
    plan = guards.lock(plan)
    guards.own_person(by, plan)
    if _mark_read(plan, from_patient=not by.is_patient):
        summaries.refresh(plan.patient)


def _mark_read(plan: Plan, *, from_patient: bool) -> int:
    """Mark the messages of one side as read, also those of earlier plans. Returns how many."""
    unread = Message.objects.filter(
        plan__patient=plan.patient, from_patient=from_patient, read_at__isnull=True
    )
    return unread.update(read_at=timezone.now())
