"""What a row of the caseload is made from. Only types read it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date, datetime, time
    from typing import TypedDict

    from django_stubs_ext import WithAnnotations

    from patients.models import PatientSummary

    class CaseloadColumns(TypedDict):
        """What a row of the caseload shows in addition to its summary.

        ``place``: a value of ``CaseloadPlace``.
        ``came_at``: when the patient was taken on; only in a search.
        ``has_namesake``: whether somebody else of the list has this name.
        ``visit_id``: the visit that the row is about; None = the row is the patient's own. The
        columns after it are those of the visit.
        """

        place: int
        name: str
        lead_name: str
        goal_id: int | None
        started_on: date | None
        born_on: date | None
        came_at: datetime
        has_namesake: bool
        visit_id: int | None
        visit_day: date
        visit_time: time | None
        visit_state: str
        visit_with: str

    SummaryRow = WithAnnotations[PatientSummary, CaseloadColumns]
