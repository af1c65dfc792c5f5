"""The form of the clinic, of how it is reached, and of its pain limits."""

from __future__ import annotations

import zoneinfo
from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from accounts import countries, telephones
from accounts.forms.fields import FocusFirstError, Lines, OneLine
from accounts.models import Clinic

#: The help text of each pain limit: its default, and the source of the default.
LIMITS: dict[str, Any] = {
    "pain_fine_to": _(
        "Default 3, after the pain-monitoring model (Silbernagel 2007, as taught by bim.physio)."
    ),
    "pain_fine_rise_to": _(
        "Default 5, after the same model. That one point above the base is no change worth a word"
        " is a clinic default: no source names it."
    ),
    "pain_stop_from": _(
        "Default 6, after the same model. It was tried on tendons; for backs it is carried over."
    ),
    "pain_rise_stop": _(
        "Default 3, a clinic default: one more than the smallest change that means something"
        " (2 on this scale, Ostelo 2008)."
    ),
    "pain_high": _("Default 8, a clinic default: no source names a figure."),
    "pain_rise_high": _(
        "Default 2, a clinic default: the smallest change that means something (Ostelo 2008)."
    ),
}


#: The columns that hold one telephone number each, and those that hold words.
NUMBERS = ("phone", "emergency_number", "advice_number", "crisis_number")
WORDS = ("opening_hours", "emergency_text")
TIMES = ("urgent_again_minutes", "easier_days", "read_after_discharge")
SIGN_IN = ("second_step", "idle_minutes")


class ClinicForm(FocusFirstError, forms.ModelForm):  # type: ignore[type-arg]
    use_required_attribute = False
    name = OneLine(label=_("Name of the clinic"), max_length=200)
    phone = OneLine(
        label=_("Phone"),
        max_length=50,
        help_text=_("Patients see it wherever they may need help."),
    )
    emergency_number = OneLine(
        label=_("Emergency number"),
        max_length=50,
        required=False,
        help_text=_("The first button of Get help, such as 112."),
    )
    advice_name = OneLine(
        label=_("Advice line: what answers"),
        max_length=100,
        required=False,
        help_text=_("For example: Advice from a nurse, day and night."),
    )
    advice_number = OneLine(label=_("Advice line: number"), max_length=50, required=False)
    opening_hours = OneLine(
        label=_("More about the hours"),
        max_length=200,
        required=False,
        help_text=_("For example: the door closes at 16. Stands beside the hours."),
    )
    emergency_text = Lines(
        label=_("What to do in an emergency, in words"),
        required=False,
        rows=3,
        help_text=_("In one or two sentences. Stands under Get help and on paper."),
    )
    crisis_number = OneLine(
        label=_("Number for a life crisis"),
        max_length=50,
        required=False,
        help_text=_("Shown to a patient whose words say that they may hurt themselves."),
    )

    class Meta:
        model = Clinic
        fields = ["name", "country", *NUMBERS, "advice_name", *WORDS, "time_zone", *TIMES]
        fields += [*SIGN_IN, *LIMITS]
        labels = {
            "urgent_again_minutes": _("Mail again about an urgent report after so many minutes"),
            "easier_days": _(
                "After a stop below the high pain, offer easier days until you answer"
            ),
            "read_after_discharge": _("Who is discharged goes on reading their pages"),
            "second_step": _("Staff sign in with a second step"),
            "idle_minutes": _("Lock a sign-in of staff after so many minutes without use"),
            "pain_fine_to": _("Fine up to, whatever the usual pain is"),
            "pain_fine_rise_to": _("Fine up to, if it is one point above usual"),
            "pain_stop_from": _("Stop from"),
            "pain_rise_stop": _("With a usual pain, stop also needs so many points above it"),
            "pain_high": _("High pain from: after a stop no drill until you answer"),
            "pain_rise_high": _("High pain is a stop from so many points above usual"),
        }
        help_texts = {
            "urgent_again_minutes": _(
                "Of working time, for as long as nobody has opened the patient. From 15 to 480. "
                "Default 60, a clinic default: no source names a figure."
            ),
            "easier_days": _(
                "Five at most. Half the work, or the last level that went well. Default on, a"
                " clinic default after NICE NG59: keep active. Off: no drill until you answer."
            ),
            "read_after_discharge": _(
                "Ladder, history and messages, with the link and PIN too. Off: they close, and the"
                " link opens no phone. In both cases nothing can be logged or written, but how they"
                " feel can be told and reaches you."
            ),
            "idle_minutes": _("From 1 to 720. Default 15. Patients’ phones are never locked."),
            "second_step": _(
                "A passkey, or a code from an app beside the password. Who has none sets one up "
                "at the next page, and reaches nothing else before."
            ),
            **LIMITS,
        }

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

        self.fields["country"] = forms.ChoiceField(
            label=_("Country"),
            required=False,
            help_text=_("Telephone numbers are read as this country dials them."),
            choices=[("", _("The country of the time zone")), *countries.names().items()],
        )
        self.fields["idle_minutes"].required = False
        self.order_fields(self.Meta.fields)

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

    def clean_idle_minutes(self) -> int:
        minutes: int = self.cleaned_data["idle_minutes"] or self.instance.idle_minutes
        if not 1 <= minutes <= 720:
            raise ValidationError(
                _("Choose a number from %(low)d to %(high)d.") % {"low": 1, "high": 720}
            )
        return minutes

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        self._read_numbers()
        for name, problem in list(_limit_problems(self.cleaned_data)):
            self.add_error(name, problem)
        return cleaned

    def _read_numbers(self) -> None:
        """Keep each number as its country writes it, or say beside it why it is none."""
        country = self.cleaned_data.get("country") or countries.of_zone(
            self.cleaned_data.get("time_zone", "")
        )
        for name in NUMBERS:
            typed = self.cleaned_data.get(name)
            if typed:
                read = telephones.read if name == "phone" else telephones.read_any
                try:
                    self.cleaned_data[name] = read(typed, country).shown
                except ValidationError as problem:
                    self.add_error(name, problem)
        if self.cleaned_data.get("advice_name") and not self.data.get("advice_number"):
            self.add_error("advice_number", _("Write the number of the advice line, too."))

    @cached_property
    def sign_in(self) -> list[forms.BoundField]:
        return [self[name] for name in SIGN_IN]

    @cached_property
    def limits(self) -> list[forms.BoundField]:
        return [self[name] for name in LIMITS]


