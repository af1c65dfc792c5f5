"""Makes rows for tests, by plain functions with defaults.

A row that a verb makes in the product is made by that verb here too.
"""

from __future__ import annotations

import itertools
from typing import Any

from accounts.models import Clinic, Role, User
from curriculum.models import Ladder, Rung
from patients.models import Patient, Plan, Review
from patients.standing.lift import rung_asks_for_a_lift
from patients.standing.training_days import days_in_force
from patients.verbs import gate as gate_verbs
from patients.verbs import people as people_verbs
from patients.verbs import screening as screening_verbs

#: The password of everybody who signs in by password.
PASSWORD = "a long walk to the wall"

#: A lift that a clinician saw.
LIFT = {"kg": 12, "reps": 8}

_number = itertools.count(1)


def clinic(
    name: str = "Harbour Physio", *, time_zone: str = "Europe/Stockholm", phone: str = "08 123 45"
) -> Clinic:
    # Whoever leaves the room in a test for hours comes back to it, unless locking is what it tries.
    return Clinic.objects.create(name=name, time_zone=time_zone, phone=phone, idle_minutes=720)


def _staff(clinic: Clinic, role: Role, name: str, email: str | None) -> User:
    email = email or f"{name.split()[0].lower()}{next(_number)}@example.org"
    return User.objects.create_user(
        clinic=clinic, role=role, name=name, email=email, password=PASSWORD
    )


def owner(clinic: Clinic, name: str = "Olga Owner", *, email: str | None = None) -> User:
    return _staff(clinic, Role.OWNER, name, email)


def clinician(clinic: Clinic, name: str = "Carl Clinician", *, email: str | None = None) -> User:
    return _staff(clinic, Role.CLINICIAN, name, email)


def patient(
    by: User, name: str = "Pia Patient", *, usual_pain: int | None = None, screened: bool = True
) -> Patient:
    """A patient taken on by a clinician; ``patient.user`` is the person who signs in."""
    made = people_verbs.take_on(by=by, name=name, usual_pain=usual_pain)
    if screened:
        screening_verbs.screen(patient=made, by=by)
    return made


def hip_hinge() -> Ladder:
    """The first edition. People who began on it stay there, and most tests are about them."""
    return Ladder.objects.get(slug="hip-hinge", edition=1)


def newest() -> Ladder:
    """The newest edition, on which a new plan begins."""
    return Ladder.objects.newest().get(slug="hip-hinge")


def plan(
    patient: Patient,
    *,
    passed: int = 0,
    weekdays: int | None = None,
    goal_rung: Rung | None = None,
    ladder: Ladder | None = None,
) -> Plan:
    """A plan on the hip-hinge ladder, assigned by the patient's lead.

    The lowest ``passed`` rungs are passed at the gate. ``ladder``: None = ``hip_hinge()``
    """
    assigned = gate_verbs.assign(
        patient=patient,
        ladder=ladder or hip_hinge(),
        by=patient.lead,
        weekdays=weekdays,
        goal_rung=goal_rung,
    )
    for _ in range(passed):
        pass_open_rung(assigned, by=patient.lead)
    return assigned


def tick_open_rung(plan: Plan, *, by: User) -> Rung:
    """Tick every criterion of the open rung; where its gate asks for a lift, one was seen."""
    rung = plan.open_rung
    assert rung is not None
    for number, criterion in enumerate(rung.criteria.all()):
        witnessed = LIFT if number == 0 and rung_asks_for_a_lift(rung) else None
        gate_verbs.tick(plan=plan, criterion=criterion, by=by, figure=witnessed)
    return rung


def pass_open_rung(plan: Plan, *, by: User) -> Review:
    rung = tick_open_rung(plan, by=by)
    return gate_verbs.decide(plan=plan, rung=rung, outcome="passed", by=by, **same_days(plan))


def same_days(plan: Plan) -> dict[str, Any]:
    """What a pass says of the days, so that they stay as they are, with load as well."""
    now = days_in_force(plan, plan.clinic.today())
    return {"weekdays": now.weekdays, "keep_running": True}
