"""A dose with a load reads the same on every paper and in every file that leaves the clinic."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from law.export.fhir.training import _prescription
from patients.models import Prescription
from patients.papers.visit_note import visit_note
from patients.verbs import bands as band_verbs
from patients.verbs import plan as plan_verbs
from tests import factories
from tests.cast import Cast
from tests.patients import acts
from tests.patients.clinic_pages import browser, text

WHOLE = "3 × 10 to 15, 3 seconds down, 2 seconds held at the bottom, Red, mark 1, rest 90 seconds"
PAGES = ("plan_summary", "letter", "decisions", "chart")


def _prescribe(cast: Cast, position: int, **said: Any) -> Prescription:
    level = acts.level(cast.plan, position)
    return plan_verbs.prescribe(plan=cast.plan, level=level, by=cast.elin, **said)


def test_band_tempo_rest_and_reserve_stand_wherever_a_colleague_reads_the_dose(cast: Cast) -> None:
    for _ in range(4):
        factories.pass_open_rung(cast.plan, by=cast.elin)
    said: dict[str, Any] = {"clinic": cast.harbour, "by": cast.petra, "marks": 3, "after": None}
    red = band_verbs.add(name="Red", **said)
    amount = {"sets": 3, "reps": 10, "reps_to": 15, "seconds": 3, "pause": 2, "rest": 90}
    load = {"band": red, "mark": 1, "reserve": 3}
    dose = _prescribe(cast, 5, **amount, **load)
    elin = browser(cast.elin)
    read = {name: text(elin.get(reverse(name, args=[cast.maya.pk]))) for name in PAGES}
    read["visit_note"] = visit_note(cast.maya, cast.harbour.today())
    read["export"] = _prescription(dose)["patientInstruction"]
    assert [name for name, words in read.items() if f"{WHOLE}, 3 in reserve" not in words] == []

    sheet = text(elin.get(reverse("handout", args=[cast.maya.pk])))
    for line in ("Red, mark 1", "Rest 90 seconds", "still do 3 more well", "Breathe in"):
        assert line in sheet


def test_why_a_dose_is_more_than_usual_stands_in_the_record(cast: Cast) -> None:
    for _ in range(5):
        factories.pass_open_rung(cast.plan, by=cast.elin)
    _prescribe(cast, 6, sets=8, reps=8, load=8, max_kg=12, why_more="Trained for years.")
    elin = browser(cast.elin)
    for address in (
        reverse("decisions", args=[cast.maya.pk]),
        reverse("prescribe", args=[cast.plan.pk]),
    ):
        shown = text(elin.get(address))
        assert "8 × 8, 8 kg, 12 kg at most" in shown
        assert "Trained for years." in shown
