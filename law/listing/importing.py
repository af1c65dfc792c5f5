"""The verb that takes over a list of patients: all of it, or nothing of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import audit
from accounts.models import Clinic, User
from law.listing.reading import Line
from law.refusals import Refused, own_owner
from patients.models import Patient, Sex
from patients.standing.identity import Details, details_of
from patients.verbs import identity as identity_verbs
from patients.verbs import people as people_verbs
from patients.verbs import record_notes as record_note_verbs

NEW = "new"
CHANGED = "changed"
SAME = "same"
LEFT = "left"
WRONG = "wrong"
#: What is said of a line, by what became of it.
WORDS = {
    NEW: gettext_lazy("New"),
    CHANGED: gettext_lazy("Changed"),
    SAME: gettext_lazy("There already"),
    LEFT: gettext_lazy("Discharged: left as it is"),
    WRONG: gettext_lazy("Wrong"),
}


@dataclass(frozen=True)
class Outcome:
    """What becomes of a line. ``problem``: what is wrong with it, in a sentence."""

    line: Line
    kind: str
    problem: str = ""

    @property
    def word(self) -> str:
        return str(WORDS[self.kind])


@transaction.atomic
def take_over(
    *, lines: list[Line], by: User, keep: bool, request: HttpRequest | None = None
) -> list[Outcome]:
    """Take over every line, in one transaction. With ``keep`` False, or when a line is wrong,
    nothing is saved, and the outcomes say what would have been.

    A number is one person of the clinic, so the same list again changes nothing. Nothing here
    ticks, passes or screens: the rung of a paper record becomes a note for the first visit.
    Raises ``Refused``: owner_only.
    """
    own_owner(by, by.clinic_id)
    seen: dict[str, int] = {}
    outcomes = [_outcome(line, by, seen) for line in lines]
    kept = keep and all(one.kind != WRONG for one in outcomes)
    if kept and any(one.kind in (NEW, CHANGED) for one in outcomes):
        audit.record("list_imported", actor=by, request=request)
    transaction.set_rollback(not kept)
    return outcomes


def _outcome(line: Line, by: User, seen: dict[str, int]) -> Outcome:
    earlier = seen.setdefault(line.cell("number"), line.number)
    if earlier != line.number and line.cell("number"):
        return Outcome(line, WRONG, _("This number stands in line %d too.") % earlier)
    try:
        with transaction.atomic():
            return Outcome(line, _take(line, by))
    except Refused as refused:
        return Outcome(line, WRONG, str(refused))


def _take(line: Line, by: User) -> str:
    if not line.cell("number"):
        raise Refused("number_missing")
    there = Patient.objects.filter(clinic_id=by.clinic_id, number=line.cell("number")).first()
    if there is None:
        patient = people_verbs.take_on(
            by=by, name=line.cell("name"), lead=_lead(line.cell("lead"), by)
        )
        _identify(patient, line, by)
        _note(patient, line, by)
        return NEW
    if there.archived_at is not None:
        return LEFT
    changed = _identify(there, line, by)
    return CHANGED if _note(there, line, by) or changed else SAME


def _identify(patient: Patient, line: Line, by: User) -> bool:
    """Write who the person is; an empty cell changes nothing. True when something is new."""
    before = (patient.name, details_of(patient))
    details = _details(line, before[1])
    name = line.cell("name") or patient.name
    identity_verbs.put_names_right(
        patient=patient, by=by, name=name, formal_name=details.formal_name
    )
    patient.refresh_from_db()
    written = identity_verbs.identify(patient=patient, by=by, details=details)
    return (written.name, details_of(written)) != before


def _details(line: Line, before: Details) -> Details:
    said = {
        column: line.cell(column)
        for column in ("formal_name", "number", "phone", "other_phone", "email")
        if line.cell(column)
    }
    born_on = _day(line.cell("born_on")) or before.born_on
    return replace(before, **said, born_on=born_on, sex=_sex(line.cell("sex")) or before.sex)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as problem:
        raise Refused("bad_day", typed=text[:40]) from problem


def _sex(text: str) -> str:
    words = {str(one.label).casefold(): one.value for one in Sex} | {one: one for one in Sex.values}
    if text and text.casefold() not in words:
        raise Refused("bad_sex", typed=text[:40], words=", ".join(Sex.values))
    return words.get(text.casefold(), "")


def _lead(email: str, by: User) -> User:
    if not email:
        return by
    staff = User.objects.staff_of(by.clinic).filter(is_active=True, email__iexact=email)
    found = staff.first()
    if found is None:
        raise Refused("lead_unknown", email=email[:80])
    return found


def _note(patient: Patient, line: Line, by: User) -> bool:
    """Write the rung of a paper record as a note, once. It opens nothing."""
    said = [line.cell("paper_note")]
    if line.cell("paper_rung"):
        rung = _("From the paper record: rung %s. For the first visit: look at it again.")
        said.insert(0, rung % line.cell("paper_rung"))
    words = " ".join(part for part in said if part)
    if not words or patient.record_notes.filter(text=words).exists():
        return False
    record_note_verbs.write(patient=patient, by=by, text=words)
    return True


def rows_of(clinic: Clinic) -> list[list[str]]:
    """The list of a clinic's patients, without the discharged, as another clinic takes it over."""
    rows = Patient.objects.filter(clinic=clinic).current().order_by("number", "pk")
    return [
        [
            patient.number,
            patient.name,
            patient.formal_name,
            patient.born_on.isoformat() if patient.born_on else "",
            patient.sex,
            patient.phone,
            patient.other_phone,
            patient.email,
        ]
        for patient in rows
    ]
