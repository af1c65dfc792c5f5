"""The form of a level that is set for a while in place of the plan's own."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import Day, Form, OneLine
from curriculum.models import Level
from patients.forms.plan import AtHome, LevelField
from patients.standing.borrow_offers import borrow_days
from patients.standing.cautions import Held


class BorrowForm(Form):
    level = LevelField(label=_("Drill and level"))
    until = Day(
        label=_("Until"),
        required=False,
        help_text=_(
            "The last day, two weeks from today at most. It also ends once you press Gone."
        ),
    )
    reason = OneLine(
        label=_("Why"),
        required=False,
        max_length=500,
        help_text=_("Kept in the record. Needed for a drill that is to be avoided."),
    )
    at_home = AtHome()

    def __init__(
        self,
        *args: Any,
        levels: Sequence[Level],
        today: date,
        held: Sequence[Held] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        cast(LevelField, self.fields["level"]).offer(levels, held=held)
        offer_days(self.fields["until"], today)


def offer_days(field: forms.Field, today: date) -> None:
    """Propose the last day of a borrowed level, and tell the browser the first and last of them."""
    days = borrow_days(today)
    field.initial = days.proposed
    field.widget.attrs.update(min=days.first.isoformat(), max=days.last.isoformat())
