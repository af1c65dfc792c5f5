"""A patient comes, is put on a ladder and invited, is handed over, goes, and comes back."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from accounts import links
from accounts.models import PhoneLink, User
from patients.models import Patient, Plan
from patients.standing.usual_pain import usual_now
from patients.verbs import people as people_verbs
from tests import factories, ladders
from tests.accounts import phones
from tests.cast import Cast
from tests.patients import acts
from tests.patients.acts import refused
from tests.patients.caseloads import listed
from tests.patients.clinic_pages import browser, text

NEW = {"name": "Vera Viklund", "referral_note": ""}
EVERY_DAY = [str(bit) for bit in range(7)]


def plan_form(plan: Plan, **said: Any) -> dict[str, Any]:
    """The assignment form as it stands when opened: for the newest edition of a plan's ladder."""
    ladder = plan.ladder.newer() or plan.ladder
    top = ladder.rungs.order_by("-position")[0]
    return {"ladder": ladder.pk, "weekdays": EVERY_DAY, "goal": top.pk, **said}


def post(who: User | Client, page: str, *args: Any, **said: Any) -> Any:
    """Press the button of a page of one's own; ``page``: the name of its address."""
    client = who if isinstance(who, Client) else browser(who)
    return client.post(reverse(page, args=args), said)


def sent_on(response: Any) -> str:
    assert response.status_code == 303
    where: str = response["Location"]
    return where


def test_from_the_caseload_to_the_code_in_a_press_a_page(cast: Cast) -> None:
    client = browser(cast.elin)
    assert f'href="{reverse("patient_new")}"' in client.get(reverse("caseload")).content.decode()
    form = client.get(reverse("patient_new"))
    story = sent_on(
        client.post(reverse("patient_new"), {**NEW, "lead": form.context["form"]["lead"].value()})
    )
    asked = {"again": "1", "no_flags": "on", "no_precautions": "on", "outcome": "cleared"}
    chosen = client.get(story).context["ladders"]["ladder"].value()
    see = sent_on(client.post(story, {**asked, "ladder": chosen}))
    dose = sent_on(client.post(see, {"level": client.get(see).context["proposal"].level.pk}))
    asking = client.get(dose).context
    said = {name: asking["prescribe_form"][name].value() for name in ("level", "sets", "reps")}
    said["pattern"] = asking["visit_days"]["pattern"].value()
    link = sent_on(client.post(dose, said))
    page = client.get(sent_on(client.post(link)))
    assert '<img class="qr screen" src="data:image/svg+xml' in page.content.decode()
    assert listed(cast.elin, q="vera") == ["Vera Viklund"]
    patient = Patient.objects.get(name="Vera Viklund")
    assert patient.lead == cast.elin
    assert phones.signed_in(
        phones.opened(phones.path_of(links.link_of(patient.user) or PhoneLink()))
    )


def test_what_was_asked_at_the_start_is_kept(cast: Cast) -> None:
    post(
        cast.elin,
        "patient_new",
        name=" Vera\t Viklund ",
        lead=cast.omar.pk,
        referral_note="Stiff.",
    )
    patient = Patient.objects.get(name="Vera Viklund")
    assert (patient.lead, patient.referral_note) == (cast.omar, "Stiff.")


def test_a_usual_pain_that_is_unknown_is_unknown_and_not_nought(cast: Cast) -> None:
    for name, typed, kept in (("Vera Viklund", "", None), ("Nils Nought", "0", 0)):
        post(cast.elin, "patient_new", lead=cast.elin.pk, **{**NEW, "name": name})
        patient = Patient.objects.get(name=name)
        asked = {"again": "1", "no_flags": "on", "no_precautions": "on", "outcome": "cleared"}
        asked["ladder"] = str(factories.newest().pk)
        sent_on(post(cast.elin, "first_visit_story", patient.pk, **asked, usual_pain=typed))
        assert usual_now(patient) == kept


BAD = [
    ("name", "", "Write the patient’s name."),
    ("name", "   ", "Write the patient’s name."),
    ("name", "12345", "Write the patient’s name."),
    ("name", "x" * 201, "at most 200 characters"),
    ("name", "😀", "Write the patient’s name."),
    ("referral_note", "n" * 10_000, "at most 2000 characters"),
    ("lead", "999999", "Select a valid choice."),
    ("lead", "", "This field is required."),
]


