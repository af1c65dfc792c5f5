"""The frame of every step of a first visit: whose it is, where it stands, what is kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.http import StaffRequest, see_other
from patients.forms.first_visit import as_post
from patients.models import FirstVisit, Patient, Plan, Screening, VisitDraft, VisitStep
from patients.standing.first_visit import STEPS, first_visit_of, steps_in_sight, waiting_step
from patients.standing.screening import latest_screening, precautions_said


@dataclass(frozen=True)
class Visiting:
    """A first visit with what its steps read.

    ``latest``: the latest screening
    ``drafts``: by step, what was typed and is not saved
    """

    patient: Patient
    visit: FirstVisit
    latest: Screening | None
    plan: Plan | None
    drafts: Mapping[str, VisitDraft]

    @property
    def waits(self) -> VisitStep:
        """The step that waits."""
        cleared = self.latest is not None and self.latest.allows
        return waiting_step(self.visit, cleared=cleared, on_a_plan=self.plan is not None)

    @property
    def running(self) -> Plan:
        """The plan, on a page that is closed without one."""
        if self.plan is None:
            raise Http404
        return self.plan

    def is_open(self, step: VisitStep) -> bool:
        return STEPS.index(step) <= STEPS.index(self.waits)


Page = Callable[[StaffRequest, Visiting], HttpResponse]


def visit_of(request: StaffRequest, pk: int) -> Visiting | None:
    """The first visit of a patient of the clinic; None = there was none. Raises ``Http404``."""
    rows = Patient.objects.visible_to(request.user)
    named = rows.select_related("clinic", "lead", "user__clinic", "first_visit__by")
    patient = get_object_or_404(named, pk=pk)
    visit = first_visit_of(patient)
    if visit is None:
        return None
    plan = patient.running_plan()
    if plan is not None:
        plan.patient = patient
    drafts = {draft.step: draft for draft in visit.drafts.select_related("by")}
    return Visiting(patient, visit, latest_screening(patient), plan, drafts)


def unfinished_visit(request: StaffRequest, pk: int) -> Visiting | None:
    """The same of a visit that has not ended."""
    visiting = visit_of(request, pk)
    return visiting if visiting is not None and visiting.visit.ended_at is None else None


def of_step(
    step: VisitStep, *, stays_in_sight: bool = False
) -> Callable[[Page], Callable[..., HttpResponse]]:
    """A page of an unfinished visit. Where its step is not open yet, the one that waits is.

    ``stays_in_sight``: whether the page can be looked at after the visit has ended
    """

    def wrapped(page: Page) -> Callable[..., HttpResponse]:
        @wraps(page)
        def of_visit(request: StaffRequest, pk: int) -> HttpResponse:
            looks = stays_in_sight and request.method != "POST"
            visiting = visit_of(request, pk) if looks else unfinished_visit(request, pk)
            if visiting is None:
                return ended(request, pk)
            if not visiting.is_open(step):
                return see_other(f"first_visit_{visiting.waits}", pk)
            return page(request, visiting)

        return of_visit

    return wrapped


def ended(request: StaffRequest, pk: int) -> HttpResponse:
    """The chart, where no first visit is unfinished."""
    if request.method == "POST":
        messages.warning(request, _("This first visit is over. Nothing more was saved of it."))
    return see_other("chart", pk)


def show_step(
    request: StaffRequest,
    visiting: Visiting,
    step: VisitStep,
    context: dict[str, Any],
    status: int = 200,
) -> HttpResponse:
    """The page of a step."""
    everywhere = {
        "patient": visiting.patient,
        "visit": visiting.visit,
        "latest": visiting.latest,
        "plan": visiting.plan,
        "step": step,
        "steps": steps_in_sight(step, visiting.waits),
        "draft": visiting.drafts.get(step),
        "precautions": precautions_said(visiting.latest),
        "opened": timezone.now().isoformat(),
    }
    template = f"patients/first_visit/{step}.html"
    return render(request, template, {**everywhere, **context}, status=status)


def typed_before(request: StaffRequest, visiting: Visiting, step: VisitStep) -> Any:
    """What was typed in the step and is not saved, on a page that is only looked at."""
    draft = visiting.drafts.get(step)
    return as_post(draft.typed) if draft is not None and request.method == "GET" else None
