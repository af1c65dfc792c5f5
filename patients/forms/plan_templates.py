"""The forms of plan templates, and what a template fills in on a page."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, cast

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import Form, Lines, OneLine
from curriculum.models import Level, Rung
from patients.forms.people import goals_by_ladder
from patients.forms.plan import LevelField, number
from patients.models import Plan, PlanTemplate, Prescription, TemplateDose
from patients.standing.plan_templates import OF_A_DOSE, Fit
from patients.standing.training_days import WEEK, days_of, mask_of
from patients.verbs.plan_templates import NAME


class TemplateForm(Form):
    """Name, days and goal. ``rungs``: those that can be a goal."""

    name = OneLine(
        label=_("Name"),
        max_length=NAME,
        required=False,
        help_text=_("For whom it is, such as After a first back pain."),
    )
    weekdays = forms.TypedMultipleChoiceField(
        label=_("Days of practice"),
        coerce=int,
        choices=[(bit, WEEKDAYS[bit]) for bit in range(WEEK)],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one day of the week.")},
    )
    goal_rung = forms.ModelChoiceField(label=_("Goal"), queryset=Rung.objects, required=False)

    #: The field that shows a refusal, by its code.
    refusals = {
        "template_unnamed": "name",
        "template_named": "name",
        "too_long": "name",
        "no_weekday": "weekdays",
        "not_a_goal": "goal_rung",
        "goal_below_start": "goal_rung",
    }

    def __init__(self, *args: Any, rungs: Iterable[Rung], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast("forms.ModelChoiceField[Rung]", self.fields["goal_rung"])
        field.choices = goals_by_ladder(rungs)
        self.initial.setdefault("weekdays", [*range(WEEK)])

    def said(self) -> dict[str, Any]:
        """The arguments of the verbs."""
        mask = mask_of(self.cleaned_data["weekdays"])
        return {**self.cleaned_data, "weekdays": mask}

    @staticmethod
    def of(template: PlanTemplate | Plan, weekdays: int) -> dict[str, Any]:
        """The initial values. A plan has no name to begin with."""
        days = days_of(weekdays)
        name = template.name if isinstance(template, PlanTemplate) else ""
        return {"name": name, "weekdays": days, "goal_rung": template.goal_rung_id}


class TemplateDoseForm(Form):
    """The dose of one level. ``levels``: those of the ladder, or of every ladder."""

    level = LevelField(label=_("Drill and level"))
    sets = number(_("Sets"), 1, 10)
    reps = number(_("Repetitions"), 1, 50)
    reps_to = number(_("Up to"), 1, 50, required=False)
    seconds = number(_("Seconds down"), 1, 60, required=False)
    pause = number(_("Seconds held at the bottom"), 1, 10, required=False)
    rest = number(_("Seconds of rest"), 0, 600, required=False)
    per_side = forms.BooleanField(label=_("Each side"), required=False)
    word = Lines(
        label=_("Word to the patient"),
        required=False,
        max_length=500,
        rows=2,
        help_text=_("Every patient who gets this dose reads it. Name nobody."),
    )

    refusals = {"out_of_range": "reps_to", "other_ladder": "level", "draft": "level"}

    def __init__(self, *args: Any, levels: Sequence[Level], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        several = len({level.rung.ladder_id for level in levels}) > 1
        choices = [(_group(level, several), level) for level in levels]
        grouped: dict[str, list[tuple[int, str]]] = {}
        for name, level in choices:
            grouped.setdefault(name, []).append((level.pk, str(level)))
        cast(forms.Select, self.fields["level"].widget).choices = [*grouped.items()]

    @staticmethod
    def of(dose: TemplateDose | Prescription) -> dict[str, Any]:
        """The initial values. The word of a prescription was said to one person alone."""
        said = {name: getattr(dose, name) for name in OF_A_DOSE}
        word = dose.word if isinstance(dose, TemplateDose) else ""
        return {**said, "level": dose.level_id, "word": word}


def _group(level: Level, several: bool) -> str:
    return f"{level.rung.ladder.name}: {level.rung}" if several else str(level.rung)


def dose_of_fit(fit: Fit, typed: Mapping[str, Any], words: Collection[str]) -> dict[str, Any]:
    """What a template fills in of a dose. A word that somebody typed stays.

    ``words``: those of templates, which another template may replace
    """
    if fit.dose is None:
        return {}
    filled = {name: getattr(fit.dose, name) for name in OF_A_DOSE}
    word = typed.get("word", "").strip()
    if not word or word in words:
        filled["word"] = fit.dose.word
    return filled


def assign_of_fit(fit: Fit) -> dict[str, Any]:
    """What a template fills in of a new plan."""
    filled: dict[str, Any] = {}
    if fit.ladder is not None:
        filled["ladder"] = fit.ladder.pk
    if fit.has_goal:
        filled["goal"] = fit.goal.pk if fit.goal is not None else ""
    if fit.weekdays is not None:
        filled["weekdays"] = days_of(fit.weekdays)
    return filled
