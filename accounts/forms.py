"""Forms of sign-in, staff, the clinic and the PIN. What was typed is kept, and the first error has
the focus."""

from __future__ import annotations

import re
import zoneinfo
from datetime import date
from typing import Any, ClassVar

from allauth.account import forms as allauth_forms
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from accounts.models import Clinic, Role, User, validate_phone
from accounts.parsing import plausible_date


class FocusFirstError:
    """A form that comes back has the cursor where something must change, without JavaScript too."""

    fields: dict[str, forms.Field]
    _errors: Any

    def add_error(self, field: str | None, error: Any) -> None:
        super().add_error(field, error)  # type: ignore[misc]
        wrong = [self.fields[name].widget for name in self.fields if name in self._errors]
        for place, widget in enumerate(wrong):
            widget.attrs["autofocus"] = place == 0


class Form(FocusFirstError, forms.Form):
    """The plain form of this product; the words, not the browser, say what is missing."""

    use_required_attribute = False


#: The numbers from 0 to 10, as choices.
SCALE = [(str(number), str(number)) for number in range(11)]
#: The same, each with the end of the scale.
SCALE_OF_TEN = [(number, f"{number}/10") for number, _number in SCALE]


class OneLine(forms.CharField):
    """Text without line breaks or runs of space: fit for a name, a heading and a mail's subject."""

    def clean(self, value: Any) -> str:
        line: str = super().clean(" ".join(str(value or "").split()))
        return line


class Day(forms.DateField):
    """A calendar day, typed or picked. A year typed only in part (0202) or once too long (9999) is
    none."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        said = {
            "invalid": _("Choose a day, such as 2026-11-30."),
            **kwargs.pop("error_messages", {}),
        }
        super().__init__(widget=widget, input_formats=["%Y-%m-%d"], error_messages=said, **kwargs)

    def to_python(self, value: Any) -> date | None:
        found = super().to_python(value)
        try:
            return None if found is None else plausible_date(found)
        except ValueError as none:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid") from none


class Password(forms.CharField):
    def __init__(self, *, autocomplete: str, **kwargs: Any) -> None:
        widget = forms.PasswordInput(attrs={"autocomplete": autocomplete})
        super().__init__(strip=False, max_length=128, widget=widget, **kwargs)


_CHOOSE = _(
    "At least 12 characters. Three or four words that do not belong together are easy to remember."
)


class NewPassword(Password):
    """A password being chosen; set ``user`` so that it cannot resemble the person's own details."""

    user: User | None = None

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(autocomplete="new-password", help_text=_CHOOSE, **kwargs)

    def clean(self, value: Any) -> str:
        password: str = super().clean(value)
        validate_password(password, self.user)
        return password


class SignInForm(FocusFirstError, allauth_forms.LoginForm):  # type: ignore[misc]
    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        widget = forms.EmailInput(attrs={"autocomplete": "username"})
        self.fields["login"] = forms.EmailField(
            label=_("Work e-mail"), widget=widget, max_length=254
        )
        self.fields["password"] = Password(label=_("Password"), autocomplete="current-password")

    def add_error(self, field: str | None, error: Any) -> None:
        super().add_error(field or "password", error)


class ForgotPasswordForm(FocusFirstError, allauth_forms.ResetPasswordForm):  # type: ignore[misc]
    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        widget = forms.EmailInput(attrs={"autocomplete": "username"})
        self.fields["email"] = forms.EmailField(
            label=_("Work e-mail"), widget=widget, max_length=254
        )


class NewPasswordForm(FocusFirstError, allauth_forms.ResetPasswordKeyForm):  # type: ignore[misc]
    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password1"] = chosen = NewPassword(label=_("New password"))
        chosen.user = self.user
        del self.fields["password2"]


class ChangePasswordForm(FocusFirstError, allauth_forms.ChangePasswordForm):  # type: ignore[misc]
    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["oldpassword"] = Password(
            label=_("Password now"), autocomplete="current-password"
        )
        self.fields["password1"] = chosen = NewPassword(label=_("New password"))
        chosen.user = self.user
        del self.fields["password2"]


class ReauthenticateForm(FocusFirstError, allauth_forms.ReauthenticateForm):  # type: ignore[misc]
    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"] = Password(label=_("Password"), autocomplete="current-password")


_DIGITS = {"inputmode": "numeric", "autocomplete": "off", "class": "code", "maxlength": "8"}


