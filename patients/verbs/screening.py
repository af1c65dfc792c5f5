"""The verb of screening: what was asked, what it means, and whether the patient may train."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from curriculum import screening as content
from patients.models import (
    Patient,
    Precaution,
    Screening,
    ScreeningAnswer,
    ScreeningItem,
    ScreeningOutcome,
    Stop,
    StopAnswer,
)
from patients.rules import guards
from patients.rules.refusals import Refused
from patients.standing.asked_besides import answered_besides
from patients.standing.screening import latest_screening
from patients.summaries import refresh as summaries
from patients.wording.stops import stop_in_words

OUTCOMES = {ScreeningOutcome.CLEARED, ScreeningOutcome.LIMITS, ScreeningOutcome.NOT_CLEARED}


@dataclass(frozen=True)
class Examined:
    """Who examined the patient, when, and what was found."""

    on: date
    by: str
    finding: str


@dataclass(frozen=True)
class SentOn:
    """How somebody travels who was sent on, and when they left; None = now."""

    travels: str
    at: datetime | None = None


@transaction.atomic
def screen(
    *,
    patient: Patient,
    by: User,
    items: Mapping[str, str] | None = None,
    outcome: str = "cleared",
    words: str = "",
    look_again_on: date | None = None,
    notes: Mapping[str, str] | None = None,
    fields: Mapping[str, Mapping[str, str]] | None = None,
    examined: Examined | None = None,
    sent: SentOn | None = None,
    answer: StopAnswer | None = None,
) -> Screening:
    """Write down what was asked; the latest screening counts.

    ``items``: answers by key, "no", "yes" or "not_asked", of red flags and precautions. A red flag
    that is left out was not asked; a precaution that is left out is copied from the screening
    before. None: every red flag is answered no, precautions stay as they were; of those that the
    running ladder asks besides, the ones that were asked before. ``notes``: by key;
    ``fields``: of precautions, by key. A precaution makes "cleared" into "cleared with limits".
    ``look_again_on``: of "not cleared", tomorrow unless said. ``sent``: None = nobody asked.

    Raises ``Refused``: not_yours, bad_choice, red_flag_not_asked, red_flag_told, words_missing,
    travels_missing, until_in_past, day_in_future, too_long, red_sign_waits.
    """
    patient = guards.lock_patient(patient)
    guards.own_clinician(by, patient.clinic_id)
    _check_outcome(patient, outcome)
    today = patient.clinic.today()
    told = {key: guards.words(note, 500) for key, note in (notes or {}).items()}
    flags, kept = _answers(patient, items, told, fields or {}, today)
    made = Screening(patient=patient, by=by, words=guards.words(words), outcome=outcome)
    made.answer = answer
    _examine(made, examined, today)
    _send_on(made, sent, flags)
    _decide(made, flags, kept)
    made.look_again_on = _look_again(made, look_again_on, today)
    _save(made, flags, kept)
    return made


@transaction.atomic
def nothing_new(*, patient: Patient, by: User) -> Screening:
    """Every red flag is answered no, precautions stay as they were: the question of the gate.

    Raises ``Refused``: not_yours, not_screened, red_sign_waits, and not_cleared, for one press
    clears nobody.
    """
    patient = guards.lock_patient(patient)
    guards.own_clinician(by, patient.clinic_id)
    guards.screened(patient)
    return screen(patient=patient, by=by)


def _check_outcome(patient: Patient, outcome: str) -> None:
    """Refuse what is no outcome, and clearing somebody while something urgent waits."""
    if outcome not in OUTCOMES:
        raise Refused("bad_choice")
    if outcome == ScreeningOutcome.NOT_CLEARED:
        return
    waiting = Stop.objects.unanswered().urgent().filter(patient=patient).worst_first()
    told = [stop_in_words(stop) for stop in waiting.select_related("report", "practice")]
    if told:
        raise Refused("red_sign_waits", told=told, patient=patient.short_name)


def _examine(made: Screening, examined: Examined | None, today: date) -> None:
    if examined is None:
        return
    if examined.on > today:
        raise Refused("day_in_future")
    made.examined_on = examined.on
    made.examined_by = guards.one_line(examined.by, 200)
    made.finding = guards.words(examined.finding)


def _send_on(made: Screening, sent: SentOn | None, flags: list[ScreeningItem]) -> None:
    """Who has an emergency sign travels somehow, unless somebody examined them here."""
    if sent is None:
        return
    made.travels = guards.one_line(sent.travels, 200)
    if made.travels:
        made.left_at = sent.at or timezone.now()
    elif made.outcome == ScreeningOutcome.NOT_CLEARED and _emergencies(flags):
        raise Refused("travels_missing", told=_emergencies(flags))


def _emergencies(flags: list[ScreeningItem]) -> list[str]:
    known = [content.red_flags()[row.key] for row in flags if row.answer == ScreeningAnswer.YES]
    return [flag.term for flag in known if flag.urgency == "now"]


def _save(made: Screening, flags: list[ScreeningItem], kept: list[Precaution]) -> None:
    made.save()
    for flag in flags:
        flag.screening = made
    for precaution in kept:
        precaution.screening = made
    ScreeningItem.objects.bulk_create(flags)
    Precaution.objects.bulk_create(kept)
    summaries.refresh(made.patient)


def _answers(
    patient: Patient,
    items: Mapping[str, str] | None,
    notes: Mapping[str, str],
    fields: Mapping[str, Mapping[str, str]],
    today: date,
) -> tuple[list[ScreeningItem], list[Precaution]]:
    before = latest_screening(patient)
    flags = _red_flags(items, notes, today, before, _asked_besides(patient))
    return flags, _precautions(items, notes, fields, before, today)


def _red_flags(
    items: Mapping[str, str] | None,
    notes: Mapping[str, str],
    today: date,
    before: Screening | None,
    besides: Sequence[str],
) -> list[ScreeningItem]:
    known = content.red_flags().keys() | content.precautions().keys()
    if items is not None and (
        not items.keys() <= known or not set(items.values()) <= set(ScreeningAnswer.values)
    ):
        raise Refused("bad_choice")
    answers = items
    if answers is None:
        answers = _nothing_told(before, besides)
    rows = []
    for key in content.red_flags():
        answer = answers.get(key, ScreeningAnswer.NOT_ASKED)
        asked_on = None if answer == ScreeningAnswer.NOT_ASKED else today
        rows.append(
            ScreeningItem(key=key, answer=answer, note=notes.get(key, ""), asked_on=asked_on)
        )
    return rows


def _nothing_told(before: Screening | None, besides: Sequence[str]) -> dict[str, str]:
    """No to every red flag; to those of a ladder only where it runs and asked them before. What
    another ladder asks is asked again when that begins."""
    asked = answered_besides(before).keys() & set(besides)
    flags = content.red_flags().items()
    return {key: ScreeningAnswer.NO for key, flag in flags if not flag.of_a_ladder or key in asked}


def _precautions(
    items: Mapping[str, str] | None,
    notes: Mapping[str, str],
    fields: Mapping[str, Mapping[str, str]],
    before: Screening | None,
    today: date,
) -> list[Precaution]:
    standing = {row.key: row for row in before.precautions.all()} if before else {}
    rows = []
    for key in content.precautions():
        answer = (items or {}).get(key, ScreeningAnswer.NOT_ASKED)
        if answer == ScreeningAnswer.YES:
            given = dict(fields.get(key, {}))
            rows.append(Precaution(key=key, fields=given, note=notes.get(key, ""), asked_on=today))
        elif answer == ScreeningAnswer.NOT_ASKED and key in standing:
            old = standing[key]
            rows.append(
                Precaution(key=key, fields=old.fields, note=old.note, asked_on=old.asked_on)
            )
    return rows


def _decide(made: Screening, flags: list[ScreeningItem], kept: list[Precaution]) -> None:
    """Refuse an outcome that the answers do not allow; limits follow from precautions."""
    if made.outcome == ScreeningOutcome.NOT_CLEARED:
        if not made.words:
            raise Refused("words_missing")
        return
    precautions = {row.key for row in kept}
    _every_flag_asked(made, flags, precautions)
    told = [row.key for row in flags if row.answer == ScreeningAnswer.YES]
    if told:
        _told_and_cleared(made, told)
    if precautions or told:
        made.outcome = ScreeningOutcome.LIMITS


def _every_flag_asked(made: Screening, flags: list[ScreeningItem], precautions: set[str]) -> None:
    red_flags = content.red_flags()
    besides = _asked_besides(made.patient)
    left = []
    for row in flags:
        flag = red_flags[row.key]
        if row.answer != ScreeningAnswer.NOT_ASKED:
            continue
        if _is_spared(flag, precautions, besides):
            continue
        if flag.may_be_declined and row.note and made.words:
            made.outcome = ScreeningOutcome.LIMITS
            continue
        left.append(flag.term)
    if left:
        raise Refused("red_flag_not_asked", left=left)


def _is_spared(flag: content.RedFlag, precautions: set[str], besides: Sequence[str]) -> bool:
    """Whether a red flag is not asked of this patient."""
    if flag.of_a_ladder:
        return flag.key not in besides
    return bool(flag.only_with) and flag.only_with not in precautions


def _asked_besides(patient: Patient) -> Sequence[str]:
    """The red flags that the ladder of the running plan asks."""
    plan = patient.running_plan()
    return plan.ladder.asks or () if plan is not None else ()


def _told_and_cleared(made: Screening, told: list[str]) -> None:
    red_flags = content.red_flags()
    urgent = [key for key in told if red_flags[key].urgency != "week"]
    examined = made.examined_on is not None and made.examined_by and made.finding
    if urgent and not examined:
        raise Refused("red_flag_told", told=[red_flags[key].term for key in urgent])
    if not made.words and not examined:
        raise Refused("words_missing")


def _look_again(made: Screening, day: date | None, today: date) -> date | None:
    if made.outcome != ScreeningOutcome.NOT_CLEARED:
        return None
    day = day or today + timedelta(days=1)
    if day < today:
        raise Refused("until_in_past")
    return day
