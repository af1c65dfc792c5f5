"""The buttons of a member of the staff about their own sign-ins: end those elsewhere, and say that
what others changed is read."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts import news, sign_ins
from accounts.http import StaffRequest, clinician_required, see_other
from accounts.models import SignIn


@require_POST
@clinician_required
def sign_in_end(request: StaffRequest, pk: int) -> HttpResponse:
    """End one sign-in of one's own. Ending this one leads to the sign-in page."""
    sign_ins.end(get_object_or_404(SignIn, user=request.user, pk=pk))
    messages.success(request, _("That sign-in is ended."))
    return see_other("me")


@require_POST
@clinician_required
def sign_ins_end(request: StaffRequest) -> HttpResponse:
    sign_ins.end_others(request, request.user)
    messages.success(request, _("You are signed out everywhere else."))
    return see_other("me")


@require_POST
@clinician_required
def news_read(request: StaffRequest) -> HttpResponse:
    news.read(request.user)
    return see_other("home")
