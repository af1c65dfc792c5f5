"""The patient chooses the person in their pictures."""

from __future__ import annotations

from dataclasses import asdict

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.http import PatientRequest, patient_required, posted, see_other
from curriculum.figures.people import ANYBODY, Person
from patients.forms.drawn import PRESETS, PersonForm
from patients.models import Patient
from patients.standing.drawn import person_of
from patients.verbs import drawn as drawn_verbs
from patients.views.outcomes import press

DIFFERENT = "different"


@require_http_methods(["GET", "POST"])
@patient_required
def my_person(request: PatientRequest) -> HttpResponse:
    """Show who is drawn, and choose somebody: one of a few, part by part, or different people."""
    rows = Patient.objects.select_related("clinic", "lead", "drawn_as")
    patient = get_object_or_404(rows, user=request.user)
    wanted = request.POST.get("preset")
    if wanted == DIFFERENT:
        return _choose(request, patient, None)
    if wanted in PRESETS:
        return _choose(request, patient, PRESETS[wanted].person)
    person = person_of(patient)
    form = PersonForm(posted(request), initial=asdict(person or ANYBODY))
    if wanted is None and form.is_valid():
        return _choose(request, patient, form.person)
    if wanted is not None:
        messages.error(request, _("Choose one of the people shown."))
    return _show(request, form, person, 422 if request.method == "POST" else 200)


def _choose(request: PatientRequest, patient: Patient, person: Person | None) -> HttpResponse:
    refused = press(drawn_verbs.choose, patient=patient, person=person, by=request.user)
    if refused:
        messages.error(request, str(refused))
        now = person_of(patient)
        return _show(request, PersonForm(initial=asdict(now or ANYBODY)), now, 422)
    messages.success(request, _("Saved. Your pictures show this from now on."))
    return see_other("my_person")


def _show(
    request: PatientRequest, form: PersonForm, person: Person | None, status: int
) -> HttpResponse:
    context = {
        "form": form,
        "person": person,
        "presets": [(slug, preset.name, preset.person) for slug, preset in PRESETS.items()],
        "different": DIFFERENT,
    }
    return render(request, "patients/people/my_person.html", context, status=status)
