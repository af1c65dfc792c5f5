"""Forms of the patient's own activities."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import SCALE, Form, OneLine
from patients.models import Activity
from patients.verbs.activities import AT_MOST


class ActivitiesForm(Form):
    """Up to three activities, in order."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number in range(1, AT_MOST + 1):
            label = _("Activity {number}").format(number=number)
            self.fields[f"activity_{number}"] = OneLine(label=label, required=False, max_length=120)

    def words(self) -> list[str]:
        return [self.cleaned_data[name] for name in self.fields]


class RatingForm(Form):
    """A score from 0 to 10 for each activity that is due. No score is preselected."""

    def __init__(self, *args: Any, activities: Iterable[Activity], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for activity in activities:
            self.fields[f"activity_{activity.pk}"] = forms.TypedChoiceField(
                label=activity.words,
                choices=SCALE,
                coerce=int,
                required=False,
                empty_value=None,
                widget=forms.RadioSelect,
            )

    def scores(self) -> dict[int, int]:
        """The scores that were chosen, by the id of the activity."""
        answered = self.cleaned_data.items()
        return {
            int(name.removeprefix("activity_")): score
            for name, score in answered
            if score is not None
        }
