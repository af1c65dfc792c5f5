"""What a carer does as they should, and acts about carers during which the disk fills up: see
``lawful_acts`` and ``test_fault_injection``."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from types import ModuleType
from typing import Any

import time_machine
from django.utils import timezone

from accounts import links
from accounts.models import PhoneLink
from patients.models import Carer, Message
from patients.verbs import carers as carer_verbs
from patients.verbs import messages as message_verbs
from patients.verbs import practice as practice_verbs
from patients.verbs import reports as report_verbs
from tests.cast import Cast
from tests.patients import acts
from tests.patients.rules.carer_attacks import rut

MODULES: list[ModuleType] = [carer_verbs]


def _ending(cast: Cast) -> Callable[[], Any]:
    carer = rut(cast)
    links.issue(carer.user, by=cast.elin)
    return lambda: carer_verbs.end(carer=carer, by=cast.elin)


def _letting_read(cast: Cast) -> Callable[[], Any]:
    carer = rut(cast)
    return lambda: carer_verbs.allow_reading(carer=carer, allowed=True, by=cast.maya.user)


ACTS: dict[str, Callable[[Cast], Callable[[], Any]]] = {
    "carers.name": lambda cast: (
        lambda: carer_verbs.name(patient=cast.maya, name="Rut Roos", by=cast.maya.user)
    ),
    "carers.end": _ending,
    "carers.allow_reading": _letting_read,
}


# ---- what the rules of the database let through


def _help(cast: Cast) -> None:
    """Log a day, correct it, and tell how the morning was."""
    carer = rut(cast)
    with time_machine.travel(timezone.now() - timedelta(hours=1)):
        entry = acts.log(cast.plan, by=carer.user)
    again = acts.log(cast.plan, by=carer.user, corrects=entry, pain=3)
    with time_machine.travel(timezone.now() + timedelta(days=1)):
        practice_verbs.answer_morning(practice=again, by=carer.user, pain_now=2)


def _log_what_nobody_has(cast: Cast) -> None:
    acts.log(cast.plan, by=rut(cast).user)


def _correct_a_carers_entry(cast: Cast) -> None:
    """The patient puts right what somebody logged for them."""
    entry = acts.log(cast.plan, by=rut(cast).user)
    acts.log(cast.plan, corrects=entry, pain=3)


def _tell(cast: Cast) -> None:
    by = rut(cast).user
    told = report_verbs.report(patient=cast.maya, by=by, client_id="a", pain=3)
    report_verbs.take_back(report=told, by=by, client_id="b")


def _take_back_what_a_carer_told(cast: Cast) -> None:
    by = rut(cast).user
    told = report_verbs.report(patient=cast.maya, by=by, client_id="a", pain=3)
    report_verbs.take_back(report=told, by=cast.maya.user, client_id="b")


def _write_and_read(cast: Cast) -> None:
    message_verbs.write(plan=cast.plan, by=rut(cast).user, text="Hello.")
    message_verbs.mark_read(plan=cast.plan, by=cast.elin)
    Message.objects.filter(patient=cast.maya).update(text="")


def _name_by_the_clinic(cast: Cast) -> None:
    carer_verbs.name(patient=cast.maya, name="Rolf Roth", by=cast.elin)
    carer_verbs.name(patient=cast.maya, name="Rut Roos", by=cast.maya.user)


def _end_once_more(cast: Cast) -> None:
    """And its row may be written as it is."""
    carer = carer_verbs.end(carer=rut(cast), by=cast.elin)
    Carer.objects.filter(pk=carer.pk).update(ended_at=carer.ended_at, ended_by=None)


def _take_a_link_back(cast: Cast) -> None:
    carer = rut(cast)
    link = links.issue(carer.user, by=cast.elin)
    carer_verbs.end(carer=carer, by=cast.elin)
    PhoneLink.objects.filter(pk=link.pk).update(tries=1)


LAWFUL: dict[str, list[Callable[[Cast], Any]]] = {
    "carer_of_a_patient_here": [_name_by_the_clinic],
    "carer_stays_who_they_are": [lambda cast: _letting_read(cast)()],
    "carer_ends_for_good": [_end_once_more],
    "link_of_a_carer_who_helps": [_take_a_link_back],
    "practice_by_its_carer": [_log_what_nobody_has],
    "practice_corrected_by_its_carer": [_help, _correct_a_carers_entry],
    "morning_by_its_carer": [_help],
    "report_by_the_patient_or_our_clinician": [_tell],
    "report_corrected_by_its_carer": [_tell, _take_back_what_a_carer_told],
    "message_by_its_carer": [_write_and_read],
    "message_keeps_its_writer": [_write_and_read],
}
