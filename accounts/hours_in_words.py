"""Opening hours in words: as patients read them, as owners type them, as old texts have them."""

from __future__ import annotations

import re
from datetime import date, timedelta
from itertools import groupby

from django.utils.dates import WEEKDAYS
from django.utils.formats import date_format
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from accounts.opening_hours import MINUTES, WEEK, Hours, Opening, Span, Spans

_TIME = r"(\d{1,2})(?:[:.h](\d{2}))?\s*(am|pm|uhr|h)?"
_SPAN = re.compile(rf"{_TIME}\s*(?:-|to|bis|till|til|a|–|—)\s*{_TIME}", re.IGNORECASE)
_CLOSED = re.compile(r"closed|-|–|", re.IGNORECASE)
#: Weekdays from Monday on, as people write them in English, German, Swedish and Spanish.
_DAYS = (
    "monday mon mo montag måndag mån lunes lun",
    "tuesday tues tue tu dienstag di tisdag tis martes mar",
    "wednesday wed we mittwoch mi onsdag ons miércoles mié",
    "thursday thurs thu th donnerstag do torsdag tors tor jueves jue",
    "friday fri fr freitag fredag fre viernes vie",
    "saturday sat sa samstag lördag lör sábado sáb",
    "sunday sun su sonntag so söndag sön domingo dom",
)
_WEEKDAY = {name: number for number, names in enumerate(_DAYS) for name in names.split()}
_SOME_DAYS = re.compile(
    r"(?P<first>[^\W\d]+)\.?(?:\s*(?:-|–|to|bis|till|a)\s*(?P<last>[^\W\d]+)\.?)?[:,]?\s+(?P<hours>\d.*)"
)


def spans(typed: str) -> Spans:
    """The spans that somebody typed, such as "8-12, 13-17:30". Raises ValueError when unclear."""
    text = " ".join(typed.split())
    if _CLOSED.fullmatch(text):
        return ()
    parts = [_SPAN.fullmatch(part.strip()) for part in re.split(r",|;|&|\band\b", text)]
    found: list[Span] = []
    for part in parts:
        if part is None:
            raise ValueError(typed)
        found.append(Span(_minute(*part.groups()[:3]), _minute(*part.groups()[3:]) or MINUTES))
    ends = [minute for span in found for minute in span]
    if ends != sorted(set(ends)) or ends[-1] > MINUTES:
        raise ValueError(typed)
    return tuple(found)


def _minute(hour: str, minute: str | None, half: str | None) -> int:
    hours = int(hour)
    if (half or "").lower() in {"am", "pm"}:
        if not 1 <= hours <= 12:
            raise ValueError(hour)
        hours = hours % 12 + (12 if half and half.lower() == "pm" else 0)
    if hours > 24 or int(minute or 0) > 59:
        raise ValueError(hour)
    return hours * 60 + int(minute or 0)


def week(text: str) -> Hours | None:
    """The hours that an old text tells, such as "Monday to Friday 8 to 17"; None when unclear."""
    weekdays: list[Spans] = [()] * WEEK
    for part in re.split(r"[;\n]|,\s*(?=[^\W\d])", text.strip(" .").lower()):
        some = _SOME_DAYS.fullmatch(part.strip())
        if some is None or some["first"] not in _WEEKDAY:
            return None
        first = _WEEKDAY[some["first"]]
        last = _WEEKDAY.get(some["last"] or some["first"], -1)
        try:
            read = spans(some["hours"])
        except ValueError:
            return None
        if last < first or any(weekdays[first : last + 1]):
            return None
        weekdays[first : last + 1] = [read] * (last - first + 1)
    return Hours(tuple(weekdays))


def time_of(minute: int) -> str:
    """A minute of the day as people say it: "8", "8:30"."""
    hours, minutes = divmod(minute, 60)
    return f"{hours}:{minutes:02d}" if minutes else str(hours)


def typed(some: Spans) -> str:
    """Spans as a person would type them: "8-12, 13-17"."""
    return ", ".join(f"{time_of(span.opens)}-{time_of(span.closes)}" for span in some)


def of_spans(some: Spans) -> str:
    """Spans as a person reads them: "8 to 12 and 13 to 17"; "closed" without any."""
    parts = [
        _("%(opens)s to %(closes)s")
        % {"opens": time_of(span.opens), "closes": time_of(span.closes)}
        for span in some
    ]
    return get_text_list(parts, _("and")) if parts else _("closed")


def of_week(hours: Hours) -> str:
    """The weekdays on which the clinic opens: "Monday to Friday 8 to 17, Saturday 9 to 12"."""
    parts = []
    for some, group in groupby(range(WEEK), key=lambda weekday: hours.weekdays[weekday]):
        days = list(group)
        if some:
            parts.append(f"{_days(days[0], days[-1])} {of_spans(some)}")
    return ", ".join(parts)


def _days(first: int, last: int) -> str:
    if first == last:
        return str(WEEKDAYS[first])
    return _("%(first)s to %(last)s") % {"first": WEEKDAYS[first], "last": WEEKDAYS[last]}


def of_opening(opening: Opening, today: date) -> str:
    """Whether the clinic is open now, and what comes next: "Closed now, opens Monday 8"."""
    if opening.until is not None:
        if opening.until == MINUTES:
            return _("Open now")
        return _("Open now, until %(time)s") % {"time": time_of(opening.until)}
    if opening.day is None or opening.opens is None:
        return _("Closed now")
    return _("Closed now, opens %(day)s %(time)s") % {
        "day": _coming_day(opening.day, today),
        "time": time_of(opening.opens),
    }


def _coming_day(day: date, today: date) -> str:
    if day == today:
        return _("today")
    if day - today < timedelta(days=WEEK):
        return str(WEEKDAYS[day.weekday()])
    return _("on %(day)s at") % {"day": date_format(day, "l j F")}
