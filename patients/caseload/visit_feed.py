"""The visits of a clinician as a calendar. It holds initials, and no word about anybody's body."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from icalendar import Event

from accounts.calendar_file import new_calendar, new_event
from accounts.models import User
from accounts.names import initials
from patients.models import Visit

#: What a calendar shows: visits of the last month, and those of the next year.
BACK = timedelta(days=30)
AHEAD = timedelta(days=366)
#: How long a visit lasts in a calendar. Nobody says how long it really does.
LASTS = timedelta(minutes=30)


def visit_feed(user: User) -> bytes:
    """The calendar of a clinician, as RFC 5545 has it."""
    today = user.clinic.today()
    visits = Visit.objects.standing().filter(
        clinician=user,
        patient__archived_at=None,
        day__gte=today - BACK,
        day__lte=today + AHEAD,
    )
    calendar = new_calendar("Visits", _("Visits"))
    for visit in visits.select_related("patient__clinic").in_order():
        calendar.add_component(_event(visit))
    written: bytes = calendar.to_ical()
    return written


def _event(visit: Visit) -> Event:
    title = _("%(initials)s, visit") % {"initials": initials(visit.patient.name)}
    page = reverse("chart", args=[visit.patient_id])
    event = new_event(f"visit-{visit.pk}", title, visit.at, page)
    starts = visit.starts
    if isinstance(starts, datetime):
        event.add("dtstart", starts.astimezone(UTC))
        event.add("dtend", (starts + LASTS).astimezone(UTC))
    else:
        event.add("dtstart", starts)
    return event
