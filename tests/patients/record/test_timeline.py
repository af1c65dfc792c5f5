"""A correction leaves a trace: the clinician reads what stood before and what stands now, field by
field."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import time_machine
from django.test import Client
from django.urls import reverse

from patients.models import Practice
from patients.verbs import practice as practice_verbs
from tests import factories
from tests.cast import Cast
from tests.patients import acts
from tests.patients.clinic_pages import browser, chart, text
from tests.patients.phone import phone_of


def _decisions(client: Client, cast: Cast) -> str:
    """The page of all decisions, which must say of a correction what the chart says."""
    return text(client.get(reverse("decisions", args=[cast.maya.pk])))


def test_a_leg_that_is_taken_back_is_named_beside_the_stop_that_waits_on(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    entry = acts.log(cast.plan, leg="weak")
    acts.log(cast.plan, leg="none", corrects=entry)
    elin = browser(cast.elin)
    for page in (chart(elin, cast.maya), _decisions(elin, cast)):
        assert "Stop: weakness in the leg" in page
        assert "eakness in the leg, corrected to nothing new in the leg" in page
        assert "Stop lifted" not in page


def test_every_field_that_a_correction_changes_is_named_and_no_other(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    first = acts.log(cast.plan, pain=3, leg="none", effort="right")
    clock.shift(timedelta(days=1))
    one_set = [{"side": None, "reps": 10, "seconds": None, "load": None}, {"side": None, "reps": 0}]
    second = acts.log(
        cast.plan,
        first.done_on,
        pain=3,
        leg="below_knee",
        effort="stopped",
        why_stopped="time",
        sets=one_set,
        corrects=first,
    )
    acts.log(cast.plan, first.done_on, **_as(second), pain=None, note="I forgot.", corrects=second)
    page = chart(browser(cast.elin), cast.maya)
    assert page.count("Practice of 2 March changed") == 2
    assert (
        "Nothing new in the leg, corrected to pain below the knee; effort about right, "
        "corrected to had to stop "
        "(no time); sets 2 (10, 10), corrected to 1 (10). Maya R." in page
    )
    assert "Pain 3/10, corrected to not reported. Maya R." in page


def _as(entry: Practice) -> dict[str, Any]:
    return {
        "leg": entry.leg,
        "effort": entry.effort,
        "why_stopped": entry.why_stopped,
        "sets": entry.sets,
    }


def test_a_morning_put_right_does_not_speak_of_the_pain_of_the_day(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    entry = acts.log(cast.plan, pain=1)
    clock.shift(timedelta(days=1))
    practice_verbs.answer_morning(practice=entry, by=cast.maya.user, pain_now=8)
    practice_verbs.answer_morning(practice=entry, by=cast.maya.user, pain_now=1)
    page = chart(browser(cast.elin), cast.maya)
    assert "Stop lifted: the morning after, put right the same day" in page
    assert "not reported" not in page.partition('id="decisions-h"')[2]


def test_a_note_added_later_is_no_decision(clock: time_machine.Traveller, cast: Cast) -> None:
    entry = acts.log(cast.plan, pain=1)
    acts.log(cast.plan, pain=1, note="On the terrace.", corrects=entry)
    assert "changed" not in chart(browser(cast.elin), cast.maya).partition('id="decisions-h"')[2]


def test_weekdays_keep_their_capitals(cast: Cast) -> None:
    """As the chart says the days of practice, and as the timeline does."""
    monday_wednesday_friday = 0b0010101
    factories.plan(cast.tomas, weekdays=monday_wednesday_friday)
    page = chart(browser(cast.elin), cast.tomas)
    assert page.count("Mon, Wed, Fri") == 2


def test_clinicians_read_the_clinics_names_of_drills_and_patients_their_own(cast: Cast) -> None:
    plan = factories.plan(cast.tomas, passed=5)
    below = acts.rung(plan, 5).levels.filter(helper=False).select_related("drill").last()
    assert below is not None
    names = {below.drill.name, below.drill.plain_name}
    assert len(names) == 2
    acts.log(plan, level=below)
    elin = browser(cast.elin)
    tomas = phone_of(cast.tomas)
    assert f"Tomas stays on {below.drill.name}." in chart(elin, cast.tomas)
    practised = text(elin.get(reverse("practice_history", args=[cast.tomas.pk])))
    assert f"5. {below.drill.name}" in practised
    assert below.drill.plain_name not in practised
    assert f"5. {below.drill.plain_name}" in text(tomas.get(reverse("history")))
