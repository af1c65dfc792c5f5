"""The verb of a patient's own pain limits."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction

from accounts.models import User
from patients.models import PainLimits, Patient
from patients.models.pain import MOST_FINE_TO, SECOND_FROM
from patients.rules import guards
from patients.rules.periods import OWN_LIMITS_DAYS
from patients.rules.refusals import Refused

#: What makes limits the same limits when they arrive again.
SAID = ("by_id", "day", "until", "fine_to", "stop_from", "reason", "second")


@transaction.atomic
def set_own(
    *,
    patient: Patient,
    by: User,
    fine_to: int,
    stop_from: int,
    reason: str,
    until: date | None = None,
    second: str = "",
) -> PainLimits:
    """Set limits of the patient's own, which replace the clinic's rule while they are in force.

    ``until``: the last day; None = in 90 days, which is the latest too
    ``second``: the other clinician who agreed, needed where a stop begins at 9 or 10

    Raises ``Refused``: not_yours, limits_out_of_order, reason_missing, too_long, second_missing,
    until_in_past, until_too_late.
    """
    patient = guards.lock_patient(patient)
    guards.own_clinician(by, patient.clinic_id)
    if not (0 <= fine_to <= MOST_FINE_TO and fine_to < stop_from <= 10):
        raise Refused("limits_out_of_order")
    today = patient.clinic.today()
    row = PainLimits(patient=patient, by=by, day=today, fine_to=fine_to, stop_from=stop_from)
    row.until = until or today + timedelta(days=OWN_LIMITS_DAYS)
    row.reason = guards.words(reason, 500)
    row.second = guards.one_line(second, 200)
    _check(row)
    return _keep(row)


def _check(row: PainLimits) -> None:
    if not row.reason:
        raise Refused("reason_missing")
    if row.until < row.day:
        raise Refused("until_in_past")
    if row.until > row.day + timedelta(days=OWN_LIMITS_DAYS):
        raise Refused("until_too_late", days=OWN_LIMITS_DAYS)
    names = [
        name
        for one in (row.by, row.patient)
        for name in (one.name, one.short_name, one.formal_name)
    ]
    alone = row.second.casefold() in {"", *(name.casefold() for name in names)}
    if row.stop_from is not None and row.stop_from >= SECOND_FROM and alone:
        raise Refused("second_missing")


@transaction.atomic
def end_own(*, patient: Patient, by: User) -> PainLimits:
    """Let the clinic's rule hold again from today.

    Raises ``Refused``: not_yours.
    """
    patient = guards.lock_patient(patient)
    guards.own_clinician(by, patient.clinic_id)
    today = patient.clinic.today()
    return _keep(PainLimits(patient=patient, by=by, day=today, until=today))


def _keep(row: PainLimits) -> PainLimits:
    """Write the row, unless the latest says the same."""
    latest = PainLimits.objects.filter(patient=row.patient).order_by("-pk").first()
    if latest is not None and all(getattr(latest, name) == getattr(row, name) for name in SAID):
        return latest
    row.save(force_insert=True)
    return row
