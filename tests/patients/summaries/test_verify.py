"""`manage.py verify` finds what no verb would have written."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from io import StringIO

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import connection

from config import triggers
from patients.models import (
    Pass,
    PatientSummary,
)
from patients.summaries import verify
from patients.verbs import plan as plan_verbs
from patients.verbs import practice as practice_verbs
from patients.verbs import reports as report_verbs
from tests import factories
from tests.cast import Cast, assemble
from tests.cast_rows import copied_or
from tests.patients import acts, lived
from tests.patients.conftest import MONDAY
from tests.patients.summaries.corruptions import CORRUPTIONS, gap, summary_changed, theirs


def _history() -> Cast:
    """A plan with a history, two more passes and an entry, nine days after Monday."""
    cast = assemble()
    lived.live(cast)
    with time_machine.travel(MONDAY + timedelta(days=9), tick=False):
        other = factories.plan(cast.tomas, passed=3)
        acts.log(other, level=acts.level(other, 2))
    return cast


@pytest.fixture
def lawless(clock: time_machine.Traveller, db: None) -> Iterator[Cast]:
    """A database with a history, whose triggers are off."""
    cast = copied_or(_history)
    clock.move_to(MONDAY + timedelta(days=9))
    triggers.remove(connection)
    yield cast
    triggers.install(connection)


def _verify(*options: str, stdout: StringIO) -> None:
    """With the triggers on, as it wants them: they do not look at what is there already."""
    triggers.install(connection)
    try:
        call_command("verify", *options, stdout=stdout)
    finally:
        triggers.remove(connection)


def found(*options: str) -> str:
    """What verify says of the database; empty when it says that every rule holds."""
    said = StringIO()
    try:
        _verify(*options, stdout=said)
    except CommandError as error:
        return said.getvalue() if error.returncode == 1 else ""
    assert "Every rule holds" in said.getvalue()
    return ""


def test_a_database_that_verbs_alone_wrote_holds_every_rule(lawless: Cast) -> None:
    assert found() == ""


@pytest.mark.slow_on_postgres
@pytest.mark.parametrize(
    ("corrupt", "sentence"), CORRUPTIONS, ids=[one[0].__name__ for one in CORRUPTIONS]
)
def test_every_corruption_is_found_and_named(
    lawless: Cast, corrupt: Callable[[Cast], None], sentence: str
) -> None:
    corrupt(lawless)
    assert sentence in found()


def test_a_morning_changed_to_an_ordinary_one_and_back_holds_every_rule(lawless: Cast) -> None:
    entry = theirs(lawless).practices.get()
    with time_machine.travel(MONDAY + timedelta(days=10)):
        for number in (9, 2, 9):
            practice_verbs.answer_morning(practice=entry, by=lawless.tomas.user, pain_now=number)
            assert found() == ""


def test_pain_on_paper_of_a_plan_that_has_ended_needs_no_stop(lawless: Cast) -> None:
    plan = theirs(lawless)
    plan_verbs.end(plan=plan, by=lawless.elin)
    acts.log(plan, by=lawless.elin, paper=True, pain=9, corrects=plan.practices.get())
    assert found() == ""


def test_looking_changes_nothing(lawless: Cast) -> None:
    summary_changed(lawless)
    before = acts.everything()
    found()
    assert acts.everything() == before
    assert Pass.objects.count() == 4


def test_repair_mends_summaries_says_how_many_and_still_names_what_it_cannot_mend(
    lawless: Cast,
) -> None:
    summary_changed(lawless)
    PatientSummary.objects.filter(patient=lawless.tomas).delete()
    said = StringIO()
    _verify("--repair", stdout=said)
    assert said.getvalue().splitlines() == [
        "2 summaries mended.",
        "Every rule holds, and every summary says what its tables say.",
    ]
    assert found() == ""
    gap(lawless)
    assert "has none of the rung below" in found("--repair")


def test_a_mail_that_has_not_left_yet_tells_of_what_comes_meanwhile(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    for number in range(2):
        report_verbs.report(
            patient=cast.maya, by=cast.maya.user, client_id=str(number), kinds=["fever"]
        )
        clock.shift(timedelta(minutes=61))
    assert list(verify.differences()) == []
