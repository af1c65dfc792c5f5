"""What is proposed for a load stands on the chart with its reasons, and one press signs it: what
the page showed, and nothing else."""

from __future__ import annotations

import re
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from curriculum.models import Level
from patients.models import Prescription
from patients.standing.load.read import load_of
from patients.verbs import bands as band_verbs
from patients.verbs import home_weights
from patients.verbs import load as load_verbs
from patients.verbs import plan as plan_verbs
from patients.verbs import practice as practice_verbs
from tests import factories
from tests.cast import Cast
from tests.patients import acts
from tests.patients.acts import refused
from tests.patients.clinic_pages import browser, chart, text
from tests.patients.conftest import MONDAY
from tests.patients.people.carers import named
from tests.patients.precautions import told


@pytest.fixture
def lifting(clock: time_machine.Traveller, cast: Cast) -> Cast:
    """Maya lifts 8 kg, and owns 8 and 10."""
    for _ in range(5):
        factories.pass_open_rung(cast.plan, by=cast.elin)
    home_weights.tell(patient=cast.maya, by=cast.elin, kind="kettlebell", kilograms=[8, 10])
    _prescribe(cast, load=8)
    return cast


def _level(cast: Cast) -> Level:
    return acts.level(cast.plan, 6)


def _prescribe(cast: Cast, **said: Any) -> Prescription:
    whole: dict[str, Any] = {"sets": 3, "reps": 8, "reps_to": 12, "reserve": 3} | said
    return plan_verbs.prescribe(plan=cast.plan, level=_level(cast), by=cast.elin, **whole)


def _session(
    clock: time_machine.Traveller, cast: Cast, nth: int, reps: int = 12, **told: Any
) -> None:
    """Three sets on the nth day, with a morning that is as usual."""
    clock.move_to(MONDAY + timedelta(days=nth))
    sets = [{"side": None, "reps": reps, "seconds": None, "load": 8}] * 3
    said = {"pain": 0, "reserve": 4} | told
    entry = acts.log(cast.plan, level=_level(cast), sets=sets, **said)
    clock.move_to(MONDAY + timedelta(days=nth + 1))
    practice_verbs.answer_morning(practice=entry, by=cast.maya.user, pain_now=0, worse=False)


def _twice_at_the_top(clock: time_machine.Traveller, cast: Cast) -> None:
    for nth, reps in ((1, 8), (3, 10), (5, 12), (8, 12)):
        _session(clock, cast, nth, reps)


def _form(page: str) -> dict[str, str]:
    part = page.partition('id="proposal"')[2].partition("</section>")[0]
    return dict(re.findall(r'name="(level|seen)" value="([^"]*)"', part))


def _sign(client: Client, cast: Cast, **said: str) -> Any:
    return client.post(reverse("sign_proposal", args=[cast.plan.pk]), said)


def test_a_press_makes_the_proposal_the_dose(clock: time_machine.Traveller, lifting: Cast) -> None:
    _twice_at_the_top(clock, lifting)
    elin = browser(lifting.elin)
    page = chart(elin, lifting.maya)
    assert "Proposal: More weight" in page
    assert "3 × 8 to 12, 10 kg" in page
    assert "From 8 kg: 2 kg more, 25 %." in page
    assert "ACSM 2009" in page.partition('id="proposal"')[2].partition("</section>")[0]
    assert _sign(elin, lifting, **_form(page)).status_code == 303
    signed = Prescription.objects.filter(plan=lifting.plan).latest("pk")
    assert (signed.load, signed.reps, signed.reps_to) == (Decimal(10), 8, 12)
    assert (signed.signed_for, signed.by) == ("weight", lifting.elin)
    after = chart(elin, lifting.maya)
    assert "Signed: " in after
    assert "Sign it" not in after


def test_a_page_opened_earlier_signs_nothing(clock: time_machine.Traveller, lifting: Cast) -> None:
    _twice_at_the_top(clock, lifting)
    elin = browser(lifting.elin)
    seen = _form(chart(elin, lifting.maya))
    _session(clock, lifting, 10, pain=7)
    again = browser(lifting.elin)
    before = acts.everything()
    answer = _sign(again, lifting, **seen)
    assert answer.status_code == 422
    assert "Look at the page as it is now." in text(answer)
    assert acts.everything() == before


@pytest.mark.parametrize(("who", "status"), [("maya", 403), ("carer", 403), ("ines", 404)])
def test_only_the_clinic_signs(
    clock: time_machine.Traveller, lifting: Cast, who: str, status: int
) -> None:
    """What the page of a clinician sends opens nothing in other hands."""
    _twice_at_the_top(clock, lifting)
    shown = _form(chart(browser(lifting.elin), lifting.maya))
    by = {"maya": lifting.maya.user, "carer": named(lifting).user, "ines": lifting.ines}[who]
    assert _sign(browser(by), lifting, **shown).status_code == status
    assert not Prescription.objects.exclude(signed_for="").exists()


