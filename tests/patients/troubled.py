"""Other people of a clinic, in each trouble that the database keeps a patient back for."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from accounts.models import User
from curriculum.models import Criterion
from curriculum.screening import red_flags
from patients.models import Pass, Patient, Plan, Stop, Withdrawal
from patients.verbs import gate as gate_verbs
from patients.verbs import letters as letter_verbs
from patients.verbs import people as people_verbs
from patients.verbs import plan as plan_verbs
from patients.verbs import record_notes as record_note_verbs
from patients.verbs import reports as report_verbs
from patients.verbs import screening as screening_verbs
from patients.verbs import stops as stop_verbs
from patients.verbs import usual_pain as usual_pain_verbs
from tests import app_role, factories
from tests.patients import acts, borrowed


def live_in_trouble(by: User) -> None:
    """Make one patient for each trouble, and leave all of them in it."""
    _tells_something_urgent(_treated(by, "Ursa Urgent"), by)
    _hurts(_treated(by, "Paul Pain"), by)
    _waits_again(_treated(by, "Rune Reopened"), by)
    _not_cleared(by)
    factories.patient(by, "Nora Not-Asked", screened=False)
    _set_aside(factories.plan(factories.patient(by, "Saga Set-Aside")), by)
    _lost_a_rung(factories.plan(factories.patient(by, "Lars Lost"), passed=2), by)
    _gone(factories.patient(by, "Greta Gone"), by)
    _without_a_lift(factories.patient(by, "Wilma Without"), by)
    _borrows(_treated(by, "Bo Borrows"), by)
    _takes_back_words(factories.patient(by, "Tove Takes-Back"), by)


def _treated(by: User, name: str) -> Plan:
    return factories.plan(factories.patient(by, name, usual_pain=2))


def _report(patient: Patient, **told: Any) -> None:
    report_verbs.report(patient=patient, by=patient.user, client_id=acts.new_id(), **told)


def _tells_something_urgent(plan: Plan, by: User) -> None:
    gate_verbs.tick(plan=plan, criterion=acts.criteria(plan, 1)[0], by=by)
    _report(plan.patient, kinds=["saddle"])
    _report(plan.patient, kinds=["fall"])
    assert Stop.objects.unanswered().filter(patient=plan.patient).count() >= 2


def _hurts(plan: Plan, by: User) -> None:
    acts.log(plan, pain=9, leg="below_knee")
    usual_pain_verbs.tell(patient=plan.patient, by=plan.patient.user, pain=8)
    stop = plan.stops.worst_first()[0]
    tonight = stop.at + timedelta(hours=8)
    stop_verbs.could_not_reach(stop=stop, by=by, try_again_at=tonight, words="No answer.")


def _waits_again(plan: Plan, by: User) -> None:
    stop = acts.log(plan, pain=8).stops.get()
    given = stop_verbs.answer(stop=stop, by=by, action="carry_on", word="Fine.")
    stop_verbs.undo_answer(answer=given, by=by)


def _not_cleared(by: User) -> None:
    patient = factories.patient(by, "Kim Kept-Back")
    factories.plan(patient)
    items = dict.fromkeys(red_flags(), "no") | {next(iter(red_flags())): "yes"}
    screening_verbs.screen(
        patient=patient, by=by, items=items, outcome="not_cleared", words="To a doctor first."
    )


def _lost_a_rung(plan: Plan, by: User) -> None:
    second = acts.rung(plan, 2)
    gate_verbs.withdraw(plan=plan, rung=second, by=by, reason="Lost.", to_patient="Once more.")
    acts.tick_all(plan, 2, by)
    acts.decide(plan, 2, by, "not_yet")


def _set_aside(plan: Plan, by: User) -> None:
    """Passed without its first criterion, which is always asked from now on."""
    first, *rest = acts.criteria(plan, 1)
    first.always = False
    with app_role.owning():
        first.save()
    gate_verbs.tick(plan=plan, criterion=first, by=by, applies=False, why="Holds a rail.")
    for criterion in rest:
        gate_verbs.tick(plan=plan, criterion=criterion, by=by)
    acts.decide(plan, 1, by)
    with app_role.owning():
        Criterion.objects.filter(pk=first.pk).update(always=True)


def _gone(patient: Patient, by: User) -> None:
    plan_verbs.end(plan=factories.plan(patient), by=by)
    people_verbs.discharge(patient=patient, by=by)


def _without_a_lift(patient: Patient, by: User) -> None:
    """Up to the rung with weights: a weight is prescribed and nothing is lifted."""
    plan = factories.plan(patient, passed=5)
    acts.prescribe_weight(plan, by=by)
    first, *rest = acts.criteria(plan, 6)
    gate_verbs.tick(plan=plan, criterion=first, by=by, applies=False, why="Holds a rail.")
    for criterion in rest:
        gate_verbs.tick(plan=plan, criterion=criterion, by=by)
    acts.decide(plan, 6, by, "not_yet")


def _borrows(plan: Plan, by: User) -> None:
    borrowed.lend(plan, by=by)


def _takes_back_words(patient: Patient, by: User) -> None:
    note = record_note_verbs.write(patient=patient, by=by, text="Of somebody else.")
    record_note_verbs.put_right(note=note, by=by, text="")
    letter_verbs.write(patient=patient, by=by, addressee="Dr Else", text="Of somebody else.")


def in_order(plan: Plan) -> None:
    """Assert that a plan went up the whole ladder, with one rung lost and passed again."""
    assert Pass.objects.filter(plan=plan).count() == plan.ladder.rungs.count()
    assert Withdrawal.objects.filter(review__plan=plan).exists()
