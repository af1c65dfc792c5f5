"""The visits of a patient: the next one, one more, and what became of each."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.http import SeeOther, StaffRequest, clinician_required, posted, see_other
from patients.forms.visits import NextVisitForm, OneMoreVisitForm
from patients.models import Patient, Visit, VisitState
from patients.record.visits import every_visit
from patients.verbs import visits as visit_verbs
from patients.views import lookups
from patients.views.caseload import last_looked_at
from patients.views.chart import head_of_page
from patients.views.chart import show as show_chart
from patients.views.outcomes import press, run_verb


@require_POST
@clinician_required
def next_visit(request: StaffRequest, pk: int) -> HttpResponse:
    patient = lookups.patient_of_chart(request.user, pk)
    form = NextVisitForm(request.POST)
    if form.is_valid():
        arguments = {"patient": patient, "by": request.user, **form.when()}
        if not form.visit_changed or _is_done(form, arguments):
            messages.success(request, _("Next visit saved."), extra_tags="next_visit")
            return see_other("chart", pk)
    return show_chart(patient, request, status=422, next_visit_form=form)


def _is_done(form: NextVisitForm, arguments: dict[str, object]) -> bool:
    """Whether the verb did its work. It returns None too where no visit is planned."""
    run_verb(form, visit_verbs.set_next, form.refusals, **arguments)
    return not form.errors


@require_http_methods(["GET", "POST"])
@clinician_required
def visits_of(request: StaffRequest, pk: int) -> HttpResponse:
    """Show every visit of a patient, and plan one more."""
    patient = lookups.patient_of_chart(request.user, pk)
    form = OneMoreVisitForm(posted(request), patient=patient)
    if form.is_valid():
        arguments = {"patient": patient, "by": request.user, **form.cleaned_data}
        if run_verb(form, visit_verbs.plan, form.refusals, **arguments):
            messages.success(request, _("The visit is planned."))
            return see_other("visits", pk)
    context = {
        "patient": patient,
        "form": form,
        "record": every_visit(patient),
        "today": patient.clinic.today(),
        **head_of_page(patient, request),
    }
    status = 422 if form.errors else 200
    return render(request, "patients/visits/visits.html", context, status=status)


def _visit(request: StaffRequest, pk: int) -> Visit:
    visible = Visit.objects.filter(patient__in=Patient.objects.visible_to(request.user))
    return get_object_or_404(visible.select_related("patient__clinic"), pk=pk)


@require_POST
@clinician_required
def visit_mark(request: StaffRequest, pk: int) -> HttpResponse:
    """Say by one press what became of a visit."""
    visit = _visit(request, pk)
    state = request.POST.get("state", "")
    refused = press(visit_verbs.mark, visit=visit, by=request.user, state=state)
    if refused:
        messages.error(request, str(refused))
    elif state == VisitState.CALLED_OFF:
        sentence = _("The visit of %(name)s is called off.")
        messages.success(request, sentence % {"name": visit.patient.name})
    return _back(request, visit)


@require_POST
@clinician_required
def visit_take_back(request: StaffRequest, pk: int) -> HttpResponse:
    """Take back what was said about a visit."""
    visit = _visit(request, pk)
    if refused := press(visit_verbs.take_back, visit=visit, by=request.user):
        messages.error(request, str(refused))
    return _back(request, visit)


def _back(request: StaffRequest, visit: Visit) -> SeeOther:
    """The page on which it was pressed."""
    back = request.POST.get("back")
    if back == "caseload":
        return see_other(last_looked_at(request))
    if back == "todays_visits":
        whose = urlencode({"who": request.POST.get("who", "")[:20]})
        return see_other(f"{reverse('todays_visits')}?{whose}")
    if back == "chart":
        return see_other("chart", visit.patient_id)
    return see_other("visits", visit.patient_id)
