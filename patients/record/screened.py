"""The latest screening in words, for the clinic's own papers: what was told, and the outcome."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext as _

from accounts.models import Clinic
from curriculum import screening as content
from patients.models import (
    Patient,
    Precaution,
    Screening,
    ScreeningAnswer,
    ScreeningItem,
    Stop,
)
from patients.wording.days import full_day
from patients.wording.stops import stop_in_words, travel_in_words


def screening_until(patient: Patient, until: datetime | None = None) -> Screening | None:
    """The screening that counted at a moment, with all that was asked; None = now."""
    rows = Screening.objects.newest_of(patient).select_related("by")
    if until is not None:
        rows = rows.filter(at__lt=until)
    return rows.prefetch_related("precautions", "items").first()


def precautions_in_words(screening: Screening | None) -> str:
    """'Osteoporosis (T-score: -2.8); pregnancy'; empty without one."""
    rows = screening.precautions.all() if screening is not None else []
    return "; ".join(precaution_in_words(row) for row in rows)


def precaution_in_words(row: Precaution) -> str:
    """The precaution with what is known of it. A key that the content lost is shown as it is."""
    known = content.precautions().get(row.key)
    label = known.label if known else row.key
    named = {field.key: field.label for field in known.fields} if known else {}
    told = [f"{named.get(key, key)}: {value}" for key, value in row.fields.items() if value]
    more = "; ".join([*told, *([row.note.rstrip(".")] if row.note else [])])
    return f"{label} ({more})" if more else label


def outcome_in_words(screening: Screening | None, clinic: Clinic, *, whole: bool = False) -> str:
    """'Screened 3 March 2026 by Elin Ek: cleared, with limits. No red flag told.'

    ``whole``: also what was found where an answer to a stop wrote it, which says so itself
    """
    if screening is None:
        return _("Not screened yet.")
    if screening.by is None:
        return _("Screening not recorded.")
    outcome = _("Screened {day} by {name}: {outcome}.").format(
        day=full_day(clinic.day_of(screening.at)),
        name=screening.by.name,
        outcome=screening.get_outcome_display().lower(),
    )
    done = _done(screening, clinic) if whole or screening.answer_id is None else []
    return " ".join([outcome, *_flags(screening), *done])


def waiting_in_words(patient: Patient, until: datetime | None = None) -> str:
    """'Not cleared while it waits for an answer: weak leg, left.'; empty while nothing urgent does.

    ``until``: what waited at that moment; None = now
    """
    stops = Stop.objects.urgent().filter(patient=patient).select_related("report", "practice")
    stops = stops.unanswered() if until is None else stops.waiting_at(until)
    told = dict.fromkeys(stop_in_words(stop) for stop in stops.worst_first())
    words = _("Not cleared while it waits for an answer: {what}.")
    return words.format(what="; ".join(told)) if told else ""


def _flags(screening: Screening) -> Iterator[str]:
    items = screening.items.all()
    told = [_flag(item) for item in items if item.answer == ScreeningAnswer.YES]
    declined = [_flag(item) for item in items if _left_open(item)]
    if told:
        yield _("Red flags told: {flags}.").format(flags="; ".join(told))
    elif items:
        yield _("No red flag told.")
    if declined:
        yield _("Not answered: {flags}.").format(flags="; ".join(declined))


def _left_open(item: ScreeningItem) -> bool:
    """Whether a question was put and not answered. Some are asked of few people only."""
    return item.answer == ScreeningAnswer.NOT_ASKED and bool(item.note)


def _flag(item: ScreeningItem) -> str:
    known = content.red_flags().get(item.key)
    term = known.term[:1].lower() + known.term[1:] if known else item.key
    return f"{term} ({item.note})" if item.note else term


def _done(screening: Screening, clinic: Clinic) -> Iterator[str]:
    if screening.examined_on is not None:
        yield _("Examined {day} by {who}: {finding}.").format(
            day=full_day(screening.examined_on),
            who=screening.examined_by,
            finding=screening.finding.rstrip("."),
        )
    if screening.words:
        yield f"{screening.words.rstrip('.')}."
    if screening.travels:
        yield travel_in_words(screening, clinic) + "."
    if screening.look_again_on is not None:
        yield _("Look again {day}.").format(day=full_day(screening.look_again_on))
