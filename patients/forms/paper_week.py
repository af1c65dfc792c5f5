"""The form for a week of a paper log: a row for each day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.forms.fields import Form, FormNumber
from curriculum.models import Level
from patients.forms.paper_log import OnLevelsForm, choice, morning_after, reserve, weight
from patients.forms.plan import LevelField, number
from patients.models import Effort, Practice


class SameForm(OnLevelsForm):
    """What all days of the week have in common."""

    level = LevelField(label=_("Drill and level"))
    reps = number(_("Repetitions each"), 0, 200)
    load = weight()


class DayForm(Form):
    """One row. It counts once ``done`` is ticked."""

    client_id = FormNumber()
    done = forms.BooleanField(label=_("Done"), required=False)
    sets = number(_("Sets"), 1, 10, required=False)
    pain = number(_("Pain, 0 to 10"), 0, 10, required=False)
    effort = choice(_("Effort"), Effort.choices)
    reserve = reserve(_("More possible"))
    worse = morning_after()
    morning_pain = number(_("Pain then"), 0, 10, required=False)

    def __init__(self, *args: Any, loaded: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not loaded:
            del self.fields["reserve"]

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        if said.get("done"):
            if said.get("sets") is None and "sets" not in self.errors:
                self.add_error("sets", _("How many sets?"))
        elif self.tells_something():
            self.add_error("done", _("Tick the day, or leave its row empty."))
        return said

    def tells_something(self) -> bool:
        """Whether anything was filled in; the sets stand there beforehand, and may be emptied."""
        typed = {name: self[name].data for name in self.fields if name != "client_id"}
        sets = typed.pop("sets")
        return any(typed.values()) or bool(sets and "sets" in self.changed_data)


@dataclass
class DayRow:
    """``entry``: what is logged for the day already; its row then has no fields, but where a page
    that was opened before has sent some."""

    day: date
    planned: bool
    form: DayForm
    entry: Practice | None

    @property
    def is_open(self) -> bool:
        return self.entry is None or (self.form.is_bound and self.form.tells_something())

    @property
    def counts(self) -> bool:
        return self.is_open and bool(self.form.cleaned_data.get("done"))


class WeekForm:
    """The days of a week that were not logged yet, and what they have in common."""

    def __init__(
        self,
        data: Mapping[str, Any] | None,
        *,
        days: Mapping[date, bool],
        logged: Mapping[date, Practice],
        levels: Sequence[Level],
        initial: dict[str, object],
    ) -> None:
        sets = {"sets": initial.get("sets", 1)}
        loaded = any(level.drill.loaded for level in levels)
        self.same = SameForm(data, levels=levels, initial=initial)
        self.rows = [
            DayRow(
                day,
                planned,
                DayForm(data, prefix=f"{day}", initial=sets, loaded=loaded),
                logged.get(day),
            )
            for day, planned in days.items()
        ]
        self.columns = DayForm(loaded=loaded).visible_fields()

    @property
    def errors(self) -> bool:
        return bool(self.same.errors) or any(row.form.errors for row in self._open())

    def hidden_fields(self) -> list[forms.BoundField]:
        return self.same.hidden_fields()

    def non_field_errors(self) -> list[str]:
        return [str(one) for one in self.same.non_field_errors()]

    def is_valid(self) -> bool:
        """Whether all can be read. At least one day is ticked; else the form says so on top."""
        valid = all([self.same.is_valid(), *(row.form.is_valid() for row in self._open())])
        if valid and not self.ticked():
            self.same.add_error(None, _now("Tick each day that is ticked on the paper."))
            return False
        return valid

    def ticked(self) -> list[DayRow]:
        return [row for row in self._open() if row.counts]

    def days(self) -> list[dict[str, Any]]:
        """What `paper_log.enter_week` takes of each ticked day."""
        said = [{**row.form.cleaned_data, "done_on": row.day} for row in self.ticked()]
        return [{name: one for name, one in day.items() if name != "done"} for day in said]

    def keep(self, row: DayRow, entry: Practice) -> None:
        """Show a day as logged, once it is."""
        row.entry = entry
        row.form = DayForm(prefix=f"{row.day}", loaded=False)

    def say_what_is_left(self, left: int) -> None:
        self.same.add_error(
            None,
            ngettext(
                "%d day is not entered yet: its row says why.",
                "%d days are not entered yet: their rows say why.",
                left,
            )
            % left,
        )

    def _open(self) -> list[DayRow]:
        return [row for row in self.rows if row.is_open]
