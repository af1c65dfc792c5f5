"""The form that narrows a page of the trail."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import Day, Form
from accounts.models import Role, User
from trail.reading import Asked


class NarrowForm(Form):
    """Whose rows, of which day, and which page of them."""

    person = forms.ModelChoiceField(
        label=_("Who"), queryset=User.objects.none(), required=False, empty_label=_("Everybody")
    )
    day = Day(label=_("Day"), required=False)
    page = forms.IntegerField(
        widget=forms.HiddenInput, required=False, min_value=1, max_value=1000, initial=1
    )

    def __init__(self, *args: Any, by: User, subject: User | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by
        self.subject = subject
        staff = Q(role__in=[Role.OWNER, Role.CLINICIAN])
        theirs = Q(pk=subject.pk) | Q(carer__patient__user=subject) if subject else Q(pk__in=[])
        field = self.fields["person"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = User.objects.filter(staff | theirs, clinic=by.clinic_id)

    def asked(self) -> Asked:
        """What is asked for; everything, as long as something is filled in wrongly."""
        good = self.cleaned_data if self.is_valid() else {}
        return Asked(
            clinic=self.by.clinic,
            subject=self.subject,
            actor=good.get("person"),
            day=good.get("day"),
            page=good.get("page") or 1,
        )
