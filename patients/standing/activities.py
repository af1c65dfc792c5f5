"""The patient's own activities: which are followed, which are to be rated, and how they went."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from patients.models import Activity, Patient, Rating
from patients.rules.periods import RATING_EVERY


@dataclass(frozen=True)
class Course:
    """One activity and its ratings, oldest first: (day, score), the latest of each day."""

    activity: Activity
    ratings: Sequence[tuple[date, int]]


def activities_due(patient: Patient, day: date) -> list[Activity]:
    """The followed activities, when they are to be rated on a day: never rated, or four weeks
    ago."""
    activities = list(patient.activities.filter(ended_at__isnull=True))
    if not activities:
        return []
    recent = Rating.objects.filter(activity__in=activities, day__gt=day - RATING_EVERY).values_list(
        "activity", flat=True
    )
    return [one for one in activities if one.pk not in set(recent)]


def activity_courses(patient: Patient) -> list[Course]:
    """Every followed activity with its ratings."""
    activities = patient.activities.filter(ended_at__isnull=True).prefetch_related("ratings")
    return [
        Course(one, list({rating.day: rating.score for rating in one.ratings.all()}.items()))
        for one in activities
    ]
