"""Reassigns patients when a colleague leaves, and lists patients whose lead has no access."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.db.models import Count

from accounts import audit, staff
from accounts.models import Clinic, User
from patients.models import Patient
from patients.rules.refusals import Refused
from patients.summaries import refresh as summaries


@dataclass(frozen=True)
class Unled:
    """A colleague without access who still leads patients. ``patients``: how many."""

    lead_id: int
    name: str
    patients: int


@transaction.atomic
def end_access(*, user: User, by: User, to: User | None = None) -> int:
    """End a colleague's access, and give their patients to ``to`` in the same act.

    ``to``: None = the patients stay with ``user`` until a later ``hand_over``. Returns how many
    patients were handed over. Raises ``Refused``: not_yours, not_yourself, staff_only.
    """
    staff.deactivate(user=user, by=by)
    return 0 if to is None else hand_over(user=user, by=by, to=to)


@transaction.atomic
def hand_over(*, user: User, by: User, to: User) -> int:
    """Make ``to`` the lead of every patient whom ``user`` leads, except the discharged.

    Only an owner of the clinic may do this. Returns how many patients were handed over. Raises
    ``Refused``: not_yours, staff_only.
    """
    staff.lock(user.clinic, by)
    colleagues = User.objects.staff_of(by.clinic).filter(is_active=True).exclude(pk=user.pk)
    if not colleagues.filter(pk=to.pk).exists():
        raise Refused("staff_only")
    # Locked in one order, so that two hand-overs cannot wait for each other.
    led = Patient.objects.select_for_update(no_key=True).current().filter(lead=user).order_by("pk")
    people = dict(led.values_list("pk", "user_id"))
    if people:
        Patient.objects.filter(pk__in=people).update(lead=to)
        summaries.lead_changed(list(people), to)
        audit.record("patients_handed_over", actor=by, subject=user)
        audit.record("patients_taken_over", actor=by, subject=to)
        audit.record_each("lead_changed", actor=by, subjects=people.values())
    return len(people)


def led_by(user: User) -> int:
    """How many patients a colleague leads, the discharged not counted."""
    return Patient.objects.current().filter(lead=user).count()


def without_lead(clinic: Clinic) -> list[Unled]:
    """The colleagues without access who still lead patients.

    One query. It reads two small indexes, so its cost does not grow with the clinic.
    """
    gone = User.objects.filter(clinic=clinic, is_active=False, email__isnull=False)
    led = Patient.objects.current().filter(lead__in=gone.order_by().values("pk"))
    rows = (
        led.order_by("lead__name", "lead").values_list("lead", "lead__name").annotate(Count("pk"))
    )
    return [Unled(*row) for row in rows]
