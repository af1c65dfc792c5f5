"""The phones on which a patient is signed in, and who sees them. Reads only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.utils import timezone

from accounts import sessions
from accounts.models import PATIENTS_SIDE, Phone, Session, User


@dataclass(frozen=True)
class SignedInPhone:
    """A phone and when it was last used.

    ``last_used`` is exact to the day only: a session's end moves at most once a day.
    """

    phone: Phone
    last_used: datetime
    is_this_one: bool


def visible_phones(user: User) -> Q:
    """Selects the phones that a person may see and end.

    A patient sees their own, a clinician those of the clinic's patients and their carers.
    """
    return (
        Q(user__clinic=user.clinic_id, user__role__in=PATIENTS_SIDE)
        if user.is_clinician
        else Q(user=user)
    )


def phones_of(user: User, here: str | None = None) -> list[SignedInPhone]:
    """The phones on which the patient is signed in now, latest first.

    ``here`` is the key under which the session that asks is kept.
    """
    phones = list(Phone.objects.filter(user=user))
    ends = dict(
        Session.objects.filter(
            session_key__in=[phone.session_key for phone in phones], expire_date__gt=timezone.now()
        ).values_list("session_key", "expire_date")
    )
    return [
        SignedInPhone(
            phone, ends[phone.session_key] - sessions.PHONE_SESSION, phone.session_key == here
        )
        for phone in phones
        if phone.session_key in ends
    ]
