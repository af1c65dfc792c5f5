"""A first visit: five steps, a draft that a colleague can take up, and the link at the end."""

from __future__ import annotations

import re
from datetime import time
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from accounts import links
from accounts.models import User
from patients.models import FirstVisit, Patient, PatientSummary, Plan, VisitDraft
from patients.standing.usual_pain import usual_now
from patients.summaries import verify
from patients.verbs import first_visit as visit_verbs
from patients.verbs import people as people_verbs
from tests import factories
from tests.cast import Cast
from tests.patients import acts
from tests.patients.caseloads import asked, headings
from tests.patients.clinic_pages import browser, text
from tests.queries import BeforeTheAnswer

UNFINISHED = "First visit unfinished"
CLEAR = {"again": "1", "no_flags": "on", "no_precautions": "on", "outcome": "cleared"}
DOSE = {"sets": "2", "reps": "8", "pattern": "21", "word": "Slowly."}


def page(step: str, patient: Patient) -> str:
    return reverse(f"first_visit_{step}" if step else "first_visit", args=[patient.pk])


def press(who: User | Client, step: str, patient: Patient, **typed: Any) -> Any:
    client = who if isinstance(who, Client) else browser(who)
    if step == "story" and patient.running_plan() is None:
        typed.setdefault("ladder", factories.newest().pk)
    return client.post(page(step, patient), typed)


def shown(who: User, step: str, patient: Patient) -> str:
    answer = browser(who).get(page(step, patient))
    assert answer.status_code == 200, answer.get("Location")
    return answer.content.decode()


def keep(who: User, step: str, patient: Patient, **typed: Any) -> Any:
    address = reverse("first_visit_draft", args=[patient.pk, step])
    return browser(who).post(address, typed)


def waits_at(who: User, patient: Patient) -> str:
    """The step to which the list leads."""
    where = browser(who).get(page("", patient))["Location"]
    return re.sub("[0-9]+", "", where).rstrip("/").rpartition("/")[2]


@pytest.fixture
def astrid(cast: Cast) -> Patient:
    """Somebody of whom only the name is written down."""
    answer = browser(cast.elin).post(
        reverse("patient_new"), {"name": "Astrid Alm", "lead": cast.elin.pk}
    )
    made = Patient.objects.get(name="Astrid Alm")
    assert answer["Location"] == page("story", made)
    return made


def weekdays_of(plan: Plan) -> int:
    return plan.schedules.latest("pk").weekdays


def all_met(plan: Plan, *positions: int) -> dict[str, str]:
    return {f"rung-{acts.rung(plan, position).pk}": "met" for position in positions}


def to_dose(cast: Cast, patient: Patient, **told: str) -> Plan:
    """Story and assessment are saved: two rungs met, a fault seen."""
    answer = press(cast.elin, "story", patient, **CLEAR, **told)
    assert answer["Location"] == page("see", patient)
    plan = patient.running_plan()
    assert plan is not None
    typed = {**all_met(plan, 1, 2), "fault": "squats-the-hinge"}
    assert press(cast.elin, "see", patient, **typed)["Location"] == page("dose", patient)
    return plan


def to_hand_over(cast: Cast, patient: Patient) -> Plan:
    """Everything but the link: story, two rungs met and a fault, a dose up to rung 5."""
    told = {"usual_pain": "4", "goal": "Lift a cot", "equipment": "bench"}
    plan = to_dose(cast, patient, **told)
    level = browser(cast.elin).get(page("dose", patient)).context["level"]
    said = {**DOSE, "level": level.pk, "goal_rung": acts.rung(plan, 5).pk}
    answer = press(cast.elin, "dose", patient, **said)
    assert answer["Location"] == page("hand_over", patient)
    return plan


def test_each_step_of_a_first_visit_is_saved(cast: Cast, astrid: Patient) -> None:
    plan = to_hand_over(cast, astrid)
    plan.refresh_from_db()
    assert (usual_now(astrid), plan.goal_position, weekdays_of(plan)) == (4, 5, 21)
    assert [rung.position for rung in plan.passed_rungs] == [1, 2]
    assert plan.prescriptions.get().word == "Slowly."
    assert plan.findings.get().fault is not None


