"""Plan templates of the clinic: they fill in a page, and a clinician decides."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.urls import reverse

from accounts.models import Event, User
from curriculum.models import Ladder, Level
from patients.models import Patient, Plan, PlanTemplate, Prescription
from patients.standing.plan_templates import in_use
from patients.standing.position import current_level
from patients.verbs import gate, ladder_offers, plan_templates
from patients.verbs import plan as plan_verbs
from tests import factories, ladders
from tests.cast import Cast
from tests.patients import acts
from tests.patients.acts import refused
from tests.patients.clinic_pages import browser, text
from tests.patients.people.test_first_visit import press, to_dose
from tests.patients.precautions import at, told
from tests.patients.rules.template_acts import add, said

NOTHING_SAVED = "Nothing is saved before you press on."


def value(page: str, name: str) -> str:
    """What stands in a field of the page."""
    tag = re.search(rf'<input[^>]*name="{name}"[^>]*>', page)
    assert tag is not None
    found = re.search(r'value="([^"]*)"', tag.group())
    return found.group(1) if found else ""


def words(page: str, name: str) -> str:
    found = re.search(rf'<textarea[^>]*name="{name}"[^>]*>\s*([^<]*)', page)
    assert found is not None
    return found.group(1).strip()


def checked(page: str, name: str) -> list[str]:
    boxes = re.findall(rf'<input[^>]*name="{name}"[^>]*>', page)
    return [re.sub(r'.*value="([^"]*)".*', r"\1", box) for box in boxes if " checked" in box]


def chosen(page: str, name: str) -> str:
    menu = re.search(rf'<select[^>]*name="{name}".*?</select>', page)
    assert menu is not None
    found = re.search(r'<option value="([^"]*)" selected', menu.group())
    return found.group(1) if found else ""


@pytest.fixture
def astrid(cast: Cast) -> Patient:
    """Her first visit waits for the dose; she starts on rung 3."""
    client = browser(cast.elin)
    client.post(reverse("patient_new"), {"name": "Astrid Alm", "lead": cast.elin.pk})
    made = Patient.objects.get(name="Astrid Alm")
    to_dose(cast, made)
    return made


def level_now(patient: Patient) -> Level:
    plan = patient.running_plan()
    assert plan is not None
    level = current_level(plan, patient.clinic.today()).level
    assert level is not None
    return level


def fill_visit(who: User, patient: Patient, template: PlanTemplate, **typed: Any) -> str:
    usual = {"level": level_now(patient).pk, "sets": "2", "reps": "8", "pattern": "127"}
    answer = press(who, "dose", patient, template=template.pk, **usual | typed)
    assert answer.status_code == 200
    return text(answer)


def fill_dose(cast: Cast, template: PlanTemplate, **typed: Any) -> str:
    usual = {"level": acts.level(cast.plan).pk, "sets": "1", "reps": "5"}
    address = reverse("prescribe", args=[cast.plan.pk])
    answer = browser(cast.elin).post(address, {"template": template.pk, **usual, **typed})
    assert answer.status_code == 200
    return text(answer)


# ---- how they are written


def test_a_clinician_writes_a_template_changes_it_and_puts_it_away(cast: Cast) -> None:
    client = browser(cast.elin)
    level = acts.level(cast.plan)
    typed = {"name": "Back", "weekdays": ["0", "3"], "goal_rung": acts.rung(cast.plan, 4).pk}
    dose = {"level": level.pk, "sets": "3", "reps": "10", "word": "Slowly."}
    page = text(client.post(reverse("plan_template_new"), typed | dose, follow=True))
    assert "Hip hinge, from rung 1, to rung 4, Mon, Thu" in page
    template = PlanTemplate.objects.get()
    second = acts.level(cast.plan, 2).pk
    client.post(
        reverse("template_dose", args=[template.pk]), {"level": second, "sets": 2, "reps": 6}
    )
    address = reverse("plan_template", args=[template.pk])
    assert "2 × 6" in text(client.get(address))
    client.post(address, typed | {"name": "Low back", "goal_rung": ""})
    page = text(client.get(address))
    assert "Low back" in page
    assert "to the top" in page
    client.post(reverse("template_dose_out", args=[template.pk]), {"level": level.pk})
    assert "from rung 2" in text(client.get(reverse("plan_templates")))
    client.post(reverse("template_put_away", args=[template.pk]))
    assert not in_use(cast.harbour.pk).exists()
    client.post(reverse("template_back", args=[template.pk]))
    assert in_use(cast.harbour.pk).get() == template
    kinds = [*Event.objects.filter(actor=cast.elin).order_by("pk").values_list("kind", flat=True)]
    assert kinds[-6:] == [
        "template_added",
        *["template_changed"] * 3,
        "template_put_away",
        "template_back",
    ]


def test_what_is_wrong_stands_beside_the_field_and_the_rest_stays_typed(cast: Cast) -> None:
    add(cast, name="Back")
    typed = {"name": "BACK", "weekdays": ["2"], "goal_rung": ""}
    dose = {"level": acts.level(cast.plan).pk, "sets": "3", "reps": "10", "reps_to": "8"}
    answer = browser(cast.omar).post(reverse("plan_template_new"), typed | dose)
    assert answer.status_code == 422
    page = text(answer)
    assert "Another template is called BACK already." in page
    assert (value(page, "name"), value(page, "reps_to"), checked(page, "weekdays")) == (
        "BACK",
        "8",
        ["2"],
    )
    fewer = browser(cast.omar).post(reverse("plan_template_new"), typed | dose | {"name": "Hip"})
    assert "must be between 10 and 50" in text(fewer)
    assert PlanTemplate.objects.count() == 1


def test_a_template_refuses_what_no_plan_could_be(cast: Cast) -> None:
    goal = acts.rung(cast.plan, 1)
    squat = Level.objects.filter(rung__ladder__slug="sit-to-stand")[0]
    with refused("goal_below_start"):
        add(cast, level=acts.level(cast.plan, 2), goal_rung=goal)
    with refused("not_a_goal"):
        add(cast, goal_rung=squat.rung)
    with refused("no_weekday"):
        add(cast, weekdays=0)
    with refused("template_unnamed"):
        add(cast, name=" ")
    with refused("not_yours"):
        add(cast, by=cast.maya.user)
    template = add(cast)
    arguments: dict[str, Any] = {"template": template, "by": cast.elin}
    with refused("other_ladder"):
        plan_templates.set_dose(**arguments, level=squat, **said())
    with refused("last_dose"):
        plan_templates.drop_dose(**arguments, level=acts.level(cast.plan))
    with refused("not_yours"):
        plan_templates.put_away(template=template, by=cast.ines)
    plan_templates.put_away(**arguments)
    with refused("template_away"):
        plan_templates.change(**arguments, name="New", weekdays=1)
    add(cast)
    with refused("template_named"):
        plan_templates.bring_back(**arguments)


def test_the_plan_of_a_patient_is_kept_without_its_word_and_its_weight(cast: Cast) -> None:
    level = acts.level(cast.plan)
    dose: dict[str, Any] = {"sets": 4, "reps": 7, "seconds": 3, "word": "Mind the dog, Maya."}
    plan_verbs.prescribe(plan=cast.plan, level=level, by=cast.elin, **dose)
    plan_verbs.schedule(plan=cast.plan, weekdays=0b0010101, by=cast.elin)
    client = browser(cast.elin)
    address = reverse("keep_as_template", args=[cast.plan.pk])
    assert address in text(client.get(reverse("details", args=[cast.maya.pk])))
    page = text(client.get(address))
    assert "Mind the dog" not in page
    assert (value(page, "sets"), value(page, "seconds"), chosen(page, "level")) == (
        "4",
        "3",
        str(level.pk),
    )
    assert checked(page, "weekdays") == ["0", "2", "4"]
    assert not PlanTemplate.objects.exists()


# ---- what they fill in


def test_one_press_fills_in_the_first_visit_and_saves_nothing(cast: Cast, astrid: Patient) -> None:
    goal = level_now(astrid).rung.ladder.rungs.get(position=4)
    dose = said(sets=3, reps=12, seconds=4, word="Slowly.")
    template = add(cast, level=level_now(astrid), goal_rung=goal, **dose)
    page = fill_visit(cast.elin, astrid, template, max_depth="To mid-thigh.", weekdays=["5"])
    assert NOTHING_SAVED in page
    filled = [value(page, name) for name in ("sets", "reps", "seconds", "max_depth")]
    assert filled == ["3", "12", "4", "To mid-thigh."]
    assert words(page, "word") == "Slowly."
    assert (chosen(page, "goal_rung"), checked(page, "weekdays")) == (str(goal.pk), ["0", "3"])
    plan = astrid.running_plan()
    assert plan is not None
    assert (plan.goal_rung, plan.schedules.count()) == (None, 1)
    assert not Prescription.objects.filter(plan=plan).exists()


def test_a_word_that_was_typed_stays_and_that_of_another_template_goes(
    cast: Cast, astrid: Patient
) -> None:
    level = level_now(astrid)
    first = add(cast, "One", level=level, **said(word="Slowly."))
    second = add(cast, "Two", level=level, **said(word="On a count of four."))
    own = fill_visit(cast.elin, astrid, first, word="Call me.")
    assert words(own, "word") == "Call me."
    after = fill_visit(cast.elin, astrid, second, word="Slowly.")
    assert words(after, "word") == "On a count of four."


def test_another_level_of_the_open_rung_is_filled_in_and_said(cast: Cast) -> None:
    factories.pass_open_rung(cast.plan, by=cast.elin)
    first, other = _of_rung_two(cast)[:2]
    template = add(cast, level=other, **said(sets=3))
    page = fill_dose(cast, template, level=first.pk)
    assert f"It is filled in for {other}, in place of" in page
    assert (value(page, "level"), value(page, "sets")) == (str(other.pk), "3")
    assert checked(page, "practise")


def _of_rung_two(cast: Cast) -> list[Level]:
    levels = Level.objects.filter(rung=acts.rung(cast.plan, 2), helper=False, home=True)
    return list(levels.select_related("rung__ladder", "drill"))


def test_what_a_clinician_chose_for_the_patient_is_not_replaced(cast: Cast) -> None:
    factories.pass_open_rung(cast.plan, by=cast.elin)
    one, other = _of_rung_two(cast)[1:3]
    plan_verbs.choose_level(plan=cast.plan, level=one, by=cast.elin)
    page = fill_dose(cast, add(cast, level=other, **said(sets=3)), level=one.pk)
    assert "It has no dose for this drill" in page
    assert (value(page, "level"), value(page, "sets")) == (str(one.pk), "1")


def test_a_locked_rung_is_never_filled_in(cast: Cast) -> None:
    template = add(cast, level=acts.level(cast.plan, 3), **said(sets=3))
    page = fill_dose(cast, template)
    assert "It starts on rung 3, which is not open yet" in page
    assert (value(page, "level"), value(page, "sets")) == (str(acts.level(cast.plan).pk), "1")


def test_the_dose_of_a_later_rung_is_offered_once_it_is_open(cast: Cast) -> None:
    template = add(cast)
    level = acts.level(cast.plan, 2)
    plan_templates.set_dose(template=template, by=cast.elin, level=level, **said(sets=5))
    factories.pass_open_rung(cast.plan, by=cast.elin)
    page = fill_dose(cast, template, level=level.pk)
    assert value(page, "sets") == "5"
    assert not cast.plan.prescriptions.exists()


def test_a_precaution_comes_before_the_template(cast: Cast) -> None:
    """Nobody who is pregnant is filled in an exercise flat on the back."""
    told(cast.maya, cast.elin, "pregnancy")
    bridge = at(cast.plan, "dowel-hinge/double-leg-bridge")
    template = add(cast, level=bridge, **said(sets=3))
    page = fill_dose(cast, template, level=bridge.pk, reason="Her wish.")
    assert f"{bridge} is to be avoided" in page
    assert (value(page, "sets"), value(page, "reason")) == ("1", "Her wish.")


def test_no_template_sets_a_weight_and_load_is_not_put_on_days_in_a_row(cast: Cast) -> None:
    level = acts.level(cast.plan, 6)
    for _rung in range(5):
        factories.pass_open_rung(cast.plan, by=cast.elin)
    template = add(cast, level=level, weekdays=127, **said(sets=4, reps=20))
    page = fill_dose(cast, template, level=level.pk)
    assert "A template holds no weight: choose the patient’s own." in page
    assert "80 in all: more than 60 is a lot." in page
    assert (value(page, "load"), value(page, "sets")) == ("", "4")


def test_a_goal_below_what_is_passed_is_left_out(cast: Cast, astrid: Patient) -> None:
    five = level_now(astrid).rung.ladder.rungs.get(position=5).pk
    template = add(cast, goal_rung=acts.rung(cast.plan, 1))
    page = fill_visit(cast.elin, astrid, template, goal_rung=five)
    assert "Its goal lies below a rung that is passed, and is left out." in page
    assert chosen(page, "goal_rung") == str(five)


def test_a_template_of_an_older_edition_fills_in_what_is_still_the_same(cast: Cast) -> None:
    goal = acts.rung(cast.plan, 4)
    template = add(cast, goal_rung=goal, **said(sets=3))
    newer = ladders.next_edition(cast.plan.ladder)
    assert "Written for edition" in text(browser(cast.elin).get(reverse("plan_templates")))
    page = assign_filled(cast, template)
    assert "It was written for edition" in page
    assert f'value="{newer.pk}" required id="id_ladder_0" checked' in page or checked(
        page, "ladder"
    ) == [str(newer.pk)]
    assert chosen(page, "goal") == str(newer.rungs.get(slug=goal.slug).pk)
    plan = gate.assign(patient=cast.tomas, ladder=newer, by=cast.elin)
    address = reverse("prescribe", args=[plan.pk])
    typed = {"template": template.pk, "level": acts.level(plan).pk, "sets": "1", "reps": "5"}
    page = text(browser(cast.elin).post(address, typed))
    assert value(page, "sets") == "3"


def assign_filled(cast: Cast, template: PlanTemplate, **typed: Any) -> str:
    address = reverse("assign", args=[cast.tomas.pk])
    answer = browser(cast.elin).post(address, {"template": template.pk, **typed})
    assert answer.status_code == 200
    assert not Plan.objects.filter(patient=cast.tomas).exists()
    return text(answer)


def test_a_new_plan_is_filled_in_by_one_press(cast: Cast) -> None:
    squat = Ladder.objects.newest().get(slug="sit-to-stand")
    level = Level.objects.filter(rung__ladder=squat).order_by("rung__position", "position")[0]
    page = assign_filled(cast, add(cast, level=level))
    assert NOTHING_SAVED in page
    assert (checked(page, "ladder"), checked(page, "weekdays")) == ([str(squat.pk)], ["0", "3"])


def test_a_template_of_a_ladder_that_is_not_offered_fills_in_the_days_alone(cast: Cast) -> None:
    template = add(cast)
    ladder_offers.stop_offering(ladder=template.ladder, by=cast.petra)
    squat = Ladder.objects.newest().get(slug="sit-to-stand")
    page = assign_filled(cast, template, ladder=squat.pk)
    assert "Hip hinge is offered to nobody new" in page
    assert (checked(page, "ladder"), checked(page, "weekdays")) == ([str(squat.pk)], ["0", "3"])
    assert "Its ladder is offered to nobody new." in text(
        browser(cast.elin).get(reverse("plan_templates"))
    )


@pytest.mark.parametrize("page", ["list", "dose"])
def test_more_templates_take_no_more_queries(
    cast: Cast, page: str, django_assert_max_num_queries: Any
) -> None:
    client = browser(cast.elin)
    name, args = ("plan_templates", []) if page == "list" else ("prescribe", [cast.plan.pk])
    for nth in range(12):
        add(cast, f"Template {nth}")
    client.get(reverse(name, args=args))
    with django_assert_max_num_queries(14 if page == "list" else 34):
        client.get(reverse(name, args=args))


def test_another_clinics_templates_fill_in_nothing(cast: Cast) -> None:
    template = add(cast, by=cast.ines, **said(sets=7))
    page = browser(cast.elin).get(reverse("prescribe", args=[cast.plan.pk]))
    assert "Fill in from a template" not in text(page)
    typed = {"template": template.pk, "level": acts.level(cast.plan).pk, "sets": "1", "reps": "5"}
    answer = browser(cast.elin).post(reverse("prescribe", args=[cast.plan.pk]), typed)
    assert value(text(answer), "sets") != "7"
