"""The verbs with which an owner says which ladders the clinic gives to somebody new.

Whoever is on a ladder goes on, whatever is offered.
"""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from accounts import audit, staff
from accounts.models import User
from curriculum.models import Ladder
from patients.models import NotOffered
from patients.rules.refusals import Refused
from patients.standing.ladders_offered import not_offered_now, offered


@transaction.atomic
def stop_offering(*, ladder: Ladder, by: User) -> NotOffered:
    """Offer a ladder to nobody new, in no edition. Twice is once.

    Raises ``Refused``: not_a_colleague, last_offered.
    """
    staff.lock(by.clinic, by)
    before = not_offered_now(by.clinic_id, ladder.slug)
    if before is not None:
        return before
    if not offered(by.clinic_id).exclude(slug=ladder.slug).exists():
        raise Refused("last_offered", ladder=ladder.name)
    kept_back = NotOffered.objects.create(clinic=by.clinic, ladder=ladder.slug, by=by)
    audit.record("ladder_kept_back", actor=by)
    return kept_back


@transaction.atomic
def offer_again(*, ladder: Ladder, by: User) -> None:
    """Offer a ladder again. Twice is once.

    Raises ``Refused``: not_a_colleague.
    """
    staff.lock(by.clinic, by)
    kept_back = not_offered_now(by.clinic_id, ladder.slug)
    if kept_back is None:
        return
    kept_back.back_at = timezone.now()
    kept_back.back_by = by
    kept_back.save(update_fields=["back_at", "back_by"])
    audit.record("ladder_offered", actor=by)
