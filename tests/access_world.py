"""The rows on which the access table is tried. Every address leads to a real row."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import time, timedelta
from functools import cache
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urlsplit

import time_machine
from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse
from django.utils import timezone

from accounts import links, staff
from accounts.models import Phone, SignIn, User
from curriculum.models import Drill
from patients.models import (
    Band,
    Carer,
    Finding,
    Letter,
    Patient,
    Plan,
    PlanTemplate,
    Practice,
    RecordNote,
    Report,
    Stop,
    Visit,
    VisitStep,
)
from patients.verbs import bands as band_verbs
from patients.verbs import carers as carer_verbs
from patients.verbs import findings as finding_verbs
from patients.verbs import first_visit as visit_verbs
from patients.verbs import gate as gate_verbs
from patients.verbs import letters as letter_verbs
from patients.verbs import messages as message_verbs
from patients.verbs import people as people_verbs
from patients.verbs import plan_templates as template_verbs
from patients.verbs import practice_feeds, visit_feeds, visits
from patients.verbs import record_notes as record_note_verbs
from patients.verbs import usual_pain as usual_pain_verbs
from tests import factories
from tests.accounts import steps
from tests.cast import Cast, assemble
from tests.cast_rows import copied_or
from tests.patients import acts, borrowed
from tests.patients.phone import phone_of

Data = dict[str, Any]


@dataclass(frozen=True)
class World:
    """The people and rows of the access table.

    Maya and Tomas, of one clinic, are on rung 2 and stopped for pain. Kim works there too. Dana
    owned the clinic, and Disa was its patient. ``left`` holds the cookies of the browsers of these
    two, who were signed in when they went. Rut helps Maya.
    """

    cast: Cast
    tomas_plan: Plan
    kim: User
    dana: User
    disa: Patient
    left: dict[str, SimpleCookie]
    invited: User
    entry: Practice
    stop: Stop
    finding: Finding
    squat: Finding
    note: RecordNote
    visit: Visit
    feed: str
    reminders: str
    letter: Letter
    band: Band
    template: PlanTemplate
    maya_phone: Phone
    rut: Carer
    sign_in: SignIn
    passkey: steps.Passkey

    @property
    def people(self) -> dict[str, User | None]:
        """The person of each column of the table."""
        cast = self.cast
        return {
            "nobody": None,
            "patient": cast.maya.user,
            "another": cast.tomas.user,
            "carer": self.rut.user,
            "discharged": self.disa.user,
            "foreign": cast.noor.user,
            "clinician": cast.elin,
            "colleague": self.kim,
            "owner": cast.petra,
            "dismissed": self.dana,
            "elsewhere": cast.ines,
        }

    def browser(self, who: str) -> Client:
        """The browser of a person of the table, signed in as they are."""
        if who not in self.left:
            return _signed_in(self.people[who])
        browser = Client()
        browser.cookies.update(self.left[who])
        return browser


def _signed_in(person: User | None) -> Client:
    if person is not None and person.of_patients_side:
        return phone_of(person.carer if person.is_carer else person.patient)
    browser = Client()
    if person is not None:
        browser.force_login(person)
        steps.prove(browser, person)
    return browser


def build() -> World:
    """The world in a database without people, made by verbs now or copied from a moment ago."""
    return copied_or(_build)


def _build() -> World:
    with time_machine.travel(timezone.now() - timedelta(days=10)):
        cast = assemble()
        tomas_plan = factories.plan(cast.tomas)
        for plan in (cast.plan, tomas_plan):
            gate_verbs.place(plan=plan, criteria=acts.criteria(plan, 1), by=cast.elin)
            gate_verbs.tick(plan=plan, criterion=acts.criteria(plan, 2)[0], by=cast.elin)
        usual_pain_verbs.tell(patient=cast.maya, by=cast.maya.user, pain=2)
    entry = _stopped(tomas_plan, cast.plan)
    usual_pain_verbs.tell(patient=cast.maya, by=cast.maya.user, pain=5)
    rut = _first_visit(cast)
    message_verbs.write(plan=cast.plan, by=cast.maya.user, text="Hello.")
    dana = factories.owner(cast.harbour, "Dana Dahl")
    disa = factories.patient(cast.elin, "Disa Dam")
    _links(rut, cast.maya, cast.tomas, cast.noor, disa)
    return World(
        cast=cast,
        tomas_plan=tomas_plan,
        kim=factories.clinician(cast.harbour, "Kim Kolk"),
        dana=dana,
        disa=disa,
        left={"dismissed": _dismissed(dana, cast), "discharged": _discharged_phone(disa)},
        invited=_invited(cast),
        entry=entry,
        stop=entry.stops.get(),
        letter=_letter(cast),
        note=record_note_verbs.write(patient=cast.maya, by=cast.elin, text="Limps."),
        feed=visit_feeds.make(by=cast.elin),
        reminders=practice_feeds.make(patient=cast.maya, reminds_at=time(8), by=cast.maya.user),
        visit=visits.plan(patient=cast.maya, by=cast.elin, day=cast.harbour.today()),
        finding=finding_verbs.note(plan=cast.plan, by=cast.elin, words="Looks up."),
        squat=borrowed.seen(cast.plan, by=cast.elin),
        passkey=steps.passkey_of(cast.elin),
        sign_in=SignIn.objects.create(user=cast.elin, session_key="s" * 64, label="iPad"),
        band=_band(cast),
        template=_template(cast),
        rut=rut,
        maya_phone=Phone.objects.create(user=cast.maya.user, session_key="k" * 32, label="Phone"),
    )


def _stopped(*plans: Plan) -> Practice:
    """Yesterday each of them stopped for pain. Returns the entry of the last."""
    yesterday = plans[0].clinic.today() - timedelta(days=1)
    return [acts.log(one, yesterday, pain=8, level=acts.level(one, 2)) for one in plans][-1]


def _links(rut: Carer, *patients: Patient) -> None:
    led = [(one.user, one.lead) for one in patients]
    for user, lead in [(rut.user, patients[0].lead), *led]:
        links.issue(user, by=lead)
        user.refresh_from_db()


def _first_visit(cast: Cast) -> Carer:
    """Maya's first visit is unfinished: the link is left to make. Returns who helps her."""
    visit_verbs.begin(patient=cast.maya, by=cast.elin)
    visit_verbs.saved(patient=cast.maya, by=cast.elin, step=VisitStep.DOSE)
    return carer_verbs.name(patient=cast.maya, name="Rut Roos", by=cast.maya.user)


