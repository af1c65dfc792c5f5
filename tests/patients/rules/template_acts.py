"""The verbs of plan templates, for the test of what stays half done."""

from __future__ import annotations

from collections.abc import Callable
from types import ModuleType
from typing import Any

from patients.models import PlanTemplate
from patients.verbs import plan_templates
from tests.cast import Cast
from tests.patients import acts

Act = Callable[[], Any]

MODULES: list[ModuleType] = [plan_templates]


def said(**other: Any) -> dict[str, Any]:
    """A dose of a template."""
    nothing = dict.fromkeys(("reps_to", "seconds", "pause", "rest"))
    return {"sets": 2, "reps": 8, "per_side": False, "word": "", **nothing, **other}


def add(cast: Cast, name: str = "Usual", **other: Any) -> PlanTemplate:
    """A template for two days a week, whose first dose is of the first rung."""
    usual = {"by": cast.elin, "name": name, "weekdays": 0b0001001}
    return plan_templates.add(**{"level": acts.level(cast.plan), **usual, **said(), **other})


def _with_two(cast: Cast) -> PlanTemplate:
    template = add(cast)
    level = acts.level(cast.plan, 2)
    plan_templates.set_dose(template=template, by=cast.elin, level=level, **said())
    return template


def _changing(cast: Cast) -> Act:
    template = add(cast)
    return lambda: plan_templates.change(
        template=template, by=cast.elin, name="Twice a week", weekdays=3
    )


def _setting(cast: Cast) -> Act:
    template = add(cast)
    level = acts.level(cast.plan, 3)
    return lambda: plan_templates.set_dose(
        template=template, by=cast.elin, level=level, **said(reps=10)
    )


def _dropping(cast: Cast) -> Act:
    template = _with_two(cast)
    level = acts.level(cast.plan, 2)
    return lambda: plan_templates.drop_dose(template=template, by=cast.elin, level=level)


def _putting_away(cast: Cast) -> Act:
    template = add(cast)
    return lambda: plan_templates.put_away(template=template, by=cast.elin)


def _bringing_back(cast: Cast) -> Act:
    template = add(cast)
    plan_templates.put_away(template=template, by=cast.elin)
    return lambda: plan_templates.bring_back(template=template, by=cast.elin)


ACTS: dict[str, Callable[[Cast], Act]] = {
    "plan_templates.add": lambda cast: lambda: add(cast),
    "plan_templates.change": _changing,
    "plan_templates.set_dose": _setting,
    "plan_templates.drop_dose": _dropping,
    "plan_templates.put_away": _putting_away,
    "plan_templates.bring_back": _bringing_back,
}
