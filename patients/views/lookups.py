"""Finds the rows that an address names, if this person may see them. Otherwise the page is 404."""

from __future__ import annotations

from django.http import Http404
from django.shortcuts import get_object_or_404

from accounts.http import PatientRequest
from accounts.models import User
from curriculum.models import Criterion
from patients.chart.queries import patients
from patients.models import Patient, Plan


def plan(by: User, pk: int) -> Plan:
    """A plan of the clinician's clinic with patient, clinic, goal and ladder, in one query. Raises
    ``Http404``."""
    plans = Plan.objects.of_clinic(by.clinic_id)
    return get_object_or_404(
        plans.select_related("patient", "clinic", "goal_rung", "ladder"), pk=pk
    )


def patient_of_chart(by: User, pk: int) -> Patient:
    """A patient of the clinician's clinic with all that the pages about a patient read. Raises
    ``Http404``."""
    return get_object_or_404(patients(Patient.objects.visible_to(by)), pk=pk)


def running_plan(by: User, patient_pk: int) -> Plan:
    """The running plan of a patient of the clinician's clinic with its ladder, in one query. Raises
    ``Http404``."""
    plans = Plan.objects.visible_to(by).running().select_related("ladder")
    return get_object_or_404(plans, patient=patient_pk)


def criterion(pk: int) -> Criterion:
    """A criterion of any ladder with its rung, in one query. Raises ``Http404``."""
    return get_object_or_404(Criterion.objects.select_related("rung"), pk=pk)


class NoPlan(Http404):
    """The patient who is signed in has no running plan.

    ``kept``: whether what their form tells of the body is kept all the same
    """

    kept = False


def own_plan(request: PatientRequest) -> Plan:
    """The running plan of the patient, who is signed in or helped. Raises ``NoPlan``."""
    plans = Plan.objects.running()
    if request.user.is_carer:
        plans = plans.filter(patient__in=Patient.objects.acted_for_by(request.user))
    else:
        plans = plans.filter(patient__user=request.user)
    rows = plans.select_related("patient__lead", "patient__drawn_as")
    plan = rows.select_related("clinic", "goal_rung", "ladder").first()
    if plan is None:
        raise NoPlan
    return plan
