"""What a clinician and a patient may set, once something is true of the patient that a drill must
respect: proposed, chosen, prescribed, trained lower."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from curriculum.models import Fault
from patients.models import PatientSummary, Prescription
from patients.standing.lower import train_lower_levels
from patients.standing.position import current_level
from patients.summaries import verify
from patients.today.state import read_today
from patients.verbs import assessment, level_checks, recommendations
from patients.verbs import move_edition as move_verbs
from patients.verbs import plan as plan_verbs
from tests import factories, ladders
from tests.cast import Cast
from tests.patients import acts
from tests.patients.acts import refused
from tests.patients.clinic_pages import browser, chart, text
from tests.patients.phone import phone_of
from tests.patients.precautions import at, told

DOSE: dict[str, Any] = {"sets": 2, "reps": 8}
HIP = {"degrees": "90"}


def _level_now(cast: Cast) -> str | None:
    level = current_level(cast.plan, cast.harbour.today()).level
    return level.slug if level else None


def _pass(cast: Cast, rungs: int) -> None:
    for _ in range(rungs):
        factories.pass_open_rung(cast.plan, by=cast.elin)


def test_a_drill_to_avoid_wants_a_reason_and_the_reason_is_kept(cast: Cast) -> None:
    told(cast.maya, cast.elin, "pregnancy")
    bridge = at(cast.plan, "dowel-hinge/double-leg-bridge")
    act: dict[str, Any] = {"plan": cast.plan, "level": bridge, "by": cast.elin, **DOSE}
    with refused("avoid_without_reason") as caught:
        plan_verbs.prescribe(**act)
    assert "No exercise flat on the back" in str(caught.value)
    with refused("avoid_without_reason"):
        plan_verbs.prescribe(**act, reason="  ")
    with refused("too_long"):
        plan_verbs.prescribe(**act, reason="x" * 501)
    made = plan_verbs.prescribe(**act, reason="Six weeks after the birth.")
    assert plan_verbs.prescribe(**act, reason="Six weeks after the birth.") == made
    assert Prescription.objects.get().reason == "Six weeks after the birth."
    assert "To avoid, prescribed since: Six weeks after the birth." in chart(
        browser(cast.elin), cast.maya
    )
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Prescription.objects.update(reason="Another one.")


def test_a_reason_nobody_asked_for_is_not_kept_for_later(cast: Cast) -> None:
    bridge = at(cast.plan, "dowel-hinge/double-leg-bridge")
    plan_verbs.prescribe(plan=cast.plan, level=bridge, by=cast.elin, **DOSE, reason="To be sure.")
    assert Prescription.objects.get().reason == ""


def test_a_drill_for_the_clinic_alone_wants_a_second_yes_for_home(cast: Cast) -> None:
    _pass(cast, 2)
    act: dict[str, Any] = {
        "plan": cast.plan,
        "level": at(cast.plan, "bench-in-front/rolling-stool"),
        **DOSE,
    }
    with refused("clinic_alone"):
        plan_verbs.prescribe(**act, by=cast.elin)
    with refused("clinic_prescribe_first"):
        plan_verbs.choose_level(plan=cast.plan, level=act["level"], by=cast.elin)
    with refused("not_for_you"):
        plan_verbs.choose_level(plan=cast.plan, level=act["level"], by=cast.maya.user)
    made = plan_verbs.prescribe(**act, by=cast.elin, at_home=True)
    assert (made.at_home, made.reason) == (True, "")
    plan_verbs.choose_level(plan=cast.plan, level=act["level"], by=cast.elin)
    assert _level_now(cast) == "rolling-stool"


def test_a_yes_nobody_asked_for_is_not_kept(cast: Cast) -> None:
    level = acts.level(cast.plan)
    made = plan_verbs.prescribe(plan=cast.plan, level=level, by=cast.elin, **DOSE, at_home=True)
    assert made.at_home is False


def test_what_is_to_be_avoided_is_not_chosen_by_anybody_until_it_is_prescribed(cast: Cast) -> None:
    _pass(cast, 1)
    told(cast.maya, cast.elin, hip_limit=HIP)
    far = at(cast.plan, "butt-taps/30-cm")
    with refused("avoid_prescribe_first"):
        plan_verbs.choose_level(plan=cast.plan, level=far, by=cast.elin)
    with refused("not_for_you"):
        plan_verbs.choose_level(plan=cast.plan, level=far, by=cast.maya.user)
    assert [option.step.slug for option in read_today(cast.maya.user).options] == [
        "5-cm",
        "15-cm",
        "20-cm",
        "25-cm",
    ]
    plan_verbs.prescribe(
        plan=cast.plan, level=far, by=cast.elin, **DOSE, reason="The limit is old: seen."
    )
    plan_verbs.choose_level(plan=cast.plan, level=far, by=cast.maya.user)
    assert _level_now(cast) == "30-cm"


def test_a_reason_is_asked_for_again_once_the_limit_is_tighter(cast: Cast) -> None:
    """A reason to bend further than 90 degrees is none to bend further than 70."""
    _pass(cast, 1)
    told(cast.maya, cast.elin, hip_limit=HIP)
    far: dict[str, Any] = {"plan": cast.plan, "level": at(cast.plan, "butt-taps/30-cm"), **DOSE}
    plan_verbs.prescribe(**far, by=cast.elin, reason="The surgeon allows 95.")
    plan_verbs.choose_level(plan=cast.plan, level=far["level"], by=cast.elin)
    assert _level_now(cast) == "30-cm"
    told(cast.maya, cast.elin, hip_limit={"degrees": "92"})
    assert _level_now(cast) == "30-cm"
    told(cast.maya, cast.elin, hip_limit={"degrees": "70"})
    assert _level_now(cast) == "5-cm"
    assert read_today(cast.maya.user).step.slug == "5-cm"  # type: ignore[union-attr]
    for by, code in ((cast.elin, "avoid_prescribe_first"), (cast.maya.user, "not_for_you")):
        with refused(code):
            plan_verbs.choose_level(plan=cast.plan, level=far["level"], by=by)
    with refused("avoid_without_reason"):
        plan_verbs.prescribe(**far, by=cast.elin)
    assert list(verify.differences()) == []
    plan_verbs.prescribe(**far, by=cast.elin, reason="He knows of 95 degrees.")
    assert _level_now(cast) == "30-cm"


def test_a_reason_is_not_filled_in_once_the_limit_is_tighter(cast: Cast) -> None:
    """Saving the dose once more gives no reason for the new limit."""
    _pass(cast, 1)
    told(cast.maya, cast.elin, hip_limit=HIP)
    far = at(cast.plan, "butt-taps/30-cm")
    why = "The surgeon allows 95."
    plan_verbs.prescribe(plan=cast.plan, level=far, by=cast.elin, **DOSE, reason=why)
    elin = browser(cast.elin)
    page = reverse("prescribe", args=[cast.plan.pk]) + f"?level={far.pk}"
    assert f'value="{why}"' in text(elin.get(page))
    told(cast.maya, cast.elin, hip_limit={"degrees": "70"})
    assert f'value="{why}"' not in text(elin.get(page))


#: What was told when the reason was given, and what is told now; whether it is asked for again.
TIGHTER: list[tuple[str, str, dict[str, str], dict[str, str], bool]] = [
    ("butt-taps/30-cm", "hip_limit", {}, HIP, False),
    ("butt-taps/30-cm", "hip_limit", {}, {"degrees": "89"}, True),
    ("butt-taps/30-cm", "hip_limit", HIP, HIP | {"side": "left"}, False),
    ("butt-taps/30-cm", "hip_limit", HIP | {"side": "left"}, HIP | {"side": "both"}, True),
    ("butt-taps/30-cm", "hip_limit", HIP | {"side": "left"}, HIP | {"side": "right"}, True),
    ("dowel-hinge/tall-kneel-raise", "knees", {}, {"bend": "60"}, True),
    ("dowel-hinge/tall-kneel-raise", "knees", {"bend": "60"}, {"bend": "50"}, True),
    ("dowel-hinge/tall-kneel-raise", "knees", {"bend": "60"}, {"bend": "90"}, False),
    ("dowel-hinge/tall-kneel-raise", "knees", {"bend": "60"}, {}, False),
    ("kettlebell-rdl/kettlebell-floor", "surgery", {"weight_bearing": "part"}, {}, False),
    (
        "kettlebell-rdl/kettlebell-floor",
        "surgery",
        {"weight_bearing": "part"},
        {"weight_bearing": "none"},
        True,
    ),
]


@pytest.mark.parametrize(("where", "key", "then", "now", "again"), TIGHTER)
def test_a_reason_holds_for_as_long_as_the_precaution_leaves_as_much(
    cast: Cast, where: str, key: str, then: dict[str, str], now: dict[str, str], again: bool
) -> None:
    _pass(cast, 5)
    told(cast.maya, cast.elin, **{key: then})
    level = at(cast.plan, where)
    load = 8 if level.drill.takes_kilograms else None
    act: dict[str, Any] = {"plan": cast.plan, "level": level, "by": cast.elin, **DOSE}
    plan_verbs.prescribe(**act, load=load, reason="The surgeon agrees.")
    assert level_checks.suits(cast.plan, level)
    told(cast.maya, cast.elin, **{key: now})
    assert level_checks.suits(cast.plan, level) is not again


def test_a_way_that_spares_the_knee_is_no_answer_past_its_limit(cast: Cast) -> None:
    """Rising from a high chair bends the knee to 73 degrees, a lift from the floor to 80."""
    told(cast.maya, cast.elin, knees={"bend": "90"})
    kneel: dict[str, Any] = {"plan": cast.plan, "by": cast.elin, **DOSE}
    kneel["level"] = at(cast.plan, "dowel-hinge/tall-kneel-raise")
    assert plan_verbs.prescribe(**kneel, variant="chair-squeeze").reason == ""
    told(cast.maya, cast.elin, knees={"bend": "60"})
    assert not level_checks.suits(cast.plan, kneel["level"])
    with refused("avoid_without_reason") as caught:
        plan_verbs.prescribe(**kneel, variant="chair-squeeze")
    assert "No kneeling" in str(caught.value)
    assert "bends the knee 73 degrees; the limit is 60" in str(caught.value)
    _pass(cast, 5)
    floor = at(cast.plan, "kettlebell-rdl/kettlebell-floor")
    with refused("avoid_without_reason") as caught:
        plan_verbs.prescribe(plan=cast.plan, level=floor, by=cast.elin, load=8, **DOSE)
    assert "bends the knee 80 degrees; the limit is 60" in str(caught.value)
    told(cast.maya, cast.elin, knees={"bend": "85"})
    assert level_checks.suits(cast.plan, floor)


def test_a_way_gives_way_once_it_bends_the_hip_past_a_limit(cast: Cast) -> None:
    """Whoever sits bends the hip to 120 degrees, further than anybody does on their feet."""
    _pass(cast, 1)
    sits: dict[str, Any] = {"plan": cast.plan, "by": cast.elin, **DOSE, "variant": "seated"}
    level = at(cast.plan, "dowel-hinge/dowel-hinge")
    plan_verbs.prescribe(**sits, level=level)
    until = cast.harbour.today() + timedelta(days=3)
    plan_verbs.choose_level(plan=cast.plan, level=level, by=cast.elin, until=until)
    assert _level_now(cast) == "dowel-hinge"
    told(cast.maya, cast.elin, hip_limit={"degrees": "100"})
    assert _level_now(cast) == "5-cm"
    assert read_today(cast.maya.user).step.slug == "5-cm"  # type: ignore[union-attr]
    with refused("avoid_without_reason") as caught:
        plan_verbs.prescribe(**sits, level=level)
    assert "120 degrees; the limit is 100" in str(caught.value)
    assert list(verify.differences()) == []


def test_a_way_that_spares_the_hip_is_done_at_home_at_once(cast: Cast) -> None:
    """The lift from the floor bends the hip further than the limit; from a high box it does not."""
    told(cast.maya, cast.elin, hip_limit=HIP)
    _pass(cast, 5)
    floor = at(cast.plan, "kettlebell-rdl/kettlebell-floor")
    lift: dict[str, Any] = {"plan": cast.plan, "level": floor, "by": cast.elin, "load": 8, **DOSE}
    with refused("avoid_without_reason"):
        plan_verbs.prescribe(**lift)
    plan_verbs.prescribe(**lift, variant="high-box")
    plan_verbs.choose_level(plan=cast.plan, level=floor, by=cast.elin)
    assert _level_now(cast) == "kettlebell-floor"
    assert read_today(cast.maya.user).step.slug == "kettlebell-floor"  # type: ignore[union-attr]
    assert list(verify.differences()) == []
    told(cast.maya, cast.elin, hip_limit={"degrees": "50"})
    assert _level_now(cast) != "kettlebell-floor"


def test_a_level_practised_already_gives_way_once_it_is_to_be_avoided(cast: Cast) -> None:
    _pass(cast, 1)
    far = at(cast.plan, "butt-taps/30-cm")
    plan_verbs.choose_level(plan=cast.plan, level=far, by=cast.elin)
    assert _level_now(cast) == "30-cm"
    told(cast.maya, cast.elin, hip_limit=HIP)
    assert _level_now(cast) == "5-cm"
    assert read_today(cast.maya.user).step.slug == "5-cm"  # type: ignore[union-attr]
    told(cast.maya, cast.elin, hip_limit={"degrees": "120"})
    assert _level_now(cast) == "30-cm"


def test_nobody_trains_lower_on_what_is_to_be_avoided(cast: Cast) -> None:
    _pass(cast, 2)
    told(cast.maya, cast.elin, hip_limit=HIP)
    below = [level.slug for level in train_lower_levels(cast.plan, cast.harbour.today())]
    assert below == ["25-cm", "20-cm", "15-cm", "5-cm", "dowel-hinge"]
    acts.log(cast.plan, pain=9)
    page = chart(browser(cast.elin), cast.maya)
    assert "Butt taps, 25 cm" in page.partition("lower-levels")[2]
    assert "30 cm (12 in) from heel to wall:" not in page


def test_after_a_pass_a_rung_with_nothing_left_waits_for_the_physio(cast: Cast) -> None:
    told(cast.maya, cast.elin, "surgery")
    _pass(cast, 4)
    now = current_level(cast.plan, cast.harbour.today())
    assert now.level is not None
    assert (now.level.slug, now.awaits_choice) == ("bench-behind", True)
    page = text(phone_of(cast.maya).get(reverse("today")))
    assert "Rung 5 is open.</strong> Elin chooses your drill for it." in page
    assert PatientSummary.objects.get(patient=cast.maya).weight_from == cast.harbour.today()
    assert list(verify.differences()) == []
    band = at(cast.plan, "banded-hinge/standing-band")
    plan_verbs.prescribe(plan=cast.plan, level=band, by=cast.elin, **DOSE, reason="Surgeon agrees.")
    assert _level_now(cast) == "standing-band"
    assert PatientSummary.objects.get(patient=cast.maya).weight_from is None
    assert list(verify.differences()) == []


def test_the_assessment_proposes_nothing_to_avoid_and_says_what_is_left_out(cast: Cast) -> None:
    told(cast.maya, cast.elin, "knees")
    met = acts.criteria(cast.plan, 1, 2, 3, 4)
    proposal = assessment.propose(cast.plan, met, [])
    assert proposal.rung is not None
    assert proposal.level is not None
    assert (proposal.rung.position, proposal.level.slug) == (5, "standing-band")
    assert [(one.level.slug, one.why) for one in proposal.avoided] == [
        ("tall-kneel-band", "Knees: cannot kneel or bend far")
    ]


def test_what_helps_names_drills_to_avoid_last_and_says_why(cast: Cast) -> None:
    told(cast.maya, cast.elin, "pregnancy")
    arches = Fault.objects.get(slug="over-arches")
    found = recommendations.recommend([arches], plan=cast.plan)
    avoided = [one.drill.slug for one in found if one.avoid]
    assert "double-leg-bridge" in avoided
    assert [one.drill.slug for one in found][-len(avoided) :] == avoided
    assert found[-1].cautions[0].clinician.startswith("No exercise flat on the back.")
    without = recommendations.recommend([arches])
    assert {one.drill.slug for one in without} == {one.drill.slug for one in found}
    assert not any(one.avoid for one in without)


def test_the_prescription_says_every_caution_and_asks_for_the_reason(cast: Cast) -> None:
    told(cast.maya, cast.elin, "pregnancy", "shoulder")
    clinic = browser(cast.elin)
    address = reverse("prescribe", args=[cast.plan.pk])
    bridge = at(cast.plan, "dowel-hinge/double-leg-bridge")
    page = text(clinic.get(address))
    assert "Why you prescribe it all the same" not in page
    assert "The stick held another way: choose one" in page
    assert "To avoid: Pregnancy, or birth in the last 12 weeks</span>" in page
    page = text(clinic.get(address, {"level": bridge.pk}))
    assert "Why you prescribe it all the same" in page
    refused_page = clinic.post(address, {"level": bridge.pk, **DOSE, "word": "Easy."})
    assert refused_page.status_code == 422
    page = text(refused_page)
    assert "Write why you prescribe it all the same." in page
    assert "Easy.</textarea>" in page
    answer = clinic.post(address, {"level": bridge.pk, **DOSE, "reason": "Born in May."})
    assert answer.status_code == 303
    assert Prescription.objects.get().reason == "Born in May."


def test_the_prescription_of_the_stool_asks_a_second_time(cast: Cast) -> None:
    _pass(cast, 2)
    clinic = browser(cast.elin)
    address = reverse("prescribe", args=[cast.plan.pk])
    stool = at(cast.plan, "bench-in-front/rolling-stool")
    assert "done at home all the same" not in text(clinic.get(address))
    assert "done at home all the same" in text(clinic.get(address, {"level": stool.pk}))
    first = clinic.post(address, {"level": stool.pk, **DOSE})
    assert first.status_code == 422
    assert "is for the clinic alone. Say that Maya R. does it at home" in text(first)
    second = clinic.post(address, {"level": stool.pk, **DOSE, "at_home": "on"})
    assert second.status_code == 303


def test_a_level_to_avoid_is_refused_in_a_sentence_beside_the_choice(cast: Cast) -> None:
    told(cast.maya, cast.elin, "pregnancy")
    bridge = at(cast.plan, "dowel-hinge/double-leg-bridge")
    answer = browser(cast.elin).post(
        reverse("choose_level", args=[cast.plan.pk]), {"level": bridge.pk}
    )
    assert answer.status_code == 422
    assert "or prescribe this one with a reason first." in text(answer)


def test_a_reason_and_a_second_yes_go_along_to_a_newer_edition(cast: Cast) -> None:
    told(cast.maya, cast.elin, "pregnancy")
    bridge = at(cast.plan, "dowel-hinge/double-leg-bridge")
    plan_verbs.prescribe(plan=cast.plan, level=bridge, by=cast.elin, **DOSE, reason="Born in May.")
    newer = ladders.next_edition(cast.plan.ladder)
    moved = move_verbs.move(plan=cast.plan, ladder=newer, by=cast.elin)
    assert [row.reason for row in moved.prescriptions.all()] == ["Born in May."]
