"""Forms for a plan: dose, days, goal, level and pause."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Any, cast

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import Day, Form, Lines, OneLine
from curriculum.models import Level, Rung
from patients.standing.cautions import Held, LevelCautions, of_levels


def by_rung(
    levels: Sequence[Level], held: Sequence[Held] = ()
) -> list[tuple[str, list[tuple[int, str]]]]:
    """Choices of levels, grouped by rung in the given order; those to avoid last in their rung.

    A label names what is true of the patient that says to avoid the level.
    """
    found = {one.level.pk: one for one in of_levels(held, levels)}
    return [
        (
            str(rung),
            [
                (level.pk, _named(found[level.pk]))
                for level in sorted(group, key=lambda level: found[level.pk].avoid)
            ],
        )
        for rung, group in groupby(levels, key=lambda level: level.rung)
    ]


def _named(one: LevelCautions) -> str:
    said = []
    if one.avoid:
        said.append(gettext("to avoid: %(why)s") % {"why": one.why})
    if not one.level.home:
        said.append(gettext("for the clinic alone"))
    return f"{one.level} ({'; '.join(said)})" if said else str(one.level)


class SetAsideForm(Form):
    """Why a plan ends for now."""

    reason = OneLine(
        label=_("Why"),
        max_length=500,
        help_text=_("For the record, such as another ladder first."),
        error_messages={"required": _("Write why the plan is set aside.")},
    )


class TakeUpForm(Form):
    """Why somebody goes on with a ladder that is offered to nobody new."""

    word = OneLine(
        label=_("Why this ladder all the same"),
        max_length=500,
        required=False,
        help_text=_("For the record."),
    )


class AtHome(forms.BooleanField):
    """The second yes to a level for the clinic alone."""

    def __init__(self) -> None:
        label = _("For the clinic alone: done at home all the same")
        super().__init__(label=label, required=False)


class LevelField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A choice of levels. It accepts any level; the verb refuses a wrong one and says why."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(Level.objects.select_related("rung", "drill"), empty_label=None, **kwargs)

    def offer(self, levels: Sequence[Level], held: Sequence[Held] = ()) -> None:
        cast(forms.Select, self.widget).choices = by_rung(levels, held)


def number(
    label: Any, low: int, high: int, *, required: bool = True, **kwargs: Any
) -> forms.IntegerField:
    widget = forms.NumberInput(attrs={"inputmode": "numeric", "min": low, "max": high})
    return forms.IntegerField(
        label=label, min_value=low, max_value=high, required=required, widget=widget, **kwargs
    )


class GoalForm(Form):
    goal_rung = forms.ModelChoiceField(
        Rung.objects.none(), label=_("Goal"), empty_label=_("The top of the ladder"), required=False
    )

    def __init__(self, *args: Any, rungs: Sequence[Rung], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast("forms.ModelChoiceField[Rung]", self.fields["goal_rung"])
        field.queryset = Rung.objects.filter(pk__in=[rung.pk for rung in rungs])
        cast(forms.Select, field.widget).choices = [
            ("", field.empty_label or ""),
            *((rung.pk, str(rung)) for rung in rungs),
        ]


class ChooseLevelForm(Form):
    level = LevelField(label=_("Level"))
    until = Day(
        label=_("Until"),
        required=False,
        help_text=_("The last day of training lower. Leave empty for a level of the open rung."),
    )
    reason = Lines(
        label=_("Word to the patient"),
        required=False,
        max_length=500,
        rows=2,
    )

    def __init__(
        self, *args: Any, levels: Sequence[Level], held: Sequence[Held] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        cast(LevelField, self.fields["level"]).offer(levels, held=held)


class PauseForm(Form):
    until = Day(
        label=_("Away until"),
        required=False,
        help_text=_("The last day away. Leave empty when not known."),
    )
    reason = OneLine(label=_("Reason"), required=False, max_length=300)