def _invited(cast: Cast) -> User:
    who = {"name": "Nina New", "email": "nina@x.example", "role": "clinician"}
    return staff.invite(clinic=cast.harbour, by=cast.petra, **who)


def _band(cast: Cast) -> Band:
    said: Data = {"name": "Crimson", "marks": 3, "after": None}
    return band_verbs.add(clinic=cast.harbour, by=cast.petra, **said)


def _template(cast: Cast) -> PlanTemplate:
    """It has the doses of two levels."""
    said: Data = {"by": cast.elin, "sets": 2, "reps": 8, "per_side": False, "word": "Slowly."}
    said |= dict.fromkeys(("reps_to", "seconds", "pause", "rest"))
    template = template_verbs.add(name="Usual", weekdays=21, level=acts.level(cast.plan, 1), **said)
    template_verbs.set_dose(template=template, level=acts.level(cast.plan, 2), **said)
    return template


def _letter(cast: Cast) -> Letter:
    return letter_verbs.write(
        patient=cast.maya, by=cast.elin, addressee="Dr Berg", text="Dear Dr Berg."
    )


def _dismissed(person: User, cast: Cast) -> SimpleCookie:
    browser = _signed_in(person)
    staff.deactivate(user=person, by=cast.petra)
    return browser.cookies


def _discharged_phone(patient: Patient) -> SimpleCookie:
    factories.plan(patient)
    phone = _signed_in(patient.user)
    people_verbs.discharge(patient=patient, by=patient.lead)
    return phone.cookies


