"""Two ladders in one clinic: each patient is asked, shown and offered what belongs to their own."""

from __future__ import annotations

from datetime import timedelta
from html import unescape

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from curriculum.models import Fault, Ladder
from curriculum.screening import red_flags
from patients.history.days import history_of
from patients.models import Finding, Patient, Plan, ScreeningItem, UsualPain
from patients.standing.asked_besides import left_to_ask
from patients.standing.pain_limits import in_force
from patients.standing.usual_pain import read_usual, usual_in_sight, usual_now, with_usual
from patients.summaries import verify
from patients.verbs import findings as finding_verbs
from patients.verbs import gate, pain_limits, plan, screening, usual_pain
from tests import factories
from tests.cast import Cast
from tests.patients import acts
from tests.patients.acts import refused
from tests.patients.clinic_pages import browser
from tests.patients.people.test_people import EVERY_DAY, plan_form, post
from tests.patients.phone import phone_of, words_of
from tests.patients.telling import told

OF_THE_SQUAT = "heels-lift-low"
OF_THE_HINGE = "squats-the-hinge"


def squat() -> Ladder:
    return Ladder.objects.newest().get(slug="sit-to-stand")


def screened(patient: Patient, cast: Cast) -> None:
    """Everything asked, also what a ladder asks besides."""
    screening.screen(patient=patient, by=cast.elin, items=dict.fromkeys(red_flags(), "no"))


def ago(days: int) -> time_machine.travel:
    return time_machine.travel(timezone.now() - timedelta(days=days))


def squatter(cast: Cast) -> Plan:
    screened(cast.tomas, cast)
    return gate.assign(patient=cast.tomas, ladder=squat(), by=cast.elin)


def page_of(patient: Patient, name: str, *args: object) -> str:
    return unescape(words_of(phone_of(patient).get(reverse(name, args=args))))


def clinic_page(cast: Cast, name: str, *args: object) -> str:
    return unescape(browser(cast.elin).get(reverse(name, args=args)).content.decode())


def test_either_ladder_is_assigned_as_the_page_stands(cast: Cast) -> None:
    screened(cast.tomas, cast)
    page = clinic_page(cast, "assign", cast.tomas.pk)
    assert '<optgroup label="Hip hinge">' in page
    assert '<optgroup label="Sit to stand to squat">' in page
    post(cast.elin, "assign", cast.tomas.pk, ladder=squat().pk, weekdays=EVERY_DAY, goal="")
    made = Plan.objects.get(patient=cast.tomas)
    assert (made.ladder, made.goal_rung) == (squat(), None)


def test_a_goal_of_the_other_ladder_is_refused_beside_the_field(cast: Cast) -> None:
    screened(cast.tomas, cast)
    response = post(cast.elin, "assign", cast.tomas.pk, **plan_form(cast.plan, ladder=squat().pk))
    assert response.status_code == 422
    assert "The goal must be a rung of this ladder." in response.content.decode()


@pytest.mark.parametrize("name", ["report", "my_usual_pain"])
def test_a_patient_is_asked_for_the_pain_of_their_own_ladder(cast: Cast, name: str) -> None:
    squatter(cast)
    assert "nee, hip or back pain" in page_of(cast.tomas, name)
    assert "ack or leg pain" in page_of(cast.maya, name)
    assert "ack or leg pain" not in page_of(cast.tomas, name)


def test_the_sheet_says_which_sore_muscles_do_not_count(cast: Cast) -> None:
    squatter(cast)
    for _again in range(2):  # the second time from the cache of the page
        assert "Sore muscles in thighs or buttocks do not count" in page_of(cast.tomas, "today")
        assert "Sore muscles in buttocks or back of the thighs" in page_of(cast.maya, "today")


def test_a_clinician_is_offered_the_faults_of_the_patients_ladder_alone(cast: Cast) -> None:
    squats = squatter(cast)
    for name, args in (("finding", squats.pk), ("assess", cast.tomas.pk)):
        page = clinic_page(cast, name, args)
        assert f'value="{OF_THE_SQUAT}"' in page
        assert f'value="{OF_THE_HINGE}"' not in page
    hinge = clinic_page(cast, "finding", cast.plan.pk)
    assert f'value="{OF_THE_HINGE}"' in hinge
    assert f'value="{OF_THE_SQUAT}"' not in hinge


def test_a_fault_of_another_ladder_is_not_noted(cast: Cast) -> None:
    fault = Fault.objects.get(slug=OF_THE_SQUAT)
    with refused("other_ladder"):
        finding_verbs.note(plan=cast.plan, by=cast.elin, fault=fault)
    post(cast.elin, "finding", cast.plan.pk, fault=OF_THE_SQUAT)
    assert not Finding.objects.exists()


