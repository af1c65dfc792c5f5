"""Each rule that the database keeps by itself, attacked by rows that walk past the verbs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone

from curriculum.models import Ladder
from patients.models import Morning, Plan, Report, Stop, StopCause, Tick, stops
from patients.rules import stop_triggers
from patients.rules.triggers import TRIGGERS
from patients.verbs import stops as stop_verbs
from tests import factories
from tests.cast import Cast, assemble
from tests.cast_rows import copied_or
from tests.hours import late_morning
from tests.patients import acts, lived
from tests.patients.acts import database_refuses
from tests.patients.rules import (
    attacks,
    borrowed_attacks,
    carer_acts,
    carer_attacks,
    lawful_acts,
    load_attacks,
    mark_attacks,
    note_attacks,
    offer_attacks,
    pain_attacks,
    report_attacks,
    template_attacks,
    training_attacks,
    visit_attacks,
)
from tests.patients.rules.attacks import (
    entry_of,
    make_pass,
    plan_change,
    prescription_of,
    sound_review,
)

MORE = (
    training_attacks,
    mark_attacks,
    report_attacks,
    pain_attacks,
    note_attacks,
    borrowed_attacks,
    carer_attacks,
    load_attacks,
    visit_attacks,
    offer_attacks,
    template_attacks,
)
LAWFUL = lawful_acts.LAWFUL | carer_acts.LAWFUL | load_attacks.LAWFUL | visit_attacks.LAWFUL
LAWFUL |= offer_attacks.LAWFUL | template_attacks.LAWFUL
ATTACKS = {**attacks.ATTACKS, **{name: tries for of in MORE for name, tries in of.ATTACKS.items()}}


def test_the_database_holds_the_same_causes_urgent_as_the_product() -> None:
    assert set(stop_triggers.URGENT_CAUSES) == set(stops.URGENT_CAUSES)
    assert set(stop_triggers.CONTACT_CAUSES) == set(stops.CONTACT_CAUSES)


def test_every_rule_of_the_database_is_attacked() -> None:
    assert ATTACKS.keys() == TRIGGERS.keys()


@pytest.fixture
def crowded(curriculum: Ladder) -> Iterator[Cast]:
    """The cast beside patients who did everything as it should be."""
    with late_morning():
        yield copied_or(_crowd)


@pytest.mark.parametrize("rule", ATTACKS)
def test_the_database_keeps_the_rule(crowded: Cast, rule: str) -> None:
    """Nobody passes on another's rows."""
    for attack in ATTACKS[rule]:
        start = transaction.savepoint()
        strike = attack(crowded)
        with database_refuses(TRIGGERS[rule]["message"]):
            strike()
        transaction.savepoint_rollback(start)


@pytest.mark.parametrize("rule", LAWFUL)
def test_the_rule_keeps_nobody_back_who_does_as_they_should(crowded: Cast, rule: str) -> None:
    for act in LAWFUL[rule]:
        start = transaction.savepoint()
        act(crowded)
        transaction.savepoint_rollback(start)


def _crowd() -> Cast:
    cast = assemble()
    nils = factories.patient(cast.omar, "Nils Nord", usual_pain=2)
    lived.live(replace(cast, maya=nils, plan=factories.plan(nils)))
    factories.plan(factories.patient(cast.omar, "Nora Nord"), passed=6)
    return cast


def test_a_second_pass_a_second_running_plan_and_a_second_entry_are_refused(cast: Cast) -> None:
    factories.pass_open_rung(cast.plan, by=cast.elin)
    again = sound_review(cast, 1)
    with database_refuses("(?i)unique"):
        make_pass(again)
    with database_refuses("(?i)unique"):
        Plan.objects.create(
            patient=cast.maya,
            clinic=cast.harbour,
            ladder=cast.plan.ladder,
            assigned_by=cast.elin,
            started_on=cast.plan.started_on,
        )
    acts.log(cast.plan, client_id="a")
    with database_refuses("(?i)unique"):
        entry_of(cast)()


