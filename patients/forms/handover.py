"""The form that says who leads a colleague's patients from now on."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import Form
from accounts.models import User


class HandOverForm(Form):
    """The new lead. The owner may decide later, if the access of the colleague ends only now."""

    to = forms.ModelChoiceField(
        label=_("Who takes over from now on"),
        queryset=User.objects.none(),
        error_messages={"required": _("Choose a colleague.")},
    )

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["to"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = (
                User.objects.staff_of(person.clinic).filter(is_active=True).exclude(pk=person.pk)
            )
            field.required = not person.is_active
            field.empty_label = str(
                _("Decide later") if person.is_active else _("Choose a colleague")
            )
