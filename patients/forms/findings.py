"""The form for faults that were seen."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import Day, Form, OneLine
from curriculum.models import Fault, Ladder


class FindingForm(Form):
    fault = forms.ModelMultipleChoiceField(
        Fault.objects.none(), to_field_name="slug", required=False
    )
    words = OneLine(label=_("Something else, in your words"), required=False, max_length=200)
    seen_on = Day(label=_("Seen on"), required=False, help_text=_("Today when left empty."))

    def __init__(self, *args: Any, ladder: Ladder, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["fault"]
        assert isinstance(field, forms.ModelMultipleChoiceField)  # noqa: S101
        field.queryset = ladder.own_faults()

    def clean(self) -> None:
        if not self.errors and not (self.cleaned_data["fault"] or self.cleaned_data["words"]):
            self.add_error("words", _("Choose a fault or describe one."))

    def faults(self) -> list[Fault]:
        return list(self.cleaned_data.get("fault") or []) if self.is_bound else []
