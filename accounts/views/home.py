"""The first page, and a person's own page."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from accounts import phone
from accounts.http import HtmxHttpRequest, PatientRequest, patient_required


@require_GET
def home(request: HtmxHttpRequest) -> HttpResponse:
    """Where somebody signed in begins: a patient with today, staff with the caseload."""
    return redirect("today" if request.user.is_patient else "caseload")


@require_GET
def me(request: HtmxHttpRequest) -> HttpResponse:
    """Who is signed in here, and how to leave; for a patient the PIN and the signed-in phones."""
    context: dict[str, Any] = {}
    if request.user.is_patient:
        link = phone.link_of(request.user)
        context = {"link": link, "phones": phone.phones_of(request.user, here=request.session.session_key)}
    return render(request, "accounts/me.html", context)


@require_GET
@patient_required
def get_help(request: PatientRequest) -> HttpResponse:
    """When to get help and from whom, as a page that can be linked to."""
    return render(request, "accounts/get_help.html")
