"""The page on which an owner changes the clinic: phone, hours, time zone and pain limits."""

from __future__ import annotations

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts import audit
from accounts.forms.clinic import ClinicForm
from accounts.http import StaffRequest, owner_required, posted, see_other
from accounts.models import Clinic
from accounts.signals import clinic_changed


@require_http_methods(["GET", "POST"])
@owner_required
def clinic(request: StaffRequest) -> HttpResponse:
    form = ClinicForm(posted(request), instance=Clinic.objects.get(pk=request.user.clinic_id))
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            form.instance.save(update_fields=form.changed_data or None)
            audit.record("clinic_changed", actor=request.user, request=request)
            clinic_changed.send(Clinic, clinic=form.instance, changed=form.changed_data)
        messages.success(request, _("Saved."))
        return see_other("clinic")
    return render(
        request, "accounts/clinic.html", {"form": form}, status=422 if form.errors else 200
    )
