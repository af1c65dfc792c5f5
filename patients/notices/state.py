"""What everybody at a clinic has to know: patients without a lead, mails that do not leave."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, DateTimeField, QuerySet, Subquery, Value
from django.db.models.functions import Cast
from django.utils import timezone

from accounts.models import Clinic, User
from accounts.prepared import Prepared
from patients.models import Outbox, Patient, SenderBeat
from patients.rules.periods import MAIL_LATE

NOBODY = 0


@dataclass(frozen=True)
class Unled:
    """A colleague without access who still leads patients. ``patients``: how many."""

    lead_id: int
    name: str
    patients: int


@dataclass(frozen=True)
class ClinicState:
    """``silent_since``: the last sign of life of a sender of mail, if it is late.
    ``waits_since``: since when a mail waits that should have left, if there is one.
    """

    unled: list[Unled]
    silent_since: datetime | None = None
    waits_since: datetime | None = None

    @property
    def mails_are_late(self) -> bool:
        return self.silent_since is not None or self.waits_since is not None


def last_sign_of_life() -> datetime | None:
    """When a sender of mail last ran; None before the first time."""
    return SenderBeat.objects.order_by("pk").values_list("at", flat=True).first()


def is_silent(sign: datetime | None, late: datetime) -> bool:
    """Whether the last sign of life of a sender is too old. ``late``: what is too old."""
    return sign is not None and sign <= late


def clinic_state(clinic: Clinic) -> ClinicState:
    """Read it in one query, along small indexes: its cost does not grow with the clinic."""
    late = timezone.now() - MAIL_LATE
    rows = _STATE(clinic=clinic.pk, late=late)
    unled: list[Unled] = []
    beat: datetime | None = None
    waits: datetime | None = None
    for lead_id, name, patients, *moments in sorted(rows, key=lambda row: (row[1], row[0])):
        if lead_id == NOBODY:
            beat, waits = moments
        else:
            unled.append(Unled(lead_id, name, patients))
    return ClinicState(unled, beat if is_silent(beat, late) else None, waits)


def _state(clinic: int, late: datetime) -> QuerySet[Any, Any]:
    return _unled(clinic).union(_mails(clinic, late), all=True)


def _unled(clinic: int) -> QuerySet[Any, Any]:
    gone = User.objects.filter(clinic=clinic, is_active=False, email__isnull=False)
    led = Patient.objects.current().filter(lead__in=gone.order_by().values("pk"))
    never = Cast(Value(None), DateTimeField())
    rows = led.order_by().values_list("lead", "lead__name")
    return rows.annotate(Count("pk"), beat=never, waits=never)


def _mails(clinic: int, late: datetime) -> QuerySet[Any, Any]:
    """One row, under the number of nobody."""
    beat = SenderBeat.objects.order_by("pk").values("at")[:1]
    waiting = Outbox.objects.waiting().filter(clinic=clinic, due__lte=late).order_by("due")
    row = Clinic.objects.filter(pk=clinic).order_by()
    return row.values_list(
        Value(NOBODY), Value(""), Value(0), Subquery(beat), Subquery(waiting.values("due")[:1])
    )


_STATE: Prepared[Any, Any] = Prepared(_state, clinic=int, late=datetime)
