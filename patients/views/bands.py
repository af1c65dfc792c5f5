"""The pages on which an owner lists the clinic's elastic bands."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.http import StaffRequest, owner_required, posted, see_other
from patients.forms.bands import BandForm
from patients.models import Band
from patients.standing.bands import band_lines, in_use, was_prescribed
from patients.verbs import bands as band_verbs
from patients.views.outcomes import press, run_verb


@require_http_methods(["GET", "POST"])
@owner_required
def bands(request: StaffRequest) -> HttpResponse:
    """The list, and a form for one more, which is the heaviest unless it is said otherwise."""
    clinic = request.user.clinic
    there = list(in_use(clinic))
    heaviest = there[-1].pk if there else None
    form = BandForm(posted(request), others=there, initial={"after": heaviest})
    if form.is_valid():
        arguments = {"clinic": clinic, "by": request.user, **form.cleaned_data}
        if band := run_verb(form, band_verbs.add, form.refusals, **arguments):
            messages.success(request, _("Added: %(band)s.") % {"band": band})
            return see_other("bands")
    return _list(request, form, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@owner_required
def band(request: StaffRequest, pk: int) -> HttpResponse:
    """Change a band that is in use."""
    one = get_object_or_404(in_use(request.user.clinic), pk=pk)
    there = list(in_use(request.user.clinic))
    nth = there.index(one)
    initial = BandForm.of(one, there[nth - 1] if nth else None)
    others = [other for other in there if other != one]
    form = BandForm(posted(request), others=others, initial=initial)
    if form.is_valid():
        arguments = {"band": one, "by": request.user, **form.cleaned_data}
        if run_verb(form, band_verbs.change, form.refusals, **arguments):
            messages.success(request, _("Saved."))
            return see_other("bands")
    context = {"form": form, "band": one, "keeps_name": was_prescribed(one)}
    status = 422 if form.errors else 200
    return render(request, "patients/bands/band.html", context, status=status)


@require_POST
@owner_required
def band_retire(request: StaffRequest, pk: int) -> HttpResponse:
    return _press(request, pk, band_verbs.retire, _("Retired: %(band)s. Doses that name it stay."))


@require_POST
@owner_required
def band_back(request: StaffRequest, pk: int) -> HttpResponse:
    return _press(request, pk, band_verbs.bring_back, _("In use again: %(band)s."))


def _press(request: StaffRequest, pk: int, verb: Callable[..., Any], done: str) -> HttpResponse:
    one = get_object_or_404(
        Band.objects.select_related("clinic"), pk=pk, clinic=request.user.clinic
    )
    if refused := press(verb, band=one, by=request.user):
        form = BandForm(others=list(in_use(request.user.clinic)))
        return _list(request, form, status=422, problem=str(refused))
    messages.success(request, done % {"band": one})
    return see_other("bands")


def _list(
    request: StaffRequest, form: BandForm, *, status: int = 200, problem: str = ""
) -> HttpResponse:
    used, retired = band_lines(request.user.clinic)
    context = {"form": form, "used": used, "retired": retired, "problem": problem}
    return render(request, "patients/bands/bands.html", context, status=status)
