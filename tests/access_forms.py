"""The values that a person types into each form of the access table."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from patients.standing.load.read import load_of
from tests.access_world import Data, World
from tests.accounts import steps
from tests.factories import PASSWORD, newest
from tests.patients import acts, borrowed


def typed(name: str, world: World) -> Data:
    """The values of a form, filled in so that it succeeds for whoever may send it."""
    return TYPED[name](world) if name in TYPED else {}


def _sheet(world: World) -> Data:
    rows = {"done-1": "1", "reps-1": "10"}
    return {
        "client_id": "form",
        "level": acts.level(world.cast.plan, 2).pk,
        "pain": "2",
        "note": "",
        **rows,
    }


def _proposal(world: World) -> Data:
    """The press under the proposal of the first level with load, as the page shows it."""
    level = acts.level(world.cast.plan, 5)
    load = load_of(world.cast.plan, level)
    return {"level": level.pk, "seen": load.seen if load is not None else ""}


def _paper(world: World) -> Data:
    day = world.cast.harbour.today() - timedelta(days=2)
    return {
        "client_id": "paper",
        "done_on": day,
        "level": acts.level(world.cast.plan, 2).pk,
        "sets": 2,
        "reps": 8,
    }


def _paper_week(world: World) -> Data:
    day = world.cast.harbour.today() - timedelta(days=2)
    rows: Data = {}
    plan = world.cast.plan
    today = plan.clinic.today()
    logged = set(plan.practices.values_list("done_on", flat=True))
    week = {today - timedelta(days=ago) for ago in range(7)}
    for one in sorted(one for one in week - logged if one >= plan.started_on):
        rows |= {f"{one}-client_id": f"week {one}", f"{one}-sets": 2}
    return {"level": acts.level(world.cast.plan, 2).pk, "reps": 8, f"{day}-done": "on", **rows}


def _template(world: World) -> Data:
    level = acts.level(world.cast.plan, 3)
    return {"level": level.pk, "sets": 2, "reps": 8, "weekdays": [0, 2], "goal_rung": ""}


def _clinic(world: World) -> Data:
    limits = {
        "pain_fine_to": 2,
        "pain_fine_rise_to": 5,
        "pain_stop_from": 6,
        "pain_rise_stop": 3,
        "pain_high": 8,
        "pain_rise_high": 2,
    }
    return {
        "name": "Harbour",
        "phone": "08 123 45",
        "time_zone": "Europe/Stockholm",
        "opening_hours": "9-17",
        "urgent_again_minutes": 60,
        "idle_minutes": 15,
        **limits,
    }


def _scores(world: World) -> Data:
    return {
        f"activity_{activity.pk}": 4
        for patient in (world.cast.maya, world.cast.tomas, world.disa)
        for activity in patient.activities.all()
    }


def _usual_up(world: World) -> int:
    """Maya's usual pain that nobody has seen."""
    last = world.cast.maya.usual_pains.last()
    assert last is not None
    return last.pk


