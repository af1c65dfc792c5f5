"""What the table of access is tried on: every address leads to something real, every form is filled
in rightly."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import time_machine
from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.urls import URLPattern, get_resolver, reverse
from django.utils import timezone

from accounts import links, staff
from accounts.models import Phone, User
from curriculum.models import Drill
from patients.models import Finding, Plan, Practice, Stop
from patients.verbs import activities as activity_verbs
from patients.verbs import findings as finding_verbs
from patients.verbs import gate as gate_verbs
from patients.verbs import messages as message_verbs
from patients.verbs import people as people_verbs
from patients.verbs import plan as plan_verbs
from patients.verbs import stops as stop_verbs
from tests import factories, ladders
from tests.cast import Cast, assemble
from tests.factories import PASSWORD
from tests.patients import acts

Data = dict[str, Any]


@dataclass(frozen=True)
class World:
    """Maya stands on rung 2 and is stopped for pain; so is Tomas, of the same clinic, who has a
    plan of his own."""

    cast: Cast
    tomas_plan: Plan
    invited: User
    entry: Practice
    stop: Stop
    finding: Finding
    maya_phone: Phone

    @property
    def people(self) -> dict[str, User | None]:
        """Whom each column of the table is about."""
        cast = self.cast
        users = (None, cast.maya.user, cast.tomas.user, cast.elin, cast.ines, cast.petra)
        return dict(
            zip(
                ("nobody", "patient", "another", "clinician", "elsewhere", "owner"),
                users,
                strict=True,
            )
        )


def build() -> World:
    with time_machine.travel(timezone.now() - timedelta(days=10)):
        cast = assemble()
        tomas_plan = factories.plan(cast.tomas)
        for plan in (cast.plan, tomas_plan):
            gate_verbs.place(plan=plan, criteria=acts.criteria(plan, 1), by=cast.elin)
            gate_verbs.tick(plan=plan, criterion=acts.criteria(plan, 2)[0], by=cast.elin)
    yesterday = cast.harbour.today() - timedelta(days=1)
    acts.log(tomas_plan, yesterday, pain=8, level=acts.level(tomas_plan, 2))
    entry = acts.log(cast.plan, yesterday, pain=8, level=acts.level(cast.plan, 2))
    message_verbs.write(plan=cast.plan, by=cast.maya.user, text="Hello.")
    for someone in (cast.maya.user, cast.tomas.user):
        links.issue(someone, by=cast.elin)
        someone.refresh_from_db()
    return World(
        cast=cast,
        tomas_plan=tomas_plan,
        invited=staff.invite(
            clinic=cast.harbour,
            name="Nina New",
            email="nina@x.example",
            role="clinician",
            by=cast.petra,
        ),
        entry=entry,
        stop=entry.stops.get(),
        finding=finding_verbs.note(plan=cast.plan, by=cast.elin, words="Looks up."),
        maya_phone=Phone.objects.create(user=cast.maya.user, session_key="k" * 32, label="Phone"),
    )


def addresses() -> dict[str, URLPattern]:
    """Every address of the product, by its name."""
    found: dict[str, URLPattern] = {}
    waiting = list(get_resolver().url_patterns)
    for pattern in waiting:
        if isinstance(pattern, URLPattern):
            assert pattern.name
            found[pattern.name] = pattern
        else:
            waiting += pattern.url_patterns
    return found


# ---- what stands in an address


def address(name: str, world: World) -> str:
    given = _named(name, world)
    if not given:
        pattern = addresses()[name].pattern
        known = _by_folder(str(pattern).partition("/")[0], world)
        given = {key: known[key] for key in pattern.regex.groupindex}
    return reverse(name, kwargs=given)


def _by_folder(folder: str, world: World) -> Data:
    """Parameters by the first word of the address: all of them Maya's, or of her clinic."""
    plan = world.cast.plan
    level = acts.level(world.cast.plan, 2)
    pks = {
        "patients": world.cast.maya.pk,
        "plans": plan.pk,
        "findings": world.finding.pk,
        "stops": world.stop.pk,
        "log": world.entry.pk,
        "phones": world.maya_phone.pk,
        "people": world.cast.maya.user.pk,
        "staff": world.cast.omar.pk,
    }
    slugs = {
        "drills": Drill.objects.all()[0].slug,
        "ladders": plan.ladder.slug,
        "ladder": level.slug,
    }
    return {
        "pk": pks.get(folder),
        "slug": slugs.get(folder),
        "position": 2,
        "day": world.cast.harbour.today(),
        "criterion_pk": acts.criteria(plan, 2)[1].pk,
        "rung_pk": acts.rung(plan, 2).pk,
    }


def _named(name: str, world: World) -> Data:
    """Parameters of the addresses that need their own."""
    cast = world.cast
    given: dict[str, Callable[[], Data]] = {
        "untick": lambda: {"pk": cast.plan.pk, "criterion_pk": acts.criteria(cast.plan, 2)[0].pk},
        "withdraw": lambda: {"pk": cast.plan.pk, "rung_pk": acts.rung(cast.plan, 1).pk},
        "staff_invitation": lambda: {"pk": world.invited.pk},
        "staff_invite_again": lambda: {"pk": world.invited.pk},
        "staff_accept": lambda: {"token": _last(staff.invitation_url(world.invited))},
        "phone_link": lambda: {"token": _last(links.url(cast.maya.user.phone_link))},
        "account_reset_password_from_key": lambda: {
            "uidb36": user_pk_to_url_str(cast.omar),
            "key": default_token_generator.make_token(cast.omar),
        },
    }
    return given[name]() if name in given else {}


def _last(url: str) -> str:
    return urlsplit(url).path.strip("/").rpartition("/")[2]


