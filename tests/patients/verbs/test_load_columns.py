"""What a clinician can say about load in a dose, and a patient in a log: sound, and kept."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from patients.models import HomeWeights, Practice, Prescription
from patients.standing.dose import dose_in_force
from patients.standing.load.at_home import owned_by, steps_up_to, weights_at_home
from patients.verbs import home_weights
from patients.verbs import plan as plan_verbs
from tests import factories
from tests.cast import Cast
from tests.patients import acts
from tests.patients.acts import refused
from tests.patients.rules.load_attacks import band


@pytest.fixture
def lifting(cast: Cast) -> Cast:
    """Maya has reached the rung with weights."""
    for _ in range(5):
        factories.pass_open_rung(cast.plan, by=cast.elin)
    return cast


def _dose(cast: Cast, position: int, **said: Any) -> Prescription:
    level = acts.level(cast.plan, position)
    whole: dict[str, Any] = {"sets": 3, "reps": 8, "load": 16 if position == 6 else None} | said
    return plan_verbs.prescribe(plan=cast.plan, level=level, by=cast.elin, **whole)


def test_everything_that_is_said_about_a_load_is_kept(lifting: Cast) -> None:
    red = band(lifting.harbour)
    said = {"reps_to": 12, "rest": 90, "pause": 2, "reserve": 3}
    with_band = _dose(lifting, 5, **said, band=red, mark=1)
    with_weight = _dose(lifting, 6, **said, max_kg=20)
    for dose in (with_band, with_weight):
        dose.refresh_from_db()
        assert {name: getattr(dose, name) for name in said} == said
    assert (with_band.band, with_band.mark, with_band.max_kg) == (red, 1, None)
    assert (with_weight.band, with_weight.max_kg) == (None, Decimal(20))
    assert _dose(lifting, 6, **said, max_kg=20) == with_weight
    assert _dose(lifting, 6, **said, max_kg=18) != with_weight


def test_a_load_that_nobody_can_mean_is_refused(lifting: Cast) -> None:
    red = band(lifting.harbour, marks=2)
    gone = band(lifting.harbour, retired_at=timezone.now())
    nonsense: list[tuple[str, int, dict[str, Any]]] = [
        ("out_of_range", 6, {"reps_to": 7}),
        ("out_of_range", 6, {"reps_to": 51}),
        ("out_of_range", 6, {"rest": 601}),
        ("out_of_range", 6, {"pause": 0}),
        ("out_of_range", 6, {"reserve": 5}),
        ("out_of_range", 6, {"max_kg": 301}),
        ("load_over_cap", 6, {"max_kg": 15.9}),
        ("band_not_here", 6, {"band": red}),
        ("band_missing", 5, {"mark": 0}),
        ("out_of_range", 5, {"band": red, "mark": 3}),
        ("band_gone", 5, {"band": gone}),
        ("band_gone", 5, {"band": band(lifting.hilltop)}),
        ("too_long", 6, {"why_more": "x" * 501}),
    ]
    for code, position, said in nonsense:
        with refused(code):
            _dose(lifting, position, **said)
    assert _dose(lifting, 6, max_kg=16, rest=0, reserve=0, reps_to=8).load == 16


def test_the_database_refuses_the_same_of_somebody_who_walks_past_the_verb(lifting: Cast) -> None:
    said = {"plan": lifting.plan, "level": acts.level(lifting.plan, 6), "by": lifting.elin}
    wrong: list[dict[str, Any]] = [
        {"reps_to": 7},
        {"rest": 601},
        {"pause": 11},
        {"reserve": 5},
        {"mark": 1},
        {"max_kg": 15},
        {"signed_for": "hold"},
    ]
    for more in wrong:
        with pytest.raises(IntegrityError), transaction.atomic():
            Prescription.objects.create(**said, sets=3, reps=8, load=16, **more)
    assert not Prescription.objects.exists()


def test_a_range_and_a_rest_that_nobody_says_are_the_usual_ones_of_the_load(lifting: Cast) -> None:
    def usual(position: int) -> tuple[int | None, int | None]:
        dose = dose_in_force(lifting.plan, acts.level(lifting.plan, position))
        return dose.reps_to, dose.rest

    assert usual(1) == (None, None)
    assert usual(6) == (12, 90)
    own = acts.level(lifting.plan, 6)
    own.reps_to = 10
    own.rest = 120
    own.save()
    assert usual(6) == (10, 120)
    _dose(lifting, 6)
    assert usual(6) == (None, None)


def test_how_much_was_left_is_told_of_a_load_and_kept(lifting: Cast) -> None:
    day = lifting.harbour.today()
    entry = acts.log(lifting.plan, day, level=acts.level(lifting.plan, 6), reserve=4)
    assert Practice.objects.get().reserve == 4
    acts.log(lifting.plan, day, level=entry.level, reserve=0, corrects=entry)
    said: list[tuple[str, dict[str, Any]]] = [
        ("bad_choice", {"reserve": 3}),
        ("out_of_range", {"reserve": 5, "level": entry.level}),
        ("out_of_range", {"reserve": -1, "level": entry.level}),
    ]
    for code, more in said:
        with refused(code):
            acts.log(lifting.plan, day, **more)


def test_what_is_at_home_is_the_latest_of_each_kind(cast: Cast) -> None:
    tell: dict[str, Any] = {"patient": cast.maya, "by": cast.elin}
    home_weights.tell(**tell, kind="kettlebell", kilograms=[16, 8, 8])
    home_weights.tell(**tell, kind="bag", kilograms=steps_up_to(3))
    first = home_weights.tell(**tell, kind="kettlebell", kilograms=[12, 8])
    assert home_weights.tell(**tell, kind="kettlebell", kilograms=[8.0, 12.0]) == first
    assert owned_by(cast.maya) == [1, 2, 3, 8, 12]
    home_weights.tell(patient=cast.maya, by=cast.maya.user, kind="bag", kilograms=[])
    assert weights_at_home(cast.maya) == {"kettlebell": [8, 12]}
    assert home_weights.tell(**tell, kind="bar", kilograms=[]) is None
    assert HomeWeights.objects.count() == 4


def test_weights_that_nobody_has_at_home_are_refused(cast: Cast) -> None:
    tell: dict[str, Any] = {"patient": cast.maya, "by": cast.elin, "kind": "bag"}
    wrong: list[tuple[str, dict[str, Any]]] = [
        ("out_of_range", {"kilograms": [0]}),
        ("out_of_range", {"kilograms": [float("nan")]}),
        ("too_many_weights", {"kilograms": range(1, 62)}),
        ("bad_choice", {"kilograms": [4], "kind": "brick"}),
        ("not_the_patient", {"kilograms": [4], "by": cast.ines}),
        ("not_the_patient", {"kilograms": [4], "by": cast.tomas.user}),
    ]
    for code, more in wrong:
        with refused(code):
            home_weights.tell(**(tell | more))
    assert not HomeWeights.objects.exists()
