"""What is true of a patient, told to a screening as a clinician tells it."""

from __future__ import annotations

from collections.abc import Mapping

from accounts.models import User
from curriculum.models import Level
from curriculum.screening import red_flags
from patients.models import Patient, Plan, Screening
from patients.verbs import screening as screening_verbs

NOTHING_NEW = dict.fromkeys(red_flags(), "no")


def told(patient: Patient, by: User, *keys: str, **fields: Mapping[str, str]) -> Screening:
    """A screening in which these precautions are ticked. ``fields``: what was written beside one
    of them, by its key."""
    items = NOTHING_NEW | dict.fromkeys([*keys, *fields], "yes")
    return screening_verbs.screen(patient=patient, by=by, items=items, fields=fields)


def at(plan: Plan, where: str) -> Level:
    """A level by "rung/level"."""
    rung, _slash, level = where.partition("/")
    levels = Level.objects.filter(rung__ladder_id=plan.ladder_id, rung__slug=rung)
    return levels.select_related("rung", "drill").get(slug=level)