@pytest.mark.parametrize(("field", "typed", "sentence"), BAD)
def test_bad_input_is_said_beside_the_field_and_nothing_is_saved(
    cast: Cast, field: str, typed: str, sentence: str
) -> None:
    client = browser(cast.elin)
    before = acts.everything()
    said = {**NEW, "lead": str(cast.elin.pk), "referral_note": "Kept.", field: typed}
    response = post(client, "patient_new", **said)
    assert response.status_code == 422
    page = response.content.decode()
    beside = re.search(rf'id="id_{field}_error"[^>]*>.*?</small>', page, re.DOTALL)
    assert beside is not None
    assert sentence in beside[0]
    assert ("Kept." in page) == (field != "referral_note")
    assert acts.everything() == before


@pytest.mark.parametrize("name", ["<b>Bo</b>", "مايا روس", "Zoë 😀 O’Brien", "Ли"])
def test_a_name_is_text_whatever_it_looks_like(cast: Cast, name: str) -> None:
    sent_on(post(cast.elin, "patient_new", **{**NEW, "name": name, "lead": cast.elin.pk}))
    assert Patient.objects.filter(name=name).count() == 1
    page = browser(cast.elin).get(reverse("caseload"))
    assert name in text(page)
    assert "<b>Bo</b>" not in page.content.decode()


def test_the_lead_is_a_colleague_of_the_same_clinic(cast: Cast) -> None:
    for lead in (cast.ines, cast.maya.user):
        assert post(cast.elin, "patient_new", **{**NEW, "lead": lead.pk}).status_code == 422
        said: dict[str, Any] = {"name": "Maya", "referral_note": ""}
        for today in (cast.elin, cast.omar):
            Patient.objects.filter(pk=cast.maya.pk).update(lead=today)
            with refused("staff_only"):
                people_verbs.amend(patient=cast.maya, by=cast.elin, lead=lead, **said)
    assert not Patient.objects.filter(name="Vera Viklund").exists()


def test_a_plan_begins_as_chosen(cast: Cast) -> None:
    goal = factories.newest().rungs.get(position=4)
    post(
        cast.elin,
        "assign",
        cast.tomas.pk,
        **plan_form(cast.plan, weekdays=["0", "2"], goal=goal.pk),
    )
    plan = Plan.objects.get(patient=cast.tomas)
    assert (plan.goal_rung, [one.weekdays for one in plan.schedules.all()]) == (goal, [0b101])


def test_the_top_rung_as_goal_is_a_plan_to_the_top(cast: Cast) -> None:
    post(cast.elin, "assign", cast.tomas.pk, **plan_form(cast.plan))
    assert Plan.objects.get(patient=cast.tomas).goal_rung is None


@pytest.mark.parametrize(
    "wrong",
    [{"weekdays": []}, {"weekdays": ["7"]}, {"goal": "999999"}, {"ladder": "999999"}],
)
def test_a_plan_that_makes_no_sense_is_not_begun(cast: Cast, wrong: dict[str, Any]) -> None:
    client = browser(cast.elin)
    before = acts.everything()
    response = post(client, "assign", cast.tomas.pk, **plan_form(cast.plan, **wrong))
    assert response.status_code == 422
    assert f'id="id_{next(iter(wrong))}_error"' in response.content.decode()
    assert acts.everything() == before


def test_a_draft_of_the_next_edition_is_neither_offered_nor_taken(cast: Cast) -> None:
    newest = factories.newest()
    draft = ladders.next_edition(newest, draft=True)
    page = browser(cast.elin).get(reverse("assign", args=[cast.tomas.pk]))
    assert page.context["form"]["ladder"].value() == newest.pk
    response = post(cast.elin, "assign", cast.tomas.pk, **plan_form(cast.plan, ladder=draft.pk))
    assert response.status_code == 422
    plan = factories.plan(cast.tomas, ladder=newest)
    assert browser(cast.elin).get(reverse("move", args=[plan.pk])).status_code == 404


def test_a_second_plan_is_refused_with_the_reason(cast: Cast) -> None:
    client = browser(cast.omar)
    before = acts.everything()
    response = post(client, "assign", cast.maya.pk, **plan_form(cast.plan))
    assert response.status_code == 422
    assert "Maya R. already has a running plan." in text(response)
    assert acts.everything() == before


def test_handing_over_moves_the_patient_to_the_colleagues_list(cast: Cast) -> None:
    said = {
        "name": cast.maya.name,
        "lead": cast.omar.pk,
        "referral_note": "",
        "next_visit": "2026-12-01",
        "next_time": "09:20",
    }
    sent_on(post(cast.elin, "patient_edit", cast.maya.pk, **said))
    assert (listed(cast.omar), listed(cast.elin)) == (["Maya Roos"], ["Tomas Tran"])
    visit = cast.maya.visits.get()
    assert (f"{visit.day}", f"{visit.time}") == ("2026-12-01", "09:20:00")


