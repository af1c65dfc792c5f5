"""The form of a clinic's opening hours: one line a weekday, and rows for days that differ."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.dates import WEEKDAYS
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from accounts import hours_in_words, opening_hours
from accounts.forms.fields import Day, Form, OneLine
from accounts.models import Clinic
from accounts.opening_hours import Different, Hours, Spans

#: Empty rows offered for days that differ.
NEW_ROWS = 3
#: More rows than any clinic needs.
MOST_ROWS = 60


class SpansField(OneLine):
    """Hours as people write them: "8-12, 13-17". Empty means closed."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, max_length=60, **kwargs)

    def clean(self, value: Any) -> Spans:  # type: ignore[override]
        try:
            return hours_in_words.spans(super().clean(value))
        except ValueError as error:
            raise ValidationError(
                _("Write hours such as 8-17, or 8-12, 13-17. Leave it empty when closed.")
            ) from error


class HoursForm(Form):
    """Seven lines for the weekdays, and rows of days that differ. Days gone by are dropped."""

    def __init__(self, data: Any, *, clinic: Clinic) -> None:
        kept = opening_hours.read(clinic.hours) or Hours()
        coming = [days for days in kept.different if days.last >= clinic.today()]
        super().__init__(data, initial=_initial(kept, coming))
        for weekday in range(opening_hours.WEEK):
            self.fields[f"open_{weekday}"] = SpansField(label=WEEKDAYS[weekday])
        for row in range(min(len(coming) + NEW_ROWS, MOST_ROWS)):
            self.fields[f"first_{row}"] = Day(label=_("From"), required=False)
            self.fields[f"last_{row}"] = Day(label=_("To, when it is several days"), required=False)
            self.fields[f"hours_{row}"] = SpansField(label=_("Hours, empty when closed"))

    @property
    def weekdays(self) -> list[forms.BoundField]:
        return [self[f"open_{weekday}"] for weekday in range(opening_hours.WEEK)]

    @property
    def rows(self) -> list[tuple[forms.BoundField, ...]]:
        return [
            (self[name], self[f"last_{row}"], self[f"hours_{row}"])
            for row, name in enumerate(name for name in self.fields if name.startswith("first_"))
        ]

    def clean(self) -> dict[str, Any]:
        found: list[Different] = []
        for row in range(len(self.rows)):
            days = self._different(row)
            if days is not None:
                if any(days.first <= other.last and other.first <= days.last for other in found):
                    self.add_error(f"first_{row}", _("These days stand in another line, too."))
                found.append(days)
        self.cleaned_data["different"] = tuple(sorted(found))
        return self.cleaned_data

    def _different(self, row: int) -> Different | None:
        first: date | None = self.cleaned_data.get(f"first_{row}")
        last: date | None = self.cleaned_data.get(f"last_{row}")
        if first is None:
            if (last or self.cleaned_data.get(f"hours_{row}")) and not self.has_error(
                f"first_{row}"
            ):
                self.add_error(f"first_{row}", _("Choose the first day."))
            return None
        if last is not None and last < first:
            self.add_error(f"last_{row}", _("The last day cannot lie before the first."))
            return None
        return Different(first, last or first, self.cleaned_data.get(f"hours_{row}") or ())

    @cached_property
    def hours(self) -> dict[str, Any] | None:
        """The hours to keep; None while every line is empty."""
        weekdays = tuple(self.cleaned_data[f"open_{day}"] for day in range(opening_hours.WEEK))
        different = self.cleaned_data["different"]
        if not any(weekdays) and not different:
            return None
        return Hours(weekdays, different).kept()


def _initial(kept: Hours, coming: list[Different]) -> dict[str, Any]:
    initial: dict[str, Any] = {
        f"open_{weekday}": hours_in_words.typed(spans)
        for weekday, spans in enumerate(kept.weekdays)
    }
    for row, days in enumerate(coming):
        initial[f"first_{row}"] = days.first
        initial[f"last_{row}"] = days.last if days.last > days.first else None
        initial[f"hours_{row}"] = hours_in_words.typed(days.spans)
    return initial
