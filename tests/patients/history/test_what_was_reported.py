"""The clinic's history: what was reported, and the numbers with which pain was compared."""

from __future__ import annotations

import re
from datetime import timedelta

import time_machine
from django.urls import reverse

from patients.history import days as history_days
from patients.models import Patient
from patients.standing.usual_pain import usual_before
from patients.verbs import reports as report_verbs
from patients.verbs import usual_pain as usual_verbs
from tests.cast import Cast
from tests.patients import acts
from tests.patients.clinic_pages import browser, text, tight
from tests.patients.phone import phone_of
from tests.patients.telling import told

DAY = timedelta(days=1)


def page(cast: Cast, patient: Patient, asked: str = "") -> str:
    address = reverse("practice_history", args=[patient.pk])
    return text(browser(cast.elin).get(address + asked))


def reports(cast: Cast, patient: Patient, asked: str = "") -> str:
    return page(cast, patient, asked).partition('id="reports"')[2].partition("</section>")[0]


def test_every_report_is_read_with_its_side_and_what_came_of_it(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    told(cast.maya, pain=2)
    back = told(cast.maya, "numb", side="left", since="week", words="Since Sunday.")
    report_verbs.take_back(report=back, by=cast.maya.user, client_id="back")
    told(cast.maya, "below_knee", side="right")
    said = tight(reports(cast, cast.maya))
    for words in (
        "<p>Pain 2 of 10.</p>",
        "<p>Numb or tingling leg, left; since this week. “Since Sunday.”</p>",
        "Reported, then taken back at 09:00. Stop: not answered yet.",
        "<p>Pain below the knee, right.</p>",
        "How is it today? (09:00). Stop: not answered yet.",
        "How is it today? (09:00). No stop came of it.",
    ):
        assert words in said, words


def test_a_number_before_practice_is_told_where_no_practice_shows_it(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    told(cast.maya, pain=3, asked="before")
    assert "Pain 3 of 10." in reports(cast, cast.maya)
    assert "Before practice (09:00)." in reports(cast, cast.maya)
    acts.log(cast.plan, pain=3)
    assert reports(cast, cast.maya) == "", "the entry shows it"
    assert "Before: 3 of 10." in page(cast, cast.maya)


def test_a_number_of_a_log_that_was_refused_is_not_lost(cast: Cast) -> None:
    told(cast.maya, pain=4, asked="log")
    assert "Pain 4 of 10." in reports(cast, cast.maya)
    assert "With the log" in reports(cast, cast.maya)


def test_thirteen_weeks_of_reports_are_shown_and_all_on_request(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    told(cast.tomas, "other", words="Long ago.")
    clock.shift(timedelta(weeks=14))
    assert reports(cast, cast.tomas) == ""
    assert "Long ago." in reports(cast, cast.tomas, "?all")


def _usual(cast: Cast, pain: int | None) -> None:
    usual_verbs.tell(patient=cast.maya, by=cast.maya.user, pain=pain)


def test_the_usual_pain_of_each_entry_is_the_one_the_rules_used(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    acts.log(cast.plan, pain=0)
    for pain, ahead in ((2, DAY), (1, DAY), (None, 29 * DAY)):
        clock.shift(ahead)
        if pain is not None:
            _usual(cast, pain)
            told(cast.maya, pain=pain, asked="before")
            clock.shift(60)
        first = acts.log(cast.plan, pain=0)
        clock.shift(60)
        _usual(cast, 0)
        acts.log(cast.plan, pain=3, corrects=first)
    read = history_days.history_of(cast.maya, cast.harbour.today())
    assert [row.usual for row in read.rows] == [None, 1, 2, None]
    assert [usual_before(cast.plan, row.day) for row in read.rows] == [None, 1, 2, None]
    table = (
        tight(page(cast, cast.maya)).partition('<table class="data">')[2].partition("</table>")[0]
    )
    rows = re.findall(r'<td class="num">([^<]*)</td>' * 4, table)
    assert rows == [
        ("not reported", "not reported", "3", "not reported"),
        ("1", "1", "3", "not reported"),
        ("2", "2", "3", "not reported"),
        ("not reported", "not reported", "0", "not reported"),
    ]


def test_the_patients_own_history_has_no_usual_pain_and_no_number_that_was_not_asked(
    cast: Cast,
) -> None:
    acts.log(cast.plan, pain=1)
    shown = text(phone_of(cast.maya).get(reverse("history")))
    assert "Usual" not in shown
    assert "Before:" not in shown


def test_a_usual_pain_that_waits_to_be_seen_is_named_in_history_and_chart(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    _usual(cast, 2)
    clock.shift(14 * DAY)
    _usual(cast, 5)
    said = "2/10, told 2 March ; 5/10 told 16 March, not seen yet"
    assert said in page(cast, cast.maya)
    assert said in text(browser(cast.elin).get(reverse("chart", args=[cast.maya.pk])))


def test_the_chart_names_the_number_before_practice(cast: Cast) -> None:
    told(cast.maya, pain=2, asked="before")
    acts.log(cast.plan, pain=3)
    chart = tight(text(browser(cast.elin).get(reverse("chart", args=[cast.maya.pk]))))
    assert "3/10, before 2/10" in chart
    assert "<dt>Before</dt><dd><span>2</span></dd>" in chart
