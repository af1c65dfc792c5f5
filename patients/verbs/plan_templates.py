"""The verbs of the clinic's plan templates. None of them writes to a patient's plan.

A template is never deleted: it is put away, and can be brought back.
"""

from __future__ import annotations

from typing import TypedDict, Unpack

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import audit
from accounts.models import Clinic, User
from curriculum.models import Level, Rung
from patients.models import PlanTemplate, TemplateDose
from patients.rules import guards
from patients.rules.refusals import Refused
from patients.standing.plan_templates import in_use, with_doses

NAME = 60
MOST = 40


class SaidDose(TypedDict):
    """The columns of ``TemplateDose``."""

    sets: int
    reps: int
    reps_to: int | None
    seconds: int | None
    pause: int | None
    rest: int | None
    per_side: bool
    word: str


@transaction.atomic
def add(
    *,
    by: User,
    name: str,
    level: Level,
    weekdays: int,
    goal_rung: Rung | None = None,
    **dose: Unpack[SaidDose],
) -> PlanTemplate:
    """Add a template to those of the clinic of ``by``. It is of the ladder of ``level``.

    ``level``, ``dose``: what it starts with; ``goal_rung``: None = the top

    Raises ``Refused``: not_yours, draft, too_many_templates, template_unnamed, template_named,
    too_long, no_weekday, out_of_range, not_a_goal, goal_below_start.
    """
    clinic = _locked(by, by.clinic_id)
    ladder = level.rung.ladder
    if ladder.is_draft:
        raise Refused("draft")
    _room(clinic)
    guards.some_weekday(weekdays)
    name = _free(clinic, name)
    template = PlanTemplate(clinic=clinic, by=by, name=name, ladder=ladder, weekdays=weekdays)
    template.goal_rung = goal_rung
    first = _dose(template, level, dose)
    _check_goal(template, [level])
    template.save()
    first.template = template
    first.save()
    audit.record("template_added", actor=by)
    return template


@transaction.atomic
def change(
    *, template: PlanTemplate, by: User, name: str, weekdays: int, goal_rung: Rung | None = None
) -> PlanTemplate:
    """Change name, days and goal of a template that is in use. The arguments are those of ``add``.

    Raises ``Refused``: not_yours, template_away, template_unnamed, template_named, too_long,
    no_weekday, not_a_goal, goal_below_start.
    """
    template = _used(template, by)
    guards.some_weekday(weekdays)
    said = {
        "name": _free(template.clinic, name, template),
        "weekdays": weekdays,
        "goal_rung": goal_rung,
    }
    changed = [column for column, value in said.items() if getattr(template, column) != value]
    for column, value in said.items():
        setattr(template, column, value)
    _check_goal(template, _levels(template))
    if changed:
        _changed(template, by, changed)
    return template


@transaction.atomic
def set_dose(
    *, template: PlanTemplate, by: User, level: Level, **dose: Unpack[SaidDose]
) -> TemplateDose:
    """Set the dose of one level in a template, in place of the one before.

    Raises ``Refused``: not_yours, template_away, other_ladder, too_long, out_of_range,
    goal_below_start.
    """
    template = _used(template, by)
    if level.rung.ladder_id != template.ladder_id:
        raise Refused("other_ladder")
    said = _dose(template, level, dose)
    before = template.doses.filter(level=level).first()
    if before is not None:
        said.pk = before.pk
    _check_goal(template, [*_levels(template), level])
    said.save()
    _changed(template, by, ["doses"])
    return said


@transaction.atomic
def drop_dose(*, template: PlanTemplate, by: User, level: Level) -> None:
    """Take the dose of a level out of a template. Twice is once.

    Raises ``Refused``: not_yours, template_away, last_dose, goal_below_start.
    """
    template = _used(template, by)
    left = [one for one in _levels(template) if one.pk != level.pk]
    if not left:
        raise Refused("last_dose")
    _check_goal(template, left)
    if template.doses.filter(level=level).delete()[0]:
        _changed(template, by, ["doses"])


@transaction.atomic
def put_away(*, template: PlanTemplate, by: User) -> PlanTemplate:
    """Offer a template no more. Twice is once.

    Raises ``Refused``: not_yours.
    """
    template = _template(template, by)
    if template.put_away_at is None:
        template.put_away_at = timezone.now()
        _keep(template, by)
        audit.record("template_put_away", actor=by)
    return template


@transaction.atomic
def bring_back(*, template: PlanTemplate, by: User) -> PlanTemplate:
    """Offer a template again that was put away. Twice is once.

    Raises ``Refused``: not_yours, too_many_templates, template_named.
    """
    template = _template(template, by)
    if template.put_away_at is not None:
        _room(template.clinic)
        _free(template.clinic, template.name)
        template.put_away_at = None
        _keep(template, by)
        audit.record("template_back", actor=by)
    return template


def _locked(by: User, clinic: int) -> Clinic:
    """The clinic, locked: two people who write templates wait for each other."""
    guards.own_clinician(by, clinic)
    return Clinic.objects.select_for_update(no_key=True).get(pk=clinic)


def _template(template: PlanTemplate, by: User) -> PlanTemplate:
    _locked(by, template.clinic_id)
    return with_doses().get(pk=template.pk)


def _used(template: PlanTemplate, by: User) -> PlanTemplate:
    template = _template(template, by)
    if template.put_away_at is not None:
        raise Refused("template_away", template=template.name)
    return template


def _keep(template: PlanTemplate, by: User) -> None:
    template.by = by
    template.at = timezone.now()
    template.save()


def _changed(template: PlanTemplate, by: User, fields: list[str]) -> None:
    _keep(template, by)
    audit.record("template_changed", actor=by, fields=fields)


def _levels(template: PlanTemplate) -> list[Level]:
    return [dose.level for dose in template.doses.all()]


def _room(clinic: Clinic) -> None:
    if in_use(clinic.pk).count() >= MOST:
        raise Refused("too_many_templates", most=MOST)


def _free(clinic: Clinic, name: str, template: PlanTemplate | None = None) -> str:
    """The name as it is kept. ``template``: the one that is called so already."""
    name = guards.one_line(name, NAME)
    if not name:
        raise Refused("template_unnamed")
    others = in_use(clinic.pk)
    if template is not None:
        others = others.exclude(pk=template.pk)
    if name.casefold() in {other.casefold() for other in others.values_list("name", flat=True)}:
        raise Refused("template_named", template=name)
    return name


def _check_goal(template: PlanTemplate, levels: list[Level]) -> None:
    goal = template.goal_rung
    if goal is None:
        return
    if goal.ladder_id != template.ladder_id:
        raise Refused("not_a_goal")
    if goal.position < min(level.rung.position for level in levels):
        raise Refused("goal_below_start")


def _dose(template: PlanTemplate, level: Level, said: SaidDose) -> TemplateDose:
    dose = TemplateDose(level=level, **said)
    if template.pk is not None:
        dose.template = template
    guards.in_range(_("Sets"), dose.sets, 1, 10)
    guards.in_range(_("Repetitions"), dose.reps, 1, 50)
    guards.in_range(_("Repetitions, at most"), dose.reps_to, dose.reps, 50)
    guards.in_range(_("Seconds down"), dose.seconds, 1, 60)
    guards.in_range(_("Seconds at the bottom"), dose.pause, 1, 10)
    guards.in_range(_("Seconds of rest"), dose.rest, 0, 600)
    dose.word = guards.words(dose.word, 500)
    return dose
