"""An owner lists the clinic's bands, and a clinician prescribes them in that order."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.urls import reverse

from accounts.models import Event
from law.export.rows import tables_of
from patients.models import Band, Prescription
from patients.standing.bands import in_use
from patients.verbs import bands as band_verbs
from patients.verbs import plan as plan_verbs
from tests import factories
from tests.cast import Cast
from tests.patients import acts
from tests.patients.acts import refused
from tests.patients.clinic_pages import browser, text


def _add(cast: Cast, name: str, **said: Any) -> Band:
    whole: dict[str, Any] = {"marks": 3, "after": None} | said
    return band_verbs.add(clinic=cast.harbour, by=cast.petra, name=name, **whole)


def _names(cast: Cast) -> list[str]:
    return [f"{band.position} {band.name}" for band in in_use(cast.harbour)]


def _prescribe(cast: Cast, band: Band, **said: Any) -> Prescription:
    level = acts.level(cast.plan, 5)
    dose: dict[str, Any] = {"sets": 3, "reps": 10, "reps_to": 15, **said}
    return plan_verbs.prescribe(plan=cast.plan, level=level, by=cast.elin, band=band, **dose)


@pytest.fixture
def climbed(cast: Cast) -> Cast:
    """Maya has reached the rung with bands."""
    for _ in range(4):
        factories.pass_open_rung(cast.plan, by=cast.elin)
    return cast


def test_an_owner_lists_the_bands_and_a_clinician_finds_them_in_the_prescription(
    climbed: Cast,
) -> None:
    cast = climbed
    owner = browser(cast.petra)
    page = reverse("prescribe", args=[cast.plan.pk]) + f"?level={acts.level(cast.plan, 5).pk}"
    shown = text(owner.get(reverse("bands"))) + text(browser(cast.elin).get(page))
    assert re.search("No bands yet.*An owner lists them", shown, re.DOTALL)

    green = {"name": " Green ", "marks": "2", "kg_from": "4", "kg_to": "7"}
    for typed in (green, {"name": "Yellow", "marks": "3"}):  # the lightest, each time
        assert owner.post(reverse("bands"), typed).status_code == 303
    said = {"name": "Red", "marks": "3", "after": Band.objects.get(name="Yellow").pk}
    assert owner.post(reverse("bands"), said).status_code == 303
    assert _names(cast) == ["1 Yellow", "2 Red", "3 Green"]
    assert "4 to 7 kg, marks 0 to 2" in text(owner.get(reverse("bands")))

    field = browser(cast.elin).get(page).context["prescribe_form"].fields["band"]
    assert [label for _value, label in field.choices][1:] == ["Yellow", "Red", "Green"]
    _prescribe(cast, Band.objects.get(name="Red"), mark=1)
    assert "1 patient practises with it" in text(owner.get(reverse("bands")))
    assert Event.objects.filter(actor=cast.petra, kind="band_added").count() == 3


def test_what_nobody_can_mean_comes_back_beside_its_field(cast: Cast) -> None:
    _add(cast, "Red")
    owner = browser(cast.petra)
    wrong: list[tuple[dict[str, str], str, str]] = [
        ({"name": ""}, "name", "Write its colour"),
        ({"name": "RED"}, "name", "is called RED already"),
        ({"kg_from": "4"}, "kg_to", "both numbers"),
        ({"kg_from": "4", "kg_to": "3"}, "kg_to", "cannot end below"),
        ({"kg_from": "0", "kg_to": "3"}, "kg_from", "must be between 0.1 and 200"),
    ]
    for typed, field, sentence in wrong:
        answer = owner.post(reverse("bands"), {"name": "Blue", "marks": "3"} | typed)
        errors = answer.context["form"].errors
        assert (answer.status_code, list(errors)) == (422, [field])
        assert sentence in str(errors[field])
    assert _names(cast) == ["1 Red"]


def test_a_band_that_was_prescribed_keeps_its_name_and_its_marks(climbed: Cast) -> None:
    cast = climbed
    red = _add(cast, "Red")
    blue = _add(cast, "Blue")
    _prescribe(cast, red, mark=2)
    change: dict[str, Any] = {"band": red, "by": cast.petra, "after": blue.pk}
    with refused("band_keeps_its_name"):
        band_verbs.change(**change, name="Crimson", marks=3)
    with refused("mark_prescribed"):
        band_verbs.change(**change, name="Red", marks=1)
    moved = {"name": "Red", "marks": "2", "after": ""}
    assert browser(cast.petra).post(reverse("band", args=[red.pk]), moved).status_code == 303
    assert _names(cast) == ["1 Red", "2 Blue"]


def test_a_retired_band_stays_in_its_dose_and_comes_back(climbed: Cast) -> None:
    cast = climbed
    owner = browser(cast.petra)
    red = _add(cast, "Red")
    _add(cast, "Blue", after=red.pk)
    dose = _prescribe(cast, red, mark=2)
    assert owner.post(reverse("band_retire", args=[red.pk])).status_code == 303
    assert _names(cast) == ["1 Blue"]
    assert "Still in the dose of 1 patient" in text(owner.get(reverse("bands")))
    assert owner.get(reverse("band", args=[red.pk])).status_code == 404
    dose.refresh_from_db()
    assert dose.band == red
    red.refresh_from_db()
    with refused("band_gone"):
        _prescribe(cast, red, mark=1)

    again = _add(cast, "red")  # its name is free while it is retired
    answer = owner.post(reverse("band_back", args=[red.pk]))
    assert (answer.status_code, "is called Red already" in text(answer)) == (422, True)
    band_verbs.retire(band=again, by=cast.petra)
    assert owner.post(reverse("band_back", args=[red.pk])).status_code == 303
    assert set(_names(cast)) == {"1 Red", "2 Blue"}


@pytest.mark.parametrize("who", ["elin", "ines"])
def test_only_an_owner_of_the_clinic_changes_its_bands(cast: Cast, who: str) -> None:
    by = getattr(cast, who)
    red = _add(cast, "Red")
    for verb in (band_verbs.retire, band_verbs.bring_back):
        with refused("not_a_colleague"):
            verb(band=red, by=by)
    with refused("not_a_colleague"):
        band_verbs.add(clinic=cast.harbour, by=by, name="Blue", marks=3, after=None)


def test_an_export_names_the_band_of_a_dose(climbed: Cast) -> None:
    """Whoever reads it has no list of the clinic's bands."""
    _prescribe(climbed, _add(climbed, "Red"), mark=2)
    tables = {table.name: table for table in tables_of(climbed.maya, own=True)}
    bands = [row["band"] for row in tables["patients.prescription"].rows if row["band"]]
    assert [band["name"] for band in bands] == ["Red"]
