"""Screening, reports, stops, messages and letters as FHIR R4 resources."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from django.db import models

from law import reach
from law.export.fhir.parts import Resource, at, key, notes, our_code, refer, text_file, who
from patients.models import (
    Intake,
    Letter,
    Message,
    Patient,
    RecordNote,
    Report,
    Screening,
    Stop,
    StopAnswer,
)
from patients.record.screened import precaution_in_words
from patients.wording.symptoms import report_in_a_line


def telling(patient: Patient, *, own: bool) -> Iterator[Resource]:
    """``own``: without the notes that the clinic keeps for itself."""
    about = {"subject": refer("Patient", patient)}
    for model, make, joined in _MAKERS:
        if not (own and model is RecordNote):
            for row in reach.rows_of(patient, model).select_related(*joined):
                yield make(row) | about


def _answers(row: Any, name: str, items: list[tuple[str, str, str]]) -> Resource:
    """Questions and their answers. ``items``: the key, the question, and the answer, of each."""
    return {
        "resourceType": "QuestionnaireResponse",
        "id": key(row),
        "status": "completed",
        "authored": at(row.at),
        "author": who(row.by),
        "item": [
            {"linkId": link, "text": text, "answer": [{"valueString": answer}]}
            for link, text, answer in [("what", "What", name), *items]
            if answer.strip()
        ],
    }


def _intake(intake: Intake) -> Resource:
    usual = "" if intake.usual_pain is None else str(intake.usual_pain)
    items = [
        ("reason", "Reason", intake.reason),
        ("goal", "Own goal", intake.goal),
        ("usual_pain", "Usual pain, 0 to 10", usual),
        ("equipment", "At home", ", ".join(intake.equipment)),
    ]
    return _answers(intake, "Intake", items)


def _screening(screening: Screening) -> Resource:
    items = [("outcome", "Outcome", str(screening.get_outcome_display()))]
    items += [
        (f"flag-{flag.key}", flag.key, f"{flag.answer} {flag.note}")
        for flag in screening.items.all()
    ]
    items += [
        (f"precaution-{row.key}", row.key, precaution_in_words(row))
        for row in screening.precautions.all()
    ]
    items += [
        ("words", "Words", screening.words),
        ("finding", "Found", f"{screening.examined_by} {screening.finding}"),
        ("travels", "How the person travels", screening.travels),
        ("left", "Left at", at(screening.left_at) or ""),
    ]
    return _answers(screening, "Screening", items)


def _report(report: Report) -> Resource:
    replaced = hasattr(report, "taken_back_by")
    return {
        "resourceType": "Observation",
        "id": key(report),
        "status": "entered-in-error" if replaced else "final",
        "code": our_code("report", "What the patient told"),
        "effectiveDateTime": at(report.at),
        "performer": [who(report.by)],
        "valueString": report_in_a_line(report) or "Nothing new",
        "component": [
            {"code": our_code("pain", "Pain now, 0 to 10"), "valueInteger": report.pain}
            if report.pain is not None
            else {}
        ],
        "note": notes(report.words),
    }


def _stop(stop: Stop) -> Resource:
    answer = getattr(stop, "answer", None)
    return {
        "resourceType": "Flag",
        "id": key(stop),
        "status": "active" if answer is None else "inactive",
        "code": our_code(stop.cause, f"Stop: {stop.get_cause_display()}"),
        "period": {"start": at(stop.at), "end": at(answer.at) if answer else None},
    }


def _answer(answer: StopAnswer) -> Resource:
    words = [str(answer.get_action_display()), answer.word, answer.finding]
    return {
        "resourceType": "Communication",
        "id": key(answer),
        "status": "completed",
        "topic": our_code("answer", "Answer to a stop"),
        "about": [refer("Flag", answer.stop)],
        "sent": at(answer.at),
        "sender": who(answer.by),
        "payload": [{"contentString": text} for text in words if text.strip()],
    }


def _message(message: Message) -> Resource:
    return {
        "resourceType": "Communication",
        "id": key(message),
        "status": "completed",
        "sent": at(message.at),
        "received": at(message.read_at),
        "sender": who(message.by),
        "payload": [{"contentString": message.text}] if message.text.strip() else [],
    }


def _document(row: Any, kind: str, words: str, text: str) -> Resource:
    replaced = hasattr(row, "taken_back_by")
    return {
        "resourceType": "DocumentReference",
        "id": key(row),
        "status": "superseded" if replaced else "current",
        "type": our_code(kind, words),
        "date": at(row.at),
        "author": [who(row.by)],
        # A text that was erased stays a document: a space says that nothing is left of it.
        "content": [text_file(text or " ")],
    }


def _letter(letter: Letter) -> Resource:
    return _document(letter, "letter", "Letter", letter.text)


def _note(note: RecordNote) -> Resource:
    return _document(note, "note", "Note for the record", note.text)


_MAKERS: tuple[tuple[type[models.Model], Callable[[Any], Resource], tuple[str, ...]], ...] = (
    (Intake, _intake, ("by",)),
    (Screening, _screening, ("by",)),
    (Report, _report, ("by__patient", "taken_back_by")),
    (Stop, _stop, ("answer",)),
    (StopAnswer, _answer, ("by__patient", "stop")),
    (Message, _message, ("by__patient",)),
    (Letter, _letter, ("by", "taken_back_by")),
    (RecordNote, _note, ("by", "taken_back_by")),
)
