"""Stops and faults in words, for every page and note."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from accounts.models import Clinic
from patients.models import Finding, Stop, StopAnswer, StopCause
from patients.wording.days import short_day


def stop_in_words(stop: Stop) -> str:
    """'pain 7/10', or the name of another cause: 'weakness in the leg'."""
    if stop.cause in {StopCause.PAIN, StopCause.FLARE} and stop.pain is not None:
        return _("pain {pain}/10").format(pain=stop.pain)
    return stop.get_cause_display().lower()


def contact_in_words(answer: StopAnswer, clinic: Clinic) -> str:
    """'Seen here 3 March 09:01: strength equal'; empty for an answer without a contact."""
    if answer.contact_at is None:
        return ""
    return _("{contact} {day} {time:%H:%M}: {finding}").format(
        contact=answer.get_contact_display(),
        day=short_day(clinic.day_of(answer.contact_at)),
        time=answer.contact_at.astimezone(clinic.zone),
        finding=answer.finding.rstrip("."),
    )


def look_again_in_words(day: date | None) -> str:
    return _("Look again {day}").format(day=short_day(day)) if day is not None else ""


def answer_in_words(answer: StopAnswer, clinic: Clinic) -> str:
    """How the patient was reached, what was found, and when somebody looks again."""
    parts = (contact_in_words(answer, clinic), look_again_in_words(answer.look_again_on))
    return ". ".join(part for part in parts if part)


def fault_in_words(finding: Finding) -> str:
    """The fault's name from the library, or the clinic's own words."""
    return finding.fault.name if finding.fault else finding.words
