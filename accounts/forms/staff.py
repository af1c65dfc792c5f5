"""Forms of the clinic's staff: invitation, change, cover, and joining."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import Day, Email, Form, NewPassword
from accounts.forms.names import NamesForm
from accounts.models import Role, User


class InviteForm(NamesForm):
    """A colleague's names, e-mail and role. The owner may change all of them later."""

    email = Email(label=_("Work e-mail"))
    role = forms.ChoiceField(
        label=_("Role"),
        choices=[
            (Role.CLINICIAN, _("Clinician")),
            (Role.OWNER, _("Owner, also manages the clinic")),
        ],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].help_text = _("As patients read it, for example Elin Strand.")
        self.fields["formal_name"].help_text = _("For example Dr. Elin Strand, PT.")

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"]
        return email.lower()


class CoverForm(Form):
    """Names the colleague who stands in while a clinician is away, and until when."""

    cover = forms.ModelChoiceField(
        label=_("Colleague"), queryset=User.objects.none(), required=False, empty_label=_("Nobody")
    )
    until = Day(label=_("Until, the last day away"), required=False)

    def __init__(self, *args: Any, absent: User, **kwargs: Any) -> None:
        colleague = absent.covered_by(absent.clinic.today())
        kwargs["initial"] = {"cover": colleague, "until": absent.cover_until} if colleague else {}
        super().__init__(*args, **kwargs)
        field = self.fields["cover"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = (
                User.objects.staff_of(absent.clinic).filter(is_active=True).exclude(pk=absent.pk)
            )


class AcceptForm(Form):
    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"] = chosen = NewPassword(label=_("Choose a password"))
        chosen.user = user
