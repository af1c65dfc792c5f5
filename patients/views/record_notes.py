"""Notes for the clinic's record. Only the patient's clinic reads and writes them."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.http import StaffRequest, clinician_required, posted, see_other
from patients.chart.notes import every_note, read_newest_notes
from patients.forms.record_notes import RecordNoteForm
from patients.models import Patient, RecordNote
from patients.verbs import record_notes as record_note_verbs
from patients.views.outcomes import run_verb

IDS = "note_%s"


@require_http_methods(["GET", "POST"])
@clinician_required
def record_notes(request: StaffRequest, pk: int) -> HttpResponse:
    """Show every note, and write one."""
    visible = Patient.objects.visible_to(request.user).select_related("clinic")
    patient = get_object_or_404(visible, pk=pk)
    form = RecordNoteForm(posted(request), auto_id=IDS)
    if form.is_valid():
        arguments = {"patient": patient, "by": request.user, **form.cleaned_data}
        if run_verb(form, record_note_verbs.write, form.refusals, **arguments):
            return _written(request, patient)
    status = 422 if form.errors else 200
    if request.htmx and request.method == "POST":
        return _panel(request, patient, form, status)
    context = {"patient": patient, "notes": every_note(patient), "note_form": form}
    return render(request, "patients/record_notes/record_notes.html", context, status=status)


def _written(request: StaffRequest, patient: Patient) -> HttpResponse:
    if request.htmx:
        return _panel(request, patient, RecordNoteForm(auto_id=IDS), 200)
    messages.success(request, _("Note saved."), extra_tags="notes")
    return see_other("chart", patient.pk, part="notes")


def _panel(
    request: StaffRequest, patient: Patient, form: RecordNoteForm, status: int
) -> HttpResponse:
    context = {"patient": patient, "note_form": form, "noted": status == 200}
    context["notes"] = read_newest_notes(patient)
    return render(request, "patients/record_notes/_notes.html", context, status=status)


@require_http_methods(["GET", "POST"])
@clinician_required
def record_note_put_right(request: StaffRequest, pk: int) -> HttpResponse:
    """Write another note in the place of one. Both stay in the record."""
    rows = RecordNote.objects.filter(patient__in=Patient.objects.visible_to(request.user))
    note = get_object_or_404(rows.select_related("patient__clinic", "by", "taken_back_by"), pk=pk)
    form = RecordNoteForm(posted(request), initial=RecordNoteForm.of(note))
    if form.is_valid():
        arguments = {"note": note, "by": request.user, **form.cleaned_data}
        if run_verb(form, record_note_verbs.put_right, form.refusals, **arguments):
            messages.success(request, _("Put right. The record keeps both."))
            return see_other("record_notes", note.patient_id)
    context = {"patient": note.patient, "note": note, "form": form}
    status = 422 if form.errors else 200
    return render(request, "patients/record_notes/put_right.html", context, status=status)
