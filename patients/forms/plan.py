"""Forms for a plan: dose, days, goal, level and pause."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Any, cast

from django import forms
from django.utils.dates import WEEKDAYS_ABBR
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import Day, Form, Lines, OneLine
from curriculum.models import Level, Rung
from curriculum.variants import read_variants, that_help
from patients.models import Prescription
from patients.standing.cautions import Held, LevelCautions, of_levels
from patients.standing.equipment import NOTHING_NOTED, HomeEquipment
from patients.wording.dosage import kilograms


def by_rung(
    levels: Sequence[Level],
    home: HomeEquipment = NOTHING_NOTED,
    held: Sequence[Held] = (),
) -> list[tuple[str, list[tuple[int, str]]]]:
    """Choices of levels, grouped by rung in the given order; those to avoid last in their rung.

    A label names equipment that is not noted at home, and what is true of the patient that says
    to avoid the level.
    """
    found = {one.level.pk: one for one in of_levels(held, levels)}
    return [
        (
            str(rung),
            [
                (level.pk, _named(found[level.pk], home.lacks(level)))
                for level in sorted(group, key=lambda level: found[level.pk].avoid)
            ],
        )
        for rung, group in groupby(levels, key=lambda level: level.rung)
    ]


def _named(one: LevelCautions, lacks: Sequence[str]) -> str:
    said = []
    if one.avoid:
        said.append(gettext("to avoid: %(why)s") % {"why": one.why})
    if not one.level.home:
        said.append(gettext("for the clinic alone"))
    if lacks:
        said.append(gettext("needs %(things)s") % {"things": ", ".join(lacks)})
    return f"{one.level} ({'; '.join(said)})" if said else str(one.level)


class AtHome(forms.BooleanField):
    """The second yes to a level for the clinic alone."""

    def __init__(self) -> None:
        label = _("For the clinic alone: done at home all the same")
        super().__init__(label=label, required=False)


class LevelField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A choice of levels. It accepts any level; the verb refuses a wrong one and says why."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(Level.objects.select_related("rung", "drill"), empty_label=None, **kwargs)

    def offer(
        self,
        levels: Sequence[Level],
        home: HomeEquipment = NOTHING_NOTED,
        held: Sequence[Held] = (),
    ) -> None:
        cast(forms.Select, self.widget).choices = by_rung(levels, home, held)


def number(
    label: Any, low: int, high: int, *, required: bool = True, **kwargs: Any
) -> forms.IntegerField:
    widget = forms.NumberInput(attrs={"inputmode": "numeric", "min": low, "max": high})
    return forms.IntegerField(
        label=label, min_value=low, max_value=high, required=required, widget=widget, **kwargs
    )


class PrescribeForm(Form):
    level = LevelField(label=_("Drill and level"))
    sets = number(_("Sets"), 1, 10)
    reps = number(_("Repetitions"), 1, 50)
    seconds = number(_("Seconds down"), 1, 60, required=False)
    load = forms.DecimalField(
        label=_("Weight, kg"),
        required=False,
        max_digits=6,
        decimal_places=1,
        widget=forms.NumberInput(
            attrs={"inputmode": "decimal", "min": "0.5", "max": 300, "step": "0.5"}
        ),
    )
    per_side = forms.BooleanField(label=_("Each side"), required=False)
    max_depth = OneLine(label=_("Not deeper than"), required=False, max_length=200)
    word = Lines(
        label=_("Your word to the patient"),
        required=False,
        max_length=500,
        rows=2,
        help_text=_("Shown above the cues."),
    )
    variant = forms.ChoiceField(
        label=_("Way to do it"),
        required=False,
        error_messages={
            "invalid_choice": _("Choose one of the ways of this drill, or as it is drawn.")
        },
    )
    reason = OneLine(
        label=_("Why you prescribe it all the same"),
        required=False,
        max_length=500,
        help_text=_("Kept in the record. The patient does not read it."),
    )
    at_home = AtHome()

    def __init__(
        self,
        *args: Any,
        levels: Sequence[Level],
        home: HomeEquipment = NOTHING_NOTED,
        held: Sequence[Held] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        cast(LevelField, self.fields["level"]).offer(levels, home, held)
        self._offer_ways(levels, held)
        for name in ("max_depth", "word"):
            # The page keeps these texts when another level is chosen. A form with errors has typed
            # texts only.
            self.fields[name].widget.attrs["data-keep"] = "typed" if self.is_bound else ""

    def _offer_ways(self, levels: Sequence[Level], held: Sequence[Held]) -> None:
        """The ways to do the drill of the chosen level; the verb refuses that of another drill."""
        chosen = str(self["level"].value())
        level = next((level for level in levels if str(level.pk) == chosen), None)
        variants = read_variants(level.drill.variants).values() if level is not None else ()
        keys = [one.key for one in held]
        field = cast(forms.ChoiceField, self.fields["variant"])
        field.choices = [("", _("As it is drawn"))]
        field.choices += [(way.key, way.name) for way in that_help(variants, keys)]

    @staticmethod
    def of(dose: Prescription) -> dict[str, Any]:
        """The initial values for a dose."""
        names = (
            "sets",
            "reps",
            "seconds",
            "per_side",
            "max_depth",
            "word",
            "reason",
            "at_home",
            "variant",
        )
        return {
            "level": dose.level_id,
            "load": kilograms(dose),
            **{name: getattr(dose, name) for name in names},
        }


class ScheduleForm(Form):
    weekdays = forms.TypedMultipleChoiceField(
        label=_("Days of practice"),
        coerce=int,
        choices=[(bit, WEEKDAYS_ABBR[bit]) for bit in range(7)],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one day of the week.")},
    )
    from_day = Day(label=_("From"), required=False, help_text=_("Today when left empty."))

    def mask(self) -> int:
        return sum(1 << bit for bit in set(self.cleaned_data["weekdays"]))

    @staticmethod
    def of(mask: int) -> dict[str, Any]:
        return {"weekdays": [bit for bit in range(7) if mask >> bit & 1]}


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
