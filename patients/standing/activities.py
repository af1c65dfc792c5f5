"""The patient's own activities: which ones are followed, which must be rated, and their ratings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from patients.models import Activity, Patient, Rating
from patients.rules.periods import RATING_EVERY


@dataclass(frozen=True)
class Course:
    """One activity and its ratings.

    ``ratings``: (day, score) with the latest score of each day, oldest day first.
    """

    activity: Activity
    ratings: Sequence[tuple[date, int]]


def activities_due(patient: Patient, day: date) -> list[Activity]:
    """The followed activities that the patient must rate on a day.

    An activity is due when it was never rated, or not in the last four weeks. A discharged patient
    has none.
    """
    if patient.archived_at is not None:
        return []
    activities = list(patient.activities.filter(ended_at__isnull=True))
    if not activities:
        return []
    recent = Rating.objects.filter(activity__in=activities, day__gt=day - RATING_EVERY).values_list(
        "activity", flat=True
    )
    return [activity for activity in activities if activity.pk not in set(recent)]


def activity_courses(patient: Patient) -> list[Course]:
    """Every followed activity with its ratings."""
    activities = patient.activities.filter(ended_at__isnull=True).prefetch_related("ratings")
    return [
        Course(
            activity, list({rating.day: rating.score for rating in activity.ratings.all()}.items())
        )
        for activity in activities
    ]
