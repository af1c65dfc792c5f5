"""The verbs of the patient's own activities: set which are followed, and rate them.

The Patient-Specific Functional Scale (Stratford, Gill, Westaway & Binkley 1995) takes up to five
activities at the intake and rates them again at later visits. Here it takes three and rates them
every four weeks (clinic default). No score decides anything.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from patients.models import Activity, Patient, Rating
from patients.rules import guards
from patients.rules.refusals import Refused

AT_MOST = 3


@transaction.atomic
def set_activities(*, patient: Patient, by: User, words: Sequence[str]) -> list[Activity]:
    """Set the activities that are followed, up to three, in this order.

    An activity with the same words at the same position keeps its ratings. Empty words are left
    out. Returns the followed activities.

    Raises ``Refused``: not_yours, too_long, out_of_range.
    """
    patient = guards.lock_patient(patient)
    guards.own_clinician(by, patient.clinic_id)
    texts = [text for text in (guards.one_line(typed, 120) for typed in words) if text]
    guards.in_range(_("The number of activities"), len(texts), 0, AT_MOST)
    existing = {
        activity.position: activity for activity in patient.activities.filter(ended_at__isnull=True)
    }
    changed = [
        activity.pk
        for activity in existing.values()
        if texts[activity.position - 1 : activity.position] != [activity.words]
    ]
    Activity.objects.filter(pk__in=changed).update(ended_at=timezone.now())
    followed: list[Activity] = []
    for position, text in enumerate(texts, 1):
        activity = existing.get(position)
        if activity is None or activity.words != text:
            activity = Activity.objects.create(
                patient=patient, position=position, words=text, by=by
            )
        followed.append(activity)
    return followed


@transaction.atomic
def rate(*, patient: Patient, by: User, scores: Mapping[int, int]) -> list[Rating]:
    """Rate followed activities. ``scores``: by the activity's id, 0-10.

    The same score again on the same day changes nothing.

    Raises ``Refused``: not_the_patient, bad_choice, out_of_range.
    """
    patient = guards.lock_patient(patient)
    guards.patient_or_clinic(by, patient)
    activities = {
        activity.pk: activity for activity in patient.activities.filter(ended_at__isnull=True)
    }
    if not scores or not set(scores) <= set(activities):
        raise Refused("bad_choice")
    today = patient.clinic.today()
    return [_rate(activities[pk], score, today, by) for pk, score in scores.items()]


def _rate(activity: Activity, score: int, day: date, by: User) -> Rating:
    guards.in_range(_("The score"), score, 0, 10)
    latest = activity.ratings.filter(day=day).last()
    if latest is not None and latest.score == score:
        return latest
    return Rating.objects.create(activity=activity, day=day, score=score, by=by)
