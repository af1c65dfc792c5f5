"""The first page, a person's own page, and the help page."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from accounts import devices, known_clinic, links, phones, sessions, sign_ins, staff
from accounts.forms.names import NamesForm
from accounts.forms.staff import CoverForm
from accounts.http import (
    HtmxHttpRequest,
    StaffRequest,
    clinician_required,
    see_other,
)
from accounts.views.cover import stands_in


@require_GET
def home(request: HtmxHttpRequest) -> HttpResponse:
    """Send a patient to Today, and staff to the caseload."""
    address = reverse("today" if request.user.of_patients_side else "caseload")
    return redirect(f"{address}?unsaved" if "unsaved" in request.GET else address)


@require_POST
def here(request: HtmxHttpRequest) -> HttpResponse:
    """Answer with nothing. A page asks this before it sends a form that took long to fill in.

    The answer shows that the server can be reached and the person is still signed in.
    """
    return HttpResponse(status=204)


@require_GET
def me(request: HtmxHttpRequest) -> HttpResponse:
    """Show who is signed in, and how to sign out. A patient sees the PIN and the phones, too."""
    context: dict[str, Any] = {}
    if request.user.of_patients_side:
        link = links.link_of(request.user)
        context = {
            "link": link,
            "home_screen": devices.home_screen(request),
            "phones": phones.phones_of(request.user, here=sessions.kept_as(request)),
        }
    else:
        context = _own_forms(request)
    return render(request, "accounts/me.html", context)


def _own_forms(request: Any) -> dict[str, Any]:
    user = request.user
    names = {"name": user.name, "formal_name": user.formal_name}
    return {
        "form": CoverForm(absent=user),
        "names": NamesForm(initial=names),
        "sign_ins": sign_ins.of(user, here=sessions.kept_as(request)),
    }


@require_POST
@clinician_required
def my_name(request: StaffRequest) -> HttpResponse:
    """A member of the staff puts their own names right."""
    form = NamesForm(request.POST)
    if form.is_valid():
        staff.put_names_right(user=request.user, by=request.user, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return see_other("me")
    context = _own_forms(request) | {"names": form}
    return render(request, "accounts/me.html", context, status=422)


@require_POST
@clinician_required
def cover(request: StaffRequest) -> HttpResponse:
    """Choose the colleague who stands in while the clinician is away."""
    form = CoverForm(request.POST, absent=request.user)
    if form.is_valid() and stands_in(form, absent=request.user, by=request.user):
        messages.success(request, _("Saved."))
        return see_other("me")
    context = _own_forms(request) | {"form": form}
    return render(request, "accounts/me.html", context, status=422)


@require_GET
@never_cache
def get_help(request: HttpRequest) -> HttpResponse:
    """Say when to get help and from whom. The page opens without sign-in."""
    return render(request, "accounts/get_help.html", {"clinic": known_clinic.of(request)})
