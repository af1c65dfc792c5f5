"""The list of today's visits, to work through and to print."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from accounts.http import StaffRequest, clinician_required
from patients.caseload import whose
from patients.caseload.day_query import DayWanted
from patients.caseload.page import every_rung, visits_of_day
from patients.notices.state import clinic_state


@require_GET
@clinician_required
def todays_visits(request: StaffRequest) -> HttpResponse:
    """``who`` in the address: as in the caseload."""
    clinic = request.user.clinic
    today = clinic.today()
    staff = clinic_state(clinic).staff
    shown = whose.read(request.GET.get("who", "")[:20], request.user, staff, today)
    wanted = DayWanted(clinic.pk, today, shown.lead_ids)
    context = {
        "day": visits_of_day(wanted, clinic, every_rung()),
        "today": today,
        "whose": shown,
    }
    return render(request, "patients/caseload/todays_visits.html", context)
