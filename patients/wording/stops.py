"""Stops and faults in words, for every page and note."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from accounts.models import Clinic
from curriculum.symptoms import texts
from patients.models import Contact, Finding, Screening, Side, Stop, StopAnswer, StopCause
from patients.models.reports import Sign
from patients.wording.days import day_words, full_day, short_day
from patients.wording.symptoms import signs_in_words


def stop_in_words(stop: Stop) -> str:
    """What was told, with its side: 'pain 7/10', 'weak leg, left'; else the name of the cause."""
    if stop.cause in {StopCause.PAIN, StopCause.FLARE} and stop.pain is not None:
        return _("pain {pain}/10").format(pain=stop.pain)
    signs = signs_of_stop(stop)
    if signs:
        words = signs_in_words(signs)
        return words[:1].lower() + words[1:]
    return stop.get_cause_display().lower()


def told_when_in_words(stop: Stop, today: date) -> str:
    """'Told today: weak leg, left.'"""
    day = day_words(stop.told_on, today)
    return _("Told {day}: {what}.").format(day=day, what=stop_in_words(stop))


def signs_of_stop(stop: Stop) -> list[Sign]:
    """The signs of its report of which a stop speaks; empty for one of pain, or without a report.

    One of an emergency, or for a doctor today, speaks of all: together they can be worse.
    """
    told = stop.report.signs if stop.report is not None else []
    if stop.cause in {StopCause.PAIN, StopCause.FLARE, StopCause.MORNING}:
        return []
    return [sign for sign in told if sign.kind == stop.cause] or told


def told_in_words(stop: Stop) -> str:
    """What the patient told that made a stop, as the patient reads it: the reason that decided."""
    if stop.taken_back:
        return "{} {}".format(_("You took back what you told."), texts().taken_back)
    if stop.cause == StopCause.MORNING and stop.practice is not None:
        return _("The morning after {day} was not good.").format(
            day=short_day(stop.practice.done_on)
        )
    if stop.cause == StopCause.FALL:
        return _("You told of a bad fall or accident.")
    if stop.cause in {StopCause.NUMB, StopCause.BELOW_KNEE}:
        return _leg_in_words(stop)
    if stop.cause == StopCause.FLARE:
        return _("Pain {pain} of 10 before practice is more than usual.").format(pain=stop.pain)
    if stop.pain is None:
        return _("Leave the drill for now.")
    return _("You noted pain of {pain} of 10.").format(pain=stop.pain)


def _leg_in_words(stop: Stop) -> str:
    """Older entries do not say which leg."""
    side = next((sign.side for sign in signs_of_stop(stop) if sign.kind == stop.cause), None)
    told = {
        (StopCause.NUMB, Side.LEFT): _("You noted numbness or tingling in your left leg."),
        (StopCause.NUMB, Side.RIGHT): _("You noted numbness or tingling in your right leg."),
        (StopCause.NUMB, None): _("You noted numbness or tingling in a leg."),
        (StopCause.BELOW_KNEE, Side.LEFT): _("You noted pain below your left knee."),
        (StopCause.BELOW_KNEE, Side.RIGHT): _("You noted pain below your right knee."),
        (StopCause.BELOW_KNEE, None): _("You noted pain below the knee."),
    }
    cause = StopCause(stop.cause)
    return told.get((cause, Side(side) if side else None)) or told[cause, None]


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
    """How the patient was reached, what was found, whether they may train, and who looks when."""
    parts = (
        contact_in_words(answer, clinic),
        _examined_elsewhere(answer),
        _travels(answer),
        answer.get_outcome_display() if answer.outcome else "",
        look_again_in_words(answer.look_again_on),
    )
    return ". ".join(part for part in parts if part)


def _examined_elsewhere(answer: StopAnswer) -> str:
    """'Examined by Dr Berg, 2 March', of whom the clinic was told by telephone."""
    row = getattr(answer, "screening", None)
    if answer.contact == Contact.SEEN or row is None or row.examined_on is None:
        return ""
    day = short_day(row.examined_on)
    return _("Examined by {who}, {day}").format(who=row.examined_by, day=day)


def _travels(answer: StopAnswer) -> str:
    row = getattr(answer, "screening", None)
    return _("Travels: {how}").format(how=row.travels) if row is not None and row.travels else ""


def travel_in_words(screening: Screening, clinic: Clinic) -> str:
    """'Travels: ambulance, 3 March 2026 14:05', of somebody who was sent on."""
    words = _("Travels: {how}").format(how=screening.travels)
    if screening.left_at is None:
        return words
    left = screening.left_at.astimezone(clinic.zone)
    return f"{words}, {full_day(left.date())} {left:%H:%M}"


def fault_in_words(finding: Finding) -> str:
    """The fault's name from the library, or the clinic's own words."""
    return finding.fault.name if finding.fault else finding.words
