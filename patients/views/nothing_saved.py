"""What a patient reads whose page was left open until the plan had ended: nothing typed is lost."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from accounts import typed
from accounts.http import PatientRequest
from accounts.parsing import two_digits
from patients.models import Patient
from patients.views.lookups import NoPlan

Arguments = ParamSpec("Arguments")
View = Callable[Concatenate[PatientRequest, Arguments], HttpResponse]
#: The fields in which patients write words.
WORDS = ("note", "words", "text")


def keeps_what_was_typed(view: View[Arguments]) -> View[Arguments]:
    """Answer a form of somebody without a running plan with what was typed, and whom to call."""

    @wraps(view)
    def kept(
        request: PatientRequest, /, *args: Arguments.args, **kwargs: Arguments.kwargs
    ) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except NoPlan as missing:
            if request.method != "POST":
                raise
            return _page(request, kept=missing.kept)

    return kept


def _page(request: PatientRequest, *, kept: bool) -> HttpResponse:
    rows = Patient.objects.acted_for_by(request.user)
    patient = get_object_or_404(rows.select_related("lead"))
    pain = request.POST.get("pain", "")
    context = {
        # A whole page has the list on top already, as every page of a patient has.
        "found": getattr(request, "found", None) if request.htmx else None,
        "physio": patient.physio,
        "kept": kept,
        "finished": patient.archived_at is not None,
        "words": [text for name in WORDS if (text := typed.text(request.POST.get(name)))],
        "pain": pain if two_digits(pain) is not None else "",
    }
    name = "_nothing_saved" if request.htmx else "nothing_saved"
    return render(request, f"patients/today/{name}.html", context, status=422)
