"""The patient's own activities: which are followed, which must be rated, and what ratings say.

The Patient-Specific Functional Scale (Stratford, Gill, Westaway & Binkley 1995) gives the smallest
change that two ratings show with 90% confidence: 3 points of one activity, 2 points of the mean.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.functions import JSONArray

from patients.models import Activity, Patient, Rating
from patients.models.functions import JsonRows
from patients.rules.periods import RATING_EVERY

#: The detectable change: of one activity, and of the mean of several.
DETECTABLE = 3
DETECTABLE_MEAN = 2


@dataclass(frozen=True)
class Score:
    """The first and the latest score of one activity, or of their mean.

    ``latest``: None while there is one day of ratings alone
    ``detectable``: from which change on it is more than chance
    """

    first: float
    first_on: date
    detectable: int
    latest: float | None = None
    latest_on: date | None = None

    @property
    def change(self) -> float | None:
        """How much it went up, or down if below zero; None with one rating alone."""
        return None if self.latest is None else round(self.latest - self.first, 6)

    @property
    def is_detectable(self) -> bool:
        return self.change is not None and abs(self.change) >= self.detectable


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
    activities = followed(patient)
    if not activities:
        return []
    recent = Rating.objects.filter(activity__in=activities, day__gt=day - RATING_EVERY).values_list(
        "activity", flat=True
    )
    return [activity for activity in activities if activity.pk not in set(recent)]


def followed(patient: Patient) -> list[Activity]:
    """The activities that are followed now; none of a discharged patient."""
    if patient.archived_at is not None:
        return []
    return list(patient.activities.filter(ended_at__isnull=True))


def activity_courses(patient: Patient, until: datetime | None = None) -> list[Course]:
    """Every followed activity with its ratings. ``until``: as it was at that moment; None = now."""
    activities = patient.activities.prefetch_related("ratings").order_by("position", "pk")
    if until is None:
        return [_course(row, until) for row in activities.filter(ended_at__isnull=True)]
    known = [row for row in activities if row.at < until]
    followed = [row for row in known if row.ended_at is None or row.ended_at >= until]
    return [_course(row, until) for row in followed]


def _course(activity: Activity, until: datetime | None) -> Course:
    ratings = [row for row in activity.ratings.all() if until is None or row.at < until]
    return Course(activity, list({row.day: row.score for row in ratings}.items()))


_COLUMNS = ("position", "pk", "ratings__pk", "words", "ratings__day", "ratings__score")


def with_courses(patients: QuerySet[Patient]) -> QuerySet[Patient]:
    """Patients with what ``courses_in_sight`` reads: no further query."""
    rows = Activity.objects.filter(patient=OuterRef("pk"), ended_at__isnull=True).order_by()
    of_patient = rows.values("patient").values(rows=JsonRows(JSONArray(*_COLUMNS)))
    return patients.annotate(activity_rows=Subquery(of_patient))


def courses_in_sight(patient: Patient) -> list[Course]:
    """What ``activity_courses`` gives. ``patient``: as ``with_courses`` reads them."""
    rows = vars(patient)["activity_rows"] or []
    words: dict[int, str] = {}
    scores: dict[int, dict[date, int]] = {}
    for _position, pk, _rating, text, day, score in sorted(rows, key=lambda row: row[:3]):
        words[pk] = text
        told = scores.setdefault(pk, {})
        if day is not None:
            told[date.fromisoformat(day)] = score
    return [
        Course(Activity(pk=pk, words=words[pk]), sorted(told.items()))
        for pk, told in scores.items()
    ]


def score_of(course: Course) -> Score | None:
    """The first and the latest score of an activity; None while it is not rated."""
    if not course.ratings:
        return None
    first_on, first = course.ratings[0]
    latest_on, latest = course.ratings[-1]
    if first_on == latest_on:
        return Score(first, first_on, DETECTABLE)
    return Score(first, first_on, DETECTABLE, latest, latest_on)


def mean_of(courses: Sequence[Course]) -> Score | None:
    """The mean on the first day on which every activity had a score, and the mean now.

    None with fewer than two activities, and while one of them is not rated.
    """
    if len(courses) < 2 or not all(course.ratings for course in courses):
        return None
    first_on = max(course.ratings[0][0] for course in courses)
    latest_on = max(course.ratings[-1][0] for course in courses)
    first = _mean([_score_on(course, first_on) for course in courses])
    if first_on == latest_on:
        return Score(first, first_on, DETECTABLE_MEAN)
    latest = _mean([course.ratings[-1][1] for course in courses])
    return Score(first, first_on, DETECTABLE_MEAN, latest, latest_on)


def _score_on(course: Course, day: date) -> int:
    """The score that held on a day."""
    return [score for rated_on, score in course.ratings if rated_on <= day][-1]


def _mean(scores: Sequence[int]) -> float:
    return sum(scores) / len(scores)
