"""An installation in use takes on a newer edition of the product: guards stay in place, rows stay
as they are."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import astuple
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.core.management import call_command
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.db.models.signals import pre_migrate
from django.utils import timezone

from accounts import calls
from accounts.models import Clinic
from config import triggers
from patients.models import Message, Outbox, Plan, ReviewTick, Stop, UsualPain
from patients.standing.pain import limits_of
from patients.summaries import verify
from patients.verbs import messages as message_verbs
from patients.verbs import people as people_verbs
from patients.verbs import practice as practice_verbs
from patients.verbs import stops as stop_verbs
from patients.verbs import visits as visit_verbs
from tests import factories, steps
from tests.cast import Cast
from tests.patients import acts
from tests.patients.conftest import MONDAY

OTHERS = ["omar@harbour.example", "petra@harbour.example"]
ROOT = Path(__file__).resolve().parents[2]
#: What a released migration does with rows never changes: by hand, before a release.
of_a_released_step = pytest.mark.slow


def _manage(var: Path, *command: str) -> None:
    environment = {**os.environ, "VAR_DIR": str(var), "DJANGO_SETTINGS_MODULE": "config.settings"}
    environment.pop("DATABASE_URL", None)
    done = subprocess.run(
        [sys.executable, "-m", "tests.steps", *command],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]


@pytest.mark.only_sqlite
@of_a_released_step
def test_a_database_with_its_guards_takes_the_newer_curriculum(tmp_path: Path) -> None:
    _manage(tmp_path, "migrate", "--verbosity=0")
    # The older release has no drafts: it holds the published edition alone.
    _manage(tmp_path, "load_curriculum", "curriculum/content/hip_hinge")
    with sqlite3.connect(tmp_path / "db.sqlite3") as whole:
        guards = {
            name
            for (name,) in whole.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        }
    assert len(guards) > 50
    _manage(tmp_path, "migrate", "curriculum", "0001", "--verbosity=0")
    with sqlite3.connect(tmp_path / "db.sqlite3") as before:
        criteria = before.execute(
            "SELECT id, text FROM curriculum_criterion ORDER BY id"
        ).fetchall()
    _manage(tmp_path, "migrate", "--verbosity=0")
    _manage(tmp_path, "load_curriculum")
    with sqlite3.connect(tmp_path / "db.sqlite3") as after:
        # Tables of a newer edition have guards of their own.
        assert guards <= {
            name
            for (name,) in after.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        }
        kept = after.execute("SELECT id, text FROM curriculum_criterion ORDER BY id").fetchall()
        assert kept[: len(criteria)] == criteria
        assert after.execute(
            "SELECT count(*) FROM curriculum_criterion WHERE plain_text IS NULL"
        ).fetchone() == (0,)


@contextmanager
def _full_disk() -> Iterator[None]:
    """No summary can be written meanwhile."""
    halt = triggers.Trigger(
        "halt_summary_update", "patients_patientsummary", "UPDATE", "1 = 1", "the disk is full"
    )
    sqlite = connection.vendor == "sqlite"
    with connection.cursor() as cursor:
        cursor.execute(halt.sqlite() if sqlite else halt.postgresql())
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute(
                f"DROP TRIGGER {halt.name}" if sqlite else f"DROP FUNCTION {halt.name}() CASCADE"
            )


def _expected() -> set[str]:
    return {trigger.name for trigger in triggers.expected(connection)}


@pytest.mark.slow_on_postgres
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("before", "column"),
    [pytest.param("0005", "weight_from", marks=of_a_released_step), ("0053", "missed_on")],
)
def test_summaries_are_right_after_an_update_and_a_refresh_even_one_that_stopped_halfway(
    cast: Cast, before: str, column: str
) -> None:
    plan = factories.plan(cast.tomas, passed=4)
    factories.pass_open_rung(plan, by=cast.elin)
    visit = visit_verbs.plan(patient=cast.tomas, by=cast.elin, day=cast.harbour.today())
    visit_verbs.mark(visit=visit, by=cast.elin, state="missed")
    steps.migrate("patients", before)
    steps.migrate()
    assert triggers.installed(connection) == _expected()
    with _full_disk(), pytest.raises(DatabaseError, match="the disk is full"):
        call_command("refresh_summaries", verbosity=0)
    assert [said for said in verify.differences() if column in said]
    call_command("refresh_summaries", verbosity=0)
    assert list(verify.differences()) == []


@of_a_released_step
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("lifted", [False, True])
def test_stops_of_mornings_made_before_they_named_their_morning_stay_and_make_way_for_new_ones(
    cast: Cast, lifted: bool
) -> None:
    entry = acts.log(cast.plan, pain=2)
    maya = cast.maya.user
    bad: dict[str, Any] = {"practice": entry, "by": maya, "pain_now": 9, "worse": True}
    usual = bad | {"pain_now": 2, "worse": False}
    other = acts.log(cast.noors_plan, pain=9).stops.get()
    with time_machine.travel(timezone.now() + timedelta(days=1)):
        practice_verbs.answer_morning(**bad)
        if lifted:
            practice_verbs.answer_morning(**usual)
        steps.migrate("patients", "0007")
        steps.migrate()
        (old,) = cast.plan.stops.all()
        assert (old.cause, old.morning, hasattr(old, "answer")) == ("morning", None, lifted)
        other.refresh_from_db()
        assert (other.cause, other.morning) == ("pain", None)
        if not lifted:
            practice_verbs.answer_morning(**usual)
        practice_verbs.answer_morning(**bad)
    (new,) = Stop.objects.unanswered().filter(plan=cast.plan)
    assert new.morning == entry.mornings.last()


@of_a_released_step
@pytest.mark.django_db(transaction=True)
def test_words_that_wait_to_be_read_are_looked_through_by_the_update(cast: Cast) -> None:
    maya = cast.maya.user
    message_verbs.write(plan=cast.plan, by=maya, text="I cannot pee.")
    message_verbs.mark_read(plan=cast.plan, by=cast.elin)
    for text in ("Es kribbelt im Schritt.", "The stick helps."):
        message_verbs.write(plan=cast.plan, by=maya, text=text)
    message_verbs.write(plan=cast.noors_plan, by=cast.ines, text="Can you pee?")
    steps.migrate("patients", "0013")
    steps.migrate("accounts", "0005")
    steps.migrate()
    assert [message.text for message in Message.objects.filter(read_first=True)] == [
        "Es kribbelt im Schritt."
    ]
    call_command("refresh_summaries", verbosity=0)
    assert list(verify.differences()) == []


@of_a_released_step
@pytest.mark.django_db(transaction=True)
def test_nobody_is_mailed_twice_or_forgotten_when_the_outbox_comes(cast: Cast) -> None:
    with time_machine.travel(MONDAY, tick=False):
        Plan.objects.update(started_on=MONDAY.date())
        other = factories.plan(factories.patient(cast.elin, "Lena Later"))
        told = acts.log(cast.plan, pain=9).stops.get()
        acts.log(other, pain=9, leg="weak")
        answered = acts.log(cast.noors_plan, pain=9).stops.get()
        stop_verbs.answer(stop=answered, by=cast.ines, action="carry_on", word="Fine.")
    steps.migrate("patients", "0013")
    with connection.cursor() as cursor:
        for stop, user in ((told, cast.elin), (answered, cast.ines)):
            cursor.execute(
                "INSERT INTO patients_stopnotice (stop_id, to_id, claimed_at, sent_at)"
                " VALUES (%s, %s, %s, %s)",
                [stop.pk, user.pk, str(MONDAY), str(MONDAY)],
            )
    steps.migrate()
    with time_machine.travel(MONDAY, tick=False):
        assert _mailed() == ["elin@harbour.example", *OTHERS]
    with time_machine.travel(MONDAY + timedelta(days=1), tick=False):
        assert _mailed() == OTHERS
        assert list(verify.differences()) == []


def _mailed() -> list[str]:
    """Run the sender; who was written to for the first time about something."""
    repeats = Outbox.objects.waiting().filter(repeats__gt=0)
    repeats.update(over=timezone.now())
    mail.outbox.clear()
    call_command("send_notices", verbosity=0)
    return sorted(message.to[0] for message in mail.outbox)


@of_a_released_step
@pytest.mark.django_db(transaction=True)
def test_stops_and_messages_from_before_reports_are_told_whose_they_are(cast: Cast) -> None:
    acts.log(cast.plan, pain=9, note="It shot down my leg.")
    acts.log(cast.noors_plan, leg="weak", pain=2)
    rows = (Stop, Message)
    before = [(row.pk, row.patient, row.plan) for model in rows for row in model.objects.all()]
    causes = [(stop.cause, stop.high) for stop in Stop.objects.all()]
    assert causes == [("pain", True), ("weak", False)]
    steps.migrate("patients", "0012")
    steps.migrate()
    after = [(row.pk, row.patient, row.plan) for model in rows for row in model.objects.all()]
    assert after == before
    assert [(stop.cause, stop.high) for stop in Stop.objects.all()] == causes
    assert triggers.installed(connection) == _expected()
    with pytest.raises(DatabaseError, match="append-only"):
        Stop.objects.update(cause="flare")


@of_a_released_step
@pytest.mark.django_db(transaction=True)
def test_passes_from_before_gates_asked_for_a_lift_stay_and_break_no_rule(cast: Cast) -> None:
    for _ in range(2):
        steps.migrate("patients", "0017")
        steps.migrate()
        if not cast.tomas.plans.exists():
            factories.plan(cast.tomas, passed=6)
            triggers.remove(connection)
            ReviewTick.objects.update(figure=None)
            assert [said for said in verify.differences() if "without a lift" in said]
    marks = ReviewTick.objects.values_list("applies", "why", "figure")
    assert set(marks) == {(True, "", None)}
    assert list(verify.differences()) == []
    assert triggers.installed(connection) == _expected()


@pytest.mark.django_db(transaction=True)
def test_the_guards_stay_on_while_postgresql_is_migrated(cast: Cast) -> None:
    """SQLite cannot alter a table under them."""
    seen: list[set[str]] = []

    def look(sender: object, plan: Any, **kwargs: object) -> None:
        seen.append(triggers.installed(connection))

    steps.migrate("patients", "0047")
    # As the older release leaves them.
    triggers.install(connection)
    tables = connection.introspection.table_names()
    on = {trigger.name for trigger in triggers.expected(connection) if trigger.table in tables}
    pre_migrate.connect(look)
    try:
        steps.migrate()
    finally:
        pre_migrate.disconnect(look)
    assert seen[-1] == (set() if connection.vendor == "sqlite" else on)


#: Before: amber from, stop from, stop always from, above usual. After: fine to, fine to with a
#: rise, stop from, rise of a stop, high, rise of high pain.
LIMITS = {
    (4, 6, 8, 2): (3, 5, 6, 3, 8, 2),
    (3, 5, 9, 1): (2, 4, 5, 2, 9, 2),
    (2, 5, 7, 3): (1, 4, 5, 3, 7, 2),
    (1, 2, 2, 10): (0, 1, 2, 5, 2, 2),
    (9, 10, 10, 4): (8, 8, 10, 4, 10, 2),
    (6, 10, 10, 5): (5, 5, 10, 5, 10, 2),
}


@of_a_released_step
@pytest.mark.django_db(transaction=True)
def test_a_clinics_old_pain_thresholds_become_limits_that_mean_the_same(cast: Cast) -> None:
    steps.migrate("accounts", "0005")
    Old = _model("accounts", "0005_urgent_mails_again", "Clinic")
    for number, (amber, stop, always, rise) in enumerate(LIMITS):
        Old.objects.create(
            name=f"Clinic {number}",
            phone="112",
            pain_amber_from=amber,
            pain_stop_from=stop,
            pain_stop_always_from=always,
            pain_above_usual=rise,
        )
    steps.migrate()
    clinics = Clinic.objects.filter(name__startswith="Clinic ").order_by("name")
    assert [astuple(limits_of(clinic)) for clinic in clinics] == list(LIMITS.values())
    assert astuple(limits_of(Clinic.objects.get(pk=cast.harbour.pk))) == LIMITS[4, 6, 8, 2]


def _model(app: str, migration: str, name: str) -> Any:
    """A table as it was after a migration."""
    with steps.one_by_one():
        state = MigrationExecutor(connection).loader.project_state((app, migration))
    return state.apps.get_model(app, name)


@of_a_released_step
@pytest.mark.django_db(transaction=True)
def test_numbers_and_hours_written_as_words_are_read_and_what_is_unclear_stays(cast: Cast) -> None:
    steps.migrate("accounts", "0006")
    with connection.cursor() as cursor:
        for clinic, phone, hours in (
            (cast.harbour, "+46 (0)8 555 01 42", "Monday to Friday 8 to 17"),
            (cast.hilltop, "08 555 01 42 / 08 555 01 43", "weekdays 8 to 5"),
        ):
            cursor.execute(
                "UPDATE accounts_clinic SET phone = %s, opening_hours = %s, emergency_text = %s"
                " WHERE id = %s",
                [phone, hours, "For advice 1177 or 08-555 112 00. In need call 112.", clinic.pk],
            )
    steps.migrate()
    for clinic in (cast.harbour, cast.hilltop):
        clinic.refresh_from_db()
        assert (clinic.country, clinic.emergency_number) == ("SE", "112")
    assert (cast.harbour.phone, cast.harbour.opening_hours) == ("08-555 01 42", "")
    assert calls.hours_words(cast.harbour) == "Monday to Friday 8 to 17"
    assert (cast.hilltop.phone, cast.hilltop.hours) == ("08 555 01 42 / 08 555 01 43", None)
    assert calls.hours_words(cast.hilltop) == "weekdays 8 to 5"


@of_a_released_step
@pytest.mark.django_db(transaction=True)
def test_the_usual_pain_of_intakes_keeps_its_day_and_an_intake_that_repeats_it_is_no_telling(
    cast: Cast,
) -> None:
    for ago, said in ((40, {"usual_pain": 5}), (30, {"usual_pain": 5, "goal": "Lift."})):
        with time_machine.travel(timezone.now() - timedelta(days=ago)):
            people_verbs.take_intake(patient=cast.maya, by=cast.elin, **said)
    people_verbs.take_intake(patient=cast.maya, by=cast.omar, usual_pain=3)
    people_verbs.take_intake(patient=cast.maya, by=cast.omar, usual_pain=None)
    people_verbs.take_intake(patient=cast.noor, by=cast.ines, usual_pain=None)
    columns = ("patient", "pain", "day", "by", "accepted", "accepts")
    before = list(UsualPain.objects.values_list(*columns))
    assert [row[1] for row in before] == [5, 3, None]
    steps.migrate("patients", "0025")
    steps.migrate()
    assert list(UsualPain.objects.values_list(*columns)) == before
    assert list(verify.differences()) == []
    with pytest.raises(DatabaseError, match="append-only"):
        UsualPain.objects.update(pain=0)
