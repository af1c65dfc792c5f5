"""What the latest screening says of a patient: may they train, and what is true of them."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.functions import JSONArray

from accounts.models import Clinic
from accounts.prepared import Prepared
from curriculum import screening as content
from patients.models import Patient, Precaution, Screening, ScreeningOutcome
from patients.models.functions import JsonRows
from patients.models.screening import allows_training
from patients.rules.periods import SCREENING_AWAY_DAYS, SCREENING_DAYS


@dataclass(frozen=True)
class PrecautionInSight:
    """A precaution as pages name it. ``fields``: what the screening asked beside it."""

    key: str
    label: str
    note: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)

    @property
    def beside(self) -> str:
        """What was asked beside it and the note: "Degrees: 80; Side: right; A new hip."."""
        known = content.precautions().get(self.key)
        named = {one.key: one.label for one in known.fields} if known else {}
        told = [f"{named.get(key, key)}: {value}" for key, value in self.fields.items() if value]
        return "; ".join([*told, *([self.note] if self.note else [])])

    @property
    def always(self) -> str:
        """What stands wherever it is named."""
        known = content.precautions().get(self.key)
        return known.always if known else ""


@dataclass(frozen=True)
class ScreeningInSight:
    """The latest screening as a page shows it.

    ``at``: when it was made; ``look_again_on``: of somebody who is not cleared.
    """

    outcome: str
    at: datetime
    look_again_on: date | None
    precautions: Sequence[PrecautionInSight]

    @property
    def allows(self) -> bool:
        """Whether drills, ticks and passes are possible."""
        return allows_training(self.outcome)

    def is_due(
        self, clinic: Clinic, *, practised_on: date | None, loads_since: datetime | None
    ) -> bool:
        """Whether the gate asks if anything is new since then.

        ``practised_on``: the last day of practice, if there is one
        ``loads_since``: since when the rung is open from which load begins; None = another is
        """
        if not self.recorded:
            return False
        asked_on = clinic.day_of(self.at)
        today = clinic.today()
        away = practised_on is not None and (
            asked_on <= practised_on < today - timedelta(days=SCREENING_AWAY_DAYS)
        )
        before_load = loads_since is not None and self.at < loads_since
        return away or before_load or asked_on + timedelta(days=SCREENING_DAYS) < today

    @property
    def recorded(self) -> bool:
        """Whether somebody asked; False for patients from before there were screenings."""
        return self.outcome != ScreeningOutcome.NOT_RECORDED


def latest_screening(patient: Patient) -> Screening | None:
    """The screening that counts, with its precautions; None = never screened. Two queries."""
    rows = Screening.objects.newest_of(patient).select_related("by")
    return rows.prefetch_related("precautions").first()


def precaution_keys(patient: Patient) -> list[str]:
    """What the latest screening says is true of the patient."""
    latest = Screening.objects.newest_of(patient).values("pk")[:1]
    return list(Precaution.objects.filter(screening__in=latest).values_list("key", flat=True))


def precautions_of(patient: Patient) -> list[PrecautionInSight]:
    """What the latest screening says is true of the patient, as pages name it. Two queries."""
    return precautions_said(latest_screening(patient))


def precautions_said(latest: Screening | None) -> list[PrecautionInSight]:
    """The same, of a screening that was read before; None = never screened."""
    rows = latest.precautions.all() if latest is not None else []
    return [precaution_in_sight(row.key, row.note, row.fields) for row in rows]


def latest_screenings(patients: Collection[int]) -> dict[int, Screening]:
    """The screening that counts, by the patient's id. One query."""
    return {row.patient_id: row for row in _STANDING(patients=patients)}


def _standing(patients: list[int]) -> QuerySet[Screening]:
    return Screening.objects.standing().filter(patient__in=patients).order_by("pk")


_STANDING: Prepared[Screening, Screening] = Prepared(_standing, patients=list)


def may_train(patient: Patient) -> bool:
    """Whether the latest screening clears the patient; without one nobody may train."""
    return allows_training(
        Screening.objects.newest_of(patient).values_list("outcome", flat=True).first()
    )


def with_screening(patients: QuerySet[Patient]) -> QuerySet[Patient]:
    """Patients with what ``screening_in_sight`` reads: no further query."""
    latest = Screening.objects.newest_of(OuterRef("pk"))
    return patients.annotate(
        screening_outcome=Subquery(latest.values("outcome")[:1]),
        screening_at=Subquery(latest.values("at")[:1]),
        screening_again=Subquery(latest.values("look_again_on")[:1]),
        screening_precautions=precautions_column("pk"),
    )


def precautions_column(patient: str) -> Subquery:
    """The precautions of the latest screening, which ``precautions_in`` reads. ``patient``: the
    name of the column with the patient's id."""
    of_latest = Precaution.objects.filter(
        screening=Screening.objects.newest_of(OuterRef(OuterRef(patient))).values("pk")[:1]
    )
    rows = of_latest.order_by().values("screening__patient")
    return Subquery(rows.values(rows=JsonRows(JSONArray("key", "note", "pk", "fields"))))


def precautions_in(column: Any) -> list[PrecautionInSight]:
    """Read ``precautions_column``: what is true of the patient, in the order of asking."""
    rows = sorted(column or [], key=lambda row: row[2])
    return [precaution_in_sight(key, note, _fields(given)) for key, note, _pk, given in rows]


def _fields(given: Any) -> dict[str, str]:
    # SQLite puts the text of a JSON column into the list, PostgreSQL its value.
    return dict(json.loads(given) if isinstance(given, str) else given)


def screening_in_sight(patient: Patient) -> ScreeningInSight | None:
    """``patient``: as ``with_screening`` reads them; None = never screened."""
    columns = vars(patient)
    if columns["screening_outcome"] is None:
        return None
    return ScreeningInSight(
        columns["screening_outcome"],
        columns["screening_at"],
        columns["screening_again"],
        precautions_in(columns["screening_precautions"]),
    )


def precaution_in_sight(
    key: str, note: str, fields: Mapping[str, str] | None = None
) -> PrecautionInSight:
    """A key that the content no longer knows is shown as it is."""
    known = content.precautions().get(key)
    return PrecautionInSight(key, known.label if known else key, note, fields or {})


def signs_on_file(patient: Patient) -> str:
    """The nerve signs that the latest screening wrote down; empty for none. Such signs are old."""
    latest = Screening.objects.newest_of(patient).values("pk")[:1]
    row = Precaution.objects.filter(screening__in=latest, key="nerve_signs").first()
    return (row.fields.get("baseline") or row.note) if row is not None else ""
