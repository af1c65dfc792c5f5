"""The form that picks the day of a visit note."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import Day, Form
from patients.models import Patient, Plan
from patients.papers.visit_note import plans_on


class VisitDayForm(Form):
    """The day of a visit note. A valid form has ``plans``: the plans of that day, older first."""

    plans: list[Plan]
    day = Day(label=_("Day"), error_messages={"required": _("Choose a day.")})

    def __init__(self, *args: Any, patient: Patient, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.patient = patient

    def clean_day(self) -> date:
        day: date = self.cleaned_data["day"]
        if day > self.patient.clinic.today():
            raise forms.ValidationError(
                _("That day is still to come. Choose today or a day that was.")
            )
        self.plans = plans_on(self.patient, day)
        if not self.plans:
            raise forms.ValidationError(_("No plan ran on that day, so there is nothing to note."))
        return day
