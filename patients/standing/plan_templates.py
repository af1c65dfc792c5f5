"""Plan templates: which there are, and what of one fits a patient. What does not fit is said."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from django.db.models import Max, Prefetch, Q, QuerySet
from django.utils.translation import gettext as _

from accounts.models import Clinic
from curriculum.models import Ladder, Level, Rung
from patients.models import Plan, PlanTemplate, Prescription, TemplateDose
from patients.standing.cautions import Held, of_levels
from patients.standing.ladders_offered import why_not
from patients.standing.load import guard
from patients.standing.training_days import running_days

#: What a template says of a dose, apart from the word.
OF_A_DOSE = ("sets", "reps", "reps_to", "seconds", "pause", "rest", "per_side")


def with_doses() -> QuerySet[PlanTemplate]:
    doses = TemplateDose.objects.select_related("level__rung", "level__drill")
    ordered = doses.order_by("level__rung__position", "level__position")
    rows = PlanTemplate.objects.select_related("ladder", "goal_rung", "clinic", "by")
    return rows.prefetch_related(Prefetch("doses", ordered))


def in_use(clinic: int) -> QuerySet[PlanTemplate]:
    """The templates that are offered, by name."""
    return with_doses().filter(clinic=clinic, put_away_at__isnull=True)


def put_away(clinic: int) -> QuerySet[PlanTemplate]:
    return with_doses().filter(clinic=clinic, put_away_at__isnull=False)


def of_plan(plan: Plan) -> list[PlanTemplate]:
    """The templates of a plan's ladder, whatever their edition. Two queries."""
    return list(in_use(plan.clinic_id).filter(ladder__slug=plan.ladder.slug))


def as_dose(dose: TemplateDose) -> Prescription:
    """A dose of a template as an unsaved prescription, to say it in words."""
    said = {name: getattr(dose, name) for name in OF_A_DOSE}
    return Prescription(level=dose.level, word=dose.word, **said)


@dataclass
class Fit:
    """What of a template fits, and what does not.

    ``level``, ``dose``: the level that it fills in, and how; None = none
    ``practise``: whether it says that this level is practised from now on
    ``ladder``: the newest edition of its ladder; None = it cannot be assigned
    ``weekdays``: None = its days do not fit
    ``goal``: None = the top, where ``has_goal``; without it the goal does not fit
    ``unfit``: sentences about what is not filled in, and what to look at
    """

    template: PlanTemplate
    level: Level | None = None
    dose: TemplateDose | None = None
    practise: bool = False
    ladder: Ladder | None = None
    weekdays: int | None = None
    goal: Rung | None = None
    has_goal: bool = False
    unfit: list[str] = field(default_factory=list)


def fit_new(template: PlanTemplate, clinic: Clinic) -> Fit:
    """What of a template fits somebody who gets a new plan."""
    fit = Fit(template, weekdays=template.weekdays)
    why = why_not(clinic, template.ladder)
    if why is not None:
        fit.unfit.append(str(why))
        return fit
    fit.ladder = template.ladder.newer() or template.ladder
    fit.unfit.extend(_of_edition(template, fit.ladder))
    _set_goal(fit, fit.ladder, 0)
    return fit


def fit_dose(
    template: PlanTemplate,
    plan: Plan,
    shown: Level | None,
    levels: Sequence[Level],
    held: Sequence[Held],
) -> Fit:
    """What of the dose of a template fits a patient on a plan.

    ``shown``: the level on the page; ``levels``: those in reach
    ``held``: what is true of the patient, which comes before any template
    """
    fit = Fit(template)
    fit.unfit.extend(_of_edition(template, plan.ladder))
    if why_not(plan.clinic, plan.ladder) is not None:
        fit.unfit.append(_("Its ladder is offered to nobody new; who is on it goes on."))
    _set_dose(fit, plan, shown, levels, held)
    return fit


def say_practised(fit: Fit, shown: Level | None, now: Level | None) -> Fit:
    """Where the template leads to another level than the page showed, that one is to be practised,
    and the note says so. Where it stays on the level, a clinician decides.

    ``shown``: the level on the page before; ``now``: the one that is practised
    """
    level = fit.level
    fit.practise = level is not None and level not in (shown, now) and not level.helper
    if fit.practise:
        fit.unfit.append(_("“Practised from now on” is ticked: look whether that is meant."))
    return fit


def fit_rest(fit: Fit, plan: Plan, shown: Level | None) -> Fit:
    """What else of the template fits: the days and the goal. ``shown``: the level of the page"""
    _set_days(fit, shown)
    highest = plan.passes.aggregate(most=Max("rung__position"))["most"]
    _set_goal(fit, plan.ladder, highest or 0)
    return fit


