"""Three activities of the patient's own, rated every four weeks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from patients.models import Activity, Rating
from patients.pictures.activity_chart import ActivityChart, activity_chart
from patients.rules.periods import RATING_EVERY
from patients.standing.activities import Course, activities_due, activity_courses
from patients.verbs import activities as activity_verbs
from patients.verbs import people as people_verbs
from tests.cast import Cast
from tests.patients.acts import refused
from tests.patients.clinic_pages import tight
from tests.patients.phone import phone_of

pytestmark = pytest.mark.django_db

WORDS = ["Tying shoes", "Lifting my son", "Sitting through a film"]


def test_ratings_are_due_at_once_and_again_after_four_weeks(cast: Cast) -> None:
    with time_machine.travel("2026-03-02 10:00+01:00", tick=False) as clock:
        activities = activity_verbs.set_activities(patient=cast.maya, by=cast.elin, words=WORDS)
        assert activities_due(cast.maya, cast.harbour.today()) == activities
        activity_verbs.rate(
            patient=cast.maya, by=cast.maya.user, scores={one.pk: 4 for one in activities}
        )
        clock.move_to("2026-03-29 10:00+02:00")
        assert activities_due(cast.maya, cast.harbour.today()) == []
        clock.move_to("2026-03-30 10:00+02:00")
        assert activities_due(cast.maya, cast.harbour.today()) == activities


def test_nothing_is_due_from_somebody_who_was_discharged(cast: Cast) -> None:
    activities = activity_verbs.set_activities(patient=cast.maya, by=cast.elin, words=WORDS)
    phone = phone_of(cast.maya)
    people_verbs.discharge(patient=cast.maya, by=cast.elin)
    answer = phone.post(reverse("rate"), {f"activity_{one.pk}": 4 for one in activities})
    assert answer.status_code == 422
    assert not Rating.objects.exists()


def test_a_score_changed_on_the_same_day_counts_as_last_given(cast: Cast) -> None:
    (shoes,) = activity_verbs.set_activities(patient=cast.maya, by=cast.elin, words=WORDS[:1])
    for score in (3, 3, 0):
        activity_verbs.rate(patient=cast.maya, by=cast.maya.user, scores={shoes.pk: score})
    assert Rating.objects.count() == 2
    assert [score for _, score in activity_courses(cast.maya)[0].ratings] == [0]


def test_an_activity_whose_words_stay_keeps_its_ratings(cast: Cast) -> None:
    shoes, *_ = activity_verbs.set_activities(patient=cast.maya, by=cast.elin, words=WORDS)
    activity_verbs.rate(patient=cast.maya, by=cast.maya.user, scores={shoes.pk: 5})
    activity_verbs.set_activities(
        patient=cast.maya, by=cast.elin, words=["Tying shoes", "Gardening"]
    )
    assert [(one.activity.words, len(one.ratings)) for one in activity_courses(cast.maya)] == [
        ("Tying shoes", 1),
        ("Gardening", 0),
    ]


@pytest.mark.parametrize("score", [-1, 11])
def test_a_score_outside_the_scale_is_refused(cast: Cast, score: int) -> None:
    (shoes,) = activity_verbs.set_activities(patient=cast.maya, by=cast.elin, words=WORDS[:1])
    with refused("out_of_range"):
        activity_verbs.rate(patient=cast.maya, by=cast.maya.user, scores={shoes.pk: score})


def test_a_fourth_activity_is_refused_and_the_three_stay(cast: Cast) -> None:
    activity_verbs.set_activities(patient=cast.maya, by=cast.elin, words=WORDS)
    with refused("out_of_range"):
        activity_verbs.set_activities(patient=cast.maya, by=cast.elin, words=[*WORDS, "Skiing"])
    assert [one.words for one in cast.maya.activities.filter(ended_at=None)] == WORDS


def test_all_of_them_may_be_ended(cast: Cast) -> None:
    activity_verbs.set_activities(patient=cast.maya, by=cast.elin, words=WORDS)
    assert activity_verbs.set_activities(patient=cast.maya, by=cast.elin, words=[]) == []
    assert activity_courses(cast.maya) == []


def test_the_course_up_to_a_moment_is_as_it_was_then(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    (shoes, *_) = activity_verbs.set_activities(patient=cast.maya, by=cast.elin, words=WORDS)
    clock.shift(timedelta(days=1))
    activity_verbs.rate(patient=cast.maya, by=cast.maya.user, scores={shoes.pk: 4})
    clock.shift(timedelta(days=1))
    then = timezone.now()
    clock.shift(timedelta(minutes=1))
    activity_verbs.rate(patient=cast.maya, by=cast.maya.user, scores={shoes.pk: 9})
    activity_verbs.set_activities(patient=cast.maya, by=cast.elin, words=["Skiing"])
    known = activity_courses(cast.maya, then)
    assert [course.activity.words for course in known] == WORDS
    assert [score for _, score in known[0].ratings] == [4]


def test_one_score_that_is_refused_leaves_none_of_the_others(cast: Cast) -> None:
    rated = activity_verbs.set_activities(patient=cast.maya, by=cast.elin, words=WORDS)
    scores = dict(zip([one.pk for one in rated], [4, 5, 11], strict=True))
    with refused("out_of_range"):
        activity_verbs.rate(patient=cast.maya, by=cast.maya.user, scores=scores)
    assert not Rating.objects.exists()


def test_nobody_rates_for_another_patient(cast: Cast) -> None:
    (shoes,) = activity_verbs.set_activities(patient=cast.maya, by=cast.elin, words=WORDS[:1])
    with refused("not_the_patient"):
        activity_verbs.rate(patient=cast.maya, by=cast.tomas.user, scores={shoes.pk: 5})
    with refused("bad_choice"):
        activity_verbs.rate(patient=cast.tomas, by=cast.tomas.user, scores={shoes.pk: 5})


def test_a_rating_is_never_changed(cast: Cast) -> None:
    (shoes,) = activity_verbs.set_activities(patient=cast.maya, by=cast.elin, words=WORDS[:1])
    activity_verbs.rate(patient=cast.maya, by=cast.maya.user, scores={shoes.pk: 5})
    with pytest.raises(IntegrityError), transaction.atomic():
        Rating.objects.update(score=9)


# ---- the picture

FIRST = date(2026, 3, 2)


def drawn(*scores: Sequence[int]) -> ActivityChart:
    """Activities rated every four weeks from the same day on, by their scores."""
    return activity_chart(
        [
            Course(
                Activity(words=words),
                [(FIRST + nth * RATING_EVERY, one) for nth, one in enumerate(given)],
            )
            for words, given in zip(WORDS, scores, strict=False)
        ]
    )


def test_three_lines_are_told_apart_by_mark_dash_and_number() -> None:
    picture = drawn([2, 5], [4, 4], [0, 9]).svg
    for number, mark in ((1, "circle"), (2, "rect"), (3, "path")):
        assert picture.count(f'<{mark} class="mark-{number}"') == 2
        assert picture.count(f'<polyline class="course-{number}"') == 1
        assert f">{number}</text>" in picture
    assert "Tying shoes: 2 on 2 Mar 2026, 5 on 30 Mar 2026. Lifting my son: 4 on" in picture


def test_equal_scores_hide_neither_each_other_nor_their_numbers() -> None:
    picture = drawn([8], [8], [8]).svg
    marks = [float(x) for x in re.findall(r'class="mark-[123]" [cxd]+="M?([0-9.]+)', picture)]
    assert marks == sorted(set(marks))
    numbers = [float(y) for y in re.findall(r'class="no" x="[0-9.]+" y="([0-9.]+)"', picture)]
    assert all(below - above >= 13 for above, below in pairwise(numbers))
    assert (len(marks), len(numbers)) == (3, 3)


def test_one_rating_is_a_mark_and_none_is_no_picture() -> None:
    assert "polyline" not in drawn([3]).svg
    assert drawn([], []).svg == ""
    assert [row.first for row in drawn([], [0]).rows] == [None, (FIRST, 0)]


def test_not_rated_is_never_zero() -> None:
    assert [scores for _, scores in drawn([0, 5], [4]).days] == [[0, 4], [5, None]]
    assert drawn([0, 5], [4]).svg.count('class="mark-2"') == 1


def test_paper_lists_the_first_and_the_newest_ratings() -> None:
    many = drawn([nth % 11 for nth in range(40)])
    assert many.few_days == [FIRST, *(FIRST + nth * RATING_EVERY for nth in range(35, 40))]
    assert [scores for _, scores in many.few_scores] == [[0, *(nth % 11 for nth in range(35, 40))]]
    assert many.svg.count('class="mark-1"') == 40


BY_DAY = '<th scope="row">30 Mar</th><td class="num">6</td>'
BY_ACTIVITY = '<td class="num">0</td><td class="num">6</td>'


@pytest.mark.parametrize(
    ("name", "numbers"),
    [("activities", BY_DAY), ("history", BY_DAY), ("plan_summary", BY_ACTIVITY)],
)
def test_clinic_and_patient_see_the_course_and_its_numbers(
    client: Client, cast: Cast, name: str, numbers: str
) -> None:
    (shoes,) = activity_verbs.set_activities(patient=cast.maya, by=cast.elin, words=WORDS[:1])
    with time_machine.travel("2026-03-02 10:00+01:00"):
        activity_verbs.rate(patient=cast.maya, by=cast.maya.user, scores={shoes.pk: 0})
    with time_machine.travel("2026-03-30 10:00+02:00"):
        activity_verbs.rate(patient=cast.maya, by=cast.maya.user, scores={shoes.pk: 6})
        client.force_login(cast.maya.user if name == "history" else cast.elin)
        said = client.get(
            reverse(name, args=[] if name == "history" else [cast.maya.pk])
        ).content.decode()
    assert 'aria-label="Tying shoes: 0 on 2 Mar 2026, 6 on 30 Mar 2026."' in said
    assert numbers in tight(said)


def test_what_is_not_rated_yet_says_so(client: Client, cast: Cast) -> None:
    activity_verbs.set_activities(patient=cast.maya, by=cast.elin, words=WORDS)
    client.force_login(cast.elin)
    said = client.get(reverse("activities", args=[cast.maya.pk])).content.decode()
    assert said.count("not rated yet") == 3
    assert "measure" not in re.findall(r'<svg class="chart ?(\w*)"', said)


def test_an_activity_has_120_letters_at_most(cast: Cast) -> None:
    (kept,) = activity_verbs.set_activities(patient=cast.maya, by=cast.elin, words=["x" * 120])
    assert len(kept.words) == 120
    with refused("too_long"):
        activity_verbs.set_activities(patient=cast.maya, by=cast.elin, words=["x" * 121])
