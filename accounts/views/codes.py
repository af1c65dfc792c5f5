"""The pages of a short code: where it is typed, and where a phone or the clinic shows it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from accounts import codes, known_clinic, links
from accounts.forms.code import CodeForm
from accounts.http import (
    PatientRequest,
    StaffRequest,
    clinician_required,
    patient_or_carer_required,
    posted,
    see_other,
)
from accounts.models import User
from accounts.refusals import Refused
from accounts.views.links import let_in


@require_http_methods(["GET", "POST"])
@sensitive_post_parameters("code", "pin")
@never_cache
def open_code(request: HttpRequest) -> HttpResponse:
    """Open a patient's page with a code and the PIN. Whoever is signed in has no need of one."""
    if request.user.is_authenticated:
        return see_other("home") if request.method == "POST" else redirect("home")
    form = CodeForm(posted(request))
    status = 200
    if form.is_valid():
        try:
            person = codes.open_with(request, **form.cleaned_data)
        except Refused as refused:
            form.add_error("code", str(refused))
            status = 429 if refused.code == "codes_tried" else 422
        else:
            return let_in(request, person, "today")
    elif form.is_bound:
        status = 422
    context = {"form": form, "clinic": known_clinic.of(request)}
    return render(request, "accounts/code.html", context, status=status)


@require_http_methods(["GET", "POST"])
@patient_or_carer_required
@never_cache
def my_code(request: PatientRequest) -> HttpResponse:
    """Show a code for the icon on the home screen, or for another phone."""
    return _shown(request, request.user, "accounts/my_code.html", {})


@require_POST
@clinician_required
@never_cache
def link_code(request: StaffRequest, pk: int) -> HttpResponse:
    """Show a code that the clinic tells a patient, who types it with the PIN."""
    person = get_object_or_404(User.objects.patients_of(request.user.clinic), pk=pk)
    return _shown(request, person, "accounts/link_code.html", {"person": person})


def _shown(
    request: PatientRequest | StaffRequest, person: User, page: str, context: dict[str, object]
) -> HttpResponse:
    """The code stands on this page alone: nothing keeps it in words."""
    context |= {"protected": links.is_protected(links.link_of(person))}
    if request.method == "POST":
        try:
            code, until = codes.make(request, person, by=request.user)
        except Refused as refused:
            return render(request, page, context | {"problem": str(refused)}, status=422)
        context |= {"code": f"{code[:4]} {code[4:]}", "until": until}
    return render(request, page, context)
