"""The form of the clinic and its pain thresholds."""

from __future__ import annotations

import zoneinfo
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import FocusFirstError, OneLine
from accounts.models import Clinic, validate_phone

#: The help text of each threshold: its default, and the source of the default.
THRESHOLDS: dict[str, Any] = {
    "pain_amber_from": _(
        "Default 4, after the pain-monitoring model (Silbernagel 2007, as taught by bim.physio)."
    ),
    "pain_stop_from": _(
        "Default 6, after the pain-monitoring model (Silbernagel 2007, as taught by bim.physio)."
    ),
    "pain_stop_always_from": _("Default 8, a clinic default: no source names a figure."),
    "pain_above_usual": _(
        "Default 2, the smallest change that means something on a 0 to 10 scale (Ostelo 2008)."
    ),
}


class ClinicForm(FocusFirstError, forms.ModelForm):  # type: ignore[type-arg]
    use_required_attribute = False
    name = OneLine(label=_("Name of the clinic"), max_length=200)
    phone = OneLine(
        label=_("Phone"),
        max_length=50,
        validators=[validate_phone],
        help_text=_("Patients see it wherever they may need help."),
    )

    crisis_number = OneLine(
        label=_("Number for a life crisis"),
        max_length=50,
        required=False,
        validators=[validate_phone],
        help_text=_("Shown to a patient whose words say that they may hurt themselves."),
    )

    class Meta:
        model = Clinic
        fields = [
            "name",
            "phone",
            "opening_hours",
            "emergency_text",
            "crisis_number",
            "time_zone",
            "urgent_again_minutes",
            *THRESHOLDS,
        ]
        labels = {
            "opening_hours": _("Opening hours"),
            "emergency_text": _("What to do in an emergency"),
            "urgent_again_minutes": _("Mail again about an urgent report after so many minutes"),
            "pain_amber_from": _("Ease off from"),
            "pain_stop_from": _("Stop from"),
            "pain_stop_always_from": _("Stop, however high the usual pain, from"),
            "pain_above_usual": _("With a usual pain, stop also needs this many points above it"),
        }
        help_texts = {
            "opening_hours": _("For example: Monday to Friday 8 to 17."),
            "emergency_text": _(
                "Whom to call and the number, in one or two sentences. Stands under Get help."
            ),
            "urgent_again_minutes": _(
                "Of working time, for as long as nobody has opened the patient. From 15 to 480. "
                "Default 60, a clinic default: no source names a figure."
            ),
            **THRESHOLDS,
        }
        widgets: ClassVar = {"emergency_text": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        zones = sorted(
            zone
            for zone in zoneinfo.available_timezones()
            if "/" in zone and not zone.startswith("Etc/")
        )
        offered = dict.fromkeys(["UTC", self.instance.time_zone, *zones])
        self.fields["time_zone"] = forms.ChoiceField(
            label=_("Time zone"),
            help_text=_("A patient’s day begins and ends by it."),
            choices=[(zone, zone.replace("_", " ")) for zone in offered],
        )

    def clean_emergency_text(self) -> str:
        text: str = self.cleaned_data["emergency_text"]
        if len(text) > 500:
            raise ValidationError(_("Keep it under 500 characters: it is read in a hurry."))
        return text

    def clean_urgent_again_minutes(self) -> int:
        minutes: int = self.cleaned_data["urgent_again_minutes"]
        if not 15 <= minutes <= 480:
            raise ValidationError(
                _("Choose a number from %(low)d to %(high)d.") % {"low": 15, "high": 480}
            )
        return minutes

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        values = {name: self.cleaned_data.get(name) for name in THRESHOLDS}
        for name, problem in _threshold_problems(values):
            self.add_error(name, problem)
        return cleaned

    @cached_property
    def thresholds(self) -> list[forms.BoundField]:
        return [self[name] for name in THRESHOLDS]


#: The lowest and the highest number that make sense for each threshold.
RANGES = {
    "pain_amber_from": (1, 9),
    "pain_stop_from": (2, 10),
    "pain_stop_always_from": (2, 10),
    "pain_above_usual": (1, 10),
}


def _threshold_problems(values: dict[str, int | None]) -> list[tuple[str, Any]]:
    """Pairs of a field to correct and the sentence that says what is wrong with it."""
    problems: list[tuple[str, Any]] = []
    for name, (low, high) in RANGES.items():
        value = values[name]
        if value is not None and not low <= value <= high:
            problems.append(
                (name, _("Choose a number from %(low)d to %(high)d.") % {"low": low, "high": high})
            )
    return problems or _out_of_order(
        values["pain_amber_from"], values["pain_stop_from"], values["pain_stop_always_from"]
    )


def _out_of_order(amber: int | None, stop: int | None, always: int | None) -> list[tuple[str, Any]]:
    if amber is not None and stop is not None and amber >= stop:
        return [("pain_stop_from", _("Stop must begin above ease off."))]
    if stop is not None and always is not None and always < stop:
        return [("pain_stop_always_from", _("This cannot lie below the number where stop begins."))]
    return []
