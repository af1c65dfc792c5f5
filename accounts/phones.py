"""The phones on which a patient or a carer is signed in, and who sees them. Reads only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from accounts import sessions
from accounts.link_models import CODE_LASTS
from accounts.models import PATIENTS_SIDE, Event, Phone, PhoneLink, Session, User


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
    return _signed_in(Phone.objects.filter(user=user), here)


def phones_let_in_by(colleague: User) -> list[SignedInPhone]:
    """The phones on which somebody is signed in by a link that a colleague made, beside whose QR
    code the colleague typed the PIN, or while a short code opened that the colleague had made,
    latest first. One of them may be the colleague's own.

    Reads each phone with its user and their carer.
    """
    link = PhoneLink.objects.filter(user=OuterRef("user"), issued_at__lte=OuterRef("signed_in_at"))
    typed = Event.objects.filter(kind="pin_set", actor=colleague, subject=OuterRef("user"))
    codes = Event.objects.filter(kind="code_made", actor=colleague, subject=OuterRef("user"))
    opened = OuterRef("signed_in_at")
    rows = Phone.objects.filter(
        Exists(link.filter(issued_by=colleague))
        | Exists(typed.filter(at__lte=opened))
        | Exists(codes.filter(at__lte=opened, at__gte=opened - CODE_LASTS)),
        user__clinic=colleague.clinic_id,
    )
    return _signed_in(rows.select_related("user__carer"))


def _signed_in(rows: QuerySet[Phone], here: str | None = None) -> list[SignedInPhone]:
    phones = list(rows)
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