def test_what_is_watched_first_belongs_to_the_ladder(cast: Cast) -> None:
    squatter(cast)
    page = clinic_page(cast, "assess", cast.tomas.pk)
    assert "Watch 5 stands from a chair" in page
    assert "hinges" not in page
    assert "Watch 5 unloaded hinges" in clinic_page(cast, "assess", cast.maya.pk)


def test_the_page_about_the_ladder_is_about_the_readers_own(cast: Cast) -> None:
    squatter(cast)
    assert "What standing up is for" in page_of(cast.tomas, "about_ladder")
    assert "What the hinge is for" not in page_of(cast.tomas, "about_ladder")
    assert "What the hinge is for" in page_of(cast.maya, "about_ladder")


def test_staff_choose_of_which_ladder_they_read(cast: Cast) -> None:
    client = browser(cast.elin)
    first = words_of(client.get(reverse("about_ladder")))
    assert "What the hinge is for" in first
    assert 'href="?ladder=sit-to-stand"' in first
    other = words_of(client.get(reverse("about_ladder"), {"ladder": "sit-to-stand"}))
    assert "What standing up is for" in other


def test_lists_and_filters_name_the_ladder(cast: Cast) -> None:
    squats = squatter(cast)
    client = browser(cast.elin)
    for name, key in (("library", "sit-to-stand/free-squat"), ("caseload", "hip-hinge/butt-taps")):
        page = client.get(reverse(name)).content.decode()
        assert '<optgroup label="Sit to stand to squat">' in page
        assert f'value="{key}"' in page
    found = client.get(reverse("library"), {"rung": "sit-to-stand/goblet"}).content.decode()
    assert "Sit to stand to squat: rung 5" in found
    assert "Dowel hinge" not in found.split('id="shelf"')[1]
    rung = squats.open_rung
    assert rung is not None
    listed = client.get(reverse("caseload"), {"rung": f"sit-to-stand/{rung.slug}"})
    assert "Tomas Tran" in listed.content.decode()
    assert "Maya Roos" not in listed.content.decode()


def test_a_ladder_begins_once_its_own_red_flags_were_asked(cast: Cast) -> None:
    assert len(left_to_ask(cast.tomas, squat())) == 2
    with refused("ladder_asks"):
        gate.assign(patient=cast.tomas, ladder=squat(), by=cast.elin)
    page = post(cast.elin, "assign", cast.tomas.pk, ladder=squat().pk, weekdays=EVERY_DAY)
    assert page.status_code == 422
    assert "Screen first: Hot, swollen joint" in page.content.decode()
    squatter(cast)
    assert left_to_ask(cast.tomas, squat()) == []
    # The hinge asks for none of them.
    assert left_to_ask(cast.maya, factories.newest()) == []


def test_nothing_new_at_the_gate_answers_only_what_was_asked_before(cast: Cast) -> None:
    screening.nothing_new(patient=cast.tomas, by=cast.elin)
    latest = ScreeningItem.objects.filter(screening__patient=cast.tomas).order_by("-screening")
    assert {row.answer for row in latest.filter(key="hot_joint")} <= {"not_asked"}
    assert len(left_to_ask(cast.tomas, squat())) == 2
    squatter(cast)
    screening.nothing_new(patient=cast.tomas, by=cast.elin)
    assert left_to_ask(cast.tomas, squat()) == []


def test_nothing_new_on_one_ladder_answers_nothing_for_another(cast: Cast) -> None:
    screened(cast.maya, cast)
    screening.nothing_new(patient=cast.maya, by=cast.elin)
    assert len(left_to_ask(cast.maya, squat())) == 2
    plan.end(plan=cast.plan, by=cast.elin)
    with refused("ladder_asks"):
        gate.assign(patient=cast.maya, ladder=squat(), by=cast.elin)


def test_on_the_ladder_its_red_flags_are_asked_with_the_others(cast: Cast) -> None:
    squatter(cast)
    asked = dict.fromkeys(red_flags(), "no") | {"hot_joint": "not_asked"}
    with refused("red_flag_not_asked"):
        screening.screen(patient=cast.tomas, by=cast.elin, items=asked)
    screening.screen(patient=cast.maya, by=cast.elin, items=asked)


