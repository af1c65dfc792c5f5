"""The forms of visits: the next one, and one more."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import ClockTime, Day, Form
from accounts.models import User
from patients.models import Patient
from patients.standing.visits import AnyVisit, Moment

#: The field of ``NextVisitFields`` that shows a refusal, by its code.
NEXT_VISIT_REFUSALS = {
    "visit_in_past": "next_visit",
    "visit_taken": "next_time",
    "time_without_day": "next_visit",
}
#: The fields of ``NextVisitFields``.
OF_VISIT = frozenset({"next_visit", "next_time"})


def initial_of_visit(visit: AnyVisit | None) -> dict[str, Any]:
    """The initial values of ``NextVisitFields``."""
    if visit is None:
        return {}
    return {"next_visit": visit.day, "next_time": visit.time}


class NextVisitFields(Form):
    """The day and the time of the next visit, alone or among other fields.

    The page keeps both as it showed them: a visit that a colleague has planned meanwhile is neither
    moved nor called off by somebody who changed neither.
    """

    next_visit = Day(label=_("Next visit"), required=False, show_hidden_initial=True)
    next_time = ClockTime(label=_("at"), required=False, show_hidden_initial=True)

    @property
    def visit_changed(self) -> bool:
        """Whether another day or time was typed than the page showed."""
        return not OF_VISIT.isdisjoint(self.changed_data)

    def when(self) -> dict[str, Any]:
        """The day and the time as the verb ``visits.set_next`` takes them."""
        return {
            "day": self.cleaned_data["next_visit"],
            "time": self.cleaned_data["next_time"],
            "seen": self.seen(),
        }

    def seen(self) -> Moment:
        """The visit that the page showed, as it sends it along."""
        return Moment(self._shown("next_visit"), self._shown("next_time"))

    def _shown(self, name: str) -> Any:
        field = self.fields[name]
        typed = self.data.get(self.add_initial_prefix(name))
        try:
            return field.to_python(typed)
        except ValidationError:
            return None


class NextVisitForm(NextVisitFields):
    """The form in the foot of the chart, and in the last step of a first visit."""

    refusals = NEXT_VISIT_REFUSALS


class OneMoreVisitForm(Form):
    """One more visit of a patient, with somebody of the clinic."""

    refusals: ClassVar[dict[str, str]] = {
        "visit_in_past": "day",
        "visit_taken": "time",
        "not_of_the_clinic": "clinician",
    }

    day = Day(label=_("Day"), error_messages={"required": _("Choose a day.")})
    time = ClockTime(label=_("Time"), required=False)
    clinician = forms.ModelChoiceField(
        label=_("With"), queryset=User.objects.none(), empty_label=None
    )

    def __init__(self, *args: Any, patient: Patient, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        staff = User.objects.staff_of(patient.clinic).filter(is_active=True).order_by("name", "pk")
        field = self.fields["clinician"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = staff
        self.initial.setdefault("clinician", patient.lead_id)