@pytest.mark.parametrize(
    ("field", "typed"),
    [("name", ""), ("next_visit", "31/31/2026"), ("next_time", "25:00"), ("lead", "0")],
)
def test_bad_details_change_nothing(cast: Cast, field: str, typed: str) -> None:
    client = browser(cast.elin)
    before = acts.everything()
    said = {
        "name": "New Name",
        "lead": cast.elin.pk,
        "referral_note": "",
        "next_visit": "",
        field: typed,
    }
    response = post(client, "patient_edit", cast.maya.pk, **said)
    assert response.status_code == 422
    assert f'id="id_{field}_error"' in response.content.decode()
    assert acts.everything() == before


def test_discharge_takes_a_patient_off_the_list_and_taking_back_asks_for_a_plan(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    sent_on(post(cast.elin, "discharge", cast.maya.pk))
    assert listed(cast.elin, who="clinic") == ["Tomas Tran"]
    assert "Take on again" in text(
        browser(cast.elin).get(reverse("patient_edit", args=[cast.maya.pk]))
    )
    clock.shift(timedelta(minutes=11))
    where = sent_on(post(cast.elin, "take_back", cast.maya.pk))
    assert where == reverse("assign", args=[cast.maya.pk])
    assert sorted(listed(cast.elin)) == ["Maya Roos", "Tomas Tran"]


def test_a_plan_for_somebody_discharged_is_refused_until_they_are_back(cast: Cast) -> None:
    people_verbs.discharge(patient=cast.tomas, by=cast.elin)
    response = post(cast.elin, "assign", cast.tomas.pk, **plan_form(cast.plan))
    assert response.status_code == 422
    assert "discharged" in text(response)


def test_a_discharge_shows_the_summary_first_and_the_patients_page_leads_to_it_afterwards(
    cast: Cast,
) -> None:
    factories.pass_open_rung(cast.plan, by=cast.elin)
    client = browser(cast.elin)
    asked = text(client.get(reverse("discharge", args=[cast.maya.pk])))
    assert "Ladder: 1 of 7 rungs passed" in asked
    assert "Discharge Maya R." in asked
    sent_on(post(cast.elin, "discharge", cast.maya.pk))
    chart = client.get(reverse("chart", args=[cast.maya.pk])).content.decode()
    assert f'href="{reverse("plan_summary", args=[cast.maya.pk])}"' in chart
    kept = text(client.get(reverse("plan_summary", args=[cast.maya.pk])))
    assert "Ladder: 1 of 7 rungs passed" in kept
    assert "Ended " in kept
    assert "Discharged on" in text(client.get(reverse("discharge", args=[cast.maya.pk])))


def test_without_a_plan_a_discharge_asks_without_a_summary(cast: Cast) -> None:
    asked = text(browser(cast.elin).get(reverse("discharge", args=[cast.tomas.pk])))
    assert "Discharge Tomas T." in asked
    assert "rungs passed" not in asked


def test_a_discharge_of_somebody_stopped_says_what_comes_first(cast: Cast) -> None:
    acts.log(cast.plan, pain=8)
    response = post(cast.elin, "discharge", cast.maya.pk)
    assert response.status_code == 422
    assert "Answer it first." in text(response)
    assert listed(cast.elin) == ["Maya Roos", "Tomas Tran"]


@pytest.mark.parametrize(
    "page", ["assign", "invite", "invite_issue", "patient_edit", "discharge", "take_back"]
)
def test_another_clinics_patient_does_not_exist_here_and_a_patient_is_no_staff(
    cast: Cast, page: str
) -> None:
    method = "post" if page in {"invite_issue", "discharge", "take_back"} else "get"
    outsiders = [(browser(cast.ines), 404), (browser(cast.maya.user), 403)]
    before = acts.everything()
    for client, status in outsiders:
        assert getattr(client, method)(reverse(page, args=[cast.maya.pk])).status_code == status
    assert acts.everything() == before


def test_nothing_is_written_of_a_patient_whom_somebody_only_looks_at(cast: Cast) -> None:
    client = browser(cast.elin)
    before = acts.everything()
    for name in ("assign", "invite", "patient_edit"):
        client.get(reverse(name, args=[cast.tomas.pk]))
    client.get(reverse("patient_new"))
    assert acts.everything() == before
