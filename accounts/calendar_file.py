"""A calendar file, as calendars of other people's making read it (RFC 5545)."""

from __future__ import annotations

from datetime import timedelta

from icalendar import Calendar

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
