"""The room in which a carer's link is handed over: the same as a patient's, see ``invite``."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_POST

from accounts.http import StaffRequest, clinician_required
from patients.models import Carer, Patient
from patients.views import invite
from patients.views.invite import Room


def _room(request: StaffRequest, pk: int) -> Room:
    """The room of a carer who helps now."""
    visible = Patient.objects.visible_to(request.user)
    running = Carer.objects.running().filter(patient__in=visible)
    carer = get_object_or_404(running.select_related("patient__clinic", "user__clinic"), pk=pk)
    return Room(carer.patient, carer.user, carer)


@require_GET
@clinician_required
def carer_link(request: StaffRequest, pk: int) -> HttpResponse:
    return invite.enter(request, _room(request, pk))


@require_POST
@clinician_required
def carer_link_issue(request: StaffRequest, pk: int) -> HttpResponse:
    return invite.issue(request, _room(request, pk))


@require_POST
@clinician_required
def carer_link_show(request: StaffRequest, pk: int) -> HttpResponse:
    return invite.show(request, _room(request, pk))


@require_POST
@clinician_required
@sensitive_post_parameters("pin")
def carer_pin_here(request: StaffRequest, pk: int) -> HttpResponse:
    return invite.take_pin(request, _room(request, pk))
