"""What a row of the caseload says, and how a patient is found."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from accounts.models import User
from patients.models import Patient, Plan
from patients.summaries import verify
from patients.verbs import messages as message_verbs
from patients.verbs import people as people_verbs
from patients.verbs import plan as plan_verbs
from patients.verbs import practice as practice_verbs
from patients.verbs import screening as screening_verbs
from tests import factories, steps
from tests.accounts import phones
from tests.cast import Cast
from tests.patients import acts
from tests.patients.caseloads import asked, found, headings, listed
from tests.patients.clinic_pages import HTMX, browser, text
from tests.patients.conftest import MONDAY


def row(user: User, name: str, **filters: str) -> str:
    """The row of one patient, as read."""
    page = asked(user, **filters).content.decode()
    found = [part for part in page.split("<li>") if f">{name}</a>" in part]
    assert len(found) == 1
    return text(type("Part", (), {"content": found[0].encode()})())


def test_a_stop_says_the_number_and_when(clock: time_machine.Traveller, cast: Cast) -> None:
    acts.log(cast.plan, pain=7)
    assert "<b>Pain 7/10, today 09:00.</b>" in row(cast.elin, "Maya Roos")
    clock.shift(timedelta(days=1))
    assert "<b>Pain 7/10, yesterday.</b>" in row(cast.elin, "Maya Roos")


def test_a_stop_of_the_leg_says_what_was_felt(cast: Cast) -> None:
    acts.log(cast.plan, pain=1, leg="weak")
    assert "Weakness in the leg" in row(cast.elin, "Maya Roos")


def test_words_of_the_patient_stand_beside_the_reason_as_text(cast: Cast) -> None:
    message_verbs.write(
        plan=cast.plan, by=cast.maya.user, text="<script>alert(1)</script> Is this right?"
    )
    page = asked(cast.elin).content.decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt; Is this right?" in page
    assert "<script>alert" not in page


def test_a_request_shows_its_own_words_and_not_those_of_a_message(cast: Cast) -> None:
    plan_verbs.request_review(plan=cast.plan, by=cast.maya.user, words="Shins never touch.")
    assert "“Shins never touch.”" in row(cast.elin, "Maya Roos")


def test_pain_that_was_not_reported_is_never_shown_as_nought(cast: Cast) -> None:
    acts.log(cast.plan, pain=None)
    shown = row(cast.elin, "Maya Roos")
    assert "Not reported" in shown
    assert "/10" not in shown


def test_a_pain_of_nought_is_a_number(cast: Cast) -> None:
    acts.log(cast.plan, pain=0)
    assert "<b>0</b>/10" in row(cast.elin, "Maya Roos")


def test_fourteen_days_are_counted_in_words_and_rest_is_not_held_against_anybody(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    weekdays_only = factories.plan(factories.patient(cast.elin, "Rut Rest"), weekdays=0b0011111)
    for day in (0, 1, 3):
        clock.move_to(MONDAY + timedelta(days=day))
        acts.log(weekdays_only)
    clock.move_to(MONDAY + timedelta(days=7))
    shown = row(cast.elin, "Rut Rest")
    assert "practised 3, rest 2, not logged 2" in shown
    assert '<span>3<span class="muted">/5</span></span>' in shown


def test_somebody_away_is_on_track_and_it_says_until_when(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    plan_verbs.pause(
        plan=cast.plan, by=cast.maya.user, until=cast.harbour.today() + timedelta(days=20)
    )
    clock.shift(timedelta(days=15))
    assert "Away until 22 March." in row(cast.elin, "Maya Roos")
    assert headings(asked(cast.elin, show="needs")) == ["New"]


def test_a_pause_that_a_clinician_set_is_theirs_and_no_absence(cast: Cast) -> None:
    plan_verbs.pause(plan=cast.plan, by=cast.omar, until=cast.harbour.today() + timedelta(days=20))
    assert "Paused by Omar until" in row(cast.elin, "Maya Roos")
    plan_verbs.resume(plan=cast.plan, by=cast.omar)
    plan_verbs.pause(plan=cast.plan, by=cast.omar)
    shown = row(cast.elin, "Maya Roos")
    assert "Paused by Omar until further notice." in shown
    assert "Away" not in shown


def test_a_corrected_entry_counts_once_and_as_it_stands(cast: Cast) -> None:
    wrong = acts.log(cast.plan, pain=5)
    acts.log(cast.plan, pain=2, corrects=wrong)
    shown = row(cast.elin, "Maya Roos")
    assert "practised 1," in shown
    assert 'data-tone="ok"' in shown


def test_the_goal_is_the_top_of_the_patients_own_ladder(cast: Cast) -> None:
    factories.plan(factories.patient(cast.elin, "Gunilla Goal"), goal_rung=acts.rung(cast.plan, 4))
    assert "Rung 1/4" in row(cast.elin, "Gunilla Goal")


def test_a_ladder_that_is_complete_says_so(cast: Cast) -> None:
    factories.plan(
        factories.patient(cast.elin, "Carin Complete"), passed=1, goal_rung=acts.rung(cast.plan, 1)
    )
    assert "Ladder complete" in row(cast.elin, "Carin Complete")


def test_an_unopened_link_is_a_matter_after_three_days_until_it_is_opened(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    path = phones.new_link(cast.maya.user, cast.elin)
    clock.shift(timedelta(days=3))
    assert "Link made 2 March, not opened." in row(cast.elin, "Maya Roos")
    phones.opened(path)
    assert "Link not opened" not in headings(asked(cast.elin))


def test_words_to_read_first_are_the_ones_quoted_until_they_are_read(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    maya = cast.maya.user
    for written in ("Is this right?", "I have a fever.", "Thanks."):
        clock.shift(timedelta(minutes=10))
        message_verbs.write(plan=cast.plan, by=maya, text=written)
    shown = row(cast.elin, "Maya Roos")
    assert "Read first. Wrote today 09:20." in shown
    assert "“I have a fever.”" in shown
    message_verbs.mark_read(plan=cast.plan, by=cast.elin)
    message_verbs.write(plan=cast.plan, by=maya, text="See you.")
    assert "Read first" not in row(cast.elin, "Maya Roos")


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("maya", True),
        ("ROO", True),
        ("ma ro", True),
        ("ro ma", True),
        ("  maya   ", True),
        ("ya", False),
        ("maya x", False),
        ("%", False),
        ("_", False),
        ("\\", False),
        ("' OR 1=1 --", False),
        ("😀", False),
        ("x" * 10_000, False),
    ],
)
def test_a_patient_is_found_by_the_beginning_of_any_word_of_the_name(
    cast: Cast, typed: str, found: bool
) -> None:
    assert listed(cast.elin, q=typed) == (["Maya Roos"] if found else [])


@pytest.mark.parametrize("typed", ["åsa", "ASA", "oberg", "Öb", "öberg åsa"])
def test_a_name_is_found_with_and_without_its_accents(cast: Cast, typed: str) -> None:
    factories.patient(cast.elin, "Åsa Öberg")
    assert listed(cast.elin, q=typed) == ["Åsa Öberg"]


def test_search_finds_a_colleagues_patient_and_the_discharged_but_nobody_of_another_clinic(
    cast: Cast,
) -> None:
    people_verbs.discharge(patient=cast.tomas, by=cast.elin)
    assert "Tomas Tran" not in listed(cast.elin)
    assert listed(cast.omar, q="t") == ["Tomas Tran"]
    assert "Discharged" in row(cast.omar, "Tomas Tran", q="t")
    assert listed(cast.omar, q="noor") == []


def test_a_name_that_changed_is_found_by_the_new_one(cast: Cast) -> None:
    people_verbs.amend(
        patient=cast.maya,
        by=cast.elin,
        name="Maya Lund",
        lead=cast.elin,
        referral_note="",
    )
    assert (listed(cast.elin, q="lund"), listed(cast.elin, q="roos")) == (["Maya Lund"], [])


def test_fifty_one_of_one_name_are_found_over_two_pages(cast: Cast) -> None:
    for _ in range(51):
        factories.patient(cast.elin, "Anna Alm")
    client = browser(cast.elin)
    first = found(client, q="anna")
    second = client.get(f"{reverse('caseload')}?{first.context['next']}")
    seen = [row.patient_id for page in (first, second) for row in page.context["found"]]
    assert len(seen) == len(set(seen)) == Patient.objects.filter(name="Anna Alm").count()
    address = f"{reverse('caseload')}?look={first.context['filters'].look}"
    for junk in ("", "x", "0", "-1", "9" * 20, "%00", str(cast.noor.pk)):
        page = client.get(f"{address}&after={junk}")
        assert page.context["found"][0].patient_id == seen[0], junk


def test_typing_swaps_the_rows_alone_and_a_plain_request_is_the_whole_page(cast: Cast) -> None:
    client = browser(cast.elin)
    part = client.post(reverse("caseload"), {"q": "maya"}, headers=HTMX)
    whole = found(client, q="maya")
    assert "<html" not in part.content.decode()
    assert "<html" in whole.content.decode()
    assert "Maya Roos" in text(part)
    assert "Maya Roos" in text(whole)
    back = client.get(part["HX-Push-Url"], headers={**HTMX, "HX-History-Restore-Request": "true"})
    assert "Maya Roos" in text(back)
    assert "<html" in back.content.decode()


def test_an_empty_caseload_says_how_to_begin(cast: Cast) -> None:
    page = text(asked(cast.petra))
    assert "No patients of yours yet" in page
    assert 'href="/patients/new/"' in page


def test_a_patient_is_shown_the_way_home_instead(cast: Cast) -> None:
    response = browser(cast.maya.user).get(reverse("caseload"))
    assert response.status_code == 403
    assert Client().get(reverse("caseload")).status_code == 302


def _on_the_weight_rung(cast: Cast, name: str) -> Plan:
    plan = factories.plan(factories.patient(cast.elin, name), passed=4)
    factories.pass_open_rung(plan, by=cast.elin)
    return plan


def test_who_waits_for_a_weight_needs_me_until_it_is_set(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    plan = _on_the_weight_rung(cast, "Sam Weight")
    acts.log(plan, pain=0, effort="right")
    assert "<b>Set the weight, or choose a level.</b> Waiting since today." in row(
        cast.elin, "Sam Weight", show="needs"
    )
    clock.shift(timedelta(days=1))
    assert "Waiting since yesterday." in row(cast.elin, "Sam Weight")
    assert "Set the weight, or choose a level." in row(cast.elin, "Sam Weight", q="sam")
    plan_verbs.prescribe(plan=plan, level=acts.level(plan, 6), by=cast.elin, sets=2, reps=8, load=8)
    assert "Sam Weight" not in listed(cast.elin, show="needs")
    assert "Practised yesterday." in row(cast.elin, "Sam Weight")


def test_nobody_waits_for_a_weight_while_training_lower(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    plan = _on_the_weight_rung(cast, "Lo Lower")
    until = cast.harbour.today() + timedelta(days=3)
    plan_verbs.choose_level(plan=plan, level=acts.level(plan, 3), by=cast.elin, until=until)
    clock.shift(timedelta(days=3))
    assert "Lo Lower" not in listed(cast.elin, show="needs")
    clock.shift(timedelta(days=1))
    assert "<b>Set the weight, or choose a level.</b> Waiting since today." in row(
        cast.elin, "Lo Lower"
    )


def test_the_last_rung_of_a_goal_may_wait_for_its_weight_too(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    plan = _on_the_weight_rung(cast, "Gus Goal")
    plan_verbs.set_goal(plan=plan, goal_rung=acts.rung(plan, 6), by=cast.elin)
    factories.pass_open_rung(plan, by=cast.elin)
    assert "Set the weight, or choose a level." in row(cast.elin, "Gus Goal")
    plan_verbs.set_goal(plan=plan, goal_rung=None, by=cast.elin)
    assert "Gus Goal" not in listed(cast.elin, show="needs")


def test_ready_by_numbers_says_the_numbers(clock: time_machine.Traveller, cast: Cast) -> None:
    for pain in (2, 0, 1):
        acts.log(cast.plan, pain=pain, effort="right")
        clock.shift(timedelta(days=1))
    assert "Practised 3 days of 14, highest pain 2/10. Since yesterday." in row(
        cast.elin, "Maya Roos"
    )


def test_easing_off_says_the_pain_of_the_days_and_of_the_mornings(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    acts.log(cast.plan, pain=3)
    for pain, morning in ((4, 5), (5, 4)):
        clock.shift(timedelta(days=1))
        entry = acts.log(cast.plan, pain=pain)
        clock.shift(timedelta(days=1))
        practice_verbs.answer_morning(practice=entry, by=cast.maya.user, pain_now=morning)
    shown = row(cast.elin, "Maya Roos")
    assert (
        "<b>Pain up to 5/10, morning after up to 5/10.</b> 2 days in a row, since 3 March." in shown
    )


def test_worse_mornings_say_so_where_no_number_was_given(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    for _ in range(2):
        entry = acts.log(cast.plan)
        clock.shift(timedelta(days=1))
        practice_verbs.answer_morning(practice=entry, by=cast.maya.user, worse=True)
    assert "<b>Worse the morning after.</b> 2 days in a row, since 2 March." in row(
        cast.elin, "Maya Roos"
    )


def test_a_stop_from_a_morning_says_its_number(clock: time_machine.Traveller, cast: Cast) -> None:
    entry = acts.log(cast.plan, pain=0)
    clock.shift(timedelta(days=1))
    practice_verbs.answer_morning(practice=entry, by=cast.maya.user, pain_now=8)
    assert "<b>Worse the morning after, 8/10, today 09:00.</b>" in row(cast.elin, "Maya Roos")


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_who_waited_for_a_weight_before_the_list_knew_of_it_is_listed_after_the_update(
    cast: Cast,
) -> None:
    _on_the_weight_rung(cast, "Sam Weight")
    steps.migrate("patients", "0005")
    steps.migrate()
    call_command("refresh_summaries", verbosity=0)
    assert "Set the weight, or choose a level." in row(cast.elin, "Sam Weight", show="needs")
    assert list(verify.differences()) == []


def test_who_is_not_cleared_is_folded_away_until_the_day_on_which_somebody_looks_again(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    screening_verbs.screen(
        patient=cast.maya,
        by=cast.elin,
        outcome="not_cleared",
        words="Sent to her doctor.",
        look_again_on=cast.harbour.today() + timedelta(days=3),
    )
    page = asked(cast.elin)
    assert headings(page) == ["New", "Not cleared"]
    group = page.content.decode().partition("No drill. They come up")[2]
    assert 0 < group.index("<details") < group.index("Maya Roos") < group.index("</details>")
    clock.shift(timedelta(days=3))
    page = asked(cast.elin)
    assert headings(page)[0] == "Follow up"
    assert "Not cleared." in row(cast.elin, "Maya Roos")
    assert "<details" not in page.content.decode().partition("Maya Roos")[0].rpartition("Follow")[2]
