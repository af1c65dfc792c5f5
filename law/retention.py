"""Whose record is beyond its years, and the job that erases them where the owner says so."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts import audit, jobs
from accounts.models import Clinic, Event, Session, User
from law.erasing.erase import asked_for, erase, may_blank
from law.erasing.outline import kept_until, later
from law.models import Keeping, keeping_of
from law.refusals import own_owner
from patients.models import Patient

#: Why the job erases nobody where another role of PostgreSQL owns the tables.
BY_THE_OWNER = (
    "the server may not erase here; run “manage.py retention” every night where DATABASE_OWNER_URL"
    " is set"
)

log = logging.getLogger("hinge")


@dataclass(frozen=True)
class Beyond:
    """Somebody who was discharged so long ago that the record need not be kept."""

    patient: Patient
    since: date


@dataclass
class Acted:
    """How many were erased, and how many could not be."""

    erased: int = 0
    failed: int = 0


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
    keeping, _made = Keeping.objects.update_or_create(
        clinic=clinic, defaults={"years": years, "acts": acts}
    )
    audit.record("keeping_changed", actor=by, request=request)
    return keeping


def act(clinic: Clinic) -> Acted:
    """Erase whose years are over, each in a transaction of their own. Nobody is erased while the
    owner has not switched it on, and who cannot be erased keeps nobody else."""
    acted = Acted()
    for one in beyond(clinic) if keeping_of(clinic).acts else []:
        try:
            erase(patient=one.patient, by=None, typed=asked_for(one.patient))
        except Exception:
            log.exception("patient %s was not erased", one.patient.pk)
            acted.failed += 1
        else:
            acted.erased += 1
    return acted


def act_everywhere() -> None:
    """The nightly job. Raises ``NotDone``: the role that serves may not erase, somebody is left."""
    acting = [clinic for clinic in Clinic.objects.order_by("pk") if keeping_of(clinic).acts]
    if not may_blank():
        if any(beyond(clinic) for clinic in acting):
            raise jobs.NotDone(BY_THE_OWNER)
        return
    failed = sum(act(clinic).failed for clinic in acting)
    if failed:
        raise jobs.NotDone(f"{failed} records were not erased; the log says which")


def plan() -> None:
    jobs.register(
        jobs.Duty(
            name="retention",
            title=_("Erasing whose years are over"),
            without=_("Their records stay until it is done."),
            run=act_everywhere,
        )
    )
