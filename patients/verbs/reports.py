"""The verbs of reports: keep what a patient tells of pain and symptoms, and take it back.

What somebody tells of their body is kept whatever else is wrong, also without a plan and after it.
``verbs.stops`` answers the stops that reports make.
"""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import typed
from accounts.models import User
from patients.models import (
    Asked,
    Patient,
    Plan,
    Practice,
    Report,
    ReportUrgency,
    Side,
    Since,
    StopCause,
    Symptom,
)
from patients.rules import guards
from patients.rules.refusals import Refused
from patients.standing import pain as pain_rules
from patients.standing import symptoms
from patients.standing.age import age_of
from patients.standing.pain_limits import limits_for
from patients.standing.reports import waiting_signs
from patients.standing.screening import precaution_keys
from patients.standing.usual_pain import usual_now
from patients.summaries import refresh as summaries
from patients.verbs import messages as message_verbs
from patients.verbs import stops as stop_verbs

#: No more is kept of what is typed.
WORDS_LIMIT = 5000


@transaction.atomic
def report(
    *,
    patient: Patient,
    by: User,
    client_id: str,
    day: date | None = None,
    asked: str = "now",
    pain: int | None = None,
    kinds: Collection[str] = (),
    sides: Mapping[str, str] | None = None,
    growing: bool | None = None,
    since: str = "",
    words: str = "",
    practice: Practice | None = None,
) -> Report:
    """Keep what a patient tells. The same form sent again returns the row that holds it.

    ``client_id``: made once for each form. The same form with other content corrects what it told,
    also when it told just that earlier and it was corrected or taken back since
    ``day``: None = today; ``asked``: "now", "before" or "log"
    ``kinds``: slugs of ``Symptom``; ``sides``: {kind: "left", "right" or "both"}
    ``growing``: whether a weak leg gets worse or drags; None = not told, or not sure
    ``practice``: the entry after which it is told; it corrects what that entry told

    Raises ``Refused``: not_the_patient, unknown_symptom. Nothing else is refused.
    """
    patient, plan = guards.lock_with_plan(patient)
    guards.patient_carer_or_clinic(by, patient)
    told = Report(patient=patient, by=by, practice=practice, asked=_one_of(asked, Asked, "now"))
    told.day = min(day or patient.clinic.today(), patient.clinic.today())
    _say(told, pain, _kinds(kinds, sides or {}, growing), since, words)
    told.client_id, standing = _form_number(told, client_id)
    if standing is not None and _is_the_same(standing, told):
        return standing
    told.takes_back = _corrected(by, standing, practice)
    _save(told, plan)
    return told


def tells_the_same(
    kept: Report,
    *,
    pain: int | None,
    kinds: Collection[str],
    sides: Mapping[str, str],
    growing: bool | None,
    since: str,
    words: str,
    client_id: str = "",
) -> bool:
    """Whether a form tells what a report says already. The arguments are those of ``report``."""
    told = Report(patient=kept.patient, day=kept.day)
    _say(told, pain, _kinds(kinds, sides, growing), since, words)
    return _content(told) == _content(kept)


def _say(
    told: Report, pain: int | None, kinds: list[dict[str, Any]], since: str, words: str
) -> None:
    told.kinds = kinds
    told.since = _one_of(since, Since, "")
    told.pain, told.words = _number(pain, words)


def _one_of(value: str, choices: Any, otherwise: str) -> str:
    return value if value in choices.values else otherwise


def _kinds(
    kinds: Collection[str], sides: Mapping[str, str], growing: bool | None
) -> list[dict[str, Any]]:
    """The kinds in their stored shape, in the order of the boxes."""
    if not set(kinds) <= set(Symptom.values):
        raise Refused("unknown_symptom")
    return [
        {
            "kind": kind,
            "side": _one_of(sides.get(kind, ""), Side, "") or None,
            "growing": growing if kind == Symptom.WEAK else None,
        }
        for kind in Symptom.values
        if kind in kinds
    ]


def _number(pain: Any, words: str) -> tuple[int | None, str]:
    """A number that cannot be is kept among the words."""
    # Too long a text is cut: nothing of a report is refused.
    text = typed.text(words)[:WORDS_LIMIT]
    if pain is None or (type(pain) is int and 0 <= pain <= 10):
        return pain, text
    number = typed.line(str(pain))[:20]
    return None, f"{text}\n{_('Pain: {number}').format(number=number)}".strip()