@cache
def addresses() -> dict[str, URLPattern]:
    """Every address of the product, by its name."""
    patterns: dict[str, URLPattern] = {}
    waiting = list(get_resolver().url_patterns)
    for pattern in waiting:
        if isinstance(pattern, URLPattern):
            assert pattern.name
            patterns[pattern.name] = pattern
        else:
            waiting += pattern.url_patterns
    return patterns


# ---- the parameters of an address


def address(name: str, world: World, **instead: object) -> str:
    """The address with this name. ``instead`` replaces parameters of this world."""
    return reverse(name, kwargs={**parameters(name, world), **instead})


def parameters(name: str, world: World) -> Data:
    given = _named(name, world)
    if not given:
        known = _by_folder(folder(name), world)
        given = {key: known[key]() for key in addresses()[name].pattern.regex.groupindex}
    return given


def folder(name: str) -> str:
    """The first word of an address. It tells to what an id in the address belongs."""
    return str(addresses()[name].pattern).partition("/")[0]


def _by_folder(folder: str, world: World) -> dict[str, Callable[[], object]]:
    """Parameters by the first word of the address. All belong to Maya or to her clinic.

    Each is asked for only where an address has it: there are thousands of requests.
    """
    plan = world.cast.plan
    pks = {
        "patients": world.cast.maya.pk,
        "plans": plan.pk,
        "findings": world.finding.pk,
        "notes": world.note.pk,
        "visits": world.visit.pk,
        "letters": world.letter.pk,
        "stops": world.stop.pk,
        "log": world.entry.pk,
        "phones": world.maya_phone.pk,
        "sign-ins": world.sign_in.pk,
        "people": world.cast.maya.user.pk,
        "carers": world.rut.pk,
        "staff": world.cast.omar.pk,
        "bands": world.band.pk,
        "templates": world.template.pk,
    }
    slugs: dict[str, Callable[[], object]] = {
        "drills": lambda: Drill.objects.all()[0].slug,
        "ladders": lambda: plan.ladder.slug,
        "ladder": lambda: acts.level(plan, 2).slug,
    }
    return {
        "pk": lambda: pks[folder],
        "slug": lambda: slugs[folder](),
        "position": lambda: 2,
        "day": world.cast.harbour.today,
        "criterion_pk": lambda: acts.criteria(plan, 2)[1].pk,
        "rung_pk": lambda: acts.rung(plan, 2).pk,
    }


def _named(name: str, world: World) -> Data:
    """Parameters of the addresses that need their own."""
    cast = world.cast
    given: dict[str, Callable[[], Data]] = {
        "untick": lambda: {"pk": cast.plan.pk, "criterion_pk": acts.criteria(cast.plan, 2)[0].pk},
        "first_visit_draft": lambda: {"pk": cast.maya.pk, "step": "story"},
        "undo": lambda: {"pk": cast.plan.pk, "review_pk": _last_review(world)},
        "borrow": lambda: {"pk": world.squat.pk},
        "write_to_several": lambda: {"to": "quiet"},
        "mfa_remove_webauthn": lambda: {"pk": world.passkey.pk},
        "report_take_back": lambda: {"pk": _last_report()},
        "withdraw": lambda: {"pk": cast.plan.pk, "rung_pk": acts.rung(cast.plan, 1).pk},
        "staff_invitation": lambda: {"pk": world.invited.pk},
        "staff_invite_again": lambda: {"pk": world.invited.pk},
        "visit_feed_file": lambda: {"token": world.feed},
        "practice_feed_file": lambda: {"token": world.reminders},
        "staff_accept": lambda: {"token": _last(staff.invitation_url(world.invited))},
        "phone_link": lambda: {"token": _last(links.url(cast.maya.user.phone_link))},
        "account_reset_password_from_key": lambda: {
            "uidb36": user_pk_to_url_str(cast.omar),
            "key": default_token_generator.make_token(cast.omar),
        },
    }
    return given[name]() if name in given else {}


def _last_report() -> int:
    """Of a report that is not arranged the number leads nowhere."""
    return max(Report.objects.values_list("pk", flat=True), default=1)


def _last_review(world: World) -> int:
    return world.cast.plan.reviews.order_by("-pk")[0].pk


def _last(url: str) -> str:
    return urlsplit(url).path.strip("/").rpartition("/")[2]
