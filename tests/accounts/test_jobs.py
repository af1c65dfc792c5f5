"""What has to be done every hour and every night is done by itself, once, and its owner hears when
it is not."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path

import pytest
import time_machine
from django.conf import settings
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from accounts import job_runner, jobs
from accounts.models import Clinic, Job
from patients.models import Draft, Outbox
from patients.verbs.tidying import MAIL_KEPT
from tests.cast import Cast
from tests.patients import acts
from tests.patients.answering import answer_stop
from tests.patients.clinic_pages import browser, text
from tests.processes import wait_for
from tests.together import at_once

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
Plan = Callable[..., list[str]]


@pytest.fixture
def plan(monkeypatch: pytest.MonkeyPatch) -> Plan:
    """Plans jobs in place of the product's; returns the list of what was done."""
    monkeypatch.setattr(jobs, "_duties", {})
    done: list[str] = []

    def plan_one(
        name: str, does: Callable[[], object] = lambda: None, *, nightly: bool = False
    ) -> list[str]:
        def run() -> None:
            does()
            done.append(name)

        every = None if nightly else HOUR
        jobs.register(jobs.Duty(name, f"The {name}", "It matters.", run, every))
        return done

    return plan_one


def _breaks() -> None:
    raise ValueError("Key (email)=(maya@example.org) already exists")


def _clinic_page(cast: Cast) -> str:
    return text(browser(cast.petra).get(reverse("clinic")))


@pytest.mark.django_db(transaction=True)
def test_of_two_machines_one_does_a_job(cast: Cast, plan: Plan) -> None:
    done = plan("count", lambda: time.sleep(0.3))
    jobs.ensure()
    assert at_once(job_runner.do_all, job_runner.do_all) == [None, None]
    assert done == ["count"]


@pytest.mark.django_db(transaction=True)
def test_a_job_keeps_no_mail_and_its_thread_is_seen_to_live(cast: Cast, plan: Plan) -> None:
    holds = [True]
    done = plan("long", lambda: wait_for(lambda: not holds))
    runner = job_runner.Runner()
    runner.step()
    began = Job.objects.get(pk="long").alive
    runner.step()
    again = Job.objects.get(pk="long").alive
    assert began is not None
    assert again is not None
    assert again > began
    holds.clear()
    wait_for(lambda: Job.objects.get(pk="long").ended)
    assert done == ["long"]


def test_a_job_that_fails_ends_no_other_and_no_mail(cast: Cast, plan: Plan) -> None:
    plan("backup", _breaks)
    done = plan("tidying")
    acts.log(cast.plan, pain=8)
    call_command("send_notices", verbosity=0)
    assert done == ["tidying"]
    assert Outbox.objects.filter(sent__isnull=False).count() == 1
    page = _clinic_page(cast)
    assert "The backup:</strong> not done yet. The last try failed: ValueError. It matters." in page
    assert "manage.py jobs" in page
    assert "maya@example.org" not in page
    assert "The tidying" not in page
    with pytest.raises(CommandError, match="1 late or failing"):
        call_command("jobs", stdout=StringIO())


def test_a_job_that_failed_is_tried_again_within_the_hour(cast: Cast, plan: Plan) -> None:
    troubles = [_breaks]
    done = plan("backup", lambda: troubles and troubles[0](), nightly=True)
    with time_machine.travel(NOON, tick=False) as clock:
        jobs.ensure()
        clock.shift(timedelta(hours=24))
        job_runner.do_all()
        troubles.clear()
        clock.shift(timedelta(minutes=59))
        job_runner.do_all()
        assert not done
        clock.shift(60)
        job_runner.do_all()
        assert done == ["backup"]
        assert "The backup" not in _clinic_page(cast)


def test_a_nightly_job_waits_for_the_night_of_the_clinic(cast: Cast, plan: Plan) -> None:
    Clinic.objects.filter(pk=cast.harbour.pk).update(time_zone="Pacific/Auckland")
    plan("backup", nightly=True)
    with time_machine.travel(NOON, tick=False):
        jobs.ensure()
    # Noon in Greenwich is one o'clock in the night of Auckland.
    assert Job.objects.get(pk="backup").due == NOON + timedelta(hours=2)


def test_nobody_does_the_jobs_and_the_owner_reads_since_when(cast: Cast, plan: Plan) -> None:
    plan("backup")
    with time_machine.travel(NOON, tick=False) as clock:
        job_runner.do_all()
        clock.shift(jobs.LATE + HOUR)
        assert "The backup" not in _clinic_page(cast)
        clock.shift(60)
        assert "The backup:</strong> last done on 2 March 13:00. It matters." in _clinic_page(cast)
        assert "The backup" not in text(browser(cast.elin).get(reverse("caseload")))
        call_command("jobs", "backup", stdout=StringIO())
        assert "The backup" not in _clinic_page(cast)


def test_what_a_machine_was_at_when_it_died_is_taken_over(cast: Cast, plan: Plan) -> None:
    done = plan("count")
    jobs.ensure()
    next(jobs.claimed())
    job_runner.do_all()
    assert done == []
    with time_machine.travel(timezone.now() + jobs.LEASE + HOUR):
        job_runner.do_all()
    assert done == ["count"]


def test_what_only_grew_is_forgotten_at_night(cast: Cast) -> None:
    acts.log(cast.plan, pain=8)
    call_command("send_notices", verbosity=0)
    Draft.objects.create(plan=cast.noors_plan, day=NOON, level=acts.level(cast.noors_plan, 1))
    letters = Path(settings.EMAIL_FILE_PATH)
    letters.mkdir(exist_ok=True)
    old = letters / "old.log"
    for path in (old, letters / "new.log"):
        path.write_text("a link for a new password")
    os.utime(old, (0, 0))
    with time_machine.travel(timezone.now() + MAIL_KEPT + HOUR):
        os.utime(letters / "new.log", (time.time(), time.time()))
        call_command("jobs", "tidy", stdout=StringIO())
        call_command("jobs", "old-mails", stdout=StringIO())
        # The stop still waits: its mails stay.
        assert Outbox.objects.exists()
        Outbox.objects.all().delete()
    assert not Draft.objects.exists()
    assert [path.name for path in letters.iterdir()] == ["new.log"]


def test_a_mail_of_long_ago_about_what_was_answered_is_forgotten(cast: Cast) -> None:
    entry = acts.log(cast.plan, pain=8)
    call_command("send_notices", verbosity=0)
    answer_stop(cast, entry.stops.get())
    with time_machine.travel(timezone.now() + MAIL_KEPT - HOUR):
        call_command("jobs", "old-mails", stdout=StringIO())
        assert Outbox.objects.exists()
    with time_machine.travel(timezone.now() + MAIL_KEPT + HOUR):
        call_command("jobs", "old-mails", stdout=StringIO())
        assert not Outbox.objects.exists()


def test_the_mailer_says_itself_that_its_rounds_fail(cast: Cast) -> None:
    jobs.note_round("OperationalError")
    page = _clinic_page(cast)
    assert "Mails:</strong> not done yet. The last try failed: OperationalError." in page
    jobs.note_round()
    assert "Mails:" not in _clinic_page(cast)
