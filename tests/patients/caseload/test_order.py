"""Who needs the clinic first: the caseload's order, read from the page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from random import Random
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from django.db import connection
from django.urls import reverse

from accounts import links
from accounts.models import Role, User
from curriculum.models import Ladder, Rung
from patients.caseload import order
from patients.models import CaseloadPlace, Patient, PatientSummary, Plan
from patients.models.summary import BY_THE_DAY
from patients.verbs import messages as message_verbs
from patients.verbs import people as people_verbs
from patients.verbs import plan as plan_verbs
from patients.verbs import screening as screening_verbs
from patients.verbs import visits
from tests import factories
from tests.cast import Cast
from tests.patients import acts
from tests.patients.caseloads import asked, found, headings, listed, names, pages
from tests.patients.clinic_pages import browser
from tests.patients.conftest import MONDAY
from tests.patients.telling import told as told_of
from tests.queries import BeforeTheAnswer


class Days:
    """The clinic's days from `MONDAY`, and patients to whom things happen on them."""

    def __init__(self, clock: time_machine.Traveller, by: User) -> None:
        self.clock = clock
        self.by = by

    def go(self, day: int, hour: int = 9) -> None:
        self.clock.move_to(MONDAY + timedelta(days=day, hours=hour - 9))

    def on_plan(self, name: str, day: int = 0) -> Plan:
        self.go(day)
        return factories.plan(factories.patient(self.by, name))

    def practised(self, name: str, *days: int, effort: str = "hard", pain: int = 1) -> Plan:
        plan = self.on_plan(name)
        for day in days:
            self.go(day)
            acts.log(plan, pain=pain, effort=effort)
        return plan


@pytest.fixture
def days(clock: time_machine.Traveller, cast: Cast) -> Days:
    return Days(clock, cast.omar)


def _stopped(days: Days) -> None:
    for name, day, told in (
        ("Stopped at 7 on day 9", 9, {"pain": 7}),
        ("Stopped at 7 on day 7", 7, {"pain": 7}),
        ("Stopped at 10 on day 9", 9, {"pain": 10}),
        ("Numb on day 8", 8, {"pain": 1, "leg": "numb"}),
        ("Weak on day 9", 9, {"pain": 1, "leg": "weak"}),
    ):
        plan = days.on_plan(name)
        days.go(day)
        acts.log(plan, **told)
    plan = days.on_plan("Calf on day 7")
    days.go(7)
    told_of(plan.patient, "calf", side="left")


def _to_read_first(days: Days) -> None:
    """The second wrote something else before."""
    for name, day in (("Fever on day 9", 9), ("Chest pain on day 9", 10)):
        plan = days.on_plan(name)
        if day == 10:
            days.go(7)
            message_verbs.write(plan=plan, by=plan.patient.user, text="Is this right?")
        days.go(9, day)
        message_verbs.write(plan=plan, by=plan.patient.user, text=name)


def _not_cleared(days: Days) -> None:
    for name, day, again in (
        ("Look again on day 10", 9, 10),
        ("Look again on day 9", 7, 9),
        ("Not cleared until day 14", 7, 14),
        ("Not cleared until day 12", 9, 12),
    ):
        plan = days.on_plan(name)
        days.go(day)
        screening_verbs.screen(
            patient=plan.patient,
            by=days.by,
            outcome="not_cleared",
            words="Sent to the doctor.",
            look_again_on=(MONDAY + timedelta(days=again)).date(),
        )


def _missed(days: Days) -> None:
    for name, day in (("Missed on day 10", 10), ("Missed on day 9", 9)):
        plan = days.practised(name, 9)
        days.go(day)
        on = (MONDAY + timedelta(days=day)).date()
        visit = visits.plan(patient=plan.patient, by=days.by, day=on)
        visits.mark(visit=visit, by=days.by, state="missed")


