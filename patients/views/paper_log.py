"""The clinic enters a paper log, one day at a time."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.http import StaffRequest, clinician_required, posted, see_other
from accounts.models import User
from curriculum.models import Level
from patients.forms.paper_log import PaperForm
from patients.models import Plan, Report
from patients.standing.dose import dose_in_force
from patients.verbs import paper_log as paper_log_verbs
from patients.verbs import reports as report_verbs
from patients.views import lookups
from patients.views.outcomes import run_verb
from patients.views.prescribing import offered_of
from patients.wording.days import day_with_weekday

#: The field that shows a refusal, by its code.
FIELDS = {
    "not_yet_that_day": "done_on",
    "before_the_plan": "done_on",
    "after_the_plan": "done_on",
    "day_taken": "done_on",
    "level_locked_that_day": "level",
    "other_ladder": "level",
    "bad_choice": "reserve",
    "bad_sets": "sets",
    "too_long": "note",
}


@require_http_methods(["GET", "POST"])
@clinician_required
def paper(request: StaffRequest, pk: int) -> HttpResponse:
    plan = lookups.plan(request.user, pk)
    now, levels = offered_of(plan)
    form = PaperForm(posted(request), levels=levels, initial=_initial(plan, now))
    if form.is_valid():
        report = _told_first(plan, request.user, form)
        arguments = {"plan": plan, "by": request.user, "report": report, **form.entry()}
        if entry := run_verb(form, paper_log_verbs.enter, FIELDS, **arguments):
            day = day_with_weekday(entry.done_on, plan.clinic.today())
            messages.success(request, _("Entered from paper: %(day)s.") % {"day": day})
            return see_other("paper", plan.pk)
    entered = plan.practices.standing().select_related("level__drill").order_by("-done_on")[:14]
    context = {"plan": plan, "patient": plan.patient, "form": form, "entered": entered}
    return render(
        request, "patients/paper_log/paper_log.html", context, status=422 if form.errors else 200
    )


def _told_first(plan: Plan, by: User, form: PaperForm) -> Report | None:
    """Keep what the paper tells of a leg, even if the rest of it is refused."""
    told = form.told()
    if told is None:
        return None
    return report_verbs.report(patient=plan.patient, by=by, **told)


def _initial(plan: Plan, level: Level | None) -> dict[str, object]:
    dose = dose_in_force(plan, level) if level else None
    if level is None or dose is None:
        return {}
    return {"level": level.pk, "sets": dose.sets, "reps": dose.reps, "load": dose.load}