def test_pain_told_for_another_ladder_is_no_usual_pain_of_this_one(cast: Cast) -> None:
    usual_pain.tell(patient=cast.maya, by=cast.maya.user, pain=6)
    plan.end(plan=cast.plan, by=cast.elin)
    screened(cast.maya, cast)
    gate.assign(patient=cast.maya, ladder=squat(), by=cast.elin)
    assert usual_now(cast.maya) is None
    assert UsualPain.objects.filter(patient=cast.maya, pain=6).exists()


def test_a_number_that_a_clinician_writes_down_today_stays(cast: Cast) -> None:
    with ago(1):
        plan.end(plan=cast.plan, by=cast.elin)
    screened(cast.maya, cast)
    usual_pain.set_usual_pain(patient=cast.maya, by=cast.elin, usual_pain=5)
    gate.assign(patient=cast.maya, ladder=squat(), by=cast.elin)
    assert usual_now(cast.maya) == 5


@pytest.mark.parametrize("seen", [True, False])
def test_a_number_of_the_ladder_before_is_not_kept_because_a_clinician_wrote_it_today(
    cast: Cast, *, seen: bool
) -> None:
    with ago(14):
        usual_pain.tell(patient=cast.maya, by=cast.maya.user, pain=1)
    if seen:
        crept = usual_pain.tell(patient=cast.maya, by=cast.maya.user, pain=6)
        usual_pain.see(told=crept, by=cast.elin, word="A hard week.")
    else:
        usual_pain.set_usual_pain(patient=cast.maya, by=cast.elin, usual_pain=6)
    screened(cast.maya, cast)
    plan.end(plan=cast.plan, by=cast.elin)
    gate.assign(patient=cast.maya, ladder=squat(), by=cast.elin)
    assert usual_now(cast.maya) is None


def test_limits_of_the_patients_own_end_where_another_pain_is_asked_for(cast: Cast) -> None:
    """Even where no usual pain was told."""
    pain_limits.set_own(patient=cast.maya, by=cast.elin, fine_to=6, stop_from=8, reason="Steady.")
    screened(cast.maya, cast)
    today = cast.harbour.today()
    for ladder, holds in ((factories.newest(), True), (squat(), False)):
        plan.end(plan=cast.maya.plans.get(ended_on=None), by=cast.elin)
        gate.assign(patient=cast.maya, ladder=ladder, by=cast.elin)
        assert (in_force(cast.maya, today) is not None) is holds


def test_the_same_ladder_again_keeps_the_usual_pain(cast: Cast) -> None:
    usual_pain.tell(patient=cast.maya, by=cast.maya.user, pain=4)
    plan.end(plan=cast.plan, by=cast.elin)
    gate.assign(patient=cast.maya, ladder=factories.newest(), by=cast.elin)
    assert usual_now(cast.maya) == 4


def test_a_rise_is_judged_by_the_numbers_of_the_same_pain(cast: Cast) -> None:
    """The 7 that a clinician had seen was of the back."""
    maya = cast.maya
    for days, pain in ((30, 3), (16, 7)):
        with ago(days):
            back = usual_pain.tell(patient=maya, by=maya.user, pain=pain)
    with ago(15):
        usual_pain.see(told=back, by=cast.elin, word="Moved house.")
        usual_pain.set_usual_pain(patient=maya, by=cast.elin, usual_pain=None)
        screened(maya, cast)
        plan.end(plan=cast.plan, by=cast.elin)
        gate.assign(patient=maya, ladder=squat(), by=cast.elin)
        assert usual_pain.tell(patient=maya, by=maya.user, pain=4).accepted
    assert not usual_pain.tell(patient=maya, by=maya.user, pain=6).accepted
    assert usual_in_sight(with_usual(Patient.objects.all()).get(pk=maya.pk)) == read_usual(maya)
    assert read_usual(maya).low == 4
    assert list(verify.differences()) == []


def test_on_the_day_of_the_change_no_number_is_held_against_the_pain_of_the_ladder_before(
    cast: Cast,
) -> None:
    maya = cast.maya
    with ago(1):
        usual_pain.set_usual_pain(patient=maya, by=cast.elin, usual_pain=6)
    told(maya, pain=6, asked="before")
    assert acts.log(cast.plan, pain=6).band == "fine"
    screened(maya, cast)
    plan.end(plan=cast.plan, by=cast.elin)
    squats = gate.assign(patient=maya, ladder=squat(), by=cast.elin)
    usual_pain.tell(patient=maya, by=maya.user, pain=2)
    entry = acts.log(squats, pain=6)
    assert (entry.band, entry.before) == ("stop", None)
    read = history_of(maya, cast.harbour.today())
    assert [row.usual for row in read.rows] == [2, 6]
