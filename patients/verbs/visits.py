"""The verbs of visits: plan one, move the next one, say what became of one, take that back."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, time

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from accounts.models import User
from patients.models import Patient, Visit, VisitState
from patients.rules import guards
from patients.rules.refusals import Refused
from patients.standing.visits import Moment, ahead_of
from patients.summaries import refresh as summaries
from patients.verbs import identity as identity_verbs
from patients.wording.days import full_day

#: What somebody can say about a planned visit.
SAYABLE = frozenset({VisitState.KEPT, VisitState.MISSED, VisitState.CALLED_OFF})


@transaction.atomic
def set_next(
    *,
    patient: Patient,
    by: User,
    day: date | None,
    time: time | None = None,
    clinician: User | None = None,
    seen: Moment | None = None,
) -> Visit | None:
    """Set the visit after today's: move the one that is planned, plan one, or call it off.

    The visit of today stays as it is, unless it is the only one and the new one is today, too.

    ``day``: None = no visit is planned after today's
    ``seen``: which visit the page showed as the next one: another is neither moved nor called off;
    None = as it stands
    ``clinician``: with whom; None = as before, or with the lead, or with ``by`` where that one has
    left

    Raises ``Refused``: not_yours, visit_in_past, visit_taken, not_of_the_clinic, time_without_day.
    """
    patient = guards.lock_patient(patient)
    guards.own_clinician(by, patient.clinic_id)
    if day is None and time is not None:
        raise Refused("time_without_day")
    ahead = ahead_of(patient, patient.clinic.today())
    moved = ahead.later if seen is None else _seen(patient, seen)
    if day is None:
        if moved is not None:
            _say(moved, by, VisitState.CALLED_OFF)
            _written(patient, by)
        return None
    if moved is None and ahead.today is not None and day == ahead.today.day:
        moved = ahead.today
    return _keep(moved or Visit(patient=patient), by, day, time, clinician)


@transaction.atomic
def plan(
    *,
    patient: Patient,
    by: User,
    day: date,
    time: time | None = None,
    clinician: User | None = None,
) -> Visit:
    """Plan one more visit. ``clinician``: with whom; None = with the lead. The same again by the
    same person returns the visit as it is planned.

    Raises ``Refused``: not_yours, visit_in_past, visit_taken, not_of_the_clinic.
    """
    patient = guards.lock_patient(patient)
    guards.own_clinician(by, patient.clinic_id)
    with_whom = clinician or _with_whom(patient.lead, by)
    ahead = Visit.objects.planned().filter(patient=patient, day__gte=patient.clinic.today())
    same = ahead.filter(day=day, time=time, clinician=with_whom, by=by).first()
    return same or _keep(Visit(patient=patient), by, day, time, clinician)


@transaction.atomic
def mark(*, visit: Visit, by: User, state: str) -> Visit:
    """Say that a visit was kept or missed, or call it off. The same again changes nothing.

    Raises ``Refused``: not_yours, bad_choice, visit_ahead, visit_marked.
    """
    patient = guards.lock_patient(visit.patient)
    guards.own_clinician(by, patient.clinic_id)
    if state not in SAYABLE:
        raise Refused("bad_choice")
    visit = _as_it_is(visit)
    if visit.state == state:
        return visit
    if visit.state != VisitState.PLANNED:
        raise _marked(visit)
    if visit.day > patient.clinic.today() and state != VisitState.CALLED_OFF:
        raise Refused("visit_ahead", day=full_day(visit.day))
    _say(visit, by, VisitState(state))
    _written(patient, by)
    return visit


@transaction.atomic
def take_back(*, visit: Visit, by: User) -> Visit:
    """Take back what was said about a visit: it is planned again. Twice changes nothing.

    Raises ``Refused``: not_yours, visit_taken.
    """
    patient = guards.lock_patient(visit.patient)
    guards.own_clinician(by, patient.clinic_id)
    visit = _as_it_is(visit)
    if visit.state == VisitState.PLANNED:
        return visit
    _check_free(patient, visit.day, visit.time, visit)
    visit.state = VisitState.PLANNED
    visit.said_by = None
    visit.said_at = None
    visit.save(update_fields=["state", "said_by", "said_at"])
    _written(patient, by)
    return visit


def ahead_with(user: User) -> QuerySet[Visit]:
    """The planned visits with a colleague from today on."""
    return Visit.objects.planned().filter(clinician=user, day__gte=user.clinic.today())


def given_over(user: User, to: User, patients: Collection[int]) -> None:
    """Let ``to`` see the patients whom a colleague was to see from today on. Call this inside the
    transaction of a hand-over, with these patients locked."""
    ahead_with(user).filter(patient__in=patients).update(clinician=to)


def take_over() -> int:
    """Make a visit of each next day that the release before wrote into a patient's own row.

    It does so while an update goes from machine to machine. Returns how many visits were made or
    moved.
    """
    same = Visit.objects.filter(patient=OuterRef("pk"), day=OuterRef("next_visit"))
    late = Patient.objects.filter(~Exists(same), next_visit__isnull=False, erased_at=None)
    return sum(_taken_over(patient) for patient in late.order_by("pk"))


@transaction.atomic
def _taken_over(patient: Patient) -> bool:
    patient = guards.lock_patient(patient)
    day = patient.next_visit
    if day is None or patient.visits.filter(day=day).exists():
        return False
    visit = _moved_by_day_alone(patient, day) or Visit(patient=patient, clinician=patient.lead)
    visit.day = day
    visit.at = timezone.now()
    visit.save()
    summaries.refresh(patient)
    return True


def _moved_by_day_alone(patient: Patient, day: date) -> Visit | None:
    """The visit that the release before has moved: the only one after today, if that release had
    planned it. Today's visit stays, to be kept."""
    today = patient.clinic.today()
    later = list(patient.visits.filter(state=VisitState.PLANNED, day__gt=today)[:2])
    only = len(later) == 1 and day >= today and later[0].by_id is None
    return later[0] if only else None