def _every_class(days: Days) -> None:
    """Written down in another order than the one asked for."""
    days.practised("On track since yesterday", 9)
    days.practised("On track since the day before", 8)
    days.practised("Quiet since day 3", 3)
    days.practised("Quiet since day 1", 1)
    for name, day in (("New on day 6", 6), ("New on day 4", 4)):
        days.go(day)
        factories.patient(days.by, name)
    for name, day in (("Link of day 6", 6), ("Link of day 5", 5)):
        links.issue(days.on_plan(name, day).patient.user, by=days.by)
    days.practised("Ready since day 9", 7, 8, 9, effort="right")
    days.practised("Ready since day 8", 6, 7, 8, effort="easy")
    for name, day in (("Weight since day 8", 8), ("Weight since day 7", 7)):
        days.go(day)
        factories.plan(factories.patient(days.by, name), passed=5)
    for name, hour in (("Asked at ten", 10), ("Asked at nine", 9)):
        plan = days.practised(name, 9)
        days.go(9, hour)
        plan_verbs.request_review(plan=plan, by=plan.patient.user)
    days.practised("Amber from day 8", 8, 9, pain=5)
    days.practised("Amber from day 7", 7, 8, pain=4)
    for name, day in (("Wrote on day 9", 9), ("Wrote on day 8", 8)):
        plan = days.on_plan(name)
        days.go(day)
        message_verbs.write(plan=plan, by=plan.patient.user, text="Is this right?")
    _to_read_first(days)
    _stopped(days)
    _not_cleared(days)
    _missed(days)
    away = days.practised("Away without end", 2)
    days.go(3)
    plan_verbs.pause(plan=away, by=away.patient.user)
    gone = days.practised("Discharged", 9)
    message_verbs.write(plan=gone, by=gone.patient.user, text="Goodbye.")
    people_verbs.discharge(patient=gone.patient, by=days.by)
    days.go(10)


#: The order of the caseload, longest waiting first within each class.
BY_HAND = {
    "Stopped": [
        "Weak on day 9",
        "Calf on day 7",
        "Numb on day 8",
        "Stopped at 10 on day 9",
        "Stopped at 7 on day 7",
        "Stopped at 7 on day 9",
    ],
    "Message": [
        "Fever on day 9",
        "Chest pain on day 9",
        "Wrote on day 8",
        "Wrote on day 9",
    ],
    "Follow up": ["Look again on day 9", "Look again on day 10"],
    "Easing off": ["Amber from day 7", "Amber from day 8"],
    "Asked for a review": ["Asked at nine", "Asked at ten"],
    "Ready by numbers": ["Ready since day 8", "Ready since day 9"],
    "Waits for a weight": ["Weight since day 7", "Weight since day 8"],
    "Link not opened": ["Link of day 5", "Link of day 6"],
    "Gone quiet": ["Quiet since day 1", "Quiet since day 3"],
    "Missed a visit": ["Missed on day 9", "Missed on day 10"],
    "New": ["New on day 4", "New on day 6"],
    "Not cleared": ["Not cleared until day 12", "Not cleared until day 14"],
    "On track": ["On track since the day before", "On track since yesterday", "Away without end"],
}


def test_those_who_need_the_clinic_come_first_and_the_longest_waiting_before_others(
    days: Days, cast: Cast
) -> None:
    _every_class(days)
    page = asked(cast.omar)
    assert headings(page) == list(BY_HAND)
    assert names(page) == [name for some in BY_HAND.values() for name in some]


def test_needs_me_leaves_out_those_on_track(days: Days, cast: Cast) -> None:
    _every_class(days)
    assert headings(asked(cast.omar, show="needs")) == list(BY_HAND)[:-2]


def test_time_alone_moves_a_patient_down_and_up(days: Days, cast: Cast) -> None:
    days.practised("Pia Patient", 2, 3, 4, effort="right")
    found = []
    for day in (4, 8, 9, 11, 12):
        days.go(day)
        found += headings(asked(cast.omar))
    # Ready from the third good day until ten days after the first of them; then silent for long.
    assert found == ["Ready by numbers"] * 4 + ["Gone quiet"]


