"""The verbs of the feed of visits: give it a new secret address, end it."""

from __future__ import annotations

import secrets

from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.models import User
from accounts.session_store import digest
from patients.models import VisitFeed
from patients.rules import guards


@transaction.atomic
def make(*, by: User) -> str:
    """Make a new secret for the feed of one's own visits, and return it. The one before it ends.

    Raises ``Refused``: not_yours.
    """
    guards.own_clinician(by, by.clinic_id)
    token = secrets.token_urlsafe(32)
    columns = {"token_digest": digest(token), "made_at": timezone.now()}
    VisitFeed.objects.update_or_create(user=by, defaults=columns)
    audit.record("visit_feed_made", actor=by, subject=by)
    return token


@transaction.atomic
def end(*, by: User) -> bool:
    """End the feed of one's own visits. Ending it again changes nothing.

    Raises ``Refused``: not_yours.
    """
    guards.own_clinician(by, by.clinic_id)
    ended = _ended(by)
    if ended:
        audit.record("visit_feed_ended", actor=by, subject=by)
    return ended


def after_staff(sender: object, user: User, **kwargs: object) -> None:
    """Receives ``accounts.signals.staff_changed``: who has no access any more reads no visits, also
    after the access was given back."""
    if not User.objects.filter(pk=user.pk, is_active=True).exists():
        _ended(user)


def _ended(user: User) -> bool:
    feeds = VisitFeed.objects.filter(user=user).exclude(token_digest="")
    return bool(feeds.update(token_digest=""))