TYPED: dict[str, Callable[[World], Data]] = {
    "account_login": lambda world: {"login": world.cast.omar.email, "password": PASSWORD},
    "account_reauthenticate": lambda world: {"password": PASSWORD},
    "account_lock": lambda world: {"password": PASSWORD},
    "mfa_authenticate": lambda world: {"code": steps.code()},
    "mfa_activate_totp": lambda world: {"code": steps.code()},
    "mfa_add_webauthn": lambda world: {"name": "iPad"},
    "account_change_password": lambda world: {
        "oldpassword": PASSWORD,
        "password1": "another long walk home",
    },
    "account_reset_password": lambda world: {"email": world.cast.omar.email},
    "cover": lambda world: {"cover": world.cast.omar.pk, "until": world.cast.harbour.today()},
    "staff_cover": lambda world: {
        "cover": world.cast.elin.pk,
        "until": world.cast.harbour.today(),
    },
    "write_to_several": lambda world: {"plans": [world.cast.plan.pk], "word": "Hello back."},
    "open_code": lambda world: {"code": "12345678", "pin": "4711"},
    "pin_here": lambda world: {"pin": "4711"},
    "pin": lambda world: {"pin": "4711"},
    "staff_accept": lambda world: {"password": "another long walk home"},
    "staff_invite": lambda world: {
        "name": "Otto Other",
        "email": "otto@x.example",
        "role": "clinician",
    },
    "staff_change": lambda world: {
        "name": "Omar Odeh",
        "email": "omar.odeh@harbour.example",
        "role": "owner",
    },
    "my_name": lambda world: {"name": "Sand, Elin", "formal_name": "Dr. Elin Sand"},
    "own_name": lambda world: {"name": "Zoe Zorn", "formal_name": "Zoe Lovisa Zorn"},
    "erase": lambda world: {"typed": "Maya Roos", "why": "She asked for it."},
    "people_list": lambda world: {"text": "number,name\n771,Zoe Zorn\n", "keep": "on"},
    "retention": lambda world: {"years": "12", "acts": "on"},
    "hand_over": lambda world: {"to": world.cast.elin.pk},
    "bands": lambda world: {"name": "Blue", "marks": 2},
    "band": lambda world: {"name": "Crimson", "marks": 1, "kg_from": "2", "kg_to": "4.5"},
    "plan_template_new": lambda world: _template(world) | {"name": "Another"},
    "keep_as_template": lambda world: _template(world) | {"name": "As hers"},
    "plan_template": lambda world: {"name": "Twice a week", "weekdays": [1, 4], "goal_rung": ""},
    "template_dose": lambda world: _template(world) | {"sets": 3},
    "template_dose_out": lambda world: {"level": acts.level(world.cast.plan, 2).pk},
    "clinic": _clinic,
    "caseload": lambda world: {"q": "maya"},
    "patient_new": lambda world: {"name": "Zoe Zorn", "lead": world.cast.elin.pk},
    "patient_edit": lambda world: {"name": "Maya Rose", "lead": world.cast.elin.pk},
    "assign": lambda world: {
        "ladder": newest().pk,
        "weekdays": [0, 3],
        "goal": newest().rungs.get(position=4).pk,
    },
    "usual_pain": lambda world: {"usual_pain": 3},
    "usual_pain_seen": lambda world: {"told": _usual_up(world), "word": "Talked about it."},
    "pain_limits": lambda world: {
        "fine_to": 5,
        "stop_from": 8,
        "reason": "A steady pain.",
        "until": world.cast.harbour.today() + timedelta(days=9),
    },
    "before": lambda world: {"before": "4"},
    "my_usual_pain": lambda world: {"usual": "4"},
    "next_visit": lambda world: {"next_visit": world.cast.harbour.today() + timedelta(days=9)},
    "visits": lambda world: {
        "day": world.cast.harbour.today() + timedelta(days=5),
        "time": "11:00",
        "clinician": world.cast.omar.pk,
    },
    "visit_mark": lambda world: {"state": "kept"},
    "thread": lambda world: {"word": "Hello back."},
    "letter": lambda world: {"client_id": "a", "addressee": "Dr Berg", "words": "See her, please."},
    "record_notes": lambda world: {"client_id": "note", "text": "Walks well.", "part": "seen"},
    "record_note_put_right": lambda world: {"text": "Walks slowly.", "part": "seen"},
    "place": lambda world: {
        "criteria": [criterion.pk for criterion in acts.criteria(world.cast.plan, 2)]
    },
    "tick": lambda world: {"why": "other", "words": "Holds a rail."},
    "decide": lambda world: {"seen": world.cast.plan.seen},
    "not_yet": lambda world: {"seen": world.cast.plan.seen, "word": "Nearly."},
    "end": lambda world: {"reason": "Another ladder first."},
    "withdraw": lambda world: {"reason": "Lost.", "to_patient": "We take this one again."},
    "prescribe": lambda world: {"level": acts.level(world.cast.plan, 2).pk, "sets": 2, "reps": 6},
    "sign_proposal": _proposal,
    "schedule": lambda world: {"weekdays": [0, 2]},
    "goal": lambda world: {"goal_rung": acts.rung(world.cast.plan, 4).pk},
    "choose_level": lambda world: {"level": acts.level(world.cast.plan, 2).pk},
    "finding": lambda world: {"words": "Holds the breath."},
    "borrow": lambda world: {
        "level": borrowed.bench(world.cast.plan).pk,
        "until": world.cast.harbour.today() + timedelta(days=7),
    },
    "paper": _paper,
    "paper_week": _paper_week,
    "stop_answer": lambda world: {"action": "carry_on", "word": "It settles."},
    "screening": lambda world: {"no_flags": "on", "no_precautions": "on", "outcome": "cleared"},
    "first_visit_who": lambda world: {"name": "Maya Rose", "lead": world.cast.elin.pk},
    "first_visit_story": lambda world: {
        "ladder": newest().pk,
        "reason": "Back pain.",
        "usual_pain": 3,
    },
    "first_visit_see": lambda world: {"words": "Squats it."},
    "first_visit_dose": lambda world: {
        "level": acts.level(world.cast.plan, 2).pk,
        "sets": 2,
        "reps": 6,
        "pattern": "21",
    },
    "first_visit_hand_over": lambda world: {},
    "first_visit_draft": lambda world: {"words": "Squats it."},
    "first_visit_end": lambda world: {"reason": "Seen by a colleague elsewhere."},
    "intake": lambda world: {"reason": "Back pain.", "usual_pain": 3},
    "assess": lambda world: {"words": "Squats it."},
    "activities": lambda world: {"activity_1": "Lifting"},
    "rate": _scores,
    "discharge": _scores,
    "draft": _sheet,
    "log_day": _sheet,
    "my_level": lambda world: {"level": acts.rung(world.cast.plan, 2).levels.all()[1].pk},
    "morning": lambda world: {"morning": "3", "worse": "no"},
    "report": lambda world: {"client_id": "told", "pain": "2", "kind": "below_knee"},
    "my_messages": lambda world: {"text": "Hello again."},
    "my_reminders": lambda world: {"reminds_at": "07:30", "new": "1"},
    "my_person": lambda world: {
        "build": "broad",
        "hair": "bun",
        "hair_colour": "grey",
        "skin": "5",
        "clothes": "sleeves",
        "top": "plum",
    },
    "my_carers": lambda world: {"name": "Zoe Zorn"},
    "carers": lambda world: {"name": "Zoe Zorn"},
    "carer_reading": lambda world: {"allowed": "yes"},
    "carer_pin_here": lambda world: {"pin": "4711"},
    "my_pause": lambda world: {"reason": "away"},
}