def test_the_link_is_made_last_and_ends_the_visit(cast: Cast, astrid: Patient) -> None:
    to_hand_over(cast, astrid)
    assert links.link_of(astrid.user) is None
    visit_day = cast.harbour.today()
    when = {"next_visit": visit_day.isoformat(), "next_time": "16:40"}
    press(cast.elin, "hand_over", astrid, **when)
    assert links.link_of(astrid.user) is not None
    assert "QR code" in shown(cast.elin, "hand_over", astrid)
    visit = astrid.visits.get()
    assert (visit.day, visit.time, visit.clinician) == (visit_day, time(16, 40), cast.elin)
    assert UNFINISHED not in headings(asked(cast.elin))
    assert list(verify.differences()) == []


def test_the_caseload_says_which_step_waits_and_leads_there(cast: Cast, astrid: Patient) -> None:
    assert "Step 2 waits: story." in text(asked(cast.elin))
    assert page("", astrid) in asked(cast.elin).content.decode()
    assert waits_at(cast.elin, astrid) == "story"
    plan = to_dose(cast, astrid)
    assert headings(asked(cast.elin, show="needs"))[0] == UNFINISHED
    assert "Step 4 waits: dose." in text(asked(cast.elin))
    said = {**DOSE, "level": acts.level(plan, 3).pk}
    press(cast.elin, "dose", astrid, **said)
    assert waits_at(cast.omar, astrid) == "hand-over"


def test_a_step_that_is_not_reached_leads_to_the_one_that_waits(
    cast: Cast, astrid: Patient
) -> None:
    for step in ("see", "dose", "hand_over"):
        answer = browser(cast.elin).get(page(step, astrid))
        assert answer["Location"] == page("story", astrid)
        assert press(cast.elin, step, astrid)["Location"] == page("story", astrid)
    assert astrid.running_plan() is None
    assert links.link_of(astrid.user) is None


def test_who_is_not_cleared_sees_no_drill_and_gets_no_ladder_and_no_link(
    cast: Cast, astrid: Patient
) -> None:
    red = {"again": "1", "no_flags": "on", "flag_saddle": "yes", "no_precautions": "on"}
    words = "Sent to hospital, letter given."
    red |= {"travels": "By ambulance."}
    press(cast.elin, "story", astrid, **red, outcome="not_cleared", words=words)
    story = shown(cast.elin, "story", astrid)
    assert "No drill, no ladder and no link until a screening clears the patient." in story
    assert words in story
    for step in ("see", "dose", "hand_over"):
        assert browser(cast.elin).get(page(step, astrid))["Location"] == page("story", astrid)
    assert astrid.running_plan() is None
    assert headings(asked(cast.elin, show="all"))[-1:] != [UNFINISHED]
    assert UNFINISHED not in headings(asked(cast.elin))


def test_what_was_typed_and_not_saved_waits_for_a_colleague_on_another_device(
    cast: Cast, astrid: Patient
) -> None:
    typed = {"goal": "Lift a cot", "usual_pain": "6", "flag_saddle": "no", "has_falls": "on"}
    assert keep(cast.elin, "story", astrid, **typed)["Location"] == reverse("caseload")
    story = shown(cast.omar, "story", astrid)
    assert "Lift a cot" in story
    assert re.search('name="usual_pain" value="6"[^>]*checked', story)
    assert re.search('name="flag_saddle" value="no"[^>]*checked', story)
    assert re.search('name="has_falls"[^>]*checked', story)
    assert re.search(r"Draft kept \d\d:\d\d \(Elin", story)
    press(cast.omar, "story", astrid, **CLEAR)
    assert not VisitDraft.objects.exists()


