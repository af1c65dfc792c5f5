"""Three activities of the patient's own, rated every four weeks."""

from __future__ import annotations

import pytest
import time_machine
from django.db import IntegrityError, transaction

from patients import measures
from patients.models import Rating
from tests.cast import Cast
from tests.patients.acts import refused

pytestmark = pytest.mark.django_db

WORDS = ["Tying shoes", "Lifting my son", "Sitting through a film"]


def test_ratings_are_due_at_once_and_again_after_four_weeks(cast: Cast) -> None:
    with time_machine.travel("2026-03-02 10:00+01:00", tick=False) as clock:
        activities = measures.set_activities(patient=cast.maya, by=cast.elin, words=WORDS)
        assert measures.due(cast.maya, cast.harbour.today()) == activities
        measures.rate(patient=cast.maya, by=cast.maya.user, scores={one.pk: 4 for one in activities})
        clock.move_to("2026-03-29 10:00+02:00")
        assert measures.due(cast.maya, cast.harbour.today()) == []
        clock.move_to("2026-03-30 10:00+02:00")
        assert measures.due(cast.maya, cast.harbour.today()) == activities


def test_a_score_changed_on_the_same_day_counts_as_last_given(cast: Cast) -> None:
    (shoes,) = measures.set_activities(patient=cast.maya, by=cast.elin, words=WORDS[:1])
    for score in (3, 3, 0):
        measures.rate(patient=cast.maya, by=cast.maya.user, scores={shoes.pk: score})
    assert Rating.objects.count() == 2
    assert [score for _, score in measures.courses(cast.maya)[0].ratings] == [0]


def test_an_activity_whose_words_stay_keeps_its_ratings(cast: Cast) -> None:
    shoes, *_ = measures.set_activities(patient=cast.maya, by=cast.elin, words=WORDS)
    measures.rate(patient=cast.maya, by=cast.maya.user, scores={shoes.pk: 5})
    measures.set_activities(patient=cast.maya, by=cast.elin, words=["Tying shoes", "Gardening"])
    assert [(one.activity.words, len(one.ratings)) for one in measures.courses(cast.maya)] == [
        ("Tying shoes", 1),
        ("Gardening", 0),
    ]


@pytest.mark.parametrize("score", [-1, 11])
def test_a_score_outside_the_scale_is_refused(cast: Cast, score: int) -> None:
    (shoes,) = measures.set_activities(patient=cast.maya, by=cast.elin, words=WORDS[:1])
    with refused("out_of_range"):
        measures.rate(patient=cast.maya, by=cast.maya.user, scores={shoes.pk: score})


def test_nobody_rates_for_another_patient(cast: Cast) -> None:
    (shoes,) = measures.set_activities(patient=cast.maya, by=cast.elin, words=WORDS[:1])
    with refused("not_the_patient"):
        measures.rate(patient=cast.maya, by=cast.tomas.user, scores={shoes.pk: 5})
    with refused("bad_choice"):
        measures.rate(patient=cast.tomas, by=cast.tomas.user, scores={shoes.pk: 5})


def test_a_rating_is_never_changed(cast: Cast) -> None:
    (shoes,) = measures.set_activities(patient=cast.maya, by=cast.elin, words=WORDS[:1])
    measures.rate(patient=cast.maya, by=cast.maya.user, scores={shoes.pk: 5})
    with pytest.raises(IntegrityError), transaction.atomic():
        Rating.objects.update(score=9)