def test_numbers_and_codes_that_cannot_be_are_refused(cast: Cast) -> None:
    with database_refuses("(?i)check"):
        plan_change(cast, discharged=True)()
    nonsense: list[dict[str, Any]] = [
        {"pain": 11},
        {"effort": "great"},
        {"leg": "left"},
        {"band": "red"},
    ]
    for said in nonsense:
        with database_refuses("(?i)check"):
            entry_of(cast, **said)()
    for dose in ({"sets": 0}, {"reps": 51}, {"load": 301}, {"seconds": 61}):
        with database_refuses("(?i)check"):
            prescription_of(cast, **dose)()


def test_a_tick_applies_or_says_why_it_does_not(cast: Cast) -> None:
    criterion = acts.criteria(cast.plan, 1)[0]
    for said in ({"applies": False}, {"why": "variant"}):
        with database_refuses("(?i)check"):
            Tick.objects.create(plan=cast.plan, criterion=criterion, by=cast.elin, **said)


def test_a_morning_stops_once_and_only_as_a_morning(cast: Cast) -> None:
    entry = acts.log(cast.plan)
    first, second = (
        Morning.objects.create(practice=entry, by=cast.maya.user, pain=9, band="stop")
        for _ in range(2)
    )
    said = {"patient": cast.maya, "practice": entry, "cause": StopCause.MORNING}
    with database_refuses("(?i)check"):
        Stop.objects.create(**said | {"cause": StopCause.PAIN}, morning=first)
    # The first as it was made before a stop named its morning.
    for morning in (None, first, second):
        Stop.objects.create(**said, morning=morning)
        with database_refuses("(?i)unique"):
            Stop.objects.create(**said, morning=morning)
    assert Stop.objects.count() == 3


def test_an_answer_is_taken_back_once_and_says_when(cast: Cast) -> None:
    stop = acts.log(cast.plan, pain=8).stops.get()
    given = stop_verbs.answer(stop=stop, by=cast.elin, action="carry_on", word="Fine.")
    same = {name: getattr(stop, name) for name in ("patient", "plan", "practice", "cause", "high")}
    with database_refuses("(?i)unique"):
        Stop.objects.create(**same)
    with database_refuses("(?i)check"):
        Stop.objects.create(**same, reopened_at=timezone.now())
    stop_verbs.undo_answer(answer=given, by=cast.elin)
    with database_refuses("(?i)unique"):
        undone = {"reopens": given, "reopened_at": timezone.now(), "at": stop.at}
        Stop.objects.create(**same, **undone)


def _report(cast: Cast, **said: Any) -> Report:
    """A row that walks past the verb."""
    shared = {"patient": cast.maya, "by": cast.maya.user, "day": cast.harbour.today()}
    return Report.objects.create(**shared | {"asked": "now", "urgency": "now"} | said)


def test_a_stop_comes_once_from_one_thing_that_was_told(cast: Cast) -> None:
    entry = acts.log(cast.plan)
    told = _report(cast, client_id="a")
    said: dict[str, Any] = {"patient": cast.maya, "cause": StopCause.NOW}
    for origin in ({}, {"practice": entry, "report": told}):
        with database_refuses("(?i)check"):
            Stop.objects.create(**said, **origin)
    Stop.objects.create(**said, report=told)
    with database_refuses("(?i)unique"):
        Stop.objects.create(**said, report=told)
    Stop.objects.create(**said | {"cause": StopCause.TODAY}, report=told)
    for nonsense in ({"high": True}, {"cause": "cold"}):
        with database_refuses("(?i)check"):
            Stop.objects.create(**said | nonsense, report=told)


def test_a_report_comes_once_and_says_what_can_be(cast: Cast) -> None:
    told = _report(cast, client_id="a")
    with database_refuses("(?i)unique"):
        _report(cast, client_id="a")
    nonsense: list[dict[str, Any]] = [
        {"pain": 11},
        {"asked": "later"},
        {"urgency": "never"},
        {"since": "1999"},
    ]
    for said in nonsense:
        with database_refuses("(?i)check"):
            _report(cast, client_id="b", **said)
    _report(cast, client_id="b", takes_back=told, urgency="none")
    with database_refuses("(?i)unique"):
        _report(cast, client_id="c", takes_back=told, urgency="none")
