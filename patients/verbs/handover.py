"""Who leads whose patients when a colleague goes: handed over in the same act, later, or seen to be
missing."""

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
    """A colleague without access who still leads this many patients."""

    lead_id: int
    name: str
    patients: int


@transaction.atomic
def end_access(*, user: User, by: User, to: User | None = None) -> int:
    """End a colleague's access and hand their patients to ``to`` in the same act; how many. None =
    later.

    Raises ``accounts.refused.Refused``: not_yours, not_yourself; ``Refused``: staff_only.
    """
    staff.deactivate(user=user, by=by)
    return 0 if to is None else hand_over(user=user, by=by, to=to)


@transaction.atomic
def hand_over(*, user: User, by: User, to: User) -> int:
    """Give ``to`` every patient whom ``user`` leads, the discharged apart; how many. An owner's
    act.

    Raises ``accounts.refused.Refused``: not_yours; ``Refused``: staff_only.
    """
    staff.lock(user.clinic, by)
    colleagues = User.objects.staff_of(by.clinic).filter(is_active=True).exclude(pk=user.pk)
    if not colleagues.filter(pk=to.pk).exists():
        raise Refused("staff_only")
    # In one order, so that two hand-overs at once cannot tie.
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
    """How many patients a colleague leads, the discharged apart."""
    return Patient.objects.current().filter(lead=user).count()


def without_lead(clinic: Clinic) -> list[Unled]:
    """Whose patients have no lead who can sign in: one query, by two small indexes however large
    the clinic is."""
    gone = User.objects.filter(clinic=clinic, is_active=False, email__isnull=False)
    led = Patient.objects.current().filter(lead__in=gone.order_by().values("pk"))
    counted = (
        led.order_by("lead__name", "lead").values_list("lead", "lead__name").annotate(Count("pk"))
    )
    return [Unled(*row) for row in counted]