def _form_number(told: Report, client_id: str) -> tuple[str, Report | None]:
    """The number under which the row is kept, and what stands now of the same form, if any.

    What the same form tells in place of that gets a number of its own.
    """
    number = guards.form_number(client_id) or str(uuid.uuid4())
    standing = None
    while (first := _of_number(told, number)) is not None:
        standing = first.newest
        if _is_the_same(standing, told):
            break
        said = [number, standing.pk, *_content(told)]
        number = hashlib.sha256(json.dumps(said, default=str).encode()).hexdigest()
    return number, standing


def _is_the_same(kept: Report, told: Report) -> bool:
    """Whether somebody tells once more what stands as told by themselves."""
    return (kept.by_id, _content(kept)) == (told.by_id, _content(told))


def _of_number(told: Report, number: str) -> Report | None:
    return Report.objects.filter(patient=told.patient, client_id=number).first()


def _content(told: Report) -> tuple[object, ...]:
    return (told.day, told.pain, told.kinds, told.since, told.words)


def _corrected(by: User, standing: Report | None, practice: Practice | None) -> Report | None:
    """The report that a new one corrects: of the same form, or of the same entry.

    What a carer tells stands beside what somebody else told, and corrects nothing of it.
    """
    if standing is None and practice is not None and practice.report is not None:
        standing = practice.report.newest
    beside = standing is not None and by.is_carer and standing.by_id != by.pk
    return None if beside else standing


def _save(told: Report, plan: Plan | None) -> None:
    patient = told.patient
    weight = weigh(told)
    told.urgency = weight.urgency
    if told.urgency == ReportUrgency.NONE and told.words:
        told.urgency = ReportUrgency.NOTE
    told.save(force_insert=True)
    high = pain_rules.is_high(told.pain, limits_for(patient))
    causes: list[StopCause] = list(weight.causes)
    if (of_pain := _pain_cause(told)) is not None:
        causes.append(of_pain)
    if told.takes_back is not None:
        causes = stop_verbs.lift_stops_of_report(told.takes_back, told.by, causes, high=high)
    stop_verbs.make_stops_of_report(told, plan, causes, high=high)
    _keep_words(told, plan)
    summaries.refresh(patient)


def weigh(told: Report) -> symptoms.Weight:
    """The urgency of a report, with what its patient told before and what is true of them."""
    patient = told.patient
    signs = told.signs
    if not signs:
        return symptoms.weigh(signs)
    fragile = symptoms.is_fragile(precaution_keys(patient), age_of(patient, told.day))
    waiting = waiting_signs(patient, apart_from=told.takes_back)
    return symptoms.weigh(signs, waiting=waiting, fragile=fragile)


def _pain_cause(told: Report) -> StopCause | None:
    """The stop that the number alone makes: a flare before practice and without symptoms."""
    limits = limits_for(told.patient)
    band = pain_rules.band(told.pain, usual_now(told.patient), limits)
    if band is not pain_rules.Band.STOP:
        return None
    if pain_rules.is_high(told.pain, limits) or told.kinds or told.asked == Asked.LOG:
        return StopCause.PAIN
    logged = Practice.objects.filter(plan__patient=told.patient, done_on=told.day)
    return StopCause.PAIN if logged.exists() else StopCause.FLARE


def _keep_words(told: Report, plan: Plan | None) -> None:
    """Something else is a message too, as are words to which no box belongs."""
    kinds = {row["kind"] for row in told.kinds}
    if not told.by.of_patients_side or not (Symptom.OTHER in kinds or (told.words and not kinds)):
        return
    text = told.words[: message_verbs.LIMIT] or str(Symptom.OTHER.label)
    message_verbs.keep(told.patient, plan, told.by, text, report=told)


@transaction.atomic
def take_back(*, report: Report, by: User, client_id: str) -> Report:
    """Take a report back as a mistake, on the day on which it was told. Again changes nothing.

    Pain, flares and pain below the knee need no answer any more. The rest waits all the same.

    Raises ``Refused``: not_the_patient, not_your_words, report_of_another_day.
    """
    patient, _plan = guards.lock_with_plan(report.patient)
    guards.patient_carer_or_clinic(by, patient)
    report = Report.objects.get(pk=report.pk)
    if hasattr(report, "taken_back_by"):
        return report.taken_back_by
    guards.own_words(by, report.by_id)
    clinic = patient.clinic
    if clinic.day_of(report.at) != clinic.today():
        raise Refused("report_of_another_day", clinic=clinic.name, phone=clinic.phone)
    row = Report(patient=patient, by=by, day=clinic.today(), asked=report.asked)
    row.takes_back = report
    row.urgency = ReportUrgency.NONE
    row.client_id, _standing = _form_number(row, client_id)
    row.save(force_insert=True)
    stop_verbs.lift_stops_of_report(report, by, ())
    summaries.refresh(patient)
    return row