def test_a_hundred_and_ten_who_wait_equally_long_are_each_met_once_over_three_pages(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    expected = set()
    for number in range(56):
        wrote = f"Wrote {number}"
        new = f"New {number}"
        plan = factories.plan(factories.patient(cast.omar, wrote))
        message_verbs.write(plan=plan, by=plan.patient.user, text="Hello.")
        factories.patient(cast.omar, new)
        expected |= {wrote, new}
    found = pages(browser(cast.omar))
    assert [len(page) for page in found] == [50, 50, 12]
    assert {name for page in found for name in page} == expected


@pytest.mark.parametrize(
    "after", ["x", "1__", "5_2026-13-40_1", "1_2026-03-02_1", "99_2026-03-02_1", "9_½_1", "\x00"]
)
def test_a_spoilt_address_of_a_page_is_the_first_page(cast: Cast, after: str) -> None:
    assert listed(cast.elin, after=after) == listed(cast.elin)


#: Ranks that hold whatever the date is, once each.
WAITING = [
    place
    for place in CaseloadPlace
    if place not in BY_THE_DAY | {CaseloadPlace.NEW, CaseloadPlace.ON_TRACK}
]


def _summaries(cast: Cast, count: int) -> None:
    """Patients whose summaries hold dates at random around today, ties and impossible mixtures
    too."""
    chance = Random(7)
    today = cast.harbour.today()
    rungs = list(Rung.objects.all())

    def some_day(back: int, ahead: int) -> Any:
        return chance.choice([None, today + timedelta(days=chance.randint(-back, ahead))])

    users = [
        User(clinic=cast.harbour, role=Role.PATIENT, name=f"P{n}", password="!")
        for n in range(count)
    ]
    made = [
        Patient(clinic=cast.harbour, user=u, lead=cast.omar, name=u.name)
        for u in User.objects.bulk_create(users)
    ]
    for patient in Patient.objects.bulk_create(made):
        rank = chance.choice(
            [None, *WAITING, *[CaseloadPlace.NEW] * 6, *[CaseloadPlace.ON_TRACK] * 24]
        )
        PatientSummary.objects.create(
            patient=patient,
            clinic=cast.harbour,
            lead=chance.choice([cast.omar, cast.elin]),
            rank=rank,
            rung=chance.choice(rungs),
            link_from=some_day(4, 3),
            **{"follow_up_on": some_day(2, 9)} | _dates(chance, rank, some_day),
        )


def _dates(
    chance: Random, rank: CaseloadPlace | None, some_day: Callable[[int, int], Any]
) -> dict[str, Any]:
    """The dates that a patient of this rank may have."""
    today = MONDAY.date()
    if rank in WAITING:
        waits = MONDAY - timedelta(hours=chance.randint(0, 5))
        again = today + timedelta(days=chance.randint(-3, 3))
        return {"waits_since": waits} | (
            {"follow_up_on": again} if rank == CaseloadPlace.NOT_CLEARED else {}
        )
    if rank == CaseloadPlace.NEW:
        return {"new_since": today - timedelta(days=chance.randint(0, 4))}
    if rank is None:
        return {}
    ready = some_day(9, 15)
    return {
        "ready_until": ready,
        "ready_since": ready and today - timedelta(days=chance.randint(0, 4)),
        "weight_from": some_day(4, 3),
        "sign_from": some_day(4, 3),
        "missed_on": some_day(3, 0),
        "quiet_from": some_day(4, 4),
    }


@pytest.mark.parametrize("who", ["clinic", "lead", "leads"])
@pytest.mark.parametrize("needs_me", [False, True])
def test_walking_the_indexes_gives_the_order_that_sorting_everybody_would(
    clock: time_machine.Traveller, cast: Cast, who: str, needs_me: bool
) -> None:
    _summaries(cast, 400)
    today = cast.harbour.today()
    leads = {"clinic": None, "lead": [cast.omar.pk], "leads": [cast.omar.pk, cast.elin.pk]}[who]
    rungs = [one.pk for one in Rung.objects.filter(position__lte=5)]
    wanted = order.Wanted(cast.harbour.pk, today, lead_ids=leads, needs_me=needs_me, rung_ids=rungs)
    rows = PatientSummary.objects.filter(
        clinic=cast.harbour, rung__in=rungs, **({"lead__in": leads} if leads else {})
    )

    def sorted_by_hand() -> list[int]:
        placed = [(order.place_of(row, today), row) for row in rows]
        kept = [
            (p, row)
            for p, row in placed
            if p is not None and not (needs_me and p > CaseloadPlace.NEW)
        ]
        kept.sort(
            key=lambda one: (one[0], str(order.waits_since(one[1], one[0])), one[1].patient_id)
        )
        return [row.patient_id for _, row in kept]

    found = []
    after = None
    while True:
        page = order.page(wanted, order.Cursor.read(str(after)) if after else None, size=7)
        found += [row.patient_id for row in page.rows]
        after = page.after
        if after is None:
            break
    assert len(found) > 30
    assert found == sorted_by_hand()


@pytest.mark.parametrize("patients", [3, 300])
def test_a_page_takes_at_most_eight_queries_whatever_the_number_of_patients(
    curriculum: Ladder, patients: int
) -> None:
    call_command("bench_data", patients=patients, practice=2, verbosity=0)
    client = browser(User.objects.get(role=Role.OWNER))
    looks = {"look": found(client, q="a").context["filters"].look}
    for filters in (
        {},
        {"who": "clinic"},
        {"show": "needs"},
        looks,
        {"rung": "hip-hinge/butt-taps"},
    ):
        with BeforeTheAnswer(connection) as queries:
            assert client.get(reverse("caseload"), filters).status_code == 200
        assert len(queries) <= 8, "\n".join(
            query["sql"][:150] for query in queries.captured_queries
        )


def test_looking_writes_nothing(days: Days, cast: Cast) -> None:
    _every_class(days)
    client = browser(cast.omar)
    before = acts.everything()
    for filters in ({}, {"who": "clinic", "show": "needs"}):
        client.get(reverse("caseload"), filters)
    assert found(client, q="day").context["found"]
    assert acts.everything() == before