def test_a_page_from_before_the_list_of_bands_changed_signs_no_band_that_it_did_not_show(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    """A much heavier band takes the place that the proposed one had on the list."""
    for _ in range(4):
        factories.pass_open_rung(cast.plan, by=cast.elin)
    said: dict[str, Any] = {"clinic": cast.harbour, "by": cast.petra, "marks": 0}
    green = band_verbs.add(name="Green", after=None, **said)
    band_verbs.add(name="Red", after=green.pk, **said)
    level = acts.level(cast.plan, 5)
    plan_verbs.prescribe(
        plan=cast.plan, level=level, by=cast.elin, sets=3, reps=12, reps_to=15, band=green, mark=0
    )
    sets = [{"side": None, "reps": 15, "seconds": None, "load": None}] * 3
    for nth in (1, 3, 5, 8):
        clock.move_to(MONDAY + timedelta(days=nth))
        entry = acts.log(cast.plan, level=level, sets=sets, pain=0, reserve=4)
        clock.move_to(MONDAY + timedelta(days=nth + 1))
        practice_verbs.answer_morning(practice=entry, by=cast.maya.user, pain_now=0, worse=False)
    elin = browser(cast.elin)
    page = chart(elin, cast.maya)
    assert "Red" in page.partition('id="proposal"')[2].partition("</section>")[0]
    band_verbs.add(name="Black", after=green.pk, **said)
    before = acts.everything()
    answer = _sign(elin, cast, **_form(page), why_more="As shown.")
    assert answer.status_code == 422
    assert "Look at the page as it is now." in text(answer)
    assert acts.everything() == before


def test_inside_the_range_nothing_is_signed_and_the_page_says_how_many_today(
    clock: time_machine.Traveller, lifting: Cast
) -> None:
    clock.move_to(MONDAY + timedelta(days=1))
    sets = [{"side": None, "reps": 8, "seconds": None, "load": 8}] * 3
    acts.log(lifting.plan, level=_level(lifting), sets=sets, pain=0, reserve=3)
    clock.move_to(MONDAY + timedelta(days=3))
    page = chart(browser(lifting.elin), lifting.maya)
    assert "Proposal: More repetitions" in page
    assert "Today 9, inside the signed range." in page
    assert "Sign it" not in page


def test_while_a_stop_waits_nothing_is_proposed(
    clock: time_machine.Traveller, lifting: Cast
) -> None:
    _twice_at_the_top(clock, lifting)
    _session(clock, lifting, 10, pain=9)
    page = chart(browser(lifting.elin), lifting.maya)
    assert "A stop waits for its answer." in page
    assert "Sign it" not in page


def test_another_dose_begins_with_the_proposal(
    clock: time_machine.Traveller, lifting: Cast
) -> None:
    _twice_at_the_top(clock, lifting)
    address = reverse("prescribe", args=[lifting.plan.pk])
    asked = {"level": str(_level(lifting).pk), "proposed": "1"}
    page = text(browser(lifting.elin).get(address, asked))
    assert 'name="load" value="10"' in page
    assert 'name="reps" value="8"' in page


@pytest.mark.parametrize("said", [{}, {"level": "x"}, {"seen": "weight:10:3x8-12:0:0"}])
def test_a_press_that_names_nothing_shows_the_page_as_it_is(
    lifting: Cast, said: dict[str, str]
) -> None:
    answer = _sign(browser(lifting.elin), lifting, **said)
    assert answer.status_code == 422
    assert "Look at the page as it is now, and sign again." in text(answer)


def test_without_a_load_nothing_is_proposed(cast: Cast) -> None:
    acts.log(cast.plan)
    assert 'id="proposal"' not in chart(browser(cast.elin), cast.maya)


def test_the_weights_at_home_stand_beside_the_dose(lifting: Cast) -> None:
    """Whoever signs the next step sees which weights there are, without opening the intake."""
    assert "At home: Kettlebells 8, 10 kg." in chart(browser(lifting.elin), lifting.maya)


def test_a_reason_is_not_signed_along_once_the_precaution_is_stricter(
    clock: time_machine.Traveller, lifting: Cast
) -> None:
    """The surgeon allowed this lift while the leg bore part of the weight. It bears none now."""
    told(lifting.maya, lifting.elin, surgery={"weight_bearing": "part"})
    _prescribe(lifting, load=8, reason="The surgeon agrees.")
    _twice_at_the_top(clock, lifting)
    load = load_of(lifting.plan, _level(lifting))
    assert load is not None
    sign: dict[str, Any] = {"plan": lifting.plan, "level": _level(lifting), "by": lifting.elin}
    told(lifting.maya, lifting.elin, surgery={"weight_bearing": "none"})
    with refused("avoid_without_reason"):
        load_verbs.sign_proposal(**sign, seen=load.seen, why_more="As before.")
    told(lifting.maya, lifting.elin, surgery={"weight_bearing": "part"})
    signed = load_verbs.sign_proposal(**sign, seen=load.seen, why_more="As before.")
    assert (signed.load, signed.reason) == (Decimal(10), "The surgeon agrees.")
