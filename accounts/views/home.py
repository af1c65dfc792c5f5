"""The first page, and a person's own page."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from accounts import known_clinic, links, staff
from accounts.forms import CoverForm
from accounts.http import (
    HtmxHttpRequest,
    StaffRequest,
    clinician_required,
    see_other,
)
from accounts.refusals import Refused


@require_GET
def home(request: HtmxHttpRequest) -> HttpResponse:
    """Where somebody signed in begins: a patient with today, staff with the caseload."""
    place = reverse("today" if request.user.is_patient else "caseload")
    return redirect(f"{place}?unsaved" if "unsaved" in request.GET else place)


@require_POST
def here(request: HtmxHttpRequest) -> HttpResponse:
    """Nothing but the answer that the server is there and knows who asks: before a form is sent
    that took long."""
    return HttpResponse(status=204)


@require_GET
def me(request: HtmxHttpRequest) -> HttpResponse:
    """Who is signed in here, and how to leave; for a patient the PIN and the signed-in phones."""
    context: dict[str, Any] = {}
    if request.user.is_patient:
        link = links.link_of(request.user)
        context = {
            "link": link,
            "phones": links.phones_of(request.user, here=request.session.session_key),
        }
    else:
        context = {"form": CoverForm(by=request.user)}
    return render(request, "accounts/me.html", context)


@require_POST
@clinician_required
def cover(request: StaffRequest) -> HttpResponse:
    """Let a colleague stand in while one is away."""
    form = CoverForm(request.POST, by=request.user)
    if form.is_valid():
        try:
            staff.set_cover(
                by=request.user, cover=form.cleaned_data["cover"], until=form.cleaned_data["until"]
            )
        except Refused as refused:
            form.add_error("cover" if refused.code == "not_a_colleague" else "until", str(refused))
        else:
            messages.success(request, _("Saved."))
            return see_other("me")
    return render(request, "accounts/me.html", {"form": form}, status=422)


@require_GET
@never_cache
def get_help(request: HttpRequest) -> HttpResponse:
    """When to get help and from whom, as a page that can be linked to; nobody has to sign in to
    read it."""
    return render(request, "accounts/get_help.html", {"clinic": known_clinic.of(request)})
