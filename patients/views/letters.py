"""Letters about a patient to a doctor or another colleague."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts import parsing
from accounts.http import StaffRequest, clinician_required, posted, see_other
from patients.forms.letters import LetterForm
from patients.models import Letter, Patient
from patients.papers.letter import Typed, letter_text
from patients.record.letters import letters_of
from patients.verbs import letters as letter_verbs
from patients.views.outcomes import run_verb


@require_http_methods(["GET", "POST"])
@clinician_required
def letter(request: StaffRequest, pk: int) -> HttpResponse:
    """Write a letter, look at it first, or write one anew in the place of another."""
    visible = Patient.objects.visible_to(request.user).select_related("clinic", "lead")
    patient = get_object_or_404(visible, pk=pk)
    before = _in_place_of(request, patient)
    letters = list(letters_of(patient))
    newest = before or next(iter(letters), None)
    form = LetterForm(posted(request), initial=LetterForm.of(newest, again=before is not None))
    typed = form.typed() if form.is_valid() else Typed(**_initial(form))
    text = letter_text(patient, request.user, typed)
    if form.is_valid() and "look" not in request.POST:
        written = {"patient": patient, "by": request.user, "text": text, "takes_back": before}
        kept = run_verb(form, letter_verbs.write, form.refusals, **written, **form.cleaned_data)
        if kept:
            messages.success(request, _("Kept as it is. Print it, or copy its text."))
            return see_other("written_letter", kept.pk)
    context = {"patient": patient, "form": form, "text": text, "letters": letters}
    context["before"] = before
    status = 422 if form.errors else 200
    return render(request, "patients/papers/letter.html", context, status=status)


def _initial(form: LetterForm) -> dict[str, str]:
    return {name: form.initial.get(name, "") for name in ("addressee", "why", "words")}


def _in_place_of(request: StaffRequest, patient: Patient) -> Letter | None:
    """The letter of this patient in whose place another is written, as the address says."""
    pk = parsing.row_id(request.GET.get("instead", ""))
    return get_object_or_404(letters_of(patient), pk=pk) if pk is not None else None


@require_GET
@clinician_required
def written_letter(request: StaffRequest, pk: int) -> HttpResponse:
    """Show a letter as it was written, to print or to copy."""
    mine = Letter.objects.filter(patient__in=Patient.objects.visible_to(request.user))
    rows = mine.select_related("patient__clinic", "by", "takes_back", "taken_back_by")
    kept = get_object_or_404(rows, pk=pk)
    context = {"patient": kept.patient, "letter": kept}
    return render(request, "patients/papers/written_letter.html", context)
