"""The clinician ticks criteria, decides at the gate, and withdraws a pass."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.http import StaffRequest, clinician_required, posted, see_other
from curriculum.models import Rung
from patients.forms import marks
from patients.forms.days import DaysForm, asked_days
from patients.forms.gate import NotYetForm, WithdrawForm
from patients.forms.marks import MarkForm
from patients.forms.visits import NextVisitForm, initial_of_visit
from patients.models import Outcome, Patient, Plan, Review
from patients.rules.refusals import Refused
from patients.standing.gate import CriterionLine, OpenGate, read_gate
from patients.standing.visits import ahead_of
from patients.verbs import gate as gate_verbs
from patients.views import lookups
from patients.views.chart import show
from patients.views.outcomes import press, run_verb


@require_POST
@clinician_required
def tick(request: StaffRequest, pk: int, criterion_pk: int) -> HttpResponse:
    """Mark a criterion as met, with a figure if one was typed, or as not applying."""
    plan = lookups.plan(request.user, pk)
    criterion = lookups.criterion(criterion_pk)
    form = MarkForm(request.POST)
    if not form.is_valid():
        return _typed_again(request, plan, criterion_pk, form)
    why = form.reason()
    mark = {"applies": not why, "why": why, "figure": form.figure()}
    refused = press(gate_verbs.tick, plan=plan, criterion=criterion, by=request.user, **mark)
    return _gate(request, plan, refused)


@require_POST
@clinician_required
def untick(request: StaffRequest, pk: int, criterion_pk: int) -> HttpResponse:
    plan = lookups.plan(request.user, pk)
    criterion = lookups.criterion(criterion_pk)
    refused = press(gate_verbs.untick, plan=plan, criterion=criterion, by=request.user)
    return _gate(request, plan, refused)


def _gate(request: StaffRequest, plan: Plan, refused: Refused | None = None) -> HttpResponse:
    """The gate alone for htmx; the patient's page without htmx."""
    if request.htmx:
        gate = read_gate(plan)
        rows = marks.of_gate(gate.lines) if gate else []
        return _fragment(request, plan, gate, rows, str(refused or ""))
    if refused:
        return _chart_with_refusal(request, plan, refused)
    return see_other("chart", plan.patient_id, part="gate")


def _fragment(
    request: StaffRequest,
    plan: Plan,
    gate: OpenGate | None,
    rows: list[tuple[CriterionLine, marks.MarkFields]],
    problem: str = "",
) -> HttpResponse:
    ahead = ahead_of(plan.patient, plan.clinic.today())
    context = {
        "gate": gate,
        "marks": rows,
        "plan": plan,
        "patient": plan.patient,
        "problem": problem,
        "days": asked_days(gate.days) if gate else None,
        "next_visit_form": NextVisitForm(initial=initial_of_visit(ahead.later)),
    }
    wrong = bool(problem) or any(fields.is_open for _line, fields in rows)
    return render(request, "patients/gate/_fragment.html", context, status=422 if wrong else 200)


def _typed_again(
    request: StaffRequest, plan: Plan, criterion_pk: int, form: MarkForm
) -> HttpResponse:
    """The gate with what was typed about one criterion, and what is wrong with it."""
    gate = read_gate(plan)
    rows = marks.of_gate(gate.lines if gate else [], criterion_pk, form)
    if request.htmx:
        return _fragment(request, plan, gate, rows)
    return show(_patient(request, plan), request, status=422, marks=rows)


def _patient(request: StaffRequest, plan: Plan) -> Patient:
    return lookups.patient_of_chart(request.user, plan.patient_id)


def _chart_with_refusal(request: StaffRequest, plan: Plan, refused: Refused) -> HttpResponse:
    return show(_patient(request, plan), request, problem=str(refused), status=422)


