"""The change of the patient's own activities: of each, of their mean, and what is more than
chance."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.urls import reverse

from patients.models import Activity, Rating, Stop
from patients.record.scores import scores_in_words
from patients.standing.activities import Course, activity_courses, mean_of, score_of
from patients.verbs import activities as activity_verbs
from tests.cast import Cast
from tests.patients import acts
from tests.patients.clinic_pages import browser, details, text

FIRST = date(2026, 3, 2)
MONTH = timedelta(days=28)
CHANCE = "(Stratford 1995)"


def course(*scores: int | None, words: str = "Lift") -> Course:
    """Rated every four weeks from the same day on; None = not that time."""
    days = [(FIRST + nth * MONTH, score) for nth, score in enumerate(scores)]
    return Course(Activity(words=words), [(day, one) for day, one in days if one is not None])


@pytest.mark.parametrize(
    ("scores", "change", "detectable"),
    [
        ([3, 5], 2, False),
        ([3, 6], 3, True),
        ([6, 3], -3, True),
        ([0, 0], 0, False),
        ([0, 9, 1], 1, False),
    ],
)
def test_one_activity_changed_when_it_moved_by_three(
    scores: Sequence[int], change: int, detectable: bool
) -> None:
    score = score_of(course(*scores))
    assert score is not None
    assert (score.change, score.is_detectable) == (change, detectable)


@pytest.mark.parametrize(
    ("scores", "first", "latest", "detectable"),
    [
        ([[3, 5], [4, 6]], 3.5, 5.5, True),
        ([[3, 5], [4, 5]], 3.5, 5.0, False),
        ([[1, 3], [2, 4], [4, 6]], 7 / 3, 13 / 3, True),
        ([[9, 7], [9, 7]], 9.0, 7.0, True),
    ],
)
def test_the_mean_changed_when_it_moved_by_two(
    scores: Sequence[Sequence[int]], first: float, latest: float, detectable: bool
) -> None:
    mean = mean_of([course(*given) for given in scores])
    assert mean is not None
    assert (mean.first, mean.latest, mean.is_detectable) == (first, latest, detectable)


def test_the_mean_begins_on_the_day_on_which_every_activity_had_a_score() -> None:
    mean = mean_of([course(2, 4, 8), course(None, 6, 6)])
    assert mean is not None
    assert (mean.first, mean.first_on) == (5.0, FIRST + MONTH)
    assert (mean.latest, mean.change) == (7.0, 2.0)


@pytest.mark.parametrize("courses", [[], [course(3, 6)], [course(3, 6), course()]])
def test_there_is_no_mean_of_one_and_none_while_one_is_not_rated(courses: list[Course]) -> None:
    assert mean_of(courses) is None


def test_what_is_not_rated_is_never_nought() -> None:
    assert scores_in_words([course(), course(0)]) == [
        "Lift: not rated yet",
        "Lift: 0 on 2 March",
    ]


def rated(cast: Cast, clock: time_machine.Traveller) -> list[Activity]:
    followed = activity_verbs.set_activities(
        patient=cast.maya, by=cast.elin, words=["Lift", "Garden"]
    )
    for pair in ((3, 4), (6, 6)):
        scores = {one.pk: score for one, score in zip(followed, pair, strict=True)}
        activity_verbs.rate(patient=cast.maya, by=cast.maya.user, scores=scores)
        clock.shift(MONTH)
    return followed


def test_details_summary_and_activities_say_the_change(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    rated(cast, clock)
    elin = browser(cast.elin)
    mean = "ean: 3.5 on 2 March, 6 on 30 March: change +2.5, at least the detectable 2"
    assert mean in details(elin, cast.maya)
    for name in ("activities", "plan_summary", "discharge"):
        page = text(elin.get(reverse(name, args=[cast.maya.pk])))
        assert mean in page
        assert "Garden: 4 on 2 March, 6 on 30 March: change +2, below the detectable 3" in page
    assert CHANCE in text(elin.get(reverse("activities", args=[cast.maya.pk])))


def _discharge(cast: Cast, **scores: Any) -> Any:
    return browser(cast.elin).post(reverse("discharge", args=[cast.maya.pk]), scores)


def test_a_discharge_asks_once_more_and_keeps_what_is_told(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    lift, garden = rated(cast, clock)
    page = text(browser(cast.elin).get(reverse("discharge", args=[cast.maya.pk])))
    assert "Ask once more how these go now." in page
    assert "checked" not in page
    assert _discharge(cast, **{f"activity_{lift.pk}": "8"}).status_code == 303
    lifting, gardening = activity_courses(cast.maya)
    assert lifting.ratings[-1] == (cast.harbour.today(), 8)
    assert gardening.ratings[-1] != (cast.harbour.today(), 8)
    cast.maya.refresh_from_db()
    assert cast.maya.archived_at is not None
    assert garden.ratings.count() == 2


def test_a_discharge_that_is_refused_keeps_no_score_and_what_was_chosen(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    lift, _garden = rated(cast, clock)
    acts.log(cast.plan, pain=9)
    assert Stop.objects.unanswered().exists()
    before = Rating.objects.count()
    answer = _discharge(cast, **{f"activity_{lift.pk}": "8"})
    assert answer.status_code == 422
    assert f'name="activity_{lift.pk}" value="8"' in text(answer)
    assert "checked" in text(answer)
    assert Rating.objects.count() == before


def test_a_discharge_without_an_answer_leaves_the_scores(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    rated(cast, clock)
    before = Rating.objects.count()
    assert _discharge(cast).status_code == 303
    assert Rating.objects.count() == before
