"""Visits are planned, moved, kept, missed and called off, and each is said by somebody."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from accounts.models import Event
from patients.models import Patient, Visit
from patients.standing.visits import ahead_of, next_visit
from patients.summaries import verify
from patients.verbs import handover as handover_verbs
from patients.verbs import people as people_verbs
from patients.verbs import visits
from tests import factories
from tests.cast import Cast
from tests.patients.acts import database_refuses, refused

NINE = time(9)


def said(cast: Cast, **more: Any) -> dict[str, Any]:
    return {"patient": cast.maya, "by": cast.elin, **more}


def on(cast: Cast, days: int) -> date:
    return cast.harbour.today() + timedelta(days=days)


def standing(cast: Cast) -> list[tuple[date, time | None, str]]:
    rows = Visit.objects.filter(patient=cast.maya).in_order()
    return [(visit.day, visit.time, visit.state) for visit in rows]


def test_the_next_visit_is_moved_and_not_planned_twice(cast: Cast) -> None:
    visits.set_next(**said(cast, day=on(cast, 7), time=NINE))
    visits.set_next(**said(cast, day=on(cast, 9)))
    assert standing(cast) == [(on(cast, 9), None, "planned")]
    following = next_visit(cast.maya)
    assert following is not None
    assert (following.clinician, following.by) == (cast.elin, cast.elin)


def test_on_the_day_of_a_visit_the_next_one_is_another(cast: Cast) -> None:
    """The patient sits there: today's visit stays to be kept."""
    today = visits.plan(**said(cast, day=on(cast, 0), time=NINE))
    visits.set_next(**said(cast, day=on(cast, 7), time=NINE))
    visits.mark(visit=today, by=cast.elin, state="kept")
    assert standing(cast) == [(on(cast, 0), NINE, "kept"), (on(cast, 7), NINE, "planned")]
    ahead = ahead_of(cast.maya, on(cast, 0))
    assert (ahead.today, ahead.soonest) == (None, next_visit(cast.maya))


def test_a_visit_of_today_can_be_put_right_and_the_soonest_is_the_patients(cast: Cast) -> None:
    visits.plan(**said(cast, day=on(cast, 0), time=NINE))
    visits.set_next(**said(cast, day=on(cast, 0), time=time(10)))
    visits.plan(**said(cast, day=on(cast, 7)))
    assert [at for _day, at, _state in standing(cast)] == [time(10), None]
    soonest = ahead_of(cast.maya, on(cast, 0)).soonest
    assert soonest is not None
    assert soonest.day == on(cast, 0)


def test_without_a_day_the_next_visit_is_called_off_and_by_whom_is_known(cast: Cast) -> None:
    visits.set_next(**said(cast, day=on(cast, 7)))
    visits.set_next(**said(cast, by=cast.omar, day=None))
    (off,) = Visit.objects.filter(patient=cast.maya)
    assert (off.state, off.said_by) == ("called_off", cast.omar)
    visits.set_next(**said(cast, day=None))
    visits.set_next(**said(cast, day=on(cast, 7)))
    assert [state for _day, _at, state in standing(cast)] == ["called_off", "planned"]


def test_a_visit_is_with_a_colleague_who_can_sign_in(cast: Cast) -> None:
    with_omar = visits.plan(**said(cast, day=on(cast, 7), clinician=cast.omar))
    visits.set_next(**said(cast, day=on(cast, 8)))
    with_omar.refresh_from_db()
    assert (with_omar.day, with_omar.clinician) == (on(cast, 8), cast.omar)
    for stranger in (cast.ines, cast.maya.user):
        with refused("not_of_the_clinic"):
            visits.plan(**said(cast, day=on(cast, 9), clinician=stranger))


@pytest.mark.parametrize(
    ("when", "code"),
    [
        ({"day": -1}, "visit_in_past"),
        ({"day": None, "time": NINE}, "time_without_day"),
    ],
    ids=["past", "time alone"],
)
def test_a_visit_that_cannot_be_is_refused(cast: Cast, when: dict[str, Any], code: str) -> None:
    if when["day"] is not None:
        when = {**when, "day": on(cast, when["day"])}
    with refused(code):
        visits.set_next(**said(cast, **when))
    assert standing(cast) == []


def test_nobody_is_planned_twice_at_one_moment_and_the_database_agrees(cast: Cast) -> None:
    for at in (NINE, None):
        visit = visits.plan(**said(cast, day=on(cast, 0), time=at))
        with refused("visit_taken"):
            visits.plan(**said(cast, by=cast.omar, day=on(cast, 0), time=at))
        visits.mark(visit=visit, by=cast.elin, state="missed")
        with refused("visit_taken"):
            visits.plan(**said(cast, day=on(cast, 0), time=at))
        row = {"patient": cast.maya, "day": visit.day, "time": at, "clinician": cast.elin}
        kept = {"state": "kept", "said_by": cast.elin, "said_at": timezone.now()}
        for more in ({}, kept):
            with database_refuses("(?i)unique"):
                Visit.objects.create(**row, **more)


def test_a_visit_says_who_said_what_became_of_it_or_nobody(cast: Cast) -> None:
    visit = visits.plan(**said(cast, day=on(cast, 0)))
    rows = Visit.objects.filter(pk=visit.pk)
    for wrong in ({"state": "kept"}, {"said_by": cast.elin}, {"state": "forgotten"}):
        with database_refuses("visit_s"):
            rows.update(**wrong)