def _keep(visit: Visit, by: User, day: date, at: time | None, clinician: User | None) -> Visit:
    """Write a planned visit, new or moved, if that changes anything."""
    patient = visit.patient
    before = (visit.day, visit.time, visit.clinician_id) if visit.pk else None
    if (before is None or day != visit.day) and day < patient.clinic.today():
        raise Refused("visit_in_past")
    if clinician is None:
        clinician = _with_whom(visit.clinician if visit.pk else patient.lead, by)
    elif before is None or clinician.pk != visit.clinician_id:
        _check_ours(clinician, patient)
    if before == (day, at, clinician.pk):
        return visit
    _check_free(patient, day, at, visit)
    visit.day = day
    visit.time = at
    visit.clinician = clinician
    visit.by = by
    visit.at = timezone.now()
    visit.save()
    _written(patient, by)
    return visit


def _seen(patient: Patient, seen: Moment) -> Visit | None:
    """The planned visit after today that a page showed, while it stands as it was shown."""
    if seen.day is None or seen.day <= patient.clinic.today():
        return None
    planned = Visit.objects.planned().filter(patient=patient, day=seen.day, time=seen.time)
    return planned.select_related("clinician").first()


def _with_whom(usual: User, by: User) -> User:
    return usual if usual.is_active else by


def _check_ours(clinician: User, patient: Patient) -> None:
    ours = clinician.is_active and clinician.is_clinician
    if not (ours and clinician.clinic_id == patient.clinic_id):
        raise Refused("not_of_the_clinic")


def _check_free(patient: Patient, day: date, at: time | None, visit: Visit) -> None:
    """Refuse a second visit of the patient at the same moment."""
    same = Visit.objects.standing().filter(patient=patient, day=day, time=at)
    if same.exclude(pk=visit.pk).exists():
        raise Refused("visit_taken", patient=patient.short_name)


def _as_it_is(visit: Visit) -> Visit:
    return Visit.objects.select_related("said_by", "patient__clinic").get(pk=visit.pk)


def _marked(visit: Visit) -> Refused:
    said_by = visit.said_by.name if visit.said_by else ""
    return Refused("visit_marked", name=said_by, state=str(VisitState(visit.state).label).lower())


def _say(visit: Visit, by: User, state: VisitState) -> None:
    visit.state = state
    visit.said_by = by
    visit.said_at = timezone.now()
    visit.save(update_fields=["state", "said_by", "said_at"])


def _written(patient: Patient, by: User) -> None:
    """What follows a change. The release before reads the day of the next visit in the patient's
    own row, while an update goes from machine to machine."""
    following = ahead_of(patient, patient.clinic.today()).next
    identity_verbs.keep_columns(patient, by, next_visit=following.day if following else None)
    summaries.refresh(patient)
