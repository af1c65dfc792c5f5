"""The base form and the fields that the forms of every app share."""

from __future__ import annotations

import uuid
from datetime import date, time
from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from accounts import typed
from accounts.models import User
from accounts.parsing import plausible_date


class FocusFirstError:
    """Sets the focus on the first field with an error, without JavaScript too."""

    fields: dict[str, forms.Field]
    _errors: Any

    def add_error(self, field: str | None, error: Any) -> None:
        super().add_error(field, error)  # type: ignore[misc]
        wrong = [self.fields[name].widget for name in self.fields if name in self._errors]
        for position, widget in enumerate(wrong):
            widget.attrs["autofocus"] = position == 0


class Form(FocusFirstError, forms.Form):
    """The base form of this product. Our own sentences, not the browser, say what is missing."""

    use_required_attribute = False


#: The numbers from 0 to 10, as choices.
SCALE = [(str(number), str(number)) for number in range(11)]
#: The same numbers as "4/10".
SCALE_OF_TEN = [(number, f"{number}/10") for number, _number in SCALE]


def _new_number() -> str:
    return uuid.uuid4().hex


class FormNumber(forms.CharField):
    """The number that each form shown has of its own, so that what is sent twice is kept once."""

    def __init__(self) -> None:
        super().__init__(widget=forms.HiddenInput, required=False, initial=_new_number)


class OneLine(forms.CharField):
    """Reads text as one line, by ``accounts.typed``.

    Such a line can be used as a name, a heading and the subject of a mail.
    """

    def clean(self, value: Any) -> str:
        line: str = super().clean(typed.line(str(value or "")))
        return line


class Email(forms.EmailField):
    """Reads an e-mail address. It has at most as many letters as a column holds."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=254, **kwargs)

    def to_python(self, value: Any) -> str:
        return super().to_python(typed.line(str(value or ""))) or ""


class Lines(forms.CharField):
    """Reads text of several lines, by ``accounts.typed``."""

    def __init__(self, *, rows: int | None = None, **kwargs: Any) -> None:
        if rows is not None:
            kwargs["widget"] = forms.Textarea({"rows": rows})
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> str:
        return super().to_python(typed.text(str(value or ""))) or ""


class Day(forms.DateField):
    """Reads a calendar day, typed or picked. It rejects a year that nobody means, such as 0202."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        messages = {
            "invalid": _("Choose a day, such as 2026-11-30."),
            **kwargs.pop("error_messages", {}),
        }
        super().__init__(
            widget=widget, input_formats=["%Y-%m-%d"], error_messages=messages, **kwargs
        )

    def to_python(self, value: Any) -> date | None:
        day = super().to_python(value)
        try:
            return None if day is None else plausible_date(day)
        except ValueError as error:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid") from error


class ClockTime(forms.TimeField):
    """Reads a time of the day, typed or picked."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
            input_formats=["%H:%M", "%H:%M:%S"],
            error_messages={"invalid": _("Write a time such as 09:20.")},
            **kwargs,
        )

    def to_python(self, value: Any) -> time | None:
        at = super().to_python(value)
        return at.replace(second=0) if at is not None else None


def moment(label: Any, help_text: Any = "") -> forms.DateTimeField:
    """A field for a day and a time."""
    return forms.DateTimeField(
        label=label,
        required=False,
        widget=forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        help_text=help_text,
        error_messages={"invalid": _("Give a day and a time.")},
    )


class Password(forms.CharField):
    def __init__(self, *, autocomplete: str, **kwargs: Any) -> None:
        widget = forms.PasswordInput(attrs={"autocomplete": autocomplete})
        super().__init__(strip=False, max_length=128, widget=widget, **kwargs)


_PASSWORD_HELP = _(
    "At least 12 characters. Three or four words that do not belong together are easy to remember."
)


class NewPassword(Password):
    """Checks a new password. Set ``user``, so that it cannot resemble the person's details."""

    user: User | None = None

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(autocomplete="new-password", help_text=_PASSWORD_HELP, **kwargs)

    def clean(self, value: Any) -> str:
        password: str = super().clean(value)
        validate_password(password, self.user)
        return password