def test_a_draft_of_what_was_seen_and_of_the_dose_comes_back(cast: Cast, astrid: Patient) -> None:
    press(cast.elin, "story", astrid, **CLEAR)
    plan = astrid.running_plan()
    assert plan is not None
    keep(cast.elin, "see", astrid, **all_met(plan, 1), words="Looks up", fault="stutters")
    seen = shown(cast.omar, "see", astrid)
    assert re.search(f'name="rung-{acts.rung(plan, 1).pk}" value="met" checked', seen)
    assert re.search('value="stutters" checked', seen)
    assert "Start on rung 2" in seen
    assert astrid.running_plan() == plan
    assert plan.passed_rungs == []
    to_dose(cast, astrid)
    keep(cast.elin, "dose", astrid, **{**DOSE, "reps": "13", "level": acts.level(plan, 3).pk})
    assert 'value="13"' in shown(cast.omar, "dose", astrid)


def test_a_draft_that_arrives_after_the_step_was_saved_changes_nothing(
    cast: Cast, astrid: Patient
) -> None:
    opened = browser(cast.elin).get(page("story", astrid)).context["opened"]
    press(cast.elin, "story", astrid, **CLEAR)
    keep(cast.elin, "story", astrid, goal="Late", opened=opened)
    assert not VisitDraft.objects.exists()


def test_a_button_to_another_step_keeps_what_is_typed_here(cast: Cast, astrid: Patient) -> None:
    answer = keep(cast.elin, "story", astrid, goal="Lift a cot", go="who")
    assert answer["Location"] == page("who", astrid)
    assert "Lift a cot" in shown(cast.elin, "story", astrid)
    assert keep(cast.elin, "story", astrid, go="dose")["Location"] == reverse("caseload")


def test_a_rung_by_point_passes_with_all_its_points_and_not_with_some(
    cast: Cast, astrid: Patient
) -> None:
    press(cast.elin, "story", astrid, **CLEAR)
    plan = astrid.running_plan()
    assert plan is not None
    first = acts.rung(plan, 1)
    points = [one.pk for one in acts.criteria(plan, 1)]
    press(cast.elin, "see", astrid, **{f"rung-{first.pk}": "points", "criterion": points[1:]})
    assert plan.passed_rungs == []
    press(cast.elin, "see", astrid, **{f"rung-{first.pk}": "points", "criterion": points})
    assert plan.passed_rungs == [first]


def test_not_yet_takes_the_points_of_a_rung_that_were_ticked_before(
    cast: Cast, astrid: Patient
) -> None:
    press(cast.elin, "story", astrid, **CLEAR)
    plan = astrid.running_plan()
    assert plan is not None
    first = acts.rung(plan, 1)
    points = [one.pk for one in acts.criteria(plan, 1)]
    press(cast.elin, "see", astrid, **{f"rung-{first.pk}": "not", "criterion": points})
    assert plan.passed_rungs == []


def test_a_suggestion_from_before_the_ticks_starts_nobody(cast: Cast, astrid: Patient) -> None:
    """Without scripts the button still carries the level that was suggested before."""
    press(cast.elin, "story", astrid, **CLEAR)
    plan = astrid.running_plan()
    assert plan is not None
    typed = {**all_met(plan, 1, 2), "level": str(acts.level(plan, 1).pk)}
    answer = press(cast.elin, "see", astrid, **typed)
    assert answer.status_code == 422
    assert "has changed where to start" in text(answer)
    assert plan.passed_rungs == []
    level = answer.context["proposal"].level
    assert press(cast.elin, "see", astrid, **{**typed, "level": str(level.pk)}).status_code == 303


def test_bad_input_is_said_beside_its_field_and_what_was_typed_stays(
    cast: Cast, astrid: Patient
) -> None:
    plan = to_dose(cast, astrid)
    said = {**DOSE, "sets": "99", "pattern": "own", "level": acts.level(plan, 3).pk}
    answer = press(cast.elin, "dose", astrid, **said)
    assert answer.status_code == 422
    assert "Choose at least one day of the week." in text(answer)
    assert "Slowly." in answer.content.decode()
    assert plan.prescriptions.count() == 0
    own = {**DOSE, "pattern": "own", "weekdays": ["1", "4"], "level": acts.level(plan, 3).pk}
    assert press(cast.elin, "dose", astrid, **own).status_code == 303
    assert weekdays_of(plan) == 0b10010


