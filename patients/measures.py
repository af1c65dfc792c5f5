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
    guard.in_range("activities", len(wanted), 0, AT_MOST)
    standing = {one.position: one for one in patient.activities.filter(ended_at__isnull=True)}
    followed: list[Activity] = []
    for position in range(1, AT_MOST + 1):
        text = wanted[position - 1] if position <= len(wanted) else ""
        before = standing.get(position)
        if before is not None and before.words == text:
            followed.append(before)
            continue
        if before is not None:
            Activity.objects.filter(pk=before.pk).update(ended_at=timezone.now())
        if text:
            followed.append(Activity.objects.create(patient=patient, position=position, words=text, by=by))
    return followed


@transaction.atomic
def rate(*, patient: Patient, by: User, scores: Mapping[int, int]) -> list[Rating]:
    """Rate activities by their id, 0-10 each; the same scores again on the same day change nothing.

    Raises ``Refused``: not_the_patient, bad_choice, out_of_range.
    """
    patient = guard.lock_patient(patient)
    if by.pk != patient.user_id and not (by.is_active and by.is_clinician and by.clinic_id == patient.clinic_id):
        raise Refused("not_the_patient")
    activities = {one.pk: one for one in patient.activities.filter(ended_at__isnull=True)}
    if not scores or not set(scores) <= set(activities):
        raise Refused("bad_choice")
    today = patient.clinic.today()
    made: list[Rating] = []
    for key, score in scores.items():
        guard.in_range("score", score, 0, 10)
        latest = activities[key].ratings.filter(day=today).last()
        if latest is not None and latest.score == score:
            made.append(latest)
        else:
            made.append(Rating.objects.create(activity=activities[key], day=today, score=score, by=by))
    return made


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
