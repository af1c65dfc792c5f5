"""Plan templates in words."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from curriculum.models import Level
from patients.models import PlanTemplate, Prescription, TemplateDose
from patients.wording.days import weekdays_in_words
from patients.wording.dosage import dosage_in_words


@dataclass(frozen=True)
class DoseLine:
    """The dose of one level. ``dose``: in words"""

    level: Level
    dose: str
    word: str


@dataclass(frozen=True)
class TemplateLine:
    """A template as a list shows it.

    ``about``: ladder, start, goal and days
    ``old``: why not all of it fits everybody; empty = it does
    """

    template: PlanTemplate
    about: str
    old: str
    doses: list[DoseLine]


def template_lines(
    templates: Iterable[PlanTemplate], closed: Container[str], newest: Mapping[str, int]
) -> list[TemplateLine]:
    """``templates``: with their doses; ``closed``: slugs of ladders that are offered to nobody new;
    ``newest``: the newest edition of each ladder, by its slug"""
    return [
        TemplateLine(
            template,
            _about(template),
            _old(template, closed, newest),
            [_dose(dose) for dose in template.doses.all()],
        )
        for template in templates
    ]


def _dose(dose: TemplateDose) -> DoseLine:
    names = ("sets", "reps", "reps_to", "seconds", "pause", "rest", "per_side")
    said = Prescription(**{name: getattr(dose, name) for name in names})
    return DoseLine(dose.level, dosage_in_words(said), dose.word)


def _about(template: PlanTemplate) -> str:
    first = template.doses.all()[0].level.rung
    goal = template.goal_rung
    parts = [
        template.ladder.name,
        _("from rung {start}").format(start=first.position),
        _("to the top") if goal is None else _("to rung {goal}").format(goal=goal.position),
        weekdays_in_words(template.weekdays),
    ]
    return ", ".join(parts)


def _old(template: PlanTemplate, closed: Container[str], newest: Mapping[str, int]) -> str:
    if template.ladder.slug in closed:
        return _("Its ladder is offered to nobody new.")
    new = newest[template.ladder.slug]
    if new == template.ladder.edition:
        return ""
    words = _("Written for edition {old}; new plans are on edition {new}.")
    return words.format(old=template.ladder.edition, new=new)