def test_on_paper_alone_the_visit_ends_without_a_link(cast: Cast, astrid: Patient) -> None:
    plan = to_dose(cast, astrid)
    press(cast.elin, "dose", astrid, **{**DOSE, "level": acts.level(plan, 3).pk})
    assert press(cast.elin, "hand_over", astrid, paper="1")["Location"] == reverse(
        "handout", args=[astrid.pk]
    )
    assert links.link_of(astrid.user) is None
    assert UNFINISHED not in headings(asked(cast.elin))


def test_a_first_visit_is_set_aside_with_a_reason(cast: Cast, astrid: Patient) -> None:
    assert press(cast.elin, "end", astrid, reason=" ").status_code == 422
    keep(cast.elin, "story", astrid, goal="Lift a cot")
    press(cast.elin, "end", astrid, reason="Moved to another town.")
    assert FirstVisit.objects.get().set_aside == "Moved to another town."
    assert not VisitDraft.objects.exists()
    assert UNFINISHED not in headings(asked(cast.elin))
    details = text(browser(cast.omar).get(reverse("details", args=[astrid.pk])))
    assert "Moved to another town." in details
    assert keep(cast.elin, "story", astrid, goal="Late")["Location"] == reverse(
        "chart", args=[astrid.pk]
    )


def test_a_link_made_on_its_own_page_ends_a_visit_of_somebody_with_a_plan(
    cast: Cast, astrid: Patient
) -> None:
    browser(cast.elin).post(reverse("invite_issue", args=[astrid.pk]))
    assert waits_at(cast.elin, astrid) == "story"
    to_dose(cast, astrid)
    browser(cast.elin).post(reverse("invite_issue", args=[astrid.pk]))
    assert FirstVisit.objects.get().ended_at is not None


def test_who_is_discharged_in_the_middle_is_not_unfinished_when_they_come_back(
    cast: Cast, astrid: Patient
) -> None:
    people_verbs.discharge(patient=astrid, by=cast.elin)
    people_verbs.take_back(patient=astrid, by=cast.elin)
    assert UNFINISHED not in headings(asked(cast.elin))


def test_patients_from_before_there_were_first_visits_are_not_unfinished(cast: Cast) -> None:
    factories.patient(cast.elin, "Uno Unscreened", screened=False)
    assert UNFINISHED not in headings(asked(cast.elin))
    summaries = PatientSummary.objects.exclude(visit_step="")
    assert not summaries.exists()


def test_the_chart_leads_back_to_a_visit_that_is_unfinished(cast: Cast, astrid: Patient) -> None:
    chart = reverse("chart", args=[astrid.pk])
    assert page("", astrid) in browser(cast.elin).get(chart).content.decode()
    to_dose(cast, astrid)
    assert page("", astrid) in browser(cast.elin).get(chart).content.decode()


def test_a_draft_holds_so_much_and_not_more(cast: Cast, astrid: Patient) -> None:
    kept = {"goal": ["x" * visit_verbs.MOST_LETTERS]}
    visit_verbs.keep(patient=astrid, by=cast.elin, step="story", fields=kept)
    kept["goal"].append("x")
    said: dict[str, Any] = {"patient": astrid, "by": cast.elin, "step": "story", "fields": kept}
    with acts.refused("too_long"):
        visit_verbs.keep(**said)


#: The most queries of each step, whatever was seen and prescribed before.
QUERIES = {"who": 11, "story": 15, "see": 28, "dose": 25, "hand_over": 11}


@pytest.mark.parametrize("step", QUERIES)
def test_a_step_is_read_by_few_queries(cast: Cast, astrid: Patient, step: str) -> None:
    plan = to_dose(cast, astrid)
    press(cast.elin, "dose", astrid, **{**DOSE, "level": acts.level(plan, 3).pk})
    client = browser(cast.elin)
    with BeforeTheAnswer(connection) as few:
        assert client.get(page(step, astrid)).status_code == 200
    assert len(few) <= QUERIES[step], len(few)