# ---- what must be so before


def arrange(name: str, method: str, world: World) -> None:
    """Make the thing that one action needs and the others do not."""
    needed = ARRANGED.get(f"{method} {name}") or ARRANGED.get(name)
    if needed:
        needed(world)


def _answered(world: World) -> None:
    stop_verbs.answer(stop=world.stop, by=world.cast.elin, action="carry_on")


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
    for patient in (world.cast.maya, world.cast.tomas):
        activity_verbs.set_activities(patient=patient, by=world.cast.elin, words=["Lifting"])


def _paused(world: World) -> None:
    for plan in (world.cast.plan, world.tomas_plan):
        plan_verbs.pause(plan=plan, by=plan.patient.user)


def _asked(world: World) -> None:
    for plan in (world.cast.plan, world.tomas_plan):
        plan_verbs.request_review(plan=plan, by=plan.patient.user)


ARRANGED: dict[str, Callable[[World], Any]] = {
    "POST assign": _ended,
    "POST end": _answered,
    "POST discharge": _answered,
    "decide": lambda world: acts.tick_all(world.cast.plan, 2, world.cast.elin),
    "move": _edition,
    "rate": _activities,
    "my_resume": _paused,
    "resume": _paused,
    "take_back_review": _asked,
    "take_back": _discharged,
    "hand_over": lambda world: factories.patient(world.cast.omar, "Olle Olsson"),
    "staff_reactivate": lambda world: staff.deactivate(user=world.cast.omar, by=world.cast.petra),
    "my_messages_read": lambda world: [
        message_verbs.write(plan=plan, by=world.cast.elin, text="Hello.")
        for plan in (world.cast.plan, world.tomas_plan)
    ],
}


# ---- what is typed


def typed(name: str, world: World) -> Data:
    """A form filled in as a person would: what is allowed succeeds."""
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


def _paper(world: World) -> Data:
    day = world.cast.harbour.today() - timedelta(days=2)
    return {
        "client_id": "paper",
        "done_on": day,
        "level": acts.level(world.cast.plan, 2).pk,
        "sets": 2,
        "reps": 8,
    }


def _clinic(world: World) -> Data:
    thresholds = {
        "pain_amber_from": 3,
        "pain_stop_from": 6,
        "pain_stop_always_from": 8,
        "pain_above_usual": 2,
    }
    return {
        "name": "Harbour",
        "phone": "08 123 45",
        "time_zone": "Europe/Stockholm",
        "opening_hours": "9-17",
        **thresholds,
    }


TYPED: dict[str, Callable[[World], Data]] = {
    "account_login": lambda world: {"login": world.cast.omar.email, "password": PASSWORD},
    "account_reauthenticate": lambda world: {"password": PASSWORD},
    "account_change_password": lambda world: {
        "oldpassword": PASSWORD,
        "password1": "another long walk home",
    },
    "account_reset_password": lambda world: {"email": world.cast.omar.email},
    "cover": lambda world: {"cover": world.cast.omar.pk, "until": world.cast.harbour.today()},
    "pin": lambda world: {"pin": "2580"},
    "staff_accept": lambda world: {"password": "another long walk home"},
    "staff_invite": lambda world: {
        "name": "Otto Other",
        "email": "otto@x.example",
        "role": "clinician",
    },
    "staff_change": lambda world: {"email": "omar.odeh@harbour.example", "role": "owner"},
    "hand_over": lambda world: {"to": world.cast.elin.pk},
    "clinic": _clinic,
    "patient_new": lambda world: {"name": "Zoe Zorn", "lead": world.cast.elin.pk},
    "patient_edit": lambda world: {"name": "Maya Rose", "lead": world.cast.elin.pk},
    "assign": lambda world: {
        "ladder": world.cast.plan.ladder.pk,
        "weekdays": [0, 3],
        "goal": acts.rung(world.cast.plan, 4).pk,
    },
    "usual_pain": lambda world: {"usual_pain": 3},
    "next_visit": lambda world: {"next_visit": world.cast.harbour.today() + timedelta(days=9)},
    "thread": lambda world: {"word": "Hello back."},
    "place": lambda world: {"criteria": [one.pk for one in acts.criteria(world.cast.plan, 2)]},
    "decide": lambda world: {"seen": world.cast.plan.seen},
    "not_yet": lambda world: {"seen": world.cast.plan.seen, "word": "Nearly."},
    "withdraw": lambda world: {"reason": "Lost."},
    "prescribe": lambda world: {"level": acts.level(world.cast.plan, 2).pk, "sets": 2, "reps": 6},
    "schedule": lambda world: {"weekdays": [0, 2]},
    "goal": lambda world: {"goal_rung": acts.rung(world.cast.plan, 4).pk},
    "choose_level": lambda world: {"level": acts.level(world.cast.plan, 2).pk},
    "finding": lambda world: {"words": "Holds the breath."},
    "paper": _paper,
    "stop_answer": lambda world: {"action": "carry_on", "word": "It settles."},
    "intake": lambda world: {"reason": "Back pain.", "usual_pain": 3},
    "assess": lambda world: {"words": "Squats it."},
    "activities": lambda world: {"activity_1": "Lifting"},
    "rate": lambda world: {
        f"activity_{one.pk}": 4
        for patient in (world.cast.maya, world.cast.tomas)
        for one in patient.activities.all()
    },
    "draft": _sheet,
    "log_day": _sheet,
    "my_level": lambda world: {"level": acts.rung(world.cast.plan, 2).levels.all()[1].pk},
    "morning": lambda world: {"morning": "3", "worse": "no"},
    "my_messages": lambda world: {"text": "Hello again."},
    "my_pause": lambda world: {"reason": "away"},
}
