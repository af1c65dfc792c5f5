"""The form for faults that were seen."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import Day, Form, OneLine
from curriculum.models import Fault


class FindingForm(Form):
    fault = forms.ModelMultipleChoiceField(
        Fault.objects.all(), to_field_name="slug", required=False
    )
    words = OneLine(label=_("Something else, in your words"), required=False, max_length=200)
    seen_on = Day(label=_("Seen on"), required=False, help_text=_("Today when left empty."))

    def clean(self) -> None:
        if not self.errors and not (self.cleaned_data["fault"] or self.cleaned_data["words"]):
            self.add_error("words", _("Choose a fault or describe one."))

    def faults(self) -> list[Fault]:
        return list(self.cleaned_data.get("fault") or []) if self.is_bound else []
