"""Whom a patient can call, in which order, and what each telephone dials."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from accounts import hours_in_words, opening_hours, telephones
from accounts.models import Clinic

EMERGENCY = "emergency"
ADVICE = "advice"
CLINIC = "clinic"
CRISIS = "crisis"
#: Which call stands first. "help" is the list of Get help, where nobody knows how urgent it is.
ORDERS = {
    "now": (EMERGENCY, ADVICE, CLINIC),
    "today": (ADVICE, CLINIC, EMERGENCY),
    "help": (EMERGENCY, ADVICE, CLINIC),
    "soon": (CLINIC, ADVICE, EMERGENCY),
    "soon, closed": (ADVICE, CLINIC, EMERGENCY),
    "crisis": (CRISIS, EMERGENCY),
}
#: Where it cannot wait, a closed clinic is named but is no button.
CANNOT_WAIT = {"now", "today", "crisis"}


@dataclass(frozen=True)
class Call:
    """One number. Without ``dial`` it is only read, not called.

    kind: emergency, advice, clinic or crisis
    """

    kind: str
    label: str
    hint: str
    dial: str


def calls(clinic: Clinic, urgency: str, moment: datetime) -> tuple[Call, ...]:
    """The numbers that the clinic has written down, the most fitting first."""
    made = {
        EMERGENCY: _emergency(clinic),
        ADVICE: _advice(clinic),
        CLINIC: _clinic(clinic, moment, closed_is_a_button=urgency not in CANNOT_WAIT),
        CRISIS: _crisis(clinic),
    }
    order = ORDERS[_of_now(clinic, urgency, moment)]
    return tuple(call for kind in order if (call := made[kind]) is not None)


def _of_now(clinic: Clinic, urgency: str, moment: datetime) -> str:
    """While the clinic is closed somebody else answers first."""
    opening = opening_now(clinic, moment)
    closed = opening is not None and not opening.is_open
    return "soon, closed" if urgency == "soon" and closed else urgency


def _emergency(clinic: Clinic) -> Call | None:
    number = clinic.emergency_number
    if not number:
        return None
    label = _("Call %(number)s") % {"number": number}
    hint = _("Emergency, day and night")
    return Call(EMERGENCY, label, hint, telephones.dialled(number, clinic.region))


def _advice(clinic: Clinic) -> Call | None:
    number = clinic.advice_number
    if not number:
        return None
    label = _("Call %(number)s") % {"number": number}
    return Call(ADVICE, label, clinic.advice_name, telephones.dialled(number, clinic.region))


def _crisis(clinic: Clinic) -> Call | None:
    number = clinic.crisis_number
    if not number:
        return None
    label = _("Talk to somebody, %(number)s") % {"number": number}
    return Call(CRISIS, label, "", telephones.dialled(number, clinic.region))


def _clinic(clinic: Clinic, moment: datetime, *, closed_is_a_button: bool) -> Call:
    opening = opening_now(clinic, moment)
    hint = _in_words(clinic, opening, moment)
    if opening is not None and not opening.is_open and not closed_is_a_button:
        return Call(CLINIC, clinic.name, hint, "")
    label = _("Call the clinic, %(number)s") % {"number": clinic.phone}
    return Call(CLINIC, label, hint, telephones.dialled(clinic.phone, clinic.region))


def opening_now(clinic: Clinic, moment: datetime) -> opening_hours.Opening | None:
    """Whether the clinic is open at a moment; None while its hours are not written as data."""
    hours = opening_hours.read(clinic.hours)
    if hours is None:
        return None
    return opening_hours.at(hours, moment.astimezone(clinic.zone))


def opening_words(clinic: Clinic, moment: datetime) -> str:
    """ "Closed now, opens Monday 8", and what else the clinic says of its hours."""
    return _in_words(clinic, opening_now(clinic, moment), moment)


def _in_words(clinic: Clinic, opening: opening_hours.Opening | None, moment: datetime) -> str:
    now = opening and hours_in_words.of_opening(opening, clinic.day_of(moment))
    return ". ".join(words for words in (now, clinic.opening_hours) if words)


def hours_words(clinic: Clinic) -> str:
    """The hours of a usual week, for paper."""
    hours = opening_hours.read(clinic.hours)
    week = hours and hours_in_words.of_week(hours)
    return ". ".join(words for words in (week, clinic.opening_hours) if words)


def unknown_numbers(clinic: Clinic) -> list[str]:
    """The clinic's numbers that its country's numbering plan does not have, as far as we know."""
    numbers = (
        clinic.phone,
        clinic.emergency_number,
        clinic.advice_number,
        clinic.crisis_number,
    )
    return [
        number
        for number in numbers
        if number and clinic.region and not telephones.is_known(number, clinic.region)
    ]
