"""What a row of the access table needs before its request."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from accounts import links, staff
from patients.verbs import activities as activity_verbs
from patients.verbs import bands as band_verbs
from patients.verbs import ladder_offers, visits
from patients.verbs import messages as message_verbs
from patients.verbs import people as people_verbs
from patients.verbs import plan as plan_verbs
from patients.verbs import plan_templates as template_verbs
from patients.verbs import reports as report_verbs
from patients.verbs import stops as stop_verbs
from tests import factories, ladders
from tests.access_world import World
from tests.accounts import steps
from tests.patients import acts, borrowed


def arrange(name: str, method: str, world: World) -> None:
    """Make the thing that one action needs and the others do not."""
    needed = ARRANGED.get(f"{method} {name}") or ARRANGED.get(name)
    if needed:
        needed(world)


def _answered(world: World) -> None:
    stop_verbs.answer(stop=world.stop, by=world.cast.elin, action="carry_on", word="Fine.")


def _ended(world: World) -> None:
    _answered(world)
    plan_verbs.end(plan=world.cast.plan, by=world.cast.elin)


def _discharged(world: World) -> None:
    _answered(world)
    people_verbs.discharge(patient=world.cast.maya, by=world.cast.elin)


def _edition(world: World) -> None:
    _answered(world)
    ladders.next_edition(world.cast.plan.ladder)


def _activities(world: World) -> None:
    for patient in (world.cast.maya, world.cast.tomas, world.disa):
        activity_verbs.set_activities(patient=patient, by=world.cast.elin, words=["Lifting"])


def _answered_and_activities(world: World) -> None:
    _answered(world)
    _activities(world)


def _paused(world: World) -> None:
    for plan in (world.cast.plan, world.tomas_plan):
        plan_verbs.pause(plan=plan, by=plan.patient.user)


def _asked(world: World) -> None:
    for plan in (world.cast.plan, world.tomas_plan):
        plan_verbs.request_review(plan=plan, by=plan.patient.user)


def _told(world: World) -> None:
    maya = world.cast.maya
    report_verbs.report(patient=maya, by=maya.user, client_id="told before", kinds=["fever"])


def _ready_to_pass(world: World) -> None:
    _answered(world)
    acts.tick_all(world.cast.plan, 2, world.cast.elin)


def _passed(world: World) -> None:
    _answered(world)
    factories.pass_open_rung(world.cast.plan, by=world.cast.elin)


def _proposed(world: World) -> None:
    """The band was too much: nothing was left in reserve, so fewer repetitions are proposed."""
    _answered(world)
    plan = world.cast.plan
    for _ in range(3):
        factories.pass_open_rung(plan, by=world.cast.elin)
    level = acts.level(plan, 5)
    dose: dict[str, Any] = {"sets": 2, "reps": 10, "reps_to": 15}
    plan_verbs.prescribe(plan=plan, level=level, by=world.cast.elin, **dose)
    acts.log(plan, level=level, sets=acts.TWO_SETS, pain=0, reserve=0)


def _with_pin(world: World) -> None:
    links.set_pin(world.cast.maya.user, "4711")


def _carer_with_pin(world: World) -> None:
    links.set_pin(world.rut.user, "4711")


def _to_print(world: World) -> None:
    _answered(world)
    _with_pin(world)


ARRANGED: dict[str, Callable[[World], Any]] = {
    "POST assign": _ended,
    "POST end": _answered,
    "take_up": _ended,
    "GET handout": _answered,
    "POST handout": _to_print,
    "link_show": _with_pin,
    "link_code": _with_pin,
    "POST my_code": _with_pin,
    "carer_link_show": _carer_with_pin,
    "POST discharge": _answered_and_activities,
    "POST visit_take_back": lambda world: visits.mark(
        visit=world.visit, by=world.cast.elin, state="missed"
    ),
    "borrow_end": lambda world: borrowed.lend(
        world.cast.plan, by=world.cast.elin, finding=world.squat
    ),
    "decide": _ready_to_pass,
    "place": _answered,
    "undo": _passed,
    "undo_answer": _answered,
    "move": _edition,
    "rate": _activities,
    "my_resume": _paused,
    "resume": _paused,
    "sign_proposal": _proposed,
    "take_back_review": _asked,
    "report_take_back": _told,
    "take_back": _discharged,
    "erase": _discharged,
    "hand_over": lambda world: factories.patient(world.cast.omar, "Olle Olsson"),
    "ladder_offer": lambda world: ladder_offers.stop_offering(
        ladder=world.cast.plan.ladder, by=world.cast.petra
    ),
    "template_back": lambda world: template_verbs.put_away(
        template=world.template, by=world.cast.elin
    ),
    "band_back": lambda world: band_verbs.retire(band=world.band, by=world.cast.petra),
    "staff_step_remove": lambda world: steps.app_of(world.cast.omar),
    "staff_reactivate": lambda world: staff.deactivate(user=world.cast.omar, by=world.cast.petra),
    "my_messages_read": lambda world: [
        message_verbs.write(plan=plan, by=world.cast.elin, text="Hello.")
        for plan in (world.cast.plan, world.tomas_plan)
    ],
}
