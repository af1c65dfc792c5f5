"""Who gets a mail about a patient, and when. Reads nothing."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from accounts.models import User
from patients.models import Patient
from patients.models.stops import URGENT
from patients.standing.working_time import one_working_day_after


def due_mails(
    patient: Patient, urgency: str, since: datetime, now: datetime, staff: Collection[User]
) -> dict[User, datetime]:
    """When a mail is due to each colleague about a matter that waits since a moment.

    An urgent matter is everybody's at once. Any other is mailed at once to the lead and to whoever
    covers for them, and to the others after one working day. Without a lead who can sign in it is
    everybody's at once too.

    ``staff``: who can sign in at the patient's clinic
    """
    lead = patient.lead
    if urgency in URGENT or lead not in staff:
        return dict.fromkeys(staff, since)
    cover = lead.covered_by(patient.clinic.day_of(now))
    later = one_working_day_after(since, patient.clinic)
    return {user: since if user in {lead, cover} else later for user in staff}
