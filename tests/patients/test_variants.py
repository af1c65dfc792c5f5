"""Another way to do a drill: chosen in the prescription, shown to the patient and at the gate."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from patients.models import Prescription
from patients.standing.position import current_level
from patients.verbs import plan as plan_verbs
from tests import factories
from tests.cast import Cast
from tests.patients import acts
from tests.patients.acts import refused
from tests.patients.clinic_pages import browser, chart, text
from tests.patients.phone import phone_of
from tests.patients.precautions import at, told

DOSE: dict[str, Any] = {"sets": 2, "reps": 8}
NO_STICK = "No stick, hands on chest and belly"


def _prescribe(cast: Cast, where: str, variant: str, **more: Any) -> Prescription:
    level = at(cast.plan, where)
    act: dict[str, Any] = {"plan": cast.plan, "level": level, "by": cast.elin, "variant": variant}
    return plan_verbs.prescribe(**act, **DOSE, **more)


def test_nobody_is_stuck_on_the_first_rung_for_a_shoulder(cast: Cast) -> None:
    told(cast.maya, cast.elin, "shoulder")
    clinic = browser(cast.elin)
    address = reverse("prescribe", args=[cast.plan.pk])
    page = text(clinic.get(address))
    ways = page.partition('name="variant"')[2].partition("</select>")[0]
    assert ways.index("Stick held by two scarves") < ways.index(NO_STICK)
    dowel = at(cast.plan, "dowel-hinge/dowel-hinge")
    answer = clinic.post(address, {"level": dowel.pk, **DOSE, "variant": "two-hands"})
    assert answer.status_code == 303
    phone = text(phone_of(cast.maya).get(reverse("today")))
    assert f"Your way: {NO_STICK}</h2>" in phone
    assert "Put one hand on your chest, its thumb on your breastbone." in phone
    assert "stick" not in phone.partition("How to do it")[2].partition('id="log"')[0]
    assert "Weight on your heels." in phone
    gate = chart(clinic, cast.maya).partition('id="evidence"')[2]
    assert f"Another way: {NO_STICK}." in gate
    assert "Judge the three contacts by the hand" in gate
    factories.pass_open_rung(cast.plan, by=cast.elin)
    assert cast.plan.open_rung == acts.rung(cast.plan, 2)


def test_another_way_stands_on_handout_ladder_note_and_record(cast: Cast) -> None:
    _prescribe(cast, "dowel-hinge/dowel-hinge", "strap")
    clinic = browser(cast.elin)
    handout = text(clinic.get(reverse("handout", args=[cast.maya.pk])))
    assert "Your way: Stick held by two scarves.</b> Tie the stick to your back" in handout
    level = text(phone_of(cast.maya).get(reverse("level_page", args=[1, "dowel-hinge"])))
    assert "Your way: Stick held by two scarves</h2>" in level
    note = text(clinic.get(reverse("visit_note", args=[cast.maya.pk])))
    assert "- Another way: Stick held by two scarves" in note
    assert "Another way: Stick held by two scarves" in chart(clinic, cast.maya)
    summary = text(clinic.get(reverse("plan_summary", args=[cast.maya.pk])))
    assert "Another way: Stick held by two scarves." in summary


def test_a_way_for_the_precaution_takes_the_place_of_a_reason_and_no_other_way_does(
    cast: Cast,
) -> None:
    told(cast.maya, cast.elin, "pregnancy")
    with refused("avoid_without_reason"):
        _prescribe(cast, "dowel-hinge/double-leg-bridge", "bed")
    made = _prescribe(cast, "dowel-hinge/double-leg-bridge", "slope", reason="Not needed.")
    assert (made.reason, made.reason_for) == ("", "pregnancy")
    handout = reverse("handout", args=[cast.maya.pk])
    level = at(cast.plan, "dowel-hinge/double-leg-bridge")
    page = text(browser(cast.elin).get(handout, {"level": level.pk}))
    assert "Your way: Shoulders on a sofa." in page
    assert "Not flat on your back" not in page


def test_a_reason_covers_what_was_known_and_nothing_that_comes_later(cast: Cast) -> None:
    for _ in range(4):
        factories.pass_open_rung(cast.plan, by=cast.elin)
    told(cast.maya, cast.elin, "knees")
    _prescribe(cast, "banded-hinge/tall-kneel-band", "", reason="Kneels on a cushion.")
    now = current_level(cast.plan, cast.harbour.today()).level
    assert now == at(cast.plan, "banded-hinge/tall-kneel-band")
    told(cast.maya, cast.elin, "knees", "surgery")
    later = current_level(cast.plan, cast.harbour.today())
    assert later.awaits_choice is True
    assert later.level == at(cast.plan, "bench-behind/bench-behind")
    with refused("avoid_prescribe_first") as caught:
        plan_verbs.choose_level(plan=cast.plan, level=now, by=cast.elin)
    assert "No band, no weight" in str(caught.value)
    assert "kneeling" not in str(caught.value)


def test_a_way_of_another_drill_is_refused_beside_the_field_and_what_was_typed_is_kept(
    cast: Cast,
) -> None:
    with refused("unknown_variant"):
        _prescribe(cast, "dowel-hinge/dowel-hinge", "slope")
    dowel = at(cast.plan, "dowel-hinge/dowel-hinge")
    typed = {"level": dowel.pk, **DOSE, "variant": "slope", "word": "Slowly."}
    answer = browser(cast.elin).post(reverse("prescribe", args=[cast.plan.pk]), typed)
    assert answer.status_code == 422
    page = text(answer)
    assert "Choose one of the ways of this drill, or as it is drawn." in page
    assert "Slowly.</textarea>" in page


def test_the_picture_is_that_of_the_way_wherever_the_drill_is_shown(cast: Cast) -> None:
    shown = "Hands on chest and belly</title>"
    drawn = "Stick hinge</title>"
    phone = phone_of(cast.maya)
    handout = reverse("handout", args=[cast.maya.pk])
    level = reverse("level_page", args=[1, "dowel-hinge"])
    clinic = browser(cast.elin)
    assert drawn in text(phone.get(reverse("today")))
    _prescribe(cast, "dowel-hinge/dowel-hinge", "two-hands")
    address = reverse("prescribe", args=[cast.plan.pk])
    ladder = phone.get(reverse("ladder"))
    for page in (phone.get(reverse("today")), phone.get(level), ladder, clinic.get(handout)):
        assert shown in text(page)
        assert drawn not in text(page)
        assert "The picture shows the drill without it" not in text(page)
    prescription = text(clinic.get(address))
    assert shown in prescription
    assert "Stick held by two scarves</title>" in prescription.partition("How each way looks")[2]


def test_a_way_that_a_newer_release_wrote_is_read(cast: Cast) -> None:
    drill = at(cast.plan, "dowel-hinge/dowel-hinge").drill
    assert drill.variants
    drill.variants = [{**row, "from_tomorrow": 1} for row in drill.variants]
    drill.save()
    _prescribe(cast, "dowel-hinge/dowel-hinge", "strap")
    assert "Your way: Stick held by two scarves" in text(phone_of(cast.maya).get(reverse("today")))


def test_a_way_that_the_content_no_longer_knows_is_left_out(cast: Cast) -> None:
    made = _prescribe(cast, "dowel-hinge/dowel-hinge", "strap")
    drill = made.level.drill
    drill.variants = []
    drill.save()
    assert "Your way" not in text(phone_of(cast.maya).get(reverse("today")))
    assert reverse("prescribe", args=[cast.plan.pk]) in chart(browser(cast.elin), cast.maya)
