"""Forgets what nobody needs any more: what was tapped and never logged, and mails of long ago."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts import jobs
from patients.models import Draft, Outbox, Stop
from patients.verbs import visits

#: A mail that has left, or was not needed, is forgotten after this time.
MAIL_KEPT = timedelta(days=365)
#: Sets that were tapped and never logged are forgotten after this time.
DRAFT_KEPT = timedelta(days=30)


def forget_old(now: datetime) -> None:
    """Delete drafts of days that can no longer be logged, and mails of long ago about what has been
    answered."""
    Draft.objects.filter(updated_at__lt=now - DRAFT_KEPT).delete()
    before = now - MAIL_KEPT
    waiting = Stop.objects.unanswered().values("patient")
    old = Outbox.objects.filter(Q(sent__lt=before) | Q(over__lt=before))
    old.exclude(patient__in=waiting).delete()


def plan() -> None:
    jobs.register(
        jobs.Duty(
            name="old-mails",
            title=_("Forgetting old drafts and mails"),
            without=_("Nothing is lost by that, but they gather."),
            run=lambda: forget_old(timezone.now()),
        )
    )
    jobs.register(
        jobs.Duty(
            name="visits-of-before",
            title=_("Taking over visits that an older release has planned"),
            without=_("A visit that was planned during an update would stand in no list."),
            run=visits.take_over,
        )
    )