#: The lowest and the highest number that make sense for each pain limit.
RANGES = {
    "pain_fine_to": (0, 9),
    "pain_fine_rise_to": (0, 9),
    "pain_stop_from": (1, 10),
    "pain_rise_stop": (2, 5),
    "pain_high": (1, 10),
    "pain_rise_high": (2, 5),
}
#: Two limits of which the first may not lie above the second, the one to correct, and the sentence.
#: With ``True`` they may not be equal either.
ORDER: tuple[tuple[str, str, bool, str, Any], ...] = (
    (
        *("pain_fine_to", "pain_stop_from", True, "pain_stop_from"),
        _("Stop must begin above the numbers that are always fine."),
    ),
    (
        *("pain_fine_to", "pain_fine_rise_to", False, "pain_fine_rise_to"),
        _("This cannot lie below the numbers that are always fine."),
    ),
    (
        *("pain_fine_rise_to", "pain_stop_from", True, "pain_fine_rise_to"),
        _("This must lie below the number where stop begins."),
    ),
    (
        *("pain_stop_from", "pain_high", False, "pain_high"),
        _("This cannot lie below the number where stop begins."),
    ),
    (
        *("pain_rise_high", "pain_rise_stop", False, "pain_rise_high"),
        _("High pain cannot need more points above usual than other pain."),
    ),
)


def _limit_problems(typed: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """Pairs of a field to correct and the sentence that says what is wrong with it."""
    outside = {
        name: _("Choose a number from %(low)d to %(high)d.") % {"low": low, "high": high}
        for name, (low, high) in RANGES.items()
        if typed.get(name) is not None and not low <= typed[name] <= high
    }
    yield from outside.items()
    for lower, upper, apart, to_correct, sentence in ORDER:
        known = not {lower, upper} & outside.keys()
        if known and _is_above(typed.get(lower), typed.get(upper), apart=apart):
            yield to_correct, sentence


def _is_above(lower: int | None, upper: int | None, *, apart: bool) -> bool:
    if lower is None or upper is None:
        return False
    return lower >= upper if apart else lower > upper