def _of_edition(template: PlanTemplate, ladder: Ladder) -> Iterator[str]:
    if template.ladder_id != ladder.pk:
        words = _(
            "It was written for edition {old} of {ladder}, and this is edition {new}: what is no"
            " longer the same is left out."
        )
        yield words.format(
            old=template.ladder.edition, new=ladder.edition, ladder=template.ladder.name
        )


def _set_goal(fit: Fit, ladder: Ladder, highest: int) -> None:
    """``highest``: the position of the highest rung that is passed."""
    goal = fit.template.goal_rung
    if goal is not None and goal.ladder_id != ladder.pk:
        goal = ladder.rungs.filter(slug=goal.slug).first()
        if goal is None:
            fit.unfit.append(_("Its goal is no rung of this edition: choose one."))
            return
    if goal is not None and goal.position < highest:
        fit.unfit.append(_("Its goal lies below a rung that is passed, and is left out."))
        return
    fit.goal = goal
    fit.has_goal = True


def _set_days(fit: Fit, shown: Level | None) -> None:
    days = fit.template.weekdays
    if shown is not None and shown.drill.loaded and running_days(days):
        fit.unfit.append(_("Its days follow each other, and this drill has a load: choose them."))
        return
    fit.weekdays = days


def _set_dose(
    fit: Fit, plan: Plan, shown: Level | None, levels: Sequence[Level], held: Sequence[Held]
) -> None:
    here = dict(_in_reach(fit.template, levels))
    level = _level(fit, plan, shown, levels, here, held)
    if level is None:
        fit.unfit.append(_no_dose(fit.template, levels))
        return
    avoided = {one.level.pk: one.why for one in of_levels(held, [level]) if one.avoid}
    if level.pk in avoided:
        words = _("{level} is to be avoided, {why}: its dose is left out.")
        fit.unfit.append(words.format(level=level, why=avoided[level.pk]))
        return
    fit.level = level
    fit.dose = here[level.pk]
    if shown is not None and level != shown:
        words = _("It is filled in for {level}, in place of {shown}.")
        fit.unfit.append(words.format(level=level, shown=shown))
    fit.unfit.extend(_to_look_at(fit.dose, level, held))


def _in_reach(
    template: PlanTemplate, levels: Sequence[Level]
) -> Iterator[tuple[int, TemplateDose]]:
    """The doses of levels in reach, by their ids. On another edition: of the same drill and
    setting."""
    by_key = {(level.rung.slug, level.slug): level for level in levels}
    for dose in template.doses.all():
        level = by_key.get((dose.level.rung.slug, dose.level.slug))
        same = level is not None and (level.drill_id, level.setting) == (
            dose.level.drill_id,
            dose.level.setting,
        )
        if level is not None and same:
            yield level.pk, dose


def _level(
    fit: Fit,
    plan: Plan,
    shown: Level | None,
    levels: Sequence[Level],
    here: dict[int, TemplateDose],
    held: Sequence[Held],
) -> Level | None:
    """The level on the page, or else the first one on the open rung. What a clinician chose for the
    patient before stays."""
    if shown is not None and shown.pk in here:
        return shown
    top = max((level.rung.position for level in levels), default=0)
    if _is_chosen(plan, top):
        return None
    on_top = [level for level in levels if level.rung.position == top and level.pk in here]
    return _first(on_top, held)


def _first(levels: Sequence[Level], held: Sequence[Held]) -> Level | None:
    """The first level that can be practised at home in place of another one; or else the first that
    the patient is to avoid, to say so."""
    own = [level for level in levels if level.home and not level.helper]
    fitting = (one.level for one in of_levels(held, own) if not one.avoid)
    return next(fitting, next(iter(own), None))


def _is_chosen(plan: Plan, top: int) -> bool:
    """Whether somebody chose a level of the open rung, one that is borrowed, or a lower one."""
    now = Q(level__rung__position__gte=top) | Q(until__gte=plan.clinic.today())
    return plan.level_choices.filter(now).exists()


def _no_dose(template: PlanTemplate, levels: Sequence[Level]) -> str:
    start = min(dose.level.rung.position for dose in template.doses.all())
    top = max((level.rung.position for level in levels), default=0)
    if start > top:
        return _("It starts on rung {start}, which is not open yet: no dose is filled in.").format(
            start=start
        )
    return _("It has no dose for this drill: the dose stays as it was.")


def _to_look_at(dose: TemplateDose, level: Level, held: Sequence[Held]) -> Iterator[str]:
    if level.drill.takes_kilograms:
        yield _("A template holds no weight: choose the patient’s own.")
    elif level.drill.loaded:
        yield _("A template holds no band: choose the patient’s own.")
    said = as_dose(dose)
    said.level = level
    yield from guard.questions(said, None, held)
