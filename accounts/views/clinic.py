"""The page on which an owner changes the clinic: numbers, hours, time zone and pain limits."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts import audit, unsent
from accounts.calls import unknown_numbers
from accounts.forms.clinic import ClinicForm
from accounts.forms.opening_hours import HoursForm
from accounts.http import StaffRequest, owner_required, posted, see_other
from accounts.models import Clinic
from accounts.signals import clinic_changed


@require_http_methods(["GET", "POST"])
@owner_required
def clinic(request: StaffRequest) -> HttpResponse:
    saved = Clinic.objects.get(pk=request.user.clinic_id)
    form = ClinicForm(posted(request), instance=saved)
    hours = HoursForm(posted(request), clinic=saved)
    if form.is_valid() and hours.is_valid():
        _save(request, form.instance, hours.hours)
        messages.success(request, _("Saved."))
        return see_other("clinic")
    return render(
        request,
        "accounts/clinic.html",
        {
            "form": form,
            "hours": hours,
            "unknown_numbers": unknown_numbers(saved),
            "unsent_mails": unsent.of(saved),
        },
        status=422 if form.errors or hours.errors else 200,
    )


@transaction.atomic
def _save(request: StaffRequest, clinic: Clinic, hours: dict[str, Any] | None) -> None:
    """Save the columns that have a new value, and tell the other apps which."""
    clinic.hours = hours
    before = Clinic.objects.select_for_update().get(pk=clinic.pk)
    columns = [field.name for field in Clinic._meta.concrete_fields]
    changed = [name for name in columns if getattr(clinic, name) != getattr(before, name)]
    clinic.save(update_fields=changed)
    audit.record("clinic_changed", actor=request.user, fields=changed)
    clinic_changed.send(Clinic, clinic=clinic, changed=changed)
