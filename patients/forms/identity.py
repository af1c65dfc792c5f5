"""The fields that say who a patient is and how to reach them. All of them may be left out."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts import telephones
from accounts.forms.fields import Day, Email, Form, OneLine
from accounts.models import Clinic
from patients.models import Patient, Sex
from patients.standing.identity import Details, details_of


class IdentityForm(Form):
    """The base of forms about a person. ``clinic``: its country's numbers are read."""

    clinic: Clinic

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in IdentityForm.base_fields:
            # The browser would offer what it knows of the clinician.
            self.fields[name].widget.attrs["autocomplete"] = "off"

    formal_name = OneLine(label=_("Formal name, for letters"), required=False, max_length=200)
    born_on = Day(label=_("Born"), required=False)
    number = OneLine(label=_("Clinic’s own number"), required=False, max_length=40)
    phone = OneLine(
        label=_("Phone"), required=False, max_length=50, widget=forms.TextInput({"type": "tel"})
    )
    other_phone = OneLine(
        label=_("Another phone, such as a relative’s"),
        required=False,
        max_length=50,
        widget=forms.TextInput({"type": "tel"}),
    )
    email = Email(
        label=_("E-mail"),
        required=False,
        error_messages={
            "invalid": _("Write an e-mail address such as maya@example.org, or leave it empty.")
        },
    )
    sex = forms.ChoiceField(
        label=_("Sex as recorded"),
        required=False,
        choices=[("", _("Not recorded")), *Sex.choices],
    )

    def clean_phone(self) -> str:
        return self._phone("phone")

    def clean_other_phone(self) -> str:
        return self._phone("other_phone")

    def _phone(self, name: str) -> str:
        typed: str = self.cleaned_data[name]
        return telephones.kept(typed, self.clinic.region) if typed else ""

    def clean_born_on(self) -> Any:
        day = self.cleaned_data["born_on"]
        if day is not None and day > self.clinic.today():
            raise ValidationError(_("The birth date cannot lie in the future."))
        return day

    def details(self) -> Details:
        return Details(**{name: self.cleaned_data[name] for name in asdict(Details())})

    def other_fields(self) -> dict[str, Any]:
        """What the form says of anything else than who the patient is."""
        details = asdict(Details())
        return {name: value for name, value in self.cleaned_data.items() if name not in details}

    @property
    def identity(self) -> list[forms.BoundField]:
        return [self[name] for name in IdentityForm.base_fields]


def identity_initial(patient: Patient) -> dict[str, Any]:
    """The initial values of ``IdentityForm``, with telephone numbers as people read them."""
    country = patient.clinic.region
    phones = {
        name: telephones.shown(getattr(patient, name), country) for name in ("phone", "other_phone")
    }
    return asdict(details_of(patient)) | phones
