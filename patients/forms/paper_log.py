"""The form for one day of a paper log."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import SCALE_OF_TEN, Day, Form, FormNumber, Lines
from curriculum.models import Level
from patients.forms.plan import LevelField, number
from patients.models import Effort, Leg, Side, Symptom
from patients.wording.effort import RESERVES

NOT_REPORTED = ("", _("Not reported"))
NOT_ON_PAPER = ("", _("Not on the paper"))


def _pain(label: Any) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=label,
        coerce=int,
        empty_value=None,
        required=False,
        choices=[NOT_REPORTED, *SCALE_OF_TEN],
    )


def choice(label: Any, choices: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, required=False, choices=[NOT_REPORTED, *choices])


def weight() -> forms.DecimalField:
    return forms.DecimalField(
        label=_("Weight, kg"), required=False, min_value=0, max_value=300, decimal_places=1
    )


def morning_after() -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=_("The morning after"),
        coerce=lambda answer: answer == "worse",
        empty_value=None,
        required=False,
        choices=[NOT_REPORTED, ("usual", _("About as usual")), ("worse", _("Worse than usual"))],
    )


def reserve(label: Any, help_text: Any = "") -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=label,
        required=False,
        coerce=int,
        empty_value=None,
        choices=[NOT_REPORTED, *RESERVES],
        help_text=help_text,
    )


class OnLevelsForm(Form):
    """A form with a level, and with a weight where one of the levels in reach has one."""

    def __init__(self, *args: Any, levels: Sequence[Level], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(LevelField, self.fields["level"]).offer(levels)
        if not any(level.drill.loaded for level in levels):
            del self.fields["load"]


class PaperForm(OnLevelsForm):
    """One day of a paper log. Each form has its own ``client_id``, so a form that is sent twice
    makes one entry."""

    client_id = FormNumber()
    done_on = Day(
        label=_("Day"), error_messages={"required": _("Choose the day that is on the paper.")}
    )
    level = LevelField(label=_("Drill and level"))
    sets = number(_("Sets done"), 1, 10)
    reps = number(_("Repetitions each"), 0, 200)
    load = weight()
    pain = _pain(_("Highest pain while doing it"))
    leg = choice(_("Anything new in the leg"), Leg.choices)
    side = forms.ChoiceField(
        label=_("Which leg"),
        required=False,
        choices=[NOT_ON_PAPER, *Side.choices],
        help_text=_("With a sign in the leg. What is not on the paper counts as the worst: ask."),
    )
    growing = forms.TypedChoiceField(
        label=_("Weakness that grows, or a foot that drags"),
        required=False,
        coerce=lambda answer: answer == "yes",
        empty_value=None,
        choices=[NOT_ON_PAPER, ("no", _("No")), ("yes", _("Yes"))],
    )
    effort = choice(_("Effort"), Effort.choices)
    reserve = reserve(_("More possible in the last set"), _("With a weight, a band or on one leg."))
    morning_pain = _pain(_("Pain the morning after"))
    worse = morning_after()
    note = Lines(
        label=_("Note on the paper"),
        required=False,
        max_length=1000,
        rows=2,
    )

    def entry(self) -> dict[str, Any]:
        """The arguments of the verb ``paper_log.enter``."""
        return {
            name: value
            for name, value in self.cleaned_data.items()
            if name not in {"side", "growing"}
        }

    def told(self) -> dict[str, Any] | None:
        """What the paper tells of a leg, as ``reports.report`` takes it; None = nothing."""
        said = self.cleaned_data
        if said["leg"] not in Symptom.values:
            return None
        return {
            "client_id": f"log {said['client_id']}",
            "day": said["done_on"],
            "asked": "log",
            "pain": said["pain"],
            "kinds": [said["leg"]],
            "sides": {said["leg"]: said["side"]},
            "growing": said["growing"],
        }
