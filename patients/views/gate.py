"""The gate: ticks, the decision, and a pass taken back."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.http import StaffRequest, clinician_required, posted
from curriculum.models import Rung
from patients.chart.page import patients
from patients.forms.gate import NotYetForm, WithdrawForm
from patients.models import Outcome, Patient, Plan, Review
from patients.rules.refusals import Refused
from patients.standing.gate import read_gate
from patients.verbs import gate as gate_verbs
from patients.views import lookups
from patients.views.chart import show
from patients.views.outcomes import run_verb, see


@require_POST
@clinician_required
def tick(request: StaffRequest, pk: int, criterion_pk: int) -> HttpResponse:
    return _marked(request, gate_verbs.tick, pk, criterion_pk)


@require_POST
@clinician_required
def untick(request: StaffRequest, pk: int, criterion_pk: int) -> HttpResponse:
    return _marked(request, gate_verbs.untick, pk, criterion_pk)


def _marked(
    request: StaffRequest, verb: Callable[..., object], pk: int, criterion_pk: int
) -> HttpResponse:
    """The gate after a criterion was ticked or unticked, with the refusal if it was refused."""
    plan = lookups.plan(request.user, pk)
    criterion = lookups.criterion(criterion_pk)
    try:
        verb(plan=plan, criterion=criterion, by=request.user)
    except Refused as refused:
        return _gate(request, plan, refused)
    return _gate(request, plan)


def _gate(request: StaffRequest, plan: Plan, refused: Refused | None = None) -> HttpResponse:
    """The gate alone for htmx, else the page it stands on."""
    if request.htmx:
        context = {
            "gate": read_gate(plan),
            "plan": plan,
            "patient": plan.patient,
            "problem": str(refused or ""),
        }
        return render(request, "patients/gate/_gate.html", context, status=422 if refused else 200)
    return (
        _afresh(request, plan, refused) if refused else see("chart", plan.patient_id, part="gate")
    )


def _afresh(request: StaffRequest, plan: Plan, refused: Refused) -> HttpResponse:
    patient = get_object_or_404(
        patients(Patient.objects.visible_to(request.user)), pk=plan.patient_id
    )
    return show(patient, request, problem=str(refused), status=422)


@require_POST
@clinician_required
def decide(request: StaffRequest, pk: int, rung_pk: int) -> HttpResponse:
    """Passed, by one press; refused with what is left, or with who decided meanwhile."""
    plan = lookups.plan(request.user, pk)
    rung = get_object_or_404(Rung, pk=rung_pk)
    try:
        review = _decide(request, plan, rung, Outcome.PASSED)
    except Refused as refused:
        return _afresh(request, plan, refused)
    now = Plan.objects.select_related("goal_rung").get(pk=plan.pk).open_rung
    if now is None:
        messages.success(
            request, _("Passed: %(rung)s. The ladder is complete.") % {"rung": review.rung.name}
        )
    else:
        told = {"rung": review.rung.name, "next": now.name}
        messages.success(request, _("Passed: %(rung)s. “%(next)s” is open now.") % told)
    return see("chart", plan.patient_id)


def _decide(
    request: StaffRequest, plan: Plan, rung: Rung, outcome: Outcome, note: str = ""
) -> Review:
    """Decides as the page showed the plan. Raises ``Refused``."""
    return gate_verbs.decide(
        plan=plan,
        rung=rung,
        outcome=outcome,
        by=request.user,
        note=note,
        seen=request.POST.get("seen", ""),
    )


@require_http_methods(["GET", "POST"])
@clinician_required
def not_yet(request: StaffRequest, pk: int, rung_pk: int) -> HttpResponse:
    """Not yet, with a note to the patient: the page behind the dialog."""
    plan = lookups.plan(request.user, pk)
    rung = get_object_or_404(Rung.objects.filter(ladder_id=plan.ladder_id), pk=rung_pk)
    form = NotYetForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            _decide(request, plan, rung, Outcome.NOT_YET, form.said())
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            told = {"rung": rung.name, "name": plan.patient.first_name}
            note = _("Not yet: %(rung)s. %(name)s reads your note above the drill.")
            bare = _("Not yet: %(rung)s. %(name)s sees it on the ladder, without a note.")
            messages.success(request, (note if form.said() else bare) % told)
            return see("chart", plan.patient_id)
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
    told = {"rung": rung.name, "name": plan.patient.first_name}
    read = _("Not yet: %(rung)s. %(name)s reads your note above the drill.")
    bare = _("Not yet: %(rung)s. %(name)s sees it on the ladder, without a note.")
    messages.success(request, (read if note else bare) % told)


@require_http_methods(["GET", "POST"])
@clinician_required
def withdraw(request: StaffRequest, pk: int, rung_pk: int) -> HttpResponse:
    plan = lookups.plan(request.user, pk)
    rung = get_object_or_404(Rung.objects.filter(ladder_id=plan.ladder_id), pk=rung_pk)
    form = WithdrawForm(posted(request))
    if request.method == "POST" and form.is_valid():
        asked = {
            "plan": plan,
            "rung": rung,
            "by": request.user,
            "reason": form.cleaned_data["reason"],
        }
        if run_verb(
            form, gate_verbs.withdraw, {"reason_missing": "reason", "too_long": "reason"}, **asked
        ):
            messages.success(
                request, _("Withdrawn: %(rung)s. It is the open rung now.") % {"rung": rung.name}
            )
            return see("chart", plan.patient_id)
    passed = plan.passed_rungs
    context = {
        "plan": plan,
        "patient": plan.patient,
        "rung": rung,
        "form": form,
        "stands": rung in passed,
    }
    context["above"] = [one for one in passed if one.position > rung.position]
    return render(
        request, "patients/gate/withdraw.html", context, status=422 if form.errors else 200
    )
