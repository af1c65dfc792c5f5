"""The feed of one's own visits: its secret address, and the file that a calendar reads there."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.http import StaffRequest, clinician_required, see_other
from accounts.session_store import digest
from accounts.views.calendar_file import calendar_file
from accounts.views.secret_address import secret_address
from patients.caseload import visit_feed as feeds
from patients.models import VisitFeed
from patients.verbs import visit_feeds as feed_verbs


@require_http_methods(["GET", "POST"])
@clinician_required
@never_cache
def visit_feed(request: StaffRequest) -> HttpResponse:
    """Show whether there is a feed, and make a new address, which stands on this page alone."""
    address = ""
    if request.method == "POST":
        token = feed_verbs.make(by=request.user)
        address = f"{settings.PUBLIC_URL}{reverse('visit_feed_file', args=[token])}"
    feed = VisitFeed.objects.filter(user=request.user).exclude(token_digest="").first()
    context = {"feed": feed, "address": address}
    return render(request, "patients/caseload/visit_feed.html", context)


@require_POST
@clinician_required
def visit_feed_end(request: StaffRequest) -> HttpResponse:
    if feed_verbs.end(by=request.user):
        messages.success(request, _("The feed has ended. Calendars that read it show nothing new."))
    return see_other("visit_feed")


@require_GET
@secret_address
def visit_feed_file(request: HttpRequest, token: str) -> HttpResponse:
    """The calendar at a secret address. It needs no sign-in, as no calendar could give one."""
    feed = VisitFeed.objects.of_token(token).select_related("user__clinic").first()
    if feed is None:
        raise Http404
    return calendar_file(request, digest(token), lambda: feeds.visit_feed(feed.user), "visits")
