"""What somebody has at home counts as a weight: kettlebells, dumbbells, a bar, or a backpack."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse

from curriculum.models import Level
from patients.forms.home_weights import read_kilograms
from patients.models import HomeWeights
from patients.standing.equipment import equipment_at_home
from patients.standing.load.at_home import weights_at_home
from patients.verbs import home_weights
from patients.verbs import people as people_verbs
from patients.verbs import plan as plan_verbs
from tests import factories
from tests.cast import Cast
from tests.patients import acts
from tests.patients.clinic_pages import browser, text

LINES: dict[str, list[float]] = {
    "8, 12, 16": [8, 12, 16],
    "8 12 16": [8, 12, 16],
    "8;12; 16": [8, 12, 16],
    "2-10/2": [2, 4, 6, 8, 10],
    "2 - 10 / 2, 20": [2, 4, 6, 8, 10, 20],
    "2,5": [2.5],
    "1.5, 2,5": [1.5, 2.5],
    "16, 8, 8": [8, 16],
}


@pytest.mark.parametrize("line", LINES)
def test_weights_are_written_as_people_write_them(line: str) -> None:
    assert [float(kg) for kg in read_kilograms(line)] == LINES[line]


@pytest.mark.parametrize("line", ["heavy", "0", "400", "8-", "10-2/2", "1-300/0.5", "2-10/0", "-8"])
def test_what_is_no_weight_is_refused(line: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        read_kilograms(line)


def _save(cast: Cast, **weights: str) -> Any:
    said = {"reason": "", "usual_pain": "", "goal": "", "equipment": ["band"]}
    fields = said | {f"kg_{kind}": line for kind, line in weights.items()}
    return browser(cast.elin).post(reverse("intake", args=[cast.maya.pk]), fields)


def test_the_intake_keeps_what_weights_there_are_and_shows_them_again(cast: Cast) -> None:
    assert _save(cast, kettlebell="8, 12", backpack="3").status_code == 303
    assert weights_at_home(cast.maya) == {
        "kettlebell": [Decimal(8), Decimal(12)],
        "backpack": [Decimal(1), Decimal(2), Decimal(3)],
    }
    page = text(browser(cast.elin).get(reverse("intake", args=[cast.maya.pk])))
    assert 'value="8; 12"' in page
    assert 'value="3"' in page
    rows = HomeWeights.objects.count()
    assert _save(cast, kettlebell="8; 12", backpack="3").status_code == 303
    assert HomeWeights.objects.count() == rows  # the same again is no news


def test_a_line_that_is_no_weight_is_said_beside_it_and_nothing_is_saved(cast: Cast) -> None:
    answer = _save(cast, kettlebell="heavy", backpack="100")
    assert answer.status_code == 422
    page = text(answer)
    assert "Write the kilograms, such as 8, 12, 16 or 2-10/2" in page
    assert "Write the most that it holds, in whole kilograms: 1 to 60." in page
    assert 'value="heavy"' in page
    assert not HomeWeights.objects.exists()
    assert not cast.maya.intakes.exists()


def _on_weights(cast: Cast) -> tuple[Level, Level]:
    """The levels of the Romanian deadlift and of the first drill on one leg."""
    for _ in range(6):
        factories.pass_open_rung(cast.plan, by=cast.elin)
    romanian = acts.rung(cast.plan, 6).levels.get(slug="romanian")
    kickstand = acts.rung(cast.plan, 7).levels.filter(helper=False)[0]
    return romanian, kickstand


def test_with_a_backpack_no_bar_is_missing_for_a_romanian_deadlift(cast: Cast) -> None:
    romanian, _kickstand = _on_weights(cast)
    people_verbs.take_intake(patient=cast.maya, by=cast.elin, usual_pain=2, equipment=["band"])
    assert equipment_at_home(cast.maya).lacks(romanian)
    told: dict[str, Any] = {"patient": cast.maya, "by": cast.elin, "kind": "backpack"}
    home_weights.tell(**told, kilograms=[1, 2, 3])
    assert equipment_at_home(cast.maya).lacks(romanian) == []
    home_weights.tell(**told, kilograms=[])  # given away
    assert equipment_at_home(cast.maya).lacks(romanian)


def test_a_drill_on_one_leg_takes_a_weight_and_needs_none(cast: Cast) -> None:
    _romanian, kickstand = _on_weights(cast)
    said: dict[str, Any] = {"plan": cast.plan, "level": kickstand, "by": cast.elin}
    assert plan_verbs.prescribe(**said, sets=2, reps=6).load is None
    assert plan_verbs.prescribe(**said, sets=2, reps=6, load=4).load == Decimal("4.0")
    dowel = acts.level(cast.plan, 1)
    with acts.refused("load_not_here"):
        plan_verbs.prescribe(**(said | {"level": dowel}), sets=2, reps=6, load=4)


def test_the_prescription_asks_for_it_and_says_what_is_at_home(cast: Cast) -> None:
    _romanian, kickstand = _on_weights(cast)
    told: dict[str, Any] = {"patient": cast.maya, "by": cast.elin}
    home_weights.tell(**told, kind="kettlebell", kilograms=[8, 12])
    home_weights.tell(**told, kind="backpack", kilograms=[1, 2, 3])
    address = reverse("prescribe", args=[cast.plan.pk])
    page = text(browser(cast.elin).get(address, {"level": kickstand.pk}))
    assert 'name="load"' in page
    assert "At home: Kettlebells 8, 12 kg; backpack up to 3 kg." in page
    fields = {"level": kickstand.pk, "sets": 2, "reps": 6, "load": "3"}
    assert browser(cast.elin).post(address, fields).status_code == 303
    dose = cast.plan.prescriptions.get()
    assert (dose.level, float(dose.load or 0)) == (kickstand, 3.0)
