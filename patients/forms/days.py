"""Forms for the days of practice: on their own, and as part of an act that opens a rung."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.dates import WEEKDAYS_ABBR
from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import Day, Form
from patients.rules.refusals import Refused
from patients.standing.training_days import WEEK, DaysAsked, days_of, mask_of

#: The field that shows a refusal about days, by its code.
DAYS_FIELDS = {
    "no_weekday": "weekdays",
    "days_missing": "weekdays",
    "days_running": "keep_running",
}


class DaysForm(Form):
    """The days of practice that an act asks for. Without any, the verb says whether it needs them.

    ``keep_running``: the answer about load on days that follow each other; the page asks once
    """

    weekdays = forms.TypedMultipleChoiceField(
        label=_("Days of practice"),
        coerce=int,
        choices=[(bit, WEEKDAYS_ABBR[bit]) for bit in range(WEEK)],
        widget=forms.CheckboxSelectMultiple,
        required=False,
        error_messages={"required": _("Choose at least one day of the week.")},
    )
    keep_running = forms.BooleanField(label=_("Keep these days all the same"), required=False)

    #: Whether the days that are proposed keep up what was reached.
    keeps = False

    def mask(self) -> int:
        return mask_of(self.cleaned_data["weekdays"])

    def days(self) -> dict[str, Any]:
        """The arguments of a verb that opens a rung."""
        return {
            "weekdays": self.mask() or None,
            "keep_running": self.cleaned_data["keep_running"],
        }

    def asks_again(self, refused: Refused) -> bool:
        """Whether days that follow each other were refused: the form then asks about them."""
        asks = refused.code == "days_running"
        if asks:
            self.add_error("keep_running", str(refused))
        return asks

    @property
    def is_typed(self) -> bool:
        """Whether the page sent days."""
        return self.is_bound and bool(self["weekdays"].value())

    def are(self, asked: DaysAsked | None) -> bool:
        """Whether the days that were sent are those that were proposed."""
        return asked is not None and self.is_valid() and self.mask() == asked.proposed

    @property
    def asks_to_keep(self) -> bool:
        """Whether the page shows the question about days that follow each other."""
        return self.is_bound and bool(self["keep_running"].errors or self["keep_running"].value())

    @staticmethod
    def of(mask: int) -> dict[str, Any]:
        """The initial values for a bit mask of weekdays; bit 0 is Monday."""
        return {"weekdays": days_of(mask)}


class ScheduleForm(DaysForm):
    from_day = Day(label=_("From"), required=False, help_text=_("Today when left empty."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["weekdays"].required = True


def asked_days(asked: DaysAsked | None) -> DaysForm | None:
    """The form for what is asked, with the days that are proposed; None where nothing is asked."""
    if asked is None:
        return None
    form = DaysForm(initial=DaysForm.of(asked.proposed))
    form.keeps = asked.keeps
    return form
