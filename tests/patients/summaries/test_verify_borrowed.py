"""`manage.py verify` finds a borrowed level that no verb would have left."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.db import connection
from django.db.models import F

from config import triggers
from curriculum.models import Drill
from patients.models import BorrowedEnd, LevelChoice, Practice
from patients.summaries import verify
from patients.verbs import findings as finding_verbs
from patients.verbs import plan as plan_verbs
from tests.cast import Cast
from tests.patients import acts, borrowed


@pytest.fixture
def lent(cast: Cast) -> Iterator[LevelChoice]:
    """A borrowed level that was practised, in a database whose triggers are off."""
    choice = borrowed.lend(cast.plan, by=cast.elin)
    acts.log(cast.plan, level=choice.level)
    assert list(verify.differences()) == []
    triggers.remove(connection)
    yield choice
    triggers.install(connection)


def _loaded(choice: LevelChoice) -> None:
    Drill.objects.filter(pk=choice.level.drill_id).update(load="band")


def _of_another_plan(choice: LevelChoice) -> None:
    assert choice.finding is not None
    type(choice.finding).objects.update(
        plan=choice.plan.patient.plans.create(
            clinic=choice.plan.clinic,
            ladder=choice.plan.ladder,
            assigned_by=choice.by,
            started_on=choice.plan.started_on,
            ended_on=choice.plan.started_on,
        )
    )


def _for_too_long(choice: LevelChoice) -> None:
    LevelChoice.objects.update(until=F("from_day") + timedelta(days=15))


def _by_the_patient(choice: LevelChoice) -> None:
    LevelChoice.objects.update(by=choice.plan.patient.user)


def _end_of_an_own_level(choice: LevelChoice) -> None:
    level = acts.level(choice.plan)
    own = plan_verbs.choose_level(plan=choice.plan, level=level, by=choice.by)
    BorrowedEnd.objects.create(choice=own, on_day=choice.plan.clinic.today(), by=choice.by)


def _practised_on_another_day(choice: LevelChoice) -> None:
    Practice.objects.update(done_on=F("done_on") - timedelta(days=1))


def _practised_as_if_it_were_open(choice: LevelChoice) -> None:
    Practice.objects.update(borrowed=False)


@pytest.mark.parametrize(
    ("corrupt", "sentence"),
    [
        (_loaded, "borrowed, and loaded"),
        (_of_another_plan, "borrowed, and of another plan"),
        (_for_too_long, "borrowed, and for too long"),
        (_by_the_patient, "borrowed, and made by somebody who is no clinician"),
        (_end_of_an_own_level, "of a level that was not borrowed"),
        (_practised_on_another_day, "its level was not borrowed on"),
        (_practised_as_if_it_were_open, "was locked on"),
    ],
)
def test_every_corruption_is_found_and_named(
    lent: LevelChoice, corrupt: Callable[[LevelChoice], None], sentence: str
) -> None:
    corrupt(lent)
    assert [said for said in verify.differences() if sentence in said]


def test_a_level_whose_fault_is_gone_is_in_force_for_nobody(lent: LevelChoice) -> None:
    assert lent.finding is not None
    finding_verbs.clear(finding=lent.finding, by=lent.by)
    assert list(verify.differences()) == []
