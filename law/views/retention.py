"""The owner's page of years: how long records are kept, and whose time is over."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.http import StaffRequest, owner_required, posted, see_other
from law import retention as keeping
from law.forms import KeepingForm
from law.models import keeping_of
from patients.views.outcomes import run_verb


@require_http_methods(["GET", "POST"])
@owner_required
def retention(request: StaffRequest) -> HttpResponse:
    clinic = request.user.clinic
    kept = keeping_of(clinic)
    form = KeepingForm(posted(request), initial={"years": kept.years, "acts": kept.acts})
    if form.is_valid():
        arguments = {"clinic": clinic, "by": request.user, "request": request}
        if run_verb(form, keeping.set_keeping, {}, **arguments, **form.cleaned_data):
            messages.success(request, _("Saved."))
            return see_other("retention")
    context = {
        "form": form,
        "kept": kept,
        "beyond": keeping.beyond(clinic),
        "old_events": keeping.old_events(clinic),
    }
    return render(request, "law/retention.html", context, status=422 if form.errors else 200)
