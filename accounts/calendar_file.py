"""A calendar file, as calendars of other people's making read it (RFC 5545)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from django.conf import settings
from icalendar import Calendar, Event

#: How often a calendar should ask again.
AGAIN = timedelta(hours=1)


def new_calendar(product: str, title: str) -> Calendar:
    """A calendar without entries. ``title``: what it is called where it is shown"""
    calendar = Calendar()
    calendar.add("prodid", f"-//Hinge Ladder//{product}//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", title)
    calendar.add("refresh-interval", AGAIN, parameters={"VALUE": "DURATION"})
    return calendar


def new_event(number: str, title: str, written_at: datetime, path: str) -> Event:
    """An entry that does not say when it is yet. Who shares a calendar sees of it that time is
    taken.

    ``number``: which no other entry of ours has; ``path``: the page of ours to which it leads
    """
    event = Event()
    event.add("uid", f"{number}@hinge-ladder")
    event.add("dtstamp", written_at.astimezone(UTC))
    event.add("summary", title)
    event.add("class", "PRIVATE")
    event.add("url", f"{settings.PUBLIC_URL}{path}")
    return event
