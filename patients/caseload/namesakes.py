"""Finds patients who have the same name, and the words that tell them apart. Reads only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from django.db.models import F
from django.utils.translation import gettext as _

from accounts.models import Clinic
from patients.models import PatientSummary
from patients.models.names import same_as
from patients.wording.days import full_day

if TYPE_CHECKING:
    from patients.caseload.summary_row import SummaryRow

SHOWN = 5


@dataclass(frozen=True)
class Namesake:
    """A patient who has the same name. ``words``: when the patient was born and came, and who
    leads."""

    patient_id: int
    name: str
    words: str
    discharged: bool


def namesakes_of(clinic: Clinic, name: str) -> list[Namesake]:
    """A few patients of the clinic with this name, in any usual spelling. Discharged patients are
    included."""
    namesakes = PatientSummary.objects.filter(clinic=clinic, same_as=same_as(name)).annotate(
        name=F("patient__name"),
        lead_name=F("lead__name"),
        came_at=F("patient__created_at"),
        started_on=F("plan__started_on"),
        born_on=F("patient__born_on"),
    )
    rows = cast("list[SummaryRow]", list(namesakes.order_by("archived", "-patient_id")[:SHOWN]))
    return [Namesake(row.patient_id, row.name, in_words(row, clinic), row.archived) for row in rows]


def in_words(row: SummaryRow, clinic: Clinic) -> str:
    """When the patient of a row was born, when they came, and who leads."""
    sentence = (
        _("Started %(day)s. Lead: %(lead)s.")
        if row.started_on
        else _("Taken on %(day)s. Lead: %(lead)s.")
    )
    day = row.started_on or clinic.day_of(row.came_at)
    came = sentence % {"day": full_day(day), "lead": row.lead_name}
    return f"{born(row)} {came}".strip()


def born(row: SummaryRow) -> str:
    """The birth date, which tells people of one name apart best; "" while it is not known."""
    return _("Born %(day)s.") % {"day": full_day(row.born_on)} if row.born_on else ""


def apart(rows: Sequence[SummaryRow], clinic: Clinic) -> dict[int, str]:
    """The words that tell rows from others with the same name, by patient."""
    return {row.patient_id: in_words(row, clinic) for row in rows if row.has_namesake}
