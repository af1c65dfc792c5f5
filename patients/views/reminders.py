"""The patient chooses to be reminded by their own calendar, and when; one press ends it."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.http import PatientRequest, patient_required, posted, see_other
from accounts.session_store import digest
from accounts.views.calendar_file import calendar_file
from accounts.views.secret_address import secret_address
from patients.forms.reminders import MORNING, ReminderForm
from patients.models import Patient, PracticeFeed
from patients.today.practice_calendar import practice_calendar
from patients.verbs import practice_feeds as feed_verbs
from patients.views.outcomes import press, run_verb


def _own(request: PatientRequest) -> Patient:
    rows = Patient.objects.select_related("clinic", "user", "practice_feed")
    return get_object_or_404(rows, user=request.user)


def _feed_of(patient: Patient) -> PracticeFeed | None:
    return getattr(patient, "practice_feed", None)


@require_http_methods(["GET", "POST"])
@patient_required
@never_cache
def my_reminders(request: PatientRequest) -> HttpResponse:
    """Show whether there is a feed; choose a time; make an address, which stands here alone."""
    patient = _own(request)
    feed = _feed_of(patient)
    initial = {"reminds_at": feed.reminds_at if feed is not None else MORNING}
    form = ReminderForm(posted(request), initial=initial)
    if not form.is_valid():
        return _page(request, form, feed)
    chosen = {"patient": patient, "by": request.user, **form.cleaned_data}
    if feed is not None and "new" not in request.POST:
        if run_verb(form, feed_verbs.move, {}, **chosen):
            messages.success(request, _("Saved. Your calendar learns of it when it asks again."))
            return see_other("my_reminders")
        return _page(request, form, feed)
    token = run_verb(form, feed_verbs.make, {}, **chosen)
    return _page(request, form, feed, token or "")


def _page(
    request: PatientRequest, form: ReminderForm, feed: PracticeFeed | None, token: str = ""
) -> HttpResponse:
    path = reverse("practice_feed_file", args=[token]) if token else ""
    host = settings.PUBLIC_URL.partition("://")[2]
    context = {
        "form": form,
        "feed": feed,
        "address": f"{settings.PUBLIC_URL}{path}" if token else "",
        "subscribe": f"webcal://{host}{path}" if token else "",
    }
    status = 422 if form.errors else 200
    return render(request, "patients/people/my_reminders.html", context, status=status)


@require_POST
@patient_required
def my_reminders_end(request: PatientRequest) -> HttpResponse:
    refused = press(feed_verbs.end, patient=_own(request), by=request.user)
    if refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Ended. Delete the calendar on your phone too."))
    return see_other("my_reminders")


@require_GET
@patient_required
def my_practice_file(request: PatientRequest) -> HttpResponse:
    """The same days once, for a phone that takes a file and asks no address."""
    patient = _own(request)
    feed = _feed_of(patient)
    reminds_at = feed.reminds_at if feed is not None else MORNING
    return calendar_file(
        request,
        f"patient {patient.pk}",
        lambda: practice_calendar(patient, reminds_at),
        "exercise",
    )


@require_GET
@secret_address
def practice_feed_file(request: HttpRequest, token: str) -> HttpResponse:
    """The calendar at a secret address. It needs no sign-in, as no calendar could give one."""
    feed = PracticeFeed.objects.of_token(token).select_related("patient__clinic").first()
    if feed is None:
        raise Http404
    return calendar_file(
        request,
        digest(token),
        lambda: practice_calendar(feed.patient, feed.reminds_at),
        "exercise",
    )
