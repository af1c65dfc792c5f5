"""The first visit: begun, kept while it is typed, brought forward step by step, and ended.

What a step writes is written by the verbs of its subject: see ``visit_steps``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from accounts import typed
from accounts.models import User
from patients.models import FirstVisit, Patient, VisitDraft, VisitStep
from patients.rules import guards
from patients.rules.refusals import Refused
from patients.standing.first_visit import STEPS
from patients.summaries import refresh as summaries

#: So many fields, and so many letters in all, does a draft hold at most.
MOST_FIELDS = 400
MOST_LETTERS = 40_000

Typed = Mapping[str, Sequence[str]]


@transaction.atomic
def begin(*, patient: Patient, by: User) -> FirstVisit:
    """Begin the first visit of a patient. Beginning again changes nothing.

    Raises ``Refused``: not_yours.
    """
    patient = guards.lock_patient(patient)
    guards.own_clinician(by, patient.clinic_id)
    visit, begun = FirstVisit.objects.get_or_create(patient=patient, defaults={"by": by})
    if begun:
        summaries.refresh(patient)
    return visit


@transaction.atomic
def keep(
    *, patient: Patient, by: User, step: str, fields: Typed, opened: datetime | None = None
) -> VisitDraft:
    """Keep what was typed in a step and is not saved yet, in place of what was kept before.

    ``opened``: when the page was opened. What arrives after the step was saved is no draft of it.

    Raises ``Refused``: not_yours, no_first_visit, bad_choice, too_long, visit_saved_since.
    """
    patient = guards.lock_patient(patient)
    visit = _unfinished(patient, by)
    if step not in VisitStep.values:
        raise Refused("bad_choice")
    if opened is not None and opened < visit.saved_at and _is_saved(visit, VisitStep(step)):
        raise Refused("visit_saved_since", at=visit.saved_at)
    kept = {typed.line(name)[:100]: [*map(typed.text, given)] for name, given in fields.items()}
    letters = sum(len(word) for given in kept.values() for word in given)
    if len(kept) > MOST_FIELDS or letters > MOST_LETTERS:
        raise Refused("too_long", limit=MOST_LETTERS)
    values = {"typed": kept, "by": by, "at": timezone.now()}
    draft, _made = VisitDraft.objects.update_or_create(visit=visit, step=step, defaults=values)
    return draft


@transaction.atomic
def saved(*, patient: Patient, by: User, step: VisitStep) -> FirstVisit:
    """Say that a step is saved; its draft goes. A step further on that was saved stays so.

    Raises ``Refused``: not_yours, no_first_visit.
    """
    patient = guards.lock_patient(patient)
    visit = _unfinished(patient, by)
    VisitDraft.objects.filter(visit=visit, step=step).delete()
    if not _is_saved(visit, step):
        visit.saved = step
    visit.saved_at = timezone.now()
    visit.save(update_fields=["saved", "saved_at"])
    summaries.refresh(patient)
    return visit


@transaction.atomic
def set_aside(*, patient: Patient, by: User, reason: str) -> FirstVisit:
    """End a first visit before the patient's page was handed over, with a reason for the record.
    What its steps have written stays; what was only typed goes.

    Raises ``Refused``: not_yours, no_first_visit, reason_missing, too_long.
    """
    patient = guards.lock_patient(patient)
    visit = _unfinished(patient, by)
    visit.set_aside = guards.one_line(reason, 500)
    if not visit.set_aside:
        raise Refused("reason_missing")
    return _end(visit, patient, by)


def end_if_begun(patient: Patient, by: User) -> None:
    """End a first visit that is unfinished, inside a verb after which nothing of it is left to do.
    ``patient``: locked."""
    visit = FirstVisit.objects.filter(patient=patient, ended_at=None).first()
    if visit is not None:
        _end(visit, patient, by)


def _is_saved(visit: FirstVisit, step: VisitStep) -> bool:
    return STEPS.index(step) <= STEPS.index(VisitStep(visit.saved))


def _end(visit: FirstVisit, patient: Patient, by: User) -> FirstVisit:
    visit.ended_at = timezone.now()
    visit.ended_by = by
    visit.save(update_fields=["ended_at", "ended_by", "set_aside"])
    VisitDraft.objects.filter(visit=visit).delete()
    summaries.refresh(patient)
    return visit


def _unfinished(patient: Patient, by: User) -> FirstVisit:
    guards.own_clinician(by, patient.clinic_id)
    visit = FirstVisit.objects.filter(patient=patient, ended_at=None).first()
    if visit is None:
        raise Refused("no_first_visit", patient=patient.short_name)
    return visit
