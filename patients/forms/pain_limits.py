"""The form of a patient's own pain limits."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import SCALE, Day, Form, Lines, OneLine


class PainLimitsForm(Form):
    """Two figures, a reason, an end, and a second name where a stop begins as high as 9 or 10."""

    fine_to = forms.TypedChoiceField(
        label=_("Fine up to"), coerce=int, choices=[("", "–"), *SCALE[:8]]
    )
    stop_from = forms.TypedChoiceField(
        label=_("Stop from"), coerce=int, choices=[("", "–"), *SCALE[1:]]
    )
    reason = Lines(label=_("Reason"), max_length=500, rows=2)
    until = Day(label=_("Until"), help_text=_("90 days at most. Then the clinic’s rule holds."))
    second = OneLine(
        label=_("Second clinician"),
        help_text=_("Needed only where stop begins at 9 or 10."),
        max_length=200,
        required=False,
    )

    #: The field that shows a refusal, by its code.
    refusals = {
        "limits_out_of_order": "stop_from",
        "reason_missing": "reason",
        "second_missing": "second",
        "until_in_past": "until",
        "until_too_late": "until",
    }

    def limits(self) -> dict[str, Any]:
        return dict(self.cleaned_data)
