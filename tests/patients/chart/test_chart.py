"""The patient's page for the clinic: who may see it, what it costs, what it says."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from patients.chart import page as chart_page
from patients.models import Finding, Patient, Plan
from patients.standing.calendar import calendar_of
from patients.standing.chosen_levels import chosen_levels
from patients.standing.lower import train_lower_levels
from patients.standing.position import (
    current_level,
    ladder_steps,
    place_on,
)
from patients.verbs import findings as finding_verbs
from patients.verbs import messages as message_verbs
from patients.verbs import people as people_verbs
from patients.verbs import plan as plan_verbs
from patients.verbs import practice as practice_verbs
from patients.wording.days import weekdays_in_words
from tests import factories
from tests.cast import Cast
from tests.patients import acts
from tests.patients.clinic_pages import browser, chart, text, tight
from tests.patients.lived import live
from tests.queries import BeforeTheAnswer

MOST_QUERIES = 15
#: In the minutes in which an answer can be taken back: the answers of its act, and what rests on
#: them.
FOR_UNDO = 2


@pytest.fixture
def elin(cast: Cast) -> Client:
    return browser(cast.elin)


def addresses(cast: Cast, patient: Patient, plan: Plan) -> dict[str, tuple[str, ...]]:
    """Every page and act of the chart, with the methods it knows."""
    rung = acts.rung(plan, 1).pk
    criterion = acts.criteria(plan, 1)[0].pk
    finding = Finding.objects.filter(plan=plan).first() or finding_verbs.note(
        plan=plan, by=patient.lead, words="Tips"
    )
    stop = plan.stops.last() or acts.log(plan, pain=9).stops.get()
    of_patient = dict.fromkeys(["chart", "decisions", "details"], "GET")
    of_patient |= {"usual_pain": "POST", "next_visit": "POST", "visits": "GET POST"}
    of_patient |= {"thread": "GET POST", "thread_read": "POST", "practice_history": "GET"}
    of_plan = dict.fromkeys(["place", "prescribe", "schedule", "goal", "choose_level"], "GET POST")
    of_plan |= dict.fromkeys(["pause", "end", "finding", "paper"], "GET POST") | {"resume": "POST"}
    found = {reverse(name, args=[patient.pk]): methods for name, methods in of_patient.items()}
    found |= {reverse(name, args=[plan.pk]): methods for name, methods in of_plan.items()}
    found |= {reverse(name, args=[plan.pk, criterion]): "POST" for name in ("tick", "untick")}
    found |= {reverse(name, args=[plan.pk, rung]): "GET POST" for name in ("not_yet", "withdraw")}
    found |= {reverse("decide", args=[plan.pk, rung]): "POST"}
    found |= {
        reverse("finding_clear", args=[finding.pk]): "POST",
        reverse("stop_answer", args=[stop.pk]): "GET POST",
    }
    return {address: tuple(methods.split()) for address, methods in found.items()}


def ask(client: Client, method: str, address: str) -> Any:
    return client.post(address, {}) if method == "POST" else client.get(address)


def test_another_clinics_patient_does_not_exist(cast: Cast) -> None:
    pages = addresses(cast, cast.maya, cast.plan)
    ines = browser(cast.ines)
    before = acts.everything()
    before["accounts_user"] = []
    for address, methods in pages.items():
        for method in methods:
            assert ask(ines, method, address).status_code == 404, (method, address)
    assert acts.everything() | {"accounts_user": []} == before


def test_a_patient_is_told_that_the_pages_are_the_clinics_own(cast: Cast) -> None:
    pages = addresses(cast, cast.maya, cast.plan)
    before = acts.everything()
    maya = browser(cast.maya.user)
    before["accounts_user"] = []
    for address, methods in pages.items():
        for method in methods:
            answer = ask(maya, method, address)
            assert answer.status_code == 403, (method, address)
            assert "for the clinic’s staff" in text(answer)
    assert acts.everything() | {"accounts_user": []} == before


def test_a_stranger_is_asked_to_sign_in_and_a_wrong_method_is_refused(
    client: Client, cast: Cast, elin: Client
) -> None:
    for address, methods in addresses(cast, cast.maya, cast.plan).items():
        assert client.get(address).status_code in {302, 303}
        if "GET" not in methods:
            assert elin.get(address).status_code == 405
        if "POST" not in methods:
            assert elin.post(address).status_code == 405


def test_looking_at_a_page_writes_nothing(cast: Cast, elin: Client) -> None:
    live(cast)
    message_verbs.write(plan=cast.plan, by=cast.maya.user, text="Is this right?")
    pages = addresses(cast, cast.maya, cast.plan)
    before = acts.everything()
    for address, methods in pages.items():
        if "GET" in methods:
            assert elin.get(address).status_code == 200, address
    assert acts.everything() == before


def _practised(cast: Cast, first: int, last: int) -> None:
    """From ``first`` to ``last`` days ago, entered from paper."""
    plan = cast.plan
    today = cast.harbour.today()
    Plan.objects.filter(pk=plan.pk).update(started_on=today - timedelta(days=first))
    plan.refresh_from_db()
    for back in range(first, last - 1, -1):
        acts.log(
            plan,
            today - timedelta(days=back),
            by=cast.elin,
            paper=True,
            pain=back % 4,
            effort="right",
        )


def _queries(client: Client, cast: Cast) -> int:
    with BeforeTheAnswer(connection) as asked:
        chart(client, cast.maya)
    return len(asked)


def test_the_page_asks_the_database_no_more_after_300_days_than_after_one(
    cast: Cast, elin: Client
) -> None:
    _practised(cast, 1, 1)
    once = _queries(elin, cast)
    _practised(cast, 300, 2)
    assert _queries(elin, cast) == once <= MOST_QUERIES


def test_everything_at_once_stays_within_the_bound(cast: Cast, elin: Client) -> None:
    live(cast)
    for fault in cast.plan.ladder.own_faults()[1:]:
        finding_verbs.note(plan=cast.plan, by=cast.elin, fault=fault)
    acts.log(cast.plan, pain=9)
    message_verbs.write(plan=cast.plan, by=cast.maya.user, text="Hello?")
    assert _queries(elin, cast) <= MOST_QUERIES + FOR_UNDO


@pytest.mark.parametrize("ahead", range(8))
def test_the_page_reads_the_same_level_calendar_and_choices_as_the_rules_do(
    cast: Cast, ahead: int
) -> None:
    live(cast)
    plan = cast.plan
    with time_machine.travel(timezone.now() + timedelta(days=ahead)):
        read = chart_page.read(chart_page.patients(Patient.objects.all()).get(pk=cast.maya.pk))
        today = cast.harbour.today()
        standing = current_level(plan, today)
        assert read.place == place_on(
            ladder_steps(plan),
            chosen_levels(plan),
            _prescribed(plan),
            today,
            start=plan.assigned_at,
        )
        assert [one.pk for one in read.lower] == [one.pk for one in train_lower_levels(plan, today)]
        assert (read.pause is not None) == calendar_of(plan).is_away(today)
        assert read.dose is not None
        assert read.dose.level == standing.level
        assert read.gate is not None
        assert read.gate.seen == plan.seen


def _prescribed(plan: Plan) -> set[int]:
    return set(plan.prescriptions.values_list("level_id", flat=True))


def test_without_a_plan_the_page_leads_to_assigning_one(cast: Cast, elin: Client) -> None:
    page = chart(elin, cast.tomas)
    assert "Nothing assigned yet" in page
    assert reverse("assign", args=[cast.tomas.pk]) in page
    assert 'id="gate"' not in page


def test_an_ended_plan_and_a_discharge_leave_the_history_to_read(cast: Cast, elin: Client) -> None:
    factories.pass_open_rung(cast.plan, by=cast.elin)
    people_verbs.discharge(patient=cast.maya, by=cast.elin)
    page = chart(elin, cast.maya)
    assert "Discharged on" in page
    assert "Passed: Dowel hinge" in page
    assert "Save prescription" not in page


@pytest.mark.parametrize("verb", ["discharge", "end"])
def test_the_end_names_who_and_leads_to_all_that_a_letter_needs(
    cast: Cast, elin: Client, verb: str
) -> None:
    if verb == "end":
        plan_verbs.end(plan=cast.plan, by=cast.omar)
    else:
        people_verbs.discharge(patient=cast.maya, by=cast.omar)
    page = chart(elin, cast.maya)
    title = "Plan ended" if verb == "end" else "Discharged"
    assert f"<b>{title}</b><small>Omar O.</small>" in tight(page)
    assert '<small class="muted">Omar O.</small></h2>' in tight(page)
    for name in ("practice_history", "thread", "visit_note", "plan_summary"):
        address = reverse(name, args=[cast.maya.pk])
        assert f'href="{address}"' in page
        assert elin.get(address).status_code == 200


def test_a_review_request_stands_on_top_until_a_decision(cast: Cast, elin: Client) -> None:
    plan_verbs.request_review(plan=cast.plan, by=cast.maya.user, words="Feels <steady>.")
    assert "“Feels <steady>.”" in chart(elin, cast.maya)
    acts.decide(cast.plan, 1, cast.elin, "not_yet")
    assert "asked for a review" not in chart(elin, cast.maya)


def test_pain_that_nobody_reported_is_never_shown_as_zero(cast: Cast, elin: Client) -> None:
    acts.log(cast.plan)
    page = chart(elin, cast.maya)
    assert "<dt>Last pain</dt><dd>not reported</dd>" in tight(page)
    assert "pain not reported" in page


def test_numbers_that_speak_against_passing_say_so_and_pass_or_tick_nothing(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    first = acts.log(cast.plan, pain=5, effort="hard")
    clock.shift(timedelta(days=1))
    practice_verbs.answer_morning(practice=first, by=cast.maya.user, pain_now=5, worse=True)
    page = chart(browser(cast.elin), cast.maya)
    assert "2 March: pain 5/10, worse the morning after, found it hard." in page
    assert "Practised on 1 planned days; 3 are usual before a gate." in page
    assert 'aria-checked="true"' not in page


def test_three_fine_days_read_as_ready_and_old_numbers_as_old(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    for _ in range(3):
        acts.log(cast.plan, pain=0, effort="right")
        clock.shift(timedelta(days=1))
    client = browser(cast.elin)
    assert "Ready by numbers. You decide." in chart(client, cast.maya)
    clock.shift(timedelta(days=12))
    client = browser(cast.elin)
    page = chart(client, cast.maya)
    assert "Ready by numbers" not in page
    assert "these numbers are old" in page


def test_the_timeline_tells_a_climb_newest_first_with_a_corrected_number(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    entry = acts.log(cast.plan, pain=7)
    acts.log(cast.plan, pain=2, corrects=entry)
    clock.shift(60)
    factories.pass_open_rung(cast.plan, by=cast.elin)
    clock.shift(60)
    plan_verbs.schedule(plan=cast.plan, weekdays=0b0010101, by=cast.omar)
    page = chart(browser(cast.elin), cast.maya)
    told = [
        "Days: Mon, Wed, Fri",
        "Passed: Dowel hinge",
        "Stop lifted: pain 7/10, corrected to 2/10",
        "Assigned: Hip hinge",
    ]
    places = [page.index(line) for line in told]
    assert places == sorted(places)


def test_all_decisions_hold_what_the_page_no_longer_shows(cast: Cast, elin: Client) -> None:
    live(cast)
    page = text(elin.get(reverse("decisions", args=[cast.maya.pk])))
    for told in [
        "Withdrawn: Butt taps",
        "Placed: Dowel hinge, Butt taps",
        "Not yet: Butt taps",
        "Train lower until",
    ]:
        assert told in page
    assert "{" not in page.partition("<main")[2]


def test_weekdays_are_said_in_words() -> None:
    assert weekdays_in_words(127) == "every day"
    assert weekdays_in_words(0b1000001) == "Mon, Sun"
    assert weekdays_in_words(0b1101111) == "every day but Friday"


def test_usual_pain_and_next_visit_are_saved_from_the_page(cast: Cast, elin: Client) -> None:
    assert (
        elin.post(reverse("usual_pain", args=[cast.maya.pk]), {"usual_pain": "0"}).status_code
        == 303
    )
    assert (
        elin.post(
            reverse("next_visit", args=[cast.maya.pk]),
            {"next_visit": "2027-01-12", "next_time": "09:20"},
        ).status_code
        == 303
    )
    page = chart(elin, cast.maya)
    assert "<dt>Usual pain</dt><dd>0/10, told" in tight(page)
    assert 'value="2027-01-12"' in page
    assert 'value="09:20"' in page
    assert (
        elin.post(reverse("usual_pain", args=[cast.maya.pk]), {"usual_pain": ""}).status_code == 303
    )
    assert "<dt>Usual pain</dt><dd>Not known</dd>" in tight(chart(elin, cast.maya))


@pytest.mark.parametrize(
    ("name", "bad"),
    [
        ("usual_pain", "11"),
        ("usual_pain", "x"),
        ("next_visit", "2027-02-30"),
        ("next_visit", "soon"),
        ("next_time", "soon"),
    ],
)
def test_a_bad_fact_is_refused_and_nothing_changes(
    cast: Cast, elin: Client, name: str, bad: str
) -> None:
    before = acts.everything()
    address = reverse("next_visit" if name == "next_time" else name, args=[cast.maya.pk])
    assert elin.post(address, {name: bad}).status_code == 422
    assert acts.everything() == before
