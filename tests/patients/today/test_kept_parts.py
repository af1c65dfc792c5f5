"""The empty sheet is kept and shown again: to everybody it must say what is theirs."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from accounts.models import Clinic
from curriculum.models import Load
from patients.models import Patient
from patients.verbs import plan as plan_verbs
from patients.verbs import usual_pain as usual_pain_verbs
from tests import factories
from tests.cast import Cast
from tests.patients import acts
from tests.patients.phone import phone_of


def sheet(patient: Patient) -> str:
    page = phone_of(patient).get(reverse("today")).content.decode()
    start = page.index('<fieldset class="choices did">')
    return page[start : page.index("</form>", start)]


def test_one_look_after_another_shows_the_same(cast: Cast) -> None:
    assert sheet(cast.maya) == sheet(cast.maya)


def test_a_dose_and_a_tapped_set_show_at_once(cast: Cast) -> None:
    before = sheet(cast.maya)
    plan_verbs.prescribe(plan=cast.plan, level=acts.level(cast.plan), by=cast.elin, sets=4, reps=7)
    prescribed = sheet(cast.maya)
    assert prescribed.count('name="done-') == 4
    assert before.count('name="done-') != 4
    phone_of(cast.maya).post(
        reverse("draft"), {"level": acts.level(cast.plan).pk, "done-1": "1", "reps-1": "7"}
    )
    assert "1 of 4 done" in sheet(cast.maya)


def test_a_drill_with_a_load_asks_what_was_left_whoever_has_the_same_dose_without_one(
    cast: Cast,
) -> None:
    """A drill on one leg needs no kilograms, so its sets look like those of any other."""
    dose: dict[str, Any] = {"by": cast.elin, "sets": 2, "reps": 8, "per_side": True}
    plan_verbs.prescribe(plan=cast.plan, level=acts.level(cast.plan), **dose)
    assert "How hard was it?" in sheet(cast.maya)
    loaded = factories.plan(cast.tomas, passed=6)
    at_home = acts.rung(loaded, 7).levels.filter(helper=False, home=True)
    one_leg = at_home.filter(drill__load=Load.ONE_LEG)[0]
    plan_verbs.prescribe(plan=loaded, level=one_leg, **dose)
    plan_verbs.choose_level(plan=loaded, level=one_leg, by=cast.elin)
    assert "How many more could you have done well?" in sheet(cast.tomas)


#: What a tap on a number says where 5 is usual.
USUAL_5 = [(0, "fine"), (3, "fine"), (4, "usual"), (5, "usual"), (6, "ease"), (8, "stop")]


def test_limits_and_physio_are_the_persons_own(cast: Cast) -> None:
    assert 'value="5" data-says="ease"' in sheet(cast.maya)
    usual_pain_verbs.set_usual_pain(patient=cast.maya, by=cast.elin, usual_pain=5)
    page = sheet(cast.maya)
    assert [f'value="{number}" data-says="{says}"' in page for number, says in USUAL_5] == [
        True
    ] * 6
    assert "That is your usual.</strong> Carry on." in page
    assert "Note for Elin" in sheet(cast.maya)
    Patient.objects.filter(pk=cast.maya.pk).update(lead=cast.omar)
    assert "Note for Omar" in sheet(cast.maya)


def test_limits_that_a_clinic_changes_show_at_once(cast: Cast) -> None:
    assert 'value="3" data-says="fine"' in sheet(cast.maya)
    Clinic.objects.filter(pk=cast.harbour.pk).update(pain_fine_to=2)
    assert 'value="3" data-says="ease"' in sheet(cast.maya)


def test_what_was_typed_wrongly_comes_back_and_is_not_kept(cast: Cast) -> None:
    phone = phone_of(cast.maya)
    day = cast.harbour.today()
    wrong = phone.post(
        reverse("log_day", args=[day]), {"pain": "99", "note": "Mine alone.", "client_id": "a"}
    )
    assert wrong.status_code == 422
    assert "Mine alone." in wrong.content.decode()
    assert "Mine alone." not in sheet(cast.maya)
