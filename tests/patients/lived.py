"""A plan with a history: through the verbs, at least one row in every table that keeps one."""

from __future__ import annotations

from datetime import timedelta

import time_machine
from django.utils import timezone

from accounts import audit
from curriculum.models import Fault
from patients import measures, messages, people, plans, practice, progression
from tests.cast import Cast
from tests.patients import acts


def live(cast: Cast) -> None:
    """Nine days of Maya's plan: gates, doses, practice, a stop and its answer, a pause, a word."""
    plan, elin, maya = cast.plan, cast.elin, cast.maya.user
    people.set_usual_pain(patient=cast.maya, by=elin, usual_pain=2)
    progression.place(plan=plan, criteria=acts.criteria(plan, 1, 2), by=elin, note="Did this before.")
    progression.withdraw(plan=plan, rung=acts.rung(plan, 2), by=elin, reason="Lost after a long illness.")
    acts.tick_all(plan, 2, elin)
    acts.decide(plan, 2, elin, "not_yet")
    plans.set_goal(plan=plan, goal_rung=acts.rung(plan, 5), by=elin)
    plans.set_goal(plan=plan, goal_rung=None, by=elin)
    plans.prescribe(plan=plan, level=acts.level(plan, 2), by=elin, sets=2, reps=8, word="Slowly.")
    plans.note_finding(plan=plan, by=elin, fault=Fault.objects.all()[0])
    (lifting,) = measures.set_activities(patient=cast.maya, by=elin, words=["Lifting my grandson"])
    measures.rate(patient=cast.maya, by=maya, scores={lifting.pk: 4})
    with time_machine.travel(timezone.now() + timedelta(days=1)):
        entry = acts.log(plan, pain=7, note="Too much.")
        practice.save_draft(plan=plan, level=acts.level(plan, 2), by=maya, sets=acts.TWO_SETS)
    with time_machine.travel(timezone.now() + timedelta(days=2)):
        practice.answer_morning(practice=entry, by=maya, pain_now=6, worse=True)
        until = cast.harbour.today() + timedelta(days=3)
        practice.answer_stop(
            stop=entry.stops.get(), by=elin, action="lower", word="Gently.", level=acts.level(plan, 1), until=until
        )
        messages.write(plan=plan, by=maya, text="Thank you.")
        plans.request_review(plan=plan, by=maya, words="Soon?")
        plans.pause(plan=plan, by=maya, until=until, reason="Away.")
        audit.record("looked", actor=elin, subject=maya)
