"""The visit note says what happened on the day, in plain text, and nothing of another day."""

from __future__ import annotations

import pytest
import time_machine

from curriculum.models import Fault, Level
from patients import plans, progression
from patients.visit_note import visit_note
from tests import factories
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def test_a_visit_reads_as_it_happened(cast: Cast) -> None:
    with time_machine.travel("2026-05-04 10:00+02:00", tick=False) as clock:
        plan = factories.plan(cast.tomas)
        plans.note_finding(plan=plan, fault=Fault.objects.get(slug="stutters"), by=cast.elin)
        clock.move_to("2026-05-11 10:00+02:00")
        rung = factories.tick_open_rung(plan, by=cast.elin)
        progression.decide(plan=plan, rung=rung, outcome="passed", by=cast.elin, note="Well held.")
        level = Level.objects.get(rung__ladder=plan.ladder, slug="15-cm")
        plans.prescribe(plan=plan, level=level, by=cast.elin, sets=3, reps=8, seconds=3, word="Slowly.")
        note = visit_note(plan, cast.harbour.today())
    assert note.startswith("Visit 11 May 2026: Tomas Tran, ")
    for said in ("Passed: Dowel hinge (Elin Ek)", "3 × 8, 3 seconds down", "- Well held.", "- Slowly."):
        assert said in note
    assert "Stutters" not in note


def test_an_uneventful_day_says_only_where_the_patient_stands(cast: Cast) -> None:
    assert visit_note(cast.plan, cast.harbour.today()).splitlines()[1:] == ["Open rung: Dowel hinge. Passed: 0 of 7."]
