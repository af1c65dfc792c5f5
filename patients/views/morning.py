"""How it was the morning after: asked on the page of the day, and to be changed on a page of its
own."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.http import PatientRequest, patient_required
from patients.models import Practice
from patients.rules.refusals import Refused
from patients.standing.entries import logged_entries
from patients.today.state import read_today as read_today
from patients.verbs import practice as practice_verbs
from patients.views import today_page
from patients.views.outcomes import see


@require_http_methods(["GET", "POST"])
@patient_required
def morning(request: PatientRequest, pk: int) -> HttpResponse:
    """How it was the morning after an entry; while it can be told, it can be changed."""
    rows = Practice.objects.select_related("plan__patient__lead", "plan__clinic")
    entry = get_object_or_404(rows, pk=pk, plan__patient__user=request.user)
    if request.method == "GET":
        return _page(request, entry)
    pain = request.POST.get("morning", "")
    worse = {"yes": True, "no": False}.get(request.POST.get("worse", ""))
    try:
        if pain and not (pain.isdecimal() and len(pain) < 3):
            raise Refused("bad_pain")
        practice_verbs.answer_morning(
            practice=entry, by=request.user, pain_now=int(pain) if pain else None, worse=worse
        )
    except Refused as refused:
        said = (
            _("Choose one of the two, or a number.")
            if refused.code == "bad_choice"
            else str(refused)
        )
        return _again(request, entry, said)
    return see("today")


def _again(request: PatientRequest, entry: Practice, said: str) -> HttpResponse:
    """With the reason, where the question stands today; else on its own page."""
    now = read_today(request.user)
    if (
        now.morning_of is not None
        or entry.plan.ended_on is not None
        or not practice_verbs.morning_is_open(entry.done_on, now.day)
    ):
        return today_page.show(request, now, errors={"morning": said}, status=422)
    return _page(request, entry, said)


def _page(request: PatientRequest, entry: Practice, said: str = "") -> HttpResponse:
    plan = entry.plan
    if plan.ended_on is not None:
        return redirect("today")
    logged = next(
        (one for one in logged_entries(plan, entry.done_on) if one.done_on == entry.done_on), None
    )
    if logged is None or not practice_verbs.morning_is_open(entry.done_on, plan.clinic.today()):
        return redirect("log_day", entry.done_on)
    known = {
        "worse": {True: "yes", False: "no", None: ""}[logged.worse],
        "morning": "" if logged.morning is None else str(logged.morning),
    }
    context = {
        "entry": logged,
        "typed": request.POST if said else known,
        "errors": {"morning": said} if said else {},
        "scale": today_page.scale(request, plan.patient.usual_pain()),
        "physio": plan.patient.physio,
    }
    return render(request, "patients/today/morning_page.html", context, status=422 if said else 200)
