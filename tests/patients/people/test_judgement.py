"""Intake, first assessment, papers and activities, through their pages."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from curriculum.models import Criterion, Fault
from patients.models import Intake
from patients.standing.activities import activities_due, activity_courses
from patients.standing.usual_pain import usual_now
from patients.verbs import activities as activity_verbs
from patients.verbs import findings as finding_verbs
from patients.verbs import usual_pain as usual_pain_verbs
from tests import factories, ladders
from tests.cast import Cast
from tests.patients import acts
from tests.patients.clinic_pages import text

pytestmark = pytest.mark.django_db


@pytest.fixture
def elin(client: Client, cast: Cast) -> Client:
    client.force_login(cast.elin)
    return client


def _criteria(cast: Cast, *positions: int) -> list[int]:
    rows = Criterion.objects.filter(rung__ladder=cast.plan.ladder, rung__position__in=positions)
    return list(rows.values_list("pk", flat=True))


def test_an_intake_is_kept(elin: Client, cast: Cast) -> None:
    typed = {"reason": "Low back, 8 months", "usual_pain": "0"}
    assert elin.post(reverse("intake", args=[cast.maya.pk]), typed).status_code == 303
    intake = cast.maya.intakes.get()
    assert (intake.reason, intake.usual_pain) == ("Low back, 8 months", 0)


def test_usual_pain_left_open_stays_unknown(elin: Client, cast: Cast) -> None:
    elin.post(reverse("intake", args=[cast.maya.pk]), {"reason": "Back", "usual_pain": ""})
    assert usual_now(cast.maya) is None


@pytest.mark.parametrize(
    "bad", [{"usual_pain": "11"}, {"usual_pain": "-1"}, {"reason": "x" * 10_000}]
)
def test_a_bad_intake_says_so_and_keeps_what_was_typed(
    elin: Client, cast: Cast, bad: dict[str, str]
) -> None:
    page = elin.post(reverse("intake", args=[cast.maya.pk]), {"goal": "Lift <b>Ada</b> 🙂", **bad})
    assert page.status_code == 422
    assert "Lift &lt;b&gt;Ada&lt;/b&gt; 🙂" in page.content.decode()
    assert not Intake.objects.exists()


def test_the_same_intake_saved_twice_is_one(elin: Client, cast: Cast) -> None:
    for _ in range(2):
        elin.post(reverse("intake", args=[cast.maya.pk]), {"reason": "Back", "usual_pain": "3"})
    assert Intake.objects.count() == 1


def test_an_assessment_suggests_from_what_is_ticked_and_saves_nothing(
    elin: Client, cast: Cast
) -> None:
    said = {"fault": ["squats-the-hinge"], "criterion": _criteria(cast, 1, 2)}
    page = elin.post(
        reverse("assess_suggest", args=[cast.maya.pk]), said, headers={"HX-Request": "true"}
    )
    text = page.content.decode()
    assert "Start on rung 3" in text
    assert "Miller" in text
    assert cast.plan.passed_rungs == []


def test_an_accepted_assessment_places_and_notes(elin: Client, cast: Cast) -> None:
    said = {
        "fault": ["squats-the-hinge"],
        "criterion": _criteria(cast, 1, 2),
        "words": "holds breath",
    }
    assert elin.post(reverse("assess", args=[cast.maya.pk]), said).status_code == 303
    assert [rung.position for rung in cast.plan.passed_rungs] == [1, 2]
    assert cast.plan.findings.count() == 2


def test_a_higher_start_than_the_ticks_allow_is_refused_with_the_ticks_kept(
    elin: Client, cast: Cast
) -> None:
    met = _criteria(cast, 1)
    said = {
        "criterion": met,
        "rung": cast.plan.rungs()[4].pk,
        "reason": "fit",
        "fault": ["stutters"],
    }
    page = elin.post(reverse("assess", args=[cast.maya.pk]), said)
    assert page.status_code == 422
    assert f'id="criterion-{met[0]}" checked' in page.content.decode()
    assert not cast.plan.findings.exists()


def test_every_fault_of_the_ladder_can_be_ticked(elin: Client, cast: Cast) -> None:
    page = elin.get(reverse("assess", args=[cast.maya.pk])).content.decode()
    faults = cast.plan.ladder.own_faults()
    assert all(f'value="{fault.slug}"' in page for fault in faults)
    assert len(faults) == 14


def test_a_handout_carries_dose_limits_week_and_help(elin: Client, cast: Cast) -> None:
    usual_pain_verbs.set_usual_pain(patient=cast.maya, by=cast.elin, usual_pain=5)
    page = elin.get(reverse("handout", args=[cast.maya.pk])).content.decode()
    for said in (
        "2 × 10",
        "0 to 5",
        "8 to 10",
        "Stick hinge",
        cast.harbour.phone,
        "Set 2",
        "Call or go now",
    ):
        assert said in page


@pytest.mark.parametrize(
    "told", [{"leg": "weak"}, {"leg": "numb"}, {"pain": 9}], ids=["weak", "numb", "high pain"]
)
def test_nobody_is_handed_a_week_while_what_they_told_leaves_no_drill(
    elin: Client, cast: Cast, told: dict[str, Any]
) -> None:
    stop = acts.log(cast.plan, **told).stops.get()
    page = elin.get(reverse("handout", args=[cast.maya.pk]), follow=True)
    assert page.redirect_chain[0][0] == reverse("stop_answer", args=[stop.pk])
    assert "Nothing to hand out: Maya has no drill until you answer." in text(page)
    assert "Next morning" not in text(page)


def test_an_easier_day_keeps_its_handout(elin: Client, cast: Cast) -> None:
    acts.log(cast.plan, pain=7)
    assert elin.get(reverse("handout", args=[cast.maya.pk])).status_code == 200


def test_a_locked_level_goes_on_no_handout(elin: Client, cast: Cast) -> None:
    locked = cast.plan.rungs()[5].levels.first()
    assert locked is not None
    assert (
        elin.get(reverse("handout", args=[cast.maya.pk]), {"level": locked.pk}).status_code == 404
    )


@pytest.mark.parametrize("name", ["visit_note", "plan_summary", "helps", "activities"])
def test_a_paper_opens_for_the_clinic_and_for_nobody_else(
    cast: Cast, client: Client, name: str
) -> None:
    outcomes = {}
    for who, user in {"elin": cast.elin, "ines": cast.ines, "maya": cast.maya.user}.items():
        client.force_login(user)
        outcomes[who] = client.get(reverse(name, args=[cast.maya.pk])).status_code
    assert outcomes == {"elin": 200, "ines": 404, "maya": 403}


def test_the_patient_rates_what_is_due_and_zero_is_a_number(client: Client, cast: Cast) -> None:
    shoes, film = activity_verbs.set_activities(
        patient=cast.maya, by=cast.elin, words=["Shoes", "Film"]
    )
    client.force_login(cast.maya.user)
    page = client.get(reverse("rate")).content.decode()
    assert " checked" not in page
    assert client.post(reverse("rate"), {f"activity_{shoes.pk}": "0"}).status_code == 303
    assert activity_courses(cast.maya)[0].ratings == [(cast.harbour.today(), 0)]
    assert activities_due(cast.maya, cast.harbour.today() + timedelta(days=1)) == [film]


def test_an_empty_rating_says_what_to_do(client: Client, cast: Cast) -> None:
    activity_verbs.set_activities(patient=cast.maya, by=cast.elin, words=["Shoes"])
    client.force_login(cast.maya.user)
    assert client.post(reverse("rate"), {}).status_code == 422


def test_what_helps_follows_the_findings_that_are_not_gone(elin: Client, cast: Cast) -> None:
    finding_verbs.note(
        plan=cast.plan, fault=Fault.objects.get(slug="squats-the-hinge"), by=cast.elin
    )
    page = elin.get(reverse("helps", args=[cast.maya.pk])).content.decode()
    assert "opens at rung 3" in page
    assert "Miller" in page


def test_a_move_shows_first_what_goes_along_and_what_is_asked_again(
    elin: Client, cast: Cast
) -> None:
    for _ in range(2):
        factories.pass_open_rung(cast.plan, by=cast.elin)
    ladders.next_edition(cast.plan.ladder, new_criteria={"butt-taps": "new"})
    assert (
        "Move to the newer edition"
        in elin.get(reverse("details", args=[cast.maya.pk])).content.decode()
    )
    page = elin.get(reverse("move", args=[cast.plan.pk])).content.decode()
    assert page.count("It goes along.") == 1
    assert page.count("It goes along once you have seen this one:") == 1
    assert "Without these ticks rung 2" in page
    assert cast.maya.plans.count() == 1


def test_a_move_pressed_twice_moves_once(elin: Client, cast: Cast) -> None:
    ladders.next_edition(cast.plan.ladder)
    answers = [elin.post(reverse("move", args=[cast.plan.pk])).status_code for _ in range(2)]
    assert answers == [303, 303]
    assert cast.maya.plans.count() == 2


def test_without_a_newer_edition_there_is_nothing_to_move_to(elin: Client, cast: Cast) -> None:
    plan = factories.plan(cast.tomas, ladder=factories.newest())
    assert elin.get(reverse("move", args=[plan.pk])).status_code == 404
