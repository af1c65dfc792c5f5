"""Patients in every state that Today knows."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import time_machine

from accounts.models import User
from patients.models import Patient, Plan
from patients.verbs import activities as activity_verbs
from patients.verbs import people as people_verbs
from patients.verbs import plan as plan_verbs
from patients.verbs import reports as report_verbs
from tests import factories
from tests.access_world import World
from tests.patients import acts, borrowed, precautions


def new_patient(world: World, name: str) -> Patient:
    return factories.patient(world.cast.elin, name)


def new_plan(world: World, name: str, *, passed: int = 0, weekdays: int | None = None) -> Plan:
    return factories.plan(new_patient(world, name), passed=passed, weekdays=weekdays)


def _telling(world: World) -> Iterator[tuple[str, Patient]]:
    """A patient who told an urgent sign, and one who told a sign for the physio."""
    for words, name, kinds in (
        ("Get medical care now", "Ulla Urgent", ["weak", "bladder"]),
        ("You noted numbness or tingling in your left leg.", "Nina Numb", ["numb"]),
    ):
        patient = new_plan(world, name).patient
        sides = dict.fromkeys(kinds, "left")
        told: dict[str, Any] = {"patient": patient, "by": patient.user, "client_id": "told"}
        report_verbs.report(kinds=kinds, sides=sides, since="week", **told)
        yield words, patient


def days(world: World) -> Iterator[tuple[str, Patient]]:
    """A patient in each state of the day, and the words by which the page is known."""
    today = world.cast.harbour.today()
    elin = world.cast.elin
    others = 127 & ~(1 << today.weekday())
    yield "No drill yet", new_patient(world, "Nils None")
    done = new_plan(world, "Fia Finished", passed=2).patient
    people_verbs.discharge(patient=done, by=elin)
    yield "You have finished with Elin", done
    newcomer = factories.patient(elin, "Uno Unscreened", screened=False)
    yield "Your physio checks a few things with you first", newcomer
    yield "Rest day", new_plan(world, "Rut Rest", weekdays=others).patient
    yield "Your ladder is complete", new_plan(world, "Kim Done", passed=7, weekdays=others).patient
    yield from _telling(world)
    paused = new_plan(world, "Paul Away")
    plan_verbs.pause(plan=paused, by=paused.patient.user, reason="Away.")
    yield "Practice is paused", paused.patient
    logged = new_plan(world, "Lea Logged")
    acts.log(logged, pain=4, note="Heavy legs.")
    yield "Ease off next time.", logged.patient
    lower = new_plan(world, "Lars Lower", passed=2)
    until = lower.clinic.today()
    plan_verbs.choose_level(
        plan=lower, level=acts.level(lower, 1), by=elin, reason="For a week.", until=until
    )
    yield "A lower level until", lower.patient
    lent = new_plan(world, "Bea Bench")
    borrowed.lend(lent, by=elin)
    yield "For now, instead", lent.patient
    heavy = new_plan(world, "Hedda Heavy", passed=5)
    suitcase = acts.rung(heavy, 6).levels.get(drill__slug="suitcase-deadlift")
    dose: dict[str, Any] = {"sets": 3, "reps": 8, "load": 8, "per_side": True, "seconds": 3}
    dose |= {"max_depth": "to the knee", "variant": "hug"}
    precautions.told(heavy.patient, elin, "shoulder")
    plan_verbs.prescribe(plan=heavy, level=suitcase, by=elin, word="Light is fine.", **dose)
    plan_verbs.choose_level(plan=heavy, level=suitcase, by=elin)
    yield "3 sets of 8 a side", heavy.patient


def _one_below_the_knee(elin: User) -> Patient:
    patient = factories.plan(factories.patient(elin, "Knut Knee")).patient
    told: dict[str, Any] = {"kinds": ["below_knee"], "sides": {"below_knee": "left"}}
    report_verbs.report(patient=patient, by=patient.user, client_id="told", since="week", **told)
    return patient


def _one_who_lifts(elin: User) -> Patient:
    plan = factories.plan(factories.patient(elin, "Lena Lifts", usual_pain=1), passed=5)
    acts.prescribe_weight(plan, by=elin)
    acts.log(plan, level=acts.level(plan, 6), sets=[acts.TWO_SETS[0] | {"reps": 8, "load": 8}] * 3)
    return plan.patient


def _one_with_activities(elin: User) -> Patient:
    patient = factories.plan(factories.patient(elin, "Ada Active", usual_pain=1)).patient
    activity_verbs.set_activities(patient=patient, by=elin, words=["Lifting my grandson"])
    return patient


def _one_who_logged(elin: User, name: str, pain: int) -> Patient:
    plan = factories.plan(factories.patient(elin, name, usual_pain=1))
    acts.log(plan, pain=pain)
    return plan.patient


def days_after_another(clock: time_machine.Traveller, elin: User) -> Iterator[tuple[str, Patient]]:
    """A patient on each day that an earlier one decides, or that asks something first."""
    eased = _one_who_logged(elin, "Mona Morning", 4)
    stopped = _one_who_logged(elin, "Eve Easier", 7)
    active = _one_with_activities(elin)
    lifting = _one_who_lifts(elin)
    yield "Stop here for today", stopped
    yield "No drill for now", _one_below_the_knee(elin)
    often = factories.plan(factories.patient(elin, "Olle Often", usual_pain=5)).patient
    yield "Back or leg pain right now", often
    unknown = factories.plan(factories.patient(elin, "Una Unknown")).patient
    yield "Your usual back or leg pain this week?", unknown
    clock.shift(timedelta(days=1))
    yield "How did it settle?", eased
    yield "An easier day.", stopped
    yield "How are your activities going?", active
    clock.shift(timedelta(days=10))
    yield "A lighter start.", lifting
    clock.shift(timedelta(days=4))
    yield "Your usual back or leg pain this week?", lifting
