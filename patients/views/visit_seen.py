"""The third step of a first visit: what was seen, and where to start. And the draft of any step."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.http import StaffRequest, clinician_required, posted, see_other
from patients.forms.days import DaysForm
from patients.forms.first_visit import SeeForm, answers_in, opened_at
from patients.models import VisitStep
from patients.verbs import assessment, visit_steps
from patients.verbs import first_visit as visit_verbs
from patients.views import visit_frame
from patients.views.assessment import assessment_in_sight
from patients.views.outcomes import press
from patients.views.visit_frame import Visiting, of_step, show_step, typed_before

#: So many rungs stand open on the page; those above are a fold.
AT_ONCE = 3


@require_http_methods(["GET", "POST"])
@clinician_required
@of_step(VisitStep.SEE)
def see(request: StaffRequest, visiting: Visiting) -> HttpResponse:
    plan = visiting.running
    form = SeeForm(posted(request) or typed_before(request, visiting, VisitStep.SEE), plan=plan)
    days = DaysForm(posted(request))
    refused = None
    starts = request.method == "POST" and "look" not in request.POST
    if starts and form.is_valid() and days.is_valid():
        refused = _start(request, visiting, form, days)
        if refused == "":
            return see_other("first_visit_dose", visiting.patient.pk)
    context = {**_seen(visiting, form, days), "refused": refused}
    status = 422 if starts else 200
    return show_step(request, visiting, VisitStep.SEE, context, status)


def _start(request: StaffRequest, visiting: Visiting, form: SeeForm, days: DaysForm) -> str:
    """Start where the page says. Returns why not; empty = started."""
    if _is_old(visiting, form):
        return _("What you ticked has changed where to start. Look, and press once more.")
    start = form.start() | days.days()
    arguments = {"plan": visiting.plan, "by": request.user, **start}
    refused = press(visit_steps.tell_seen, **arguments)
    if refused is None:
        return ""
    days.asks_again(refused)
    return str(refused)


def _is_old(visiting: Visiting, form: SeeForm) -> bool:
    """Whether the page was sent with a suggestion from before the last ticks: without scripts."""
    level = form.cleaned_data["level"]
    if level is None or form.cleaned_data["rung"] is not None:
        return False
    marked = [*form.ticked(), *form.set_aside()]
    rung = assessment.start_rung(visiting.running, {one.pk for one in marked})
    return rung is None or rung.pk != level.rung_id


def _seen(visiting: Visiting, form: SeeForm, days: DaysForm) -> dict[str, Any]:
    context = assessment_in_sight(visiting.running, form, days)
    rows = [(row, form.answer(row.rung)) for row in context["rungs"]]
    folded = rows[AT_ONCE:]
    return {
        **context,
        "rows": rows[:AT_ONCE],
        "folded": folded,
        "unfolded": any(answer for _row, answer in folded),
        "start_page": reverse("first_visit_see", args=[visiting.patient.pk]),
    }


@require_POST
@clinician_required
def draft(request: StaffRequest, pk: int, step: str) -> HttpResponse:
    """Keep what was typed in a step. A page that htmx sends from stays; a button leads on."""
    if step not in VisitStep.values:
        raise Http404
    visiting = visit_frame.unfinished_visit(request, pk)
    if visiting is None:
        return visit_frame.ended(request, pk)
    refused = press(
        visit_verbs.keep,
        patient=visiting.patient,
        by=request.user,
        step=step,
        fields=answers_in(request.POST),
        opened=opened_at(request.POST),
    )
    if request.htmx:
        return _kept(request, visiting, VisitStep(step), str(refused or ""))
    to = request.POST.get("go", "")
    if to in VisitStep.values and visiting.is_open(VisitStep(to)):
        return see_other(f"first_visit_{to}", pk)
    return see_other("caseload")


def _kept(request: StaffRequest, visiting: Visiting, step: VisitStep, why: str) -> HttpResponse:
    """What the page says of its draft; beside what was seen, where to start now."""
    context: dict[str, Any] = {
        "patient": visiting.patient,
        "step": step,
        "draft": visiting.visit.drafts.filter(step=step).select_related("by").first(),
        "not_kept": why,
        "fragment": True,
    }
    if step != VisitStep.SEE or not visiting.is_open(step):
        return render(request, "patients/first_visit/_kept.html", context)
    form = SeeForm(request.POST, plan=visiting.running)
    context |= _seen(visiting, form, DaysForm(request.POST))
    return render(request, "patients/first_visit/_suggest.html", context)
