"""A paper log that the clinic enters tells the same of a leg as a phone does."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from patients.models import Practice, Report, Stop
from patients.summaries import verify
from tests.cast import Cast
from tests.patients import acts
from tests.patients.clinic_pages import browser


def enter(cast: Cast, **typed: Any) -> Any:
    plan = cast.plan
    level = acts.level(plan)
    paper = {
        "client_id": "paper 1",
        "done_on": cast.harbour.today().isoformat(),
        "level": str(level.pk),
        "sets": "2",
        "reps": "10",
        "pain": "2",
    }
    return browser(cast.elin).post(reverse("paper", args=[plan.pk]), paper | typed)


def test_a_weak_left_leg_on_paper_waits_as_one_told_on_the_phone(cast: Cast) -> None:
    assert enter(cast, leg="weak", side="left", growing="no").status_code == 303
    entry = Practice.objects.get()
    assert entry.report is not None
    assert [tuple(sign) for sign in entry.report.signs] == [("weak", "left", False)]
    assert (entry.paper, entry.band) == (True, "stop")
    assert [stop.cause for stop in Stop.objects.all()] == ["today"]
    assert list(verify.differences()) == []


def test_a_side_that_is_not_on_the_paper_counts_as_the_worst(cast: Cast) -> None:
    enter(cast, leg="numb")
    assert [stop.cause for stop in Stop.objects.all()] == ["now"]


def test_the_leg_is_kept_although_the_day_is_logged_already_and_is_told_once(cast: Cast) -> None:
    acts.log(cast.plan, pain=1)
    for _ in range(2):
        assert enter(cast, leg="numb", side="right").status_code == 422
    assert [stop.cause for stop in Stop.objects.all()] == ["numb"]
    assert Report.objects.get().signs[0].side == "right"


def test_a_paper_that_tells_nothing_of_a_leg_makes_no_report(cast: Cast) -> None:
    enter(cast, leg="none")
    assert not Report.objects.exists()
