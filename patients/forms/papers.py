"""The form that picks the day of a visit note."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import Day, Form
from patients.models import Patient
from patients.papers.visit import anything_on


class VisitDayForm(Form):
    """The day of a visit note, and from which day on it tells what was told."""

    day = Day(label=_("Day"), error_messages={"required": _("Choose a day.")})
    since = Day(label=_("Told since (empty: the last visit)"), required=False)

    def __init__(self, *args: Any, patient: Patient, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.patient = patient

    def clean_day(self) -> date:
        day: date = self.cleaned_data["day"]
        if day > self.patient.clinic.today():
            raise forms.ValidationError(
                _("That day is still to come. Choose today or a day that was.")
            )
        if not anything_on(self.patient, day):
            raise forms.ValidationError(
                _("No plan ran on that day, and nothing was noted: there is nothing to tell.")
            )
        return day

    def clean_since(self) -> date | None:
        since: date | None = self.cleaned_data["since"]
        day = self.cleaned_data.get("day")
        if since is not None and day is not None and since > day:
            raise forms.ValidationError(_("Choose a day that is not after the day of the visit."))
        return since
