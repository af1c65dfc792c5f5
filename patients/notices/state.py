"""What everybody at a clinic has to know: who works there and who stands in for whom, patients
without a lead, mails that do not leave."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import (
    Case,
    Count,
    DateField,
    DateTimeField,
    IntegerField,
    OuterRef,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce
from django.utils import timezone

from accounts.models import Clinic, User
from accounts.prepared import Prepared
from patients.models import Outbox, Patient, SenderBeat
from patients.rules.periods import MAIL_LATE
from patients.standing.colleagues import Colleague

NOBODY = 0


@dataclass(frozen=True)
class Unled:
    """A colleague without access who still leads patients. ``patients``: how many."""

    lead_id: int
    name: str
    patients: int


@dataclass(frozen=True)
class ClinicState:
    """``staff``: who can sign in, by name.
    ``silent_since``: the last sign of life of a sender of mail, if it is late.
    ``waits_since``: since when a mail waits that should have left, if there is one.
    """

    staff: list[Colleague]
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
    staff: list[Colleague] = []
    unled: list[Unled] = []
    beat: datetime | None = None
    waits: datetime | None = None
    rows = _STATE(clinic=clinic.pk, late=late)
    for pk, name, active, cover, until, patients, *moments in sorted(rows, key=_by_name):
        if pk == NOBODY:
            beat, waits = moments
        elif active:
            staff.append(Colleague(pk, name, cover, until))
        elif patients:
            unled.append(Unled(pk, name, patients))
    return ClinicState(staff, unled, beat if is_silent(beat, late) else None, waits)


def _by_name(row: tuple[Any, ...]) -> tuple[str, int]:
    return row[1], row[0]


def _state(clinic: int, late: datetime) -> QuerySet[Any, Any]:
    return _staff(clinic).union(_mails(clinic, late), all=True)


def _staff(clinic: int) -> QuerySet[Any, Any]:
    """A row for each of the staff, with how many patients those without access still lead."""
    led = Patient.objects.current().filter(lead=OuterRef("pk")).order_by().values("lead")
    patients = Coalesce(Subquery(led.annotate(n=Count("pk")).values("n")), 0)
    never = Cast(Value(None), DateTimeField())
    rows = User.objects.filter(clinic=clinic, email__isnull=False).order_by()
    return rows.values_list(
        "pk",
        "name",
        "is_active",
        "cover",
        "cover_until",
        Case(When(is_active=True, then=Value(0)), default=patients),
    ).annotate(beat=never, waits=never)


def _mails(clinic: int, late: datetime) -> QuerySet[Any, Any]:
    """One row, under the number of nobody."""
    beat = SenderBeat.objects.order_by("pk").values("at")[:1]
    waiting = Outbox.objects.waiting().filter(clinic=clinic, due__lte=late).order_by("due")
    row = Clinic.objects.filter(pk=clinic).order_by()
    return row.values_list(
        Value(NOBODY),
        Value(""),
        Value(False),
        Cast(Value(None), IntegerField()),
        Cast(Value(None), DateField()),
        Value(0),
        Subquery(beat),
        Subquery(waiting.values("due")[:1]),
    )


_STATE: Prepared[Any, Any] = Prepared(_state, clinic=int, late=datetime)