@require_POST
@clinician_required
def decide(request: StaffRequest, pk: int, rung_pk: int) -> HttpResponse:
    """Pass a rung by one press. A refusal names the criteria that are left, or the colleague who
    decided in the meantime."""
    plan = lookups.plan(request.user, pk)
    rung = get_object_or_404(Rung, pk=rung_pk)
    days = DaysForm(request.POST)
    if not days.is_valid():
        return show(_patient(request, plan), request, status=422, days=days)
    decision = _decision(request, plan, rung, Outcome.PASSED) | days.days()
    if refused := press(gate_verbs.decide, **decision):
        if days.asks_again(refused):
            return show(_patient(request, plan), request, status=422, days=days)
        return _chart_with_refusal(request, plan, refused)
    # The page that follows says what was passed, and offers to take it back.
    return see_other("chart", plan.patient_id)


@require_POST
@clinician_required
def undo(request: StaffRequest, pk: int, review_pk: int) -> HttpResponse:
    """Take back a pass or a placement that was pressed by mistake."""
    plan = lookups.plan(request.user, pk)
    review = get_object_or_404(
        Review.objects.select_related("rung", "plan"), plan=plan, pk=review_pk
    )
    if refused := press(gate_verbs.undo, review=review, by=request.user):
        return _chart_with_refusal(request, plan, refused)
    sentence = _("Taken back: %(rung)s is the open rung again, and all is as it was before.")
    messages.success(request, sentence % {"rung": review.rung.name})
    return see_other("chart", plan.patient_id)


def _decision(
    request: StaffRequest, plan: Plan, rung: Rung, outcome: Outcome, note: str = ""
) -> dict[str, Any]:
    """The arguments of ``gate.decide``, with the state of the plan that the page showed."""
    seen = request.POST.get("seen", "")
    return {
        "plan": plan,
        "rung": rung,
        "outcome": outcome,
        "by": request.user,
        "note": note,
        "seen": seen,
    }


@require_http_methods(["GET", "POST"])
@clinician_required
def not_yet(request: StaffRequest, pk: int, rung_pk: int) -> HttpResponse:
    """Decide "not yet", with a note to the patient. The page does the same without the dialog."""
    plan = lookups.plan(request.user, pk)
    rung = get_object_or_404(Rung.objects.filter(ladder_id=plan.ladder_id), pk=rung_pk)
    form = NotYetForm(posted(request))
    if form.is_valid():
        decision = _decision(request, plan, rung, Outcome.NOT_YET, form.text())
        if run_verb(form, gate_verbs.decide, {}, **decision):
            _say_not_yet(request, plan, rung, form.text())
            return see_other("chart", plan.patient_id)
    context = {
        "plan": plan,
        "patient": plan.patient,
        "rung": rung,
        "form": form,
        "gate": read_gate(plan),
    }
    return render(
        request, "patients/gate/not_yet.html", context, status=422 if form.errors else 200
    )


def _say_not_yet(request: StaffRequest, plan: Plan, rung: Rung, note: str) -> None:
    """Tell the clinician whether the patient reads a note with the decision."""
    names = {"rung": rung.name, "name": plan.patient.first_name}
    with_note = _("Not yet: %(rung)s. %(name)s reads your note above the drill.")
    bare = _("Not yet: %(rung)s. %(name)s sees it on the ladder, without a note.")
    messages.success(request, (with_note if note else bare) % names)


@require_http_methods(["GET", "POST"])
@clinician_required
def withdraw(request: StaffRequest, pk: int, rung_pk: int) -> HttpResponse:
    plan = lookups.plan(request.user, pk)
    rung = get_object_or_404(Rung.objects.filter(ladder_id=plan.ladder_id), pk=rung_pk)
    form = WithdrawForm(posted(request))
    if form.is_valid():
        fields = {"reason_missing": "reason"}
        arguments = {"plan": plan, "rung": rung, "by": request.user, **form.cleaned_data}
        if run_verb(form, gate_verbs.withdraw, fields, **arguments):
            sentence = _("Withdrawn: %(rung)s. It is the open rung now.")
            messages.success(request, sentence % {"rung": rung.name})
            return see_other("chart", plan.patient_id)
    passed = plan.passed_rungs
    context = {
        "plan": plan,
        "patient": plan.patient,
        "rung": rung,
        "form": form,
        "stands": rung in passed,
    }
    context["above"] = [higher for higher in passed if higher.position > rung.position]
    return render(
        request, "patients/gate/withdraw.html", context, status=422 if form.errors else 200
    )
