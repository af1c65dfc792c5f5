"""What an address names, within the reach of the person who asks; anything else is not found."""

from __future__ import annotations

from django.shortcuts import get_object_or_404

from accounts.http import PatientRequest
from accounts.models import User
from curriculum.models import Criterion
from patients.models import Plan


def plan(by: User, pk: int) -> Plan:
    """A plan of the clinician's clinic with patient, clinic, goal and ladder: one query. Raises
    ``Http404``."""
    plans = Plan.objects.of_clinic(by.clinic_id)
    return get_object_or_404(
        plans.select_related("patient", "clinic", "goal_rung", "ladder"), pk=pk
    )


def running_plan(by: User, patient_pk: int) -> Plan:
    """The running plan of a patient of the clinician's clinic: one query. Raises ``Http404``."""
    return get_object_or_404(Plan.objects.visible_to(by).running(), patient=patient_pk)


def criterion(pk: int) -> Criterion:
    """A criterion of any ladder with its rung: one query. Raises ``Http404``."""
    return get_object_or_404(Criterion.objects.select_related("rung"), pk=pk)


def own_plan(request: PatientRequest) -> Plan:
    """The signed-in patient's running plan; 404 without one."""
    plans = Plan.objects.running().filter(patient__user=request.user)
    return get_object_or_404(plans.select_related("patient__lead", "clinic", "goal_rung"))
