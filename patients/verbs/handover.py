"""Reassigns patients when a colleague leaves."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Q

from accounts import audit, staff
from accounts.models import User
from patients.models import Patient
from patients.rules.refusals import Refused
from patients.summaries import refresh as summaries
from patients.verbs import outbox as outbox_verbs
from patients.verbs import visits


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

    Planned visits with ``user`` are with ``to`` from then on.

    Only an owner of the clinic may do this. Returns how many patients were handed over. Raises
    ``Refused``: not_yours, staff_only.
    """
    staff.lock(user.clinic, by)
    colleagues = User.objects.staff_of(by.clinic).filter(is_active=True).exclude(pk=user.pk)
    if not colleagues.filter(pk=to.pk).exists():
        raise Refused("staff_only")
    led = Q(lead=user, archived_at=None)
    seen = Q(pk__in=visits.ahead_with(user).values("patient"))
    # Patients are locked before their visits, as every verb of visits does, and in one order: so no
    # two acts wait for each other.
    rows = Patient.objects.select_for_update(no_key=True).filter(led | seen).order_by("pk")
    locked = list(rows.values_list("pk", "user_id", "lead_id", "archived_at"))
    visits.given_over(user, to, [pk for pk, *_ in locked])
    people = {
        pk: person
        for pk, person, lead, archived_at in locked
        if lead == user.pk and archived_at is None
    }
    if people:
        Patient.objects.filter(pk__in=people).update(lead=to)
        summaries.lead_changed(list(people), to)
        outbox_verbs.post_for_each(Patient.objects.filter(pk__in=people))
        audit.record("patients_handed_over", actor=by, subject=user)
        audit.record("patients_taken_over", actor=by, subject=to)
        audit.record_each("lead_changed", actor=by, subjects=people.values())
    return len(people)


def led_by(user: User) -> int:
    """How many patients a colleague leads, the discharged not counted."""
    return Patient.objects.current().filter(lead=user).count()


def visits_with(user: User) -> int:
    """How many visits with a colleague are planned from today on."""
    return visits.ahead_with(user).count()
