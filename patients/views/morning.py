"""The morning after practice. The Today page asks how it was; a page of its own changes the
answer."""

from __future__ import annotations

import uuid

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.http import PatientRequest, patient_or_carer_required, see_other
from accounts.parsing import two_digits
from patients.models import Patient, Practice
from patients.rules.refusals import Refused
from patients.standing.entries import LoggedEntry, logged_entries
from patients.today.state import read_today
from patients.verbs import practice as practice_verbs
from patients.views import today_page
from patients.views.outcomes import press


@require_http_methods(["GET", "POST"])
@patient_or_carer_required
def morning(request: PatientRequest, pk: int) -> HttpResponse:
    """Save how the morning after an entry was. The answer can be changed as long as the morning is
    open."""
    rows = Practice.objects.select_related("plan__patient__lead", "plan__clinic", "plan__ladder")
    patients = Patient.objects.acted_for_by(request.user)
    entry = get_object_or_404(rows, pk=pk, plan__patient__in=patients)
    if request.method == "GET":
        return _page(request, entry)
    if refused := press(_answer, request=request, entry=entry):
        bad_choice = refused.code == "bad_choice"
        problem = _("Choose one of the two, or a number.") if bad_choice else str(refused)
        return _again(request, entry, problem)
    return see_other("today")


def _answer(*, request: PatientRequest, entry: Practice) -> None:
    """Save what the patient answered. Raises ``Refused``."""
    pain = request.POST.get("morning", "")
    pain_now = two_digits(pain)
    if pain and pain_now is None:
        raise Refused("bad_pain")
    worse = {"yes": True, "no": False}.get(request.POST.get("worse", ""))
    practice_verbs.answer_morning(
        practice=entry,
        by=request.user,
        pain_now=pain_now,
        worse=worse,
        client_id=request.POST.get("client_id", ""),
    )


def _again(request: PatientRequest, entry: Practice, problem: str) -> HttpResponse:
    """The question again with the problem: on the Today page if it is asked there, else on its own
    page."""
    now = read_today(request.user)
    if (
        now.morning_of is not None
        or entry.plan.ended_on is not None
        or not practice_verbs.morning_is_open(entry.done_on, now.day)
    ):
        return today_page.show(request, now, errors={"morning": problem}, status=422)
    return _page(request, entry, problem)


def _logged(entry: Practice) -> LoggedEntry | None:
    """The entry of that day as it stands now."""
    rows = logged_entries(entry.plan, entry.done_on)
    return next((row for row in rows if row.done_on == entry.done_on), None)


def _is_somebody_elses(request: PatientRequest, logged: LoggedEntry | None) -> bool:
    """Whether a carer opens an answer that somebody else gave."""
    if logged is None or not request.user.is_carer:
        return False
    return logged.answered is not None and logged.morning_by != request.user.pk


def _saved(logged: LoggedEntry) -> dict[str, str]:
    return {
        "worse": {True: "yes", False: "no", None: ""}[logged.worse],
        "morning": "" if logged.morning is None else str(logged.morning),
    }


def _page(request: PatientRequest, entry: Practice, problem: str = "") -> HttpResponse:
    plan = entry.plan
    logged = _logged(entry)
    if plan.ended_on is not None or (not problem and _is_somebody_elses(request, logged)):
        return redirect("today")
    if logged is None or not practice_verbs.morning_is_open(entry.done_on, plan.clinic.today()):
        return redirect("log_day", entry.done_on)
    context = {
        "entry": logged,
        "typed": request.POST if problem else _saved(logged),
        "errors": {"morning": problem} if problem else {},
        "form_number": uuid.uuid4(),
        "scale": today_page.scale_of(plan, entry.done_on),
        "physio": plan.patient.physio,
        "ladder_words": plan.ladder.said,
    }
    status = 422 if problem else 200
    return render(request, "patients/today/morning_page.html", context, status=status)
