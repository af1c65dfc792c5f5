"""Ways to write another clinic's plan template, or one of two ladders: see ``attacks``."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from accounts.models import User
from curriculum.models import Ladder, Level
from patients.models import PlanTemplate, TemplateDose
from tests import factories, ladders
from tests.cast import Cast

Attack = Callable[[Cast], Callable[[], Any]]


def template(of: User, **said: Any) -> PlanTemplate:
    usual = {"clinic": of.clinic, "name": "Usual", "ladder": factories.newest(), "by": of}
    return PlanTemplate.objects.create(**usual | said)


def _squat() -> Ladder:
    return Ladder.objects.newest().get(slug="sit-to-stand")


def _level(ladder: Ladder) -> Level:
    return Level.objects.filter(rung__ladder=ladder).order_by("rung__position", "position")[0]


def dose(of: PlanTemplate, level: Level) -> TemplateDose:
    return TemplateDose.objects.create(template=of, level=level, sets=2, reps=8)


def _change(cast: Cast, **columns: Any) -> Callable[[], Any]:
    rows = PlanTemplate.objects.filter(pk=template(cast.elin).pk)
    return lambda: rows.update(**columns)


def _moved_dose(cast: Cast) -> Callable[[], Any]:
    first, second = (template(cast.elin, name=name) for name in ("One", "Two"))
    rows = TemplateDose.objects.filter(pk=dose(first, _level(factories.newest())).pk)
    return lambda: rows.update(template=second)


#: By the name of the trigger, like ``attacks.ATTACKS``.
ATTACKS: dict[str, list[Attack]] = {
    "plan_template_by_our_clinician": [
        lambda cast: lambda: template(cast.elin, by=cast.ines),
        lambda cast: lambda: template(cast.elin, by=cast.maya.user),
        lambda cast: _change(cast, by=cast.ines),
    ],
    "plan_template_of_an_edition": [
        lambda cast: (
            lambda: template(cast.elin, ladder=ladders.next_edition(factories.newest(), draft=True))
        ),
    ],
    "plan_template_goal_on_its_ladder": [
        lambda cast: lambda: template(cast.elin, goal_rung=_squat().rungs.all()[0]),
        lambda cast: _change(cast, goal_rung=_squat().rungs.all()[0]),
    ],
    "plan_template_stays_of_its_ladder": [
        lambda cast: _change(cast, ladder=_squat()),
        lambda cast: _change(cast, clinic=cast.hilltop, by=cast.ines),
    ],
    "template_dose_on_its_ladder": [
        lambda cast: lambda: dose(template(cast.elin), _level(_squat())),
    ],
    "template_dose_stays_of_its_template": [_moved_dose],
}


def _write(cast: Cast) -> None:
    goal = factories.newest().rungs.get(position=3)
    made = template(cast.elin, goal_rung=goal)
    of_level = dose(made, _level(factories.newest()))
    PlanTemplate.objects.filter(pk=made.pk).update(by=cast.petra, goal_rung=None, name="Twice")
    TemplateDose.objects.filter(pk=of_level.pk).update(reps=12)
    template(cast.ines)
    dose(template(cast.omar, ladder=_squat()), _level(_squat()))


LAWFUL: dict[str, list[Callable[[Cast], None]]] = {name: [_write] for name in ATTACKS}