def test_a_mark_is_made_once_and_taken_back_by_anybody_of_the_clinic(cast: Cast) -> None:
    visit = visits.plan(**said(cast, day=on(cast, 0), time=NINE))
    for _ in range(2):
        visits.mark(visit=visit, by=cast.elin, state="kept")
    with refused("visit_marked"):
        visits.mark(visit=visit, by=cast.omar, state="missed")
    for _ in range(2):
        back = visits.take_back(visit=visit, by=cast.omar)
    assert (back.state, back.said_by, back.said_at) == ("planned", None, None)
    missed = visits.mark(visit=visit, by=cast.omar, state="missed")
    assert (missed.said_by, missed.state) == (cast.omar, "missed")


def test_a_visit_called_off_cannot_come_back_to_a_moment_that_is_taken(cast: Cast) -> None:
    off = visits.plan(**said(cast, day=on(cast, 0), time=NINE))
    visits.mark(visit=off, by=cast.elin, state="called_off")
    visits.plan(**said(cast, day=on(cast, 0), time=NINE))
    with refused("visit_taken"):
        visits.take_back(visit=off, by=cast.elin)


def test_a_visit_ahead_is_called_off_and_neither_kept_nor_missed(cast: Cast) -> None:
    visit = visits.plan(**said(cast, day=on(cast, 1)))
    for state, code in (("kept", "visit_ahead"), ("missed", "visit_ahead"), ("new", "bad_choice")):
        with refused(code):
            visits.mark(visit=visit, by=cast.elin, state=state)
    assert visits.mark(visit=visit, by=cast.elin, state="called_off").state == "called_off"


def test_nobody_else_plans_or_marks(cast: Cast) -> None:
    visit = visits.plan(**said(cast, day=on(cast, 0)))
    for stranger in (cast.ines, cast.maya.user):
        with refused("not_yours"):
            visits.plan(**said(cast, by=stranger, day=on(cast, 3)))
        with refused("not_yours"):
            visits.set_next(**said(cast, by=stranger, day=on(cast, 3)))
        with refused("not_yours"):
            visits.mark(visit=visit, by=stranger, state="kept")
        with refused("not_yours"):
            visits.take_back(visit=visit, by=stranger)


def test_whoever_takes_the_patients_over_sees_them_at_their_visits(cast: Cast) -> None:
    kept = visits.plan(**said(cast, day=on(cast, 0)))
    visits.mark(visit=kept, by=cast.elin, state="kept")
    planned = visits.plan(**said(cast, day=on(cast, 3)))
    handover_verbs.hand_over(user=cast.elin, by=cast.petra, to=cast.omar)
    assert [Visit.objects.get(pk=one.pk).clinician for one in (kept, planned)] == [
        cast.elin,
        cast.omar,
    ]


def test_with_a_lead_who_has_left_the_visit_is_with_who_plans_it(cast: Cast) -> None:
    handover_verbs.end_access(user=cast.elin, by=cast.petra)
    visit = visits.plan(patient=cast.maya, by=cast.omar, day=on(cast, 3))
    assert visit.clinician == cast.omar


def test_a_visit_with_somebody_who_has_left_is_with_who_moves_it(cast: Cast) -> None:
    visits.plan(**said(cast, day=on(cast, 3), clinician=cast.omar))
    handover_verbs.end_access(user=cast.omar, by=cast.petra)
    moved = visits.set_next(**said(cast, day=on(cast, 4)))
    assert moved is not None
    assert moved.clinician == cast.elin


def test_the_release_before_reads_the_day_and_what_it_writes_is_taken_over(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    """Both serve for a while, each from its own machine."""
    visit = visits.set_next(**said(cast, day=on(cast, 7), time=NINE))
    assert Patient.objects.get(pk=cast.maya.pk).next_visit == on(cast, 7)
    assert Event.objects.filter(kind="patient_changed", fields="next_visit").count() == 1
    assert visits.take_over() == 0
    Patient.objects.filter(pk=cast.tomas.pk).update(next_visit=on(cast, 4))
    assert (visits.take_over(), visits.take_over()) == (1, 0)
    taken = cast.tomas.visits.get()
    assert (taken.day, taken.time, taken.clinician, taken.by) == (
        on(cast, 4),
        None,
        cast.elin,
        None,
    )
    assert visit is not None
    visits.mark(visit=visit, by=cast.elin, state="called_off")
    assert Patient.objects.get(pk=cast.maya.pk).next_visit is None


def test_a_day_that_the_release_before_moves_is_one_visit_and_the_list_knows(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    missed = visits.plan(**said(cast, day=on(cast, 0)))
    visits.mark(visit=missed, by=cast.elin, state="missed")
    of_before = Patient.objects.filter(pk=cast.maya.pk)
    for days in (4, 6):
        of_before.update(next_visit=on(cast, days))
        assert visits.take_over() == 1
        assert list(verify.differences()) == []
    assert standing(cast) == [(on(cast, 0), None, "missed"), (on(cast, 6), None, "planned")]
    visits.plan(**said(cast, day=on(cast, 8)))
    of_before.update(next_visit=on(cast, 9))
    visits.take_over()
    assert [day for day, _at, _state in standing(cast)][1:] == [on(cast, n) for n in (6, 8, 9)]


def test_visits_of_somebody_discharged_stay_and_come_back_with_them(cast: Cast) -> None:
    newcomer = factories.patient(cast.elin, "Nina New")
    visits.plan(patient=newcomer, by=cast.elin, day=on(cast, 3))
    people_verbs.discharge(patient=newcomer, by=cast.elin)
    people_verbs.take_back(patient=newcomer, by=cast.elin)
    assert next_visit(newcomer) is not None
