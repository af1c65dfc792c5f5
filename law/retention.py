"""Whose record is beyond its years, and the job that erases them where the owner says so."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from accounts import audit
from accounts.models import Clinic, Event, Session, User
from law.erasing.erase import asked_for, erase
from law.erasing.outline import kept_until, later
from law.models import Keeping, keeping_of
from law.refusals import own_owner
from patients.models import Patient


@dataclass(frozen=True)
class Beyond:
    """Somebody who was discharged so long ago that the record need not be kept."""

    patient: Patient
    since: date


def beyond(clinic: Clinic) -> list[Beyond]:
    """The discharged whose years are over, those of longest ago first."""
    today = clinic.today()
    gone = Patient.objects.filter(clinic=clinic, erased_at=None, archived_at__lt=_years_ago(clinic))
    found = []
    for patient in gone.select_related("clinic", "user").order_by("archived_at", "pk"):
        until = kept_until(patient)
        if until is not None and until < today:
            found.append(Beyond(patient, until))
    return found


def old_events(clinic: Clinic) -> int:
    """How many rows of the trail are older than the years. They hold no name and no word."""
    return Event.objects.filter(subject__clinic=clinic, at__lt=_years_ago(clinic)).count()


def _years_ago(clinic: Clinic) -> datetime:
    """The moment before which the years that the clinic keeps are over."""
    begins, _ = clinic.day_span(later(clinic.today(), -keeping_of(clinic).years))
    return begins


def ended_sessions() -> int:
    """How many sign-ins have ended and wait to be deleted. The server does it every hour."""
    return Session.objects.filter(expire_date__lt=timezone.now()).count()


@transaction.atomic
def set_keeping(
    *, clinic: Clinic, by: User, years: int, acts: bool, request: HttpRequest | None = None
) -> Keeping:
    """Write how long a clinic keeps its records. Raises ``Refused``: owner_only."""
    own_owner(by, clinic.pk)
    keeping, _ = Keeping.objects.update_or_create(
        clinic=clinic, defaults={"years": years, "acts": acts}
    )
    audit.record("keeping_changed", actor=by, request=request)
    return keeping


def act(clinic: Clinic) -> int:
    """Erase whose years are over, each in a transaction of their own. Nobody is erased while the
    owner has not switched it on."""
    if not keeping_of(clinic).acts:
        return 0
    found = beyond(clinic)
    for one in found:
        erase(patient=one.patient, by=None, typed=asked_for(one.patient))
    return len(found)
