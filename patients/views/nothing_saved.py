"""What a patient reads whose page was left open until the plan had ended: nothing typed is lost."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django_htmx.http import reselect, reswap, retarget

from accounts import typed
from accounts.http import PatientRequest
from patients.forms import log_day as sheets
from patients.forms.log_in_words import Typed, typed_in_words
from patients.models import Patient
from patients.views.lookups import NoPlan

Arguments = ParamSpec("Arguments")
View = Callable[Concatenate[PatientRequest, Arguments], HttpResponse]


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
    context = {
        "physio": patient.physio,
        "kept": kept,
        "finished": patient.archived_at is not None,
        "typed": _typed(request.POST),
    }
    answer = render(request, "patients/today/nothing_saved.html", context, status=422)
    if request.htmx:
        # Whatever part of a page was sent, this one takes its place.
        retarget(reselect(reswap(answer, "outerHTML"), "#main"), "#main")
    return answer


def _typed(post: QueryDict) -> list[Typed]:
    """What was typed into a sheet of practice, or the words of another form."""
    if "reps-1" in post or "pain" in post:
        return typed_in_words(sheets.typed(post))
    return [Typed(str(_("Your words")), text) for text in typed.words_in(post)]