class PinForm(Form):
    """The PIN asked for when a link is opened again: no word about what would be right."""

    pin = forms.CharField(label=_("Your PIN"), max_length=8, widget=forms.TextInput(attrs=_DIGITS))


class ChoosePinForm(Form):
    pin = forms.CharField(
        label=_("PIN"),
        help_text=_("4 to 8 digits. Pick something you know by heart that others cannot guess."),
        widget=forms.TextInput(attrs=_DIGITS),
    )

    def clean_pin(self) -> str:
        pin: str = self.cleaned_data["pin"]
        if not re.fullmatch(r"[0-9]{4,8}", pin):
            raise ValidationError(_("A PIN has 4 to 8 digits and nothing else."))
        if pin in "01234567890" or pin in "09876543210" or len(set(pin)) == 1:
            raise ValidationError(_("This PIN is easy to guess. Mix the digits a little more."))
        return pin


class InviteForm(Form):
    name = OneLine(
        label=_("Name"),
        max_length=200,
        help_text=_("As patients read it, for example Elin Strand."),
    )
    email = forms.EmailField(label=_("Work e-mail"), max_length=254)
    role = forms.ChoiceField(
        label=_("Role"),
        choices=[
            (Role.CLINICIAN, _("Clinician")),
            (Role.OWNER, _("Owner, also manages the clinic")),
        ],
    )

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"]
        return email.lower()


class AmendForm(InviteForm):
    name = None  # type: ignore[assignment]


class CoverForm(Form):
    """Who stands in while one is away."""

    cover = forms.ModelChoiceField(
        label=_("Colleague"), queryset=User.objects.none(), required=False, empty_label=_("Nobody")
    )
    until = Day(label=_("Until, the last day away"), required=False)

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        standing = by.covered_by(by.clinic.today())
        kwargs["initial"] = {"cover": standing, "until": by.cover_until} if standing else {}
        super().__init__(*args, **kwargs)
        field = self.fields["cover"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = (
                User.objects.staff_of(by.clinic).filter(is_active=True).exclude(pk=by.pk)
            )


class AcceptForm(Form):
    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"] = chosen = NewPassword(label=_("Choose a password"))
        chosen.user = user


#: Each threshold's default, and where it comes from.
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

    class Meta:
        model = Clinic
        fields = ["name", "phone", "opening_hours", "emergency_text", "time_zone", *THRESHOLDS]
        labels = {
            "opening_hours": _("Opening hours"),
            "emergency_text": _("What to do in an emergency"),
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
        known = dict.fromkeys(["UTC", self.instance.time_zone, *zones])
        self.fields["time_zone"] = forms.ChoiceField(
            label=_("Time zone"),
            help_text=_("A patient’s day begins and ends by it."),
            choices=[(zone, zone.replace("_", " ")) for zone in known],
        )

    def clean_emergency_text(self) -> str:
        text: str = self.cleaned_data["emergency_text"]
        if len(text) > 500:
            raise ValidationError(_("Keep it under 500 characters: it is read in a hurry."))
        return text

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        values = {name: self.cleaned_data.get(name) for name in THRESHOLDS}
        for name, problem in _senseless(values):
            self.add_error(name, problem)
        return cleaned

    @cached_property
    def thresholds(self) -> list[forms.BoundField]:
        return [self[name] for name in THRESHOLDS]


#: The numbers that make sense for each threshold, both ends included.
RANGES = {
    "pain_amber_from": (1, 9),
    "pain_stop_from": (2, 10),
    "pain_stop_always_from": (2, 10),
    "pain_above_usual": (1, 10),
}


def _senseless(values: dict[str, int | None]) -> list[tuple[str, Any]]:
    """What is wrong with the thresholds, beside the field where it is best put right."""
    found: list[tuple[str, Any]] = []
    for name, (low, high) in RANGES.items():
        value = values[name]
        if value is not None and not low <= value <= high:
            found.append(
                (name, _("Choose a number from %(low)d to %(high)d.") % {"low": low, "high": high})
            )
    return found or _out_of_order(
        values["pain_amber_from"], values["pain_stop_from"], values["pain_stop_always_from"]
    )


def _out_of_order(amber: int | None, stop: int | None, always: int | None) -> list[tuple[str, Any]]:
    if amber is not None and stop is not None and amber >= stop:
        return [("pain_stop_from", _("Stop must begin above ease off."))]
    if stop is not None and always is not None and always < stop:
        return [("pain_stop_always_from", _("This cannot lie below the number where stop begins."))]
    return []
