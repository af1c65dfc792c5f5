"""SQL for the visits of a day, to be read together with a page of the caseload."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import connection

#: So many days back is the last day with visits, whose unmarked ones are asked about.
ASKED_ABOUT = timedelta(days=7)
#: What stands in place of a class: visits come before every class of patients.
PLACE = 0


@dataclass(frozen=True)
class DayWanted:
    """Which visits are wanted: those of a day, and the unmarked ones of the last day with visits.

    ``clinician_ids``: only with these clinicians, of whom there is at least one; None = with
    anybody of the clinic
    """

    clinic_id: int
    day: date
    clinician_ids: Sequence[int] | None = None

    def sql(self) -> tuple[str, list[Any]]:
        """SQL of one row for each visit, with a value for each %s in it."""
        whose, owners = self._whose()
        before = (
            "SELECT MAX(o.day) FROM patients_visit o"  # noqa: S608
            f" WHERE o.{whose} AND o.state <> 'called_off' AND o.day < %s AND o.day >= %s"
        )
        text = (
            f"SELECT {PLACE} AS place, NULL AS since, v.patient_id AS patient_id,"  # noqa: S608
            " v.id AS visit_id FROM patients_visit v"
            f" WHERE v.{whose} AND v.state <> 'called_off' AND (v.day = %s"
            f" OR (v.state = 'planned' AND v.day = ({before})))"
        )
        day = day_value(self.day)
        asked = day_value(self.day - ASKED_ABOUT)
        return text, [*owners, day, *owners, day, asked]

    def _whose(self) -> tuple[str, Sequence[int]]:
        if self.clinician_ids is None:
            staff = "SELECT id FROM accounts_user WHERE clinic_id = %s AND email IS NOT NULL"
            return f"clinician_id IN ({staff})", [self.clinic_id]
        return f"clinician_id IN ({', '.join('%s' for _pk in self.clinician_ids)})", (
            self.clinician_ids
        )


def day_value(day: date) -> Any:
    return connection.ops.adapt_datefield_value(day)
