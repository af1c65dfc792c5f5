"""The Patient-Specific Functional Scale: three activities of the patient's own, 0-10 each. No score
decides anything.

Stratford, Gill, Westaway & Binkley 1995: up to five activities at intake, rated again at later
visits; here three, every four weeks (clinic default).
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
    """Say which activities are followed, up to three, in order. One whose words stay keeps its
    ratings.

    Raises ``Refused``: not_yours, too_long, out_of_range.
    """
    patient = guards.lock_patient(patient)
    guards.own_clinician(by, patient.clinic_id)
    wanted = [text for text in (guards.words(one, 120) for one in words) if text]
    guards.in_range(_("The number of activities"), len(wanted), 0, AT_MOST)
    standing = {one.position: one for one in patient.activities.filter(ended_at__isnull=True)}
    changed = [
        one.pk
        for one in standing.values()
        if wanted[one.position - 1 : one.position] != [one.words]
    ]
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
    patient = guards.lock_patient(patient)
    guards.patient_or_clinic(by, patient)
    activities = {one.pk: one for one in patient.activities.filter(ended_at__isnull=True)}
    if not scores or not set(scores) <= set(activities):
        raise Refused("bad_choice")
    today = patient.clinic.today()
    return [_rate(activities[key], score, today, by) for key, score in scores.items()]


def _rate(activity: Activity, score: int, day: date, by: User) -> Rating:
    guards.in_range(_("The score"), score, 0, 10)
    latest = activity.ratings.filter(day=day).last()
    if latest is not None and latest.score == score:
        return latest
    return Rating.objects.create(activity=activity, day=day, score=score, by=by)
