"""A precaution is said wherever somebody decides, hands over or practises."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import time_machine
from django.urls import reverse
from django.utils import timezone

from curriculum.models import Fault, Level
from patients.verbs import findings as finding_verbs
from patients.verbs import people as people_verbs
from patients.verbs import plan as plan_verbs
from tests import factories
from tests.cast import Cast
from tests.patients import acts
from tests.patients.clinic_pages import browser, chart, text
from tests.patients.phone import phone_of
from tests.patients.precautions import at, told

WIDER = "Wider stance: room for the belly."
DOSE: dict[str, Any] = {"sets": 2, "reps": 8}


def _clinic(cast: Cast, address: str, *args: object, **query: Any) -> str:
    return text(browser(cast.elin).get(reverse(address, args=args), query))


def test_the_gate_says_what_a_precaution_changes_on_its_rung(cast: Cast) -> None:
    told(cast.maya, cast.elin, "pregnancy")
    page = chart(browser(cast.elin), cast.maya).partition('id="evidence"')[2]
    assert "Cautions, Dowel hinge:" in page
    assert f"<b>Pregnancy, or birth in the last 12 weeks.</b> {WIDER}" in page
    assert "Clinic default." in page


def test_what_helps_sorts_what_is_to_be_avoided_last_and_says_why(cast: Cast) -> None:
    told(cast.maya, cast.elin, "pregnancy")
    finding_verbs.note(plan=cast.plan, by=cast.elin, fault=Fault.objects.get(slug="over-arches"))
    page = _clinic(cast, "helps", cast.maya.pk)
    last = page.rpartition("<li> <span>")[2]
    assert "Double-leg bridge" in last
    assert "to avoid" in last
    assert "No exercise flat on the back." in last


def test_the_assessment_says_cautions_and_that_nothing_is_left(cast: Cast) -> None:
    told(cast.maya, cast.elin, "surgery")
    page = _clinic(cast, "assess", cast.maya.pk)
    assert "Within the operating team’s limits" in page
    met = {"criterion": [one.pk for one in acts.criteria(cast.plan, 1, 2, 3, 4)]}
    answer = browser(cast.elin).post(reverse("assess_suggest", args=[cast.maya.pk]), met)
    page = text(answer)
    assert "No level of this rung suits this person at home." in page
    assert "To avoid on this rung:" in page
    assert "<h3>None" not in page
    start = met | {"rung": "", "level": "", "weekdays": [0, 2, 4]}
    assert browser(cast.elin).post(reverse("assess", args=[cast.maya.pk]), start).status_code == 303


def test_the_handout_says_what_is_for_this_person_and_prints_nothing_to_avoid(cast: Cast) -> None:
    told(cast.maya, cast.elin, "pregnancy", "falls")
    page = _clinic(cast, "handout", cast.maya.pk)
    assert "<b>Just for you:</b> Keep one hand on a counter. Stand wider, so that your" in page
    bridge = at(cast.plan, "dowel-hinge/double-leg-bridge")
    client = browser(cast.elin)
    answer = client.get(reverse("handout", args=[cast.maya.pk]), {"level": bridge.pk}, follow=True)
    assert answer.redirect_chain == [(reverse("prescribe", args=[cast.plan.pk]), 303)]
    assert "To avoid for Maya. Prescribe it with a reason first." in text(answer)
    plan_verbs.prescribe(plan=cast.plan, level=bridge, by=cast.elin, **DOSE, reason="Born in May.")
    page = _clinic(cast, "handout", cast.maya.pk, level=bridge.pk)
    assert "Not flat on your back" not in page
    assert "Do it on a bed, or use a chair to get up." in page


def test_a_level_for_the_clinic_alone_has_no_week_at_home(cast: Cast) -> None:
    for _ in range(2):
        factories.pass_open_rung(cast.plan, by=cast.elin)
    stool = at(cast.plan, "bench-in-front/rolling-stool")
    page = _clinic(cast, "handout", cast.maya.pk, level=stool.pk)
    assert "Only with your physio, in the clinic." in page
    assert "Your week" not in page
    assert "every day" not in page
    plan_verbs.prescribe(plan=cast.plan, level=stool, by=cast.elin, **DOSE, at_home=True)
    page = _clinic(cast, "handout", cast.maya.pk, level=stool.pk)
    assert "Your week" in page


def test_the_summary_says_what_a_precaution_changes_in_the_drill_of_now(cast: Cast) -> None:
    told(cast.maya, cast.elin, "pregnancy")
    page = _clinic(cast, "plan_summary", cast.maya.pk)
    assert f"Pregnancy, or birth in the last 12 weeks (watch): {WIDER}" in page


def test_the_visit_note_says_cautions_of_what_was_prescribed_as_they_stood(cast: Cast) -> None:
    told(cast.maya, cast.elin, "pregnancy")
    bridge = at(cast.plan, "dowel-hinge/double-leg-bridge")
    plan_verbs.prescribe(plan=cast.plan, level=bridge, by=cast.elin, **DOSE, reason="Born in May.")
    today = cast.harbour.today()
    with time_machine.travel(timezone.now() + timedelta(days=1)):
        told(cast.maya, cast.elin, "falls")
        note = _clinic(cast, "visit_note", cast.maya.pk, day=today.isoformat())
    assert "- To avoid, prescribed since: Born in May." in note
    assert "- Pregnancy, or birth in the last 12 weeks (avoid): No exercise flat on" in note
    assert "Risk of falls" not in note


def test_the_phone_says_what_is_for_this_person_beside_the_drill(cast: Cast) -> None:
    phone = phone_of(cast.maya)
    assert "Just for you" not in text(phone.get(reverse("today")))
    told(cast.maya, cast.elin, "pregnancy", "falls", "osteoporosis")
    page = text(phone.get(reverse("today")))
    mine = page.partition("Just for you</h2>")[2].partition("</ul>")[0]
    assert mine.split("<li>")[1:] == [
        "Keep one hand on a counter.</li>",
        "Keep your back long. Stop before it bends.</li>",
        "Stand wider, so that your belly has room.</li>",
    ]


def test_the_ladder_on_the_phone_says_of_a_drill_to_avoid_why_it_is_not_for_now(cast: Cast) -> None:
    factories.pass_open_rung(cast.plan, by=cast.elin)
    told(cast.maya, cast.elin, hip_limit={"degrees": "90"})
    phone = phone_of(cast.maya)
    not_now = "Stop where your physio showed you. Do not bend your hip further."
    rung = text(phone.get(reverse("rung_page", args=[2])))
    assert rung.count(not_now) == 1
    far = text(phone.get(reverse("level_page", args=[2, "30-cm"])))
    assert not_now in far
    assert 'class="dose"' not in far
    near = text(phone.get(reverse("level_page", args=[2, "5-cm"])))
    assert not_now not in near
    assert 'class="dose"' in near


def test_where_no_drill_is_left_at_all_the_phone_says_that_the_physio_chooses(cast: Cast) -> None:
    Level.objects.filter(rung__ladder=cast.plan.ladder).update(cautions={"avoid": {"falls": "fa3"}})
    told(cast.maya, cast.elin, "falls")
    answer = phone_of(cast.maya).get(reverse("today"))
    assert answer.status_code == 200
    assert "Elin chooses your drill first." in text(answer)
    assert "Choose a level first." in chart(browser(cast.elin), cast.maya)
    page = _clinic(cast, "assess", cast.maya.pk)
    assert "No level of this rung suits this person at home." in page


def test_a_screening_says_which_drill_gives_way_to_it(cast: Cast) -> None:
    factories.pass_open_rung(cast.plan, by=cast.elin)
    far = at(cast.plan, "butt-taps/30-cm")
    plan_verbs.choose_level(plan=cast.plan, level=far, by=cast.elin)
    client = browser(cast.elin)
    address = reverse("screening", args=[cast.maya.pk])
    typed = {"no_flags": "on", "outcome": "cleared_with_limits", "words": "A new hip."}
    hip = {"has_hip_limit": "on", "hip_limit_degrees": "90"}
    page = text(client.post(address, typed | hip, follow=True))
    assert "30 cm (12 in) from heel to wall gives way. Maya now has: Butt taps, 5 cm" in page
    assert "(Degrees: 90)" in page
    again = text(client.post(address, typed | hip, follow=True))
    assert "gives way" not in again


def test_who_could_do_a_drill_are_not_those_who_avoid_it(cast: Cast) -> None:
    page = reverse("library_drill", args=["dowel-hinge"])
    assert "Maya Roos" in text(browser(cast.elin).get(page))
    Level.objects.filter(pk=acts.level(cast.plan).pk).update(cautions={"avoid": {"falls": "fa3"}})
    told(cast.maya, cast.elin, "falls")
    assert "Maya Roos" not in text(browser(cast.elin).get(page))


def test_a_hernia_is_never_named_without_its_emergency(cast: Cast) -> None:
    told(cast.maya, cast.elin, hernia_pelvic_floor={"large": "no"})
    for page in ("assess", "chart"):
        words = _clinic(cast, page, cast.maya.pk)
        assert "(Hernia large or painful: no)" in words
        assert "A lump that suddenly hurts, is hard and does not go back" in words


def test_who_has_finished_is_named_no_drill_to_avoid(cast: Cast) -> None:
    level = acts.level(cast.plan)
    plan_verbs.prescribe(plan=cast.plan, level=level, by=cast.elin, **DOSE)
    Level.objects.filter(pk=level.pk).update(cautions={"avoid": {"falls": "fa3"}})
    people_verbs.discharge(patient=cast.maya, by=cast.elin)
    phone = phone_of(cast.maya)
    assert level.drill.plain_name in text(phone.get(reverse("today")))
    told(cast.maya, cast.elin, "falls")
    assert level.drill.plain_name not in text(phone.get(reverse("today")))
