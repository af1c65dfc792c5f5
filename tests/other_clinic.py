"""Another clinic of the same installation, whose every word is unmistakable: read anywhere else, it
has leaked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import time_machine
from django.apps import apps
from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts import links, staff
from accounts.models import Clinic, Phone, SignIn, User
from curriculum import screening as content
from curriculum.models import Ladder
from patients.models import (
    Activity,
    Band,
    Carer,
    Finding,
    Letter,
    Patient,
    Plan,
    PlanTemplate,
    Practice,
    RecordNote,
    Stop,
    Visit,
)
from patients.verbs import activities as activity_verbs
from patients.verbs import bands as band_verbs
from patients.verbs import carers as carer_verbs
from patients.verbs import findings as finding_verbs
from patients.verbs import gate as gate_verbs
from patients.verbs import letters as letter_verbs
from patients.verbs import messages as message_verbs
from patients.verbs import people as people_verbs
from patients.verbs import plan as plan_verbs
from patients.verbs import plan_templates as template_verbs
from patients.verbs import practice as practice_verbs
from patients.verbs import record_notes as record_note_verbs
from patients.verbs import reports as report_verbs
from patients.verbs import screening as screening_verbs
from patients.verbs import stops as stop_verbs
from patients.verbs import visits
from tests import factories, ladders
from tests.accounts import steps
from tests.patients import acts

WORD = "Zebrafink"
#: A patient there whose name is nothing special, led by somebody whose is.
TWIN = "Tyra Twin"


@dataclass(frozen=True)
class OtherClinic:
    """Zia climbs a ladder of her own and is stopped; Zoe wrote a message, Zed asked for a review,
    and Tyra was discharged."""

    clinic: Clinic
    ladder: Ladder
    owner: User
    zeno: User
    invited: User
    zia: Patient
    plan: Plan
    entry: Practice
    stop: Stop
    finding: Finding
    note: RecordNote
    visit: Visit
    letter: Letter
    activity: Activity
    band: Band
    template: PlanTemplate
    carer: Carer
    phone: Phone
    sign_in: SignIn
    passkey: steps.Passkey


def build() -> OtherClinic:
    with time_machine.travel(timezone.now() - timedelta(days=12)):
        clinic = factories.clinic(f"{WORD} Physio", phone="040 7777777")
        owner = factories.owner(clinic, f"Zora {WORD}", email="zora@zebrafink.example")
        zeno = factories.clinician(clinic, f"Zeno {WORD}", email="zeno@zebrafink.example")
        ladder = ladders.another("zebra")
        zia = _taken_on(zeno, f"Zia {WORD}")
        plan = gate_verbs.assign(patient=zia, ladder=ladder, by=zeno)
        _climbs(plan, zeno)
        _wait(zeno)
    activity = activity_verbs.set_activities(patient=zia, by=zeno, words=[f"{WORD} walks"])[0]
    activity_verbs.rate(patient=zia, by=zia.user, scores={activity.pk: 3})
    report_verbs.report(
        patient=zia, by=zia.user, client_id="told", kinds=["other"], words=f"{WORD} tells."
    )
    staff.set_cover(by=owner, cover=zeno, until=clinic.today() + timedelta(days=3))
    log: dict[str, Any] = {"client_id": "form", "note": f"{WORD} hurt."}
    entry = acts.log(plan, pain=9, level=acts.level(plan, 2), **log)
    return OtherClinic(
        clinic=clinic,
        ladder=ladder,
        owner=owner,
        zeno=zeno,
        invited=_invited(owner),
        zia=zia,
        plan=plan,
        entry=entry,
        stop=entry.stops.get(),
        letter=_letter(zia, zeno),
        note=record_note_verbs.write(patient=zia, by=zeno, text=f"{WORD} limps."),
        visit=visits.plan(patient=zia, by=zeno, day=clinic.today()),
        finding=finding_verbs.note(plan=plan, by=zeno, words=f"{WORD} looks up."),
        activity=activity,
        band=band_verbs.add(clinic=clinic, by=owner, name=f"{WORD} loop", marks=3, after=None),
        template=_template(plan, zeno),
        carer=carer_verbs.name(patient=zia, name=f"Zelda {WORD}", by=zia.user),
        phone=Phone.objects.create(user=zia.user, session_key="z" * 32, label=f"{WORD} phone"),
        sign_in=SignIn.objects.create(user=zeno, session_key="n" * 64, label=f"{WORD} iPad"),
        passkey=steps.passkey_of(zeno),
    )


def _template(plan: Plan, zeno: User) -> PlanTemplate:
    said: dict[str, Any] = {"sets": 2, "reps": 8, "per_side": False, "word": f"{WORD} slowly."}
    said |= dict.fromkeys(("reps_to", "seconds", "pause", "rest"))
    level = acts.level(plan, 1)
    return template_verbs.add(by=zeno, name=f"{WORD} usual", weekdays=21, level=level, **said)


def _invited(owner: User) -> User:
    return staff.invite(
        clinic=owner.clinic,
        name=f"Zara {WORD}",
        email="zara@zebrafink.example",
        role="owner",
        by=owner,
    )


def _letter(patient: Patient, by: User) -> Letter:
    return letter_verbs.write(
        patient=patient, by=by, addressee=f"Dr {WORD}", text=f"{WORD} writes."
    )


def _taken_on(lead: User, name: str) -> Patient:
    patient = people_verbs.take_on(by=lead, name=name, referral_note=f"{WORD} sends them.")
    people_verbs.take_intake(
        patient=patient,
        by=lead,
        usual_pain=4,
        reason=f"{WORD} fell.",
        goal=f"Fly like a {WORD}.",
    )
    screening_verbs.screen(
        patient=patient,
        by=lead,
        items=dict.fromkeys(content.red_flags(), "no") | {"falls": "yes"},
        notes={"falls": f"{WORD} falls.", "fracture": f"{WORD} fell before."},
        words=f"{WORD} may train.",
    )
    links.issue(patient.user, by=lead)
    return patient


def _climbs(plan: Plan, by: User) -> None:
    """Everything that is written down on the way, each with the word in it."""
    said: dict[str, Any] = {"plan": plan, "by": by}
    gate_verbs.place(criteria=acts.criteria(plan, 1, 2), note=f"{WORD} placed.", **said)
    gate_verbs.withdraw(rung=acts.rung(plan, 2), reason=f"{WORD} lost it.", **said)
    gate_verbs.tick(criterion=acts.criteria(plan, 2)[0], **said)
    gate_verbs.decide(rung=acts.rung(plan, 2), outcome="not_yet", note=f"{WORD} nearly.", **said)
    level = acts.level(plan, 2)
    plan_verbs.prescribe(
        level=level, sets=2, reps=5, word=f"{WORD} slowly.", max_depth=f"{WORD} deep", **said
    )
    plan_verbs.choose_level(level=level, reason=f"{WORD} chose.", **said)
    plan_verbs.pause(reason=f"{WORD} flies south.", **said)
    plan_verbs.resume(**said)
    fault = plan.ladder.own_faults().first()
    finding_verbs.clear(
        finding=finding_verbs.note(fault=fault, words=f"{WORD} bends.", **said), by=by
    )
    acts.log(plan, pain=9, level=level, note=f"{WORD} stopped.")
    stop_verbs.answer(
        stop=Stop.objects.get(plan=plan), by=by, action="carry_on", word=f"{WORD} settles."
    )
    message_verbs.write(text=f"{WORD} writes.", **said)
    plan_verbs.request_review(plan=plan, by=plan.patient.user, words=f"{WORD} asks.")
    practice_verbs.save_draft(plan=plan, by=plan.patient.user, level=level, sets=acts.TWO_SETS)


def _wait(zeno: User) -> None:
    """Others, each in a class of their own on a caseload."""
    zoe, zed, tyra = (_taken_on(zeno, name) for name in (f"Zoe {WORD}", f"Zed {WORD}", TWIN))
    write = message_verbs.write(plan=factories.plan(zoe), by=zoe.user, text=f"{WORD} is unread.")
    assert write.from_patient
    plan_verbs.request_review(plan=factories.plan(zed), by=zed.user, words=f"{WORD} waits.")
    factories.plan(tyra)
    people_verbs.discharge(patient=tyra, by=zeno)


def rows(clinic: Clinic) -> dict[str, list[tuple[Any, ...]]]:
    """Every row about a clinic, its people and their patients, by table: its own, and whatever
    refers to them."""
    known: dict[Any, list[Any]] = {Clinic: [clinic.pk]}
    found: dict[str, list[tuple[Any, ...]]] = {}
    for model in [*apps.get_app_config("accounts").get_models(), *_patients_models()]:
        mine = Q(pk__in=known.get(model, []))
        for one in model._meta.concrete_fields:
            if isinstance(one, models.ForeignKey) and one.related_model in known:
                mine |= Q(**{f"{one.attname}__in": known[one.related_model]})
        table = list(model._base_manager.filter(mine).order_by("pk").values_list())
        found[model._meta.label] = table
        known.setdefault(model, [row[0] for row in table])
    return found


def _patients_models() -> list[Any]:
    return list(apps.get_app_config("patients").get_models())
