"""The Patient-Specific Functional Scale: three activities of the patient's own, 0-10 each. No score decides anything.

Stratford, Gill, Westaway & Binkley 1995: up to five activities at intake, rated again at later visits; here three,
every four weeks (clinic default).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from patients import guard
from patients.models import Activity, Patient, Rating
from patients.refused import Refused

EVERY = timedelta(weeks=4)
AT_MOST = 3


@dataclass(frozen=True)
class Course:
    """One activity and its ratings, oldest first: (day, score), the latest of each day."""

    activity: Activity
    ratings: Sequence[tuple[date, int]]


@transaction.atomic
def set_activities(*, patient: Patient, by: User, words: Sequence[str]) -> list[Activity]:
    """Say which activities are followed, up to three, in order. One whose words stay keeps its ratings.

    Raises ``Refused``: not_yours, too_long, out_of_range.
    """
    patient = guard.lock_patient(patient)
    guard.own_clinician(by, patient.clinic_id)
    wanted = [text for text in (guard.words(one, 120) for one in words) if text]
    guard.in_range(_("The number of activities"), len(wanted), 0, AT_MOST)
    standing = {one.position: one for one in patient.activities.filter(ended_at__isnull=True)}
    changed = [one.pk for one in standing.values() if wanted[one.position - 1 : one.position] != [one.words]]
    Activity.objects.filter(pk__in=changed).update(ended_at=timezone.now())
    followed: list[Activity] = []
    for position, text in enumerate(wanted, 1):
        before = standing.get(position)
        if before is None or before.words != text:
            before = Activity.objects.create(patient=patient, position=position, words=text, by=by)
        followed.append(before)
    return followed


@transaction.atomic
def rate(*, patient: Patient, by: User, scores: Mapping[int, int]) -> list[Rating]:
    """Rate activities by their id, 0-10 each; the same scores again on the same day change nothing.

    Raises ``Refused``: not_the_patient, bad_choice, out_of_range.
    """
    patient = guard.lock_patient(patient)
    guard.patient_or_clinic(by, patient)
    activities = {one.pk: one for one in patient.activities.filter(ended_at__isnull=True)}
    if not scores or not set(scores) <= set(activities):
        raise Refused("bad_choice")
    today = patient.clinic.today()
    return [_rate(activities[key], score, today, by) for key, score in scores.items()]


def _rate(activity: Activity, score: int, day: date, by: User) -> Rating:
    guard.in_range(_("The score"), score, 0, 10)
    latest = activity.ratings.filter(day=day).last()
    if latest is not None and latest.score == score:
        return latest
    return Rating.objects.create(activity=activity, day=day, score=score, by=by)


def due(patient: Patient, day: date) -> list[Activity]:
    """The followed activities, when they are to be rated on a day: never rated, or four weeks ago."""
    activities = list(patient.activities.filter(ended_at__isnull=True))
    if not activities:
        return []
    recent = Rating.objects.filter(activity__in=activities, day__gt=day - EVERY).values_list("activity", flat=True)
    return [one for one in activities if one.pk not in set(recent)]


def courses(patient: Patient) -> list[Course]:
    """Every followed activity with its ratings."""
    activities = patient.activities.filter(ended_at__isnull=True).prefetch_related("ratings")
    return [Course(one, list({rating.day: rating.score for rating in one.ratings.all()}.items())) for one in activities]
