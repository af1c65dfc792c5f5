"""The verbs of messages between patient and clinic. Their words never go into a mail."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from curriculum.phrases import kinds_in, telling_parts
from patients.models import Message, Patient, Plan, Practice, Report
from patients.rules import guards
from patients.rules.refusals import Refused
from patients.summaries import refresh as summaries

LIMIT = 1000


@transaction.atomic
def write(*, plan: Plan, by: User, text: str, client_id: str = "") -> Message:
    """Write a message to the other side.

    The same form, and the same words within a minute, return the first message.

    ``client_id``: made once for each form; empty for a page from before forms had one
    Raises ``Refused``: not_the_patient, nothing_written, too_long.
    """
    plan = guards.lock(plan)
    guards.patient_carer_or_clinic(by, plan.patient)
    text = guards.words(text, LIMIT)
    if not text:
        raise Refused("nothing_written")
    number, first = _sent_before(plan, by, text, guards.form_number(client_id))
    if first is not None:
        return first
    message = keep(plan.patient, plan, by, text, client_id=number)
    if not by.of_patients_side:
        _mark_read(plan, from_patient=True)
    summaries.refresh(plan.patient)
    return message


@transaction.atomic
def write_to_several(
    *, plans: Iterable[Plan], by: User, text: str, client_id: str = ""
) -> list[Message]:
    """Write the same words to several patients, to each in a message of their own.

    All of them are written or none. Nothing else is ever done for several patients at once.

    ``client_id``: as for ``write``
    Raises ``Refused``: not_the_patient, nothing_written, too_long.
    """
    one_after_another = sorted(plans, key=lambda plan: plan.pk)
    return [write(plan=plan, by=by, text=text, client_id=client_id) for plan in one_after_another]


def _sent_before(plan: Plan, by: User, text: str, number: str) -> tuple[str, Message | None]:
    """The number that a new message gets, and the message that says the same already, if any."""
    of_the_form = Message.objects.filter(patient=plan.patient, client_id=number).first()
    if not number or of_the_form is None:
        return number, _just_written(plan, by, text)
    if (of_the_form.by_id, of_the_form.text) == (by.pk, text):
        return number, of_the_form
    # Other words in a form that was sent before, as after "Back", are another message.
    return "", None


def _just_written(plan: Plan, by: User, text: str) -> Message | None:
    """The last message, if it says the same and is less than a minute old."""
    latest = Message.objects.filter(plan=plan).order_by("-pk").first()
    again = latest is not None and (latest.by_id, latest.text) == (by.pk, text)
    if latest is not None and again and (timezone.now() - latest.at).total_seconds() < 60:
        return latest
    return None


def keep(
    patient: Patient,
    plan: Plan | None,
    by: User,
    text: str,
    practice: Practice | None = None,
    report: Report | None = None,
    client_id: str = "",
) -> Message:
    """Keep the words of either side. A patient's words with a phrase are marked to be read first.

    Those are kept once until the clinic has read them. Call this inside a verb that locks the plan
    and refreshes the summary.
    """
    message = Message(patient=patient, plan=plan, by=by, text=text, practice=practice)
    message.report = report
    message.client_id = client_id
    message.from_patient = by.of_patients_side
    message.read_first = by.of_patients_side and bool(kinds_in(text))
    if message.read_first:
        waiting = Message.objects.filter(patient=patient, by=by, read_at__isnull=True)
        first = waiting.filter(text=text).order_by("pk").first()
        if first is not None:
            return _with_entry(first, practice)
    message.save()
    return message


def _with_entry(message: Message, practice: Practice | None) -> Message:
    if practice is not None and message.practice_id is None:
        message.practice = practice
        message.save(update_fields=["practice"])
    return message


@transaction.atomic
def pass_on(*, patient: Patient, by: User, text: str) -> Message | None:
    """Pass a patient's words on to the clinic, if they hold a phrase to read first.

    This is for words that are no message, such as the reason of a pause, and for forms that are
    refused for another reason. Raises ``Refused``: not_the_patient.
    """
    if not (by.of_patients_side and kinds_in(text)):
        return None
    patient, plan = guards.lock_with_plan(patient)
    guards.patient_carer_or_clinic(by, patient)
    message = keep(patient, plan, by, guards.words(_shortened(text), LIMIT))
    summaries.refresh(patient)
    return message


def _shortened(text: str) -> str:
    """The text if a message holds it, else only the sentences with a phrase."""
    return text if len(text) <= LIMIT else ". ".join(telling_parts(text))[:LIMIT]


@transaction.atomic
def mark_read(*, plan: Plan, by: User) -> None:
    """Mark every message of the other side as read. Raises ``Refused``: not_the_patient."""
    plan = guards.lock(plan)
    guards.own_person(by, plan)
    if _mark_read(plan, from_patient=not by.is_patient):
        summaries.refresh(plan.patient)


def _mark_read(plan: Plan, *, from_patient: bool) -> int:
    """Mark the messages of one side as read, also those of earlier plans. Returns how many."""
    unread = Message.objects.filter(
        patient=plan.patient, from_patient=from_patient, read_at__isnull=True
    )
    return unread.update(read_at=timezone.now())
