"""The clinic enters a paper log: a week in a grid, or a day with all that can stand on paper."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from accounts import parsing
from accounts.http import StaffRequest, clinician_required, posted, see_other
from accounts.models import User
from curriculum.models import Level
from patients.forms.paper_log import PaperForm
from patients.forms.paper_week import WeekForm
from patients.models import Plan, Report
from patients.rules.refusals import Refused
from patients.standing.calendar import calendar_of
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
    "morning_ahead": "morning_pain",
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


WEEK = timedelta(days=7)
#: The field of a row that shows a refusal, by its code; all else is said beside the tick.
OF_A_ROW = {"bad_choice": "reserve", "bad_sets": "sets", "morning_ahead": "worse"}


@require_http_methods(["GET", "POST"])
@clinician_required
def paper_week(request: StaffRequest, pk: int) -> HttpResponse:
    """A week of a paper log. ``?from=``: its first day; else the last of its days is today."""
    plan = lookups.plan(request.user, pk)
    first = _first_day(plan, request.GET.get("from", ""))
    days = _days(plan, first)
    now, levels = offered_of(plan)
    here = f"{reverse('paper_week', args=[plan.pk])}?from={first}"
    form = WeekForm(
        posted(request),
        days=days,
        logged={one.done_on: one for one in plan.practices.standing().filter(done_on__in=days)},
        levels=levels,
        initial=_initial(plan, now),
    )
    if form.is_valid():
        _enter(request, plan, form)
        if not form.errors:
            return see_other(here)
    context: dict[str, Any] = {
        "plan": plan,
        "patient": plan.patient,
        "form": form,
        "here": here,
        "earlier": first - WEEK if first > plan.started_on else None,
        "later": first + WEEK if first + WEEK <= _last_day(plan) else None,
    }
    status = 422 if form.errors else 200
    return render(request, "patients/paper_log/paper_week.html", context, status=status)


def _first_day(plan: Plan, asked: str) -> date:
    last = _last_day(plan)
    try:
        first = parsing.day(asked)
    except ValueError:
        first = last
    return min(first, last - WEEK + timedelta(days=1))


def _last_day(plan: Plan) -> date:
    today = plan.clinic.today()
    return min(plan.ended_on or today, today)


def _days(plan: Plan, first: date) -> dict[date, bool]:
    """The days of the plan in the week, each with whether it was planned."""
    calendar = calendar_of(plan)
    week = [first + timedelta(days=ahead) for ahead in range(WEEK.days)]
    return {day: calendar.is_planned(day) for day in week if day >= plan.started_on}


def _enter(request: StaffRequest, plan: Plan, form: WeekForm) -> None:
    """Enter the ticked days and say how many. The row of each other one says why."""
    rows = form.ticked()
    outcomes = paper_log_verbs.enter_week(
        plan=plan, by=request.user, days=form.days(), **form.same.cleaned_data
    )
    left = 0
    for row, one in zip(rows, outcomes, strict=True):
        if isinstance(one, Refused):
            field = OF_A_ROW.get(one.code, "done")
            row.form.add_error(field if field in row.form.fields else "done", str(one))
            left += 1
        else:
            form.keep(row, one)
    if left:
        form.say_what_is_left(left)
    if count := len(rows) - left:
        said = ngettext("Entered from paper: %d day.", "Entered from paper: %d days.", count)
        messages.success(request, said % count)
