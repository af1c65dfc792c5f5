"""Twenty-two gating bugs that others paid for; each test is named for what a user gains by our not
having it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
import time_machine
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from accounts import links
from accounts.models import PhoneLink
from curriculum.loader import ContentError, load
from curriculum.loader.load import CONTENT
from curriculum.models import Criterion, Level
from patients.models import Plan, Practice, Review, Tick
from patients.standing.dose import dose_in_force
from patients.standing.position import current_level
from patients.verbs import gate as gate_verbs
from patients.verbs import plan as plan_verbs
from patients.verbs import practice as practice_verbs
from patients.verbs import stops as stop_verbs
from tests import app_role, factories, ladders
from tests.cast import Cast
from tests.patients import acts
from tests.patients.acts import database_refuses, refused
from tests.patients.clinic_pages import browser, chart, press_passed, text, tick
from tests.patients.phone import level_of, phone_of, save
from tests.together import at_once

ONE_DAY = timedelta(days=1)


def _page(client: Client, name: str, *args: Any) -> str:
    response = client.get(reverse(name, args=args))
    assert response.status_code == 200
    return text(response)


# 1, kolibri #7400
def test_patient_and_physio_read_the_same_criterion_and_the_same_count(cast: Cast) -> None:
    first, *rest = acts.criteria(cast.plan, 1)
    gate_verbs.tick(plan=cast.plan, criterion=first, by=cast.elin)
    patients = _page(phone_of(cast.maya), "ladder")
    physios = chart(browser(cast.elin), cast.maya)
    for criterion in (first, *rest):
        assert str(criterion.plain_text) in patients
        assert criterion.text in physios
    assert patients.count("Ticked by Elin E.") == 1
    assert physios.count('aria-checked="true"') == 1


# 2, kolibri #1725
@pytest.mark.django_db(transaction=True)
def test_a_gate_with_ticks_flying_in_is_passed_with_all_of_them_or_not_at_all(cast: Cast) -> None:
    *early, one, two = acts.criteria(cast.plan, 1)
    for criterion in early:
        gate_verbs.tick(plan=cast.plan, criterion=criterion, by=cast.elin)
    answer, *_ = at_once(
        lambda: acts.decide(cast.plan, 1, cast.elin),
        lambda: gate_verbs.tick(plan=cast.plan, criterion=one, by=cast.elin),
        lambda: gate_verbs.tick(plan=cast.plan, criterion=two, by=cast.omar),
    )
    passed = isinstance(answer, Review)
    assert passed == (acts.passed(cast.plan) == [1])
    assert not passed or answer.ticks.count() == len(early) + 2


# 3, kolibri #4574
def test_a_patient_who_comes_back_is_seen_afresh_and_not_by_last_years_ticks(cast: Cast) -> None:
    factories.pass_open_rung(cast.plan, by=cast.elin)
    acts.tick_all(cast.plan, 2, cast.elin)
    plan_verbs.end(plan=cast.plan, by=cast.elin)
    again = factories.plan(cast.maya)
    assert (acts.open_position(again), again.ticks.count()) == (1, 0)
    assert press_passed(browser(cast.elin), again, 1).status_code == 422


# 4, kolibri MasteryLog
def test_criteria_do_not_change_under_a_patient_in_the_middle_of_a_plan(cast: Cast) -> None:
    ladders.next_edition(cast.plan.ladder, new_criteria={"dowel-hinge": "one-more"})
    acts.tick_all(cast.plan, 1, cast.elin)
    assert "Something new." not in chart(browser(cast.elin), cast.maya)
    assert press_passed(browser(cast.elin), cast.plan, 1).status_code == 303


# 5, openedx-platform #39114
def test_a_locked_drill_is_locked_at_its_address_and_no_gate_is_empty(
    cast: Cast, tmp_path: Any
) -> None:
    phone = phone_of(cast.maya)
    level = level_of(3)
    assert phone.get(reverse("level_page", args=[3, level.slug])).status_code == 403
    assert phone.get(reverse("rung_page", args=[3])).status_code == 403
    for file in (CONTENT / "hip_hinge").glob("*.toml"):
        words = file.read_text().replace("edition = 1", "edition = 2")
        kept = words.split("[[rung.criterion]]")[0] if file.name == "rungs.toml" else words
        (tmp_path / file.name).write_text(kept)
    with pytest.raises(ContentError, match="criteria"):
        load(tmp_path)


# 6, openedx-platform #36965
def test_what_is_earned_is_open_at_once_and_what_is_locked_says_why(cast: Cast) -> None:
    phone = phone_of(cast.maya)
    locked = phone.get(reverse("rung_page", args=[2]))
    assert (locked.status_code, locked.context["ladder_rung"].why in text(locked)) == (403, True)
    factories.pass_open_rung(cast.plan, by=cast.elin)
    assert phone.get(reverse("rung_page", args=[2])).status_code == 200


# 7, openedx #36826
def test_a_locked_page_always_leads_back_to_today(cast: Cast) -> None:
    phone = phone_of(cast.maya)
    for position in range(2, 8):
        page = text(phone.get(reverse("rung_page", args=[position])))
        assert f'href="{reverse("today")}"' in page


# 8, openedx PR #17083
def test_the_whole_ladder_is_in_sight_with_a_reason_at_every_lock(cast: Cast) -> None:
    response = phone_of(cast.maya).get(reverse("ladder"))
    page = text(response)
    seen = response.context["rungs"]
    assert len(seen) == 7
    for one in seen:
        assert one.rung.plain_name in page
        assert one.reachable or (one.why and one.why in page)


# 9, openedx PR #11014
def test_a_rung_opened_at_the_clinic_is_on_the_phone_at_the_next_look(cast: Cast) -> None:
    phone = phone_of(cast.maya)
    physio = browser(cast.elin)
    before = phone.get(reverse("today"))
    acts.tick_all(cast.plan, 1, cast.elin)
    press_passed(physio, cast.plan, 1)
    after = phone.get(reverse("today"))
    assert level_of(2).drill.plain_name in text(after)
    assert level_of(2).drill.plain_name not in text(before)
    assert "no-store" in before["Cache-Control"]


# 10, Canvas idea 9340
def test_a_new_edition_strands_nobody_and_moving_on_is_a_clinicians_act(cast: Cast) -> None:
    factories.pass_open_rung(cast.plan, by=cast.elin)
    newer = ladders.next_edition(
        cast.plan.ladder, rungs=["dowel-hinge", "bench-in-front", "butt-taps"]
    )
    assert acts.open_position(cast.plan) == 2
    assert level_of(2).drill.plain_name in _page(phone_of(cast.maya), "today")
    later = gate_verbs.assign(patient=cast.tomas, ladder=newer, by=cast.elin)
    assert (later.ladder, Plan.objects.get(pk=cast.plan.pk).ladder) == (newer, cast.plan.ladder)


# 11, completionlocked
def test_improving_the_words_of_the_curriculum_costs_nobody_a_pass(cast: Cast) -> None:
    factories.pass_open_rung(cast.plan, by=cast.elin)
    before = acts.everything()
    with app_role.owning():
        Criterion.objects.update(hint="Old words.")
        call_command("load_curriculum", verbosity=0)
    assert acts.everything() == before
    assert not Criterion.objects.filter(hint="Old words.").exists()


# 12, openGym #278
def test_finishing_a_drill_logs_it_and_moves_nothing_on(cast: Cast) -> None:
    phone = phone_of(cast.maya)
    assert save(phone, cast.harbour.today(), pain=0, effort="easy").status_code == 303
    assert Practice.objects.count() == 1
    assert (acts.passed(cast.plan), Tick.objects.count()) == ([], 0)
    assert phone.get(reverse("rung_page", args=[2])).status_code == 403


# 13, openGym #17
def test_whoever_asks_what_is_next_reads_who_opened_it_and_when(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    factories.pass_open_rung(cast.plan, by=cast.elin)
    assert "Opened 2 March by Elin E." in _page(phone_of(cast.maya), "ladder")
    gate_verbs.withdraw(
        plan=cast.plan,
        rung=acts.rung(cast.plan, 1),
        by=cast.omar,
        reason="Lumbar control is gone.",
        to_patient="After a long rest.",
    )
    page = _page(phone_of(cast.maya), "ladder")
    assert "Open again since 2 March, by Omar O." in page
    assert "After a long rest." in page
    assert "Lumbar control" not in page


# 14, gymcoach PR #55
def test_good_numbers_never_raise_the_dose_or_the_level_by_themselves(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    before = current_level(cast.plan, cast.harbour.today())
    for _ in range(10):
        entry = acts.log(cast.plan, pain=0, effort="easy")
        clock.shift(ONE_DAY)
        practice_verbs.answer_morning(practice=entry, by=cast.maya.user, pain_now=0, worse=False)
    assert current_level(cast.plan, cast.harbour.today()) == before
    assert not cast.plan.prescriptions.exists()


# 15, azarean 20260625
def test_a_form_sent_again_by_a_bad_connection_is_one_entry(cast: Cast) -> None:
    phone = phone_of(cast.maya)
    today = cast.harbour.today()
    sent = save(phone, today, pain=3).wsgi_request.POST
    for _ in range(2):
        assert phone.post(reverse("log_day", args=[today]), sent.dict()).status_code == 303
    assert [entry.pain for entry in Practice.objects.all()] == [3]


# 16, azarean 20260421
def test_every_number_on_the_pain_row_can_be_saved_and_no_other(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    phone = phone_of(cast.maya)
    for pain in range(11):
        assert save(phone, cast.harbour.today(), pain=pain).status_code == 303
        clock.shift(ONE_DAY)
        for stop in cast.plan.stops.unanswered():
            stop_verbs.answer(stop=stop, by=cast.elin, action="carry_on", word="Go on.")
    assert [entry.pain for entry in Practice.objects.all()] == list(range(11))
    for wrong in ("11", "-1", "3.5", "x"):
        assert save(phone, cast.harbour.today(), pain=wrong).status_code == 422
    with database_refuses("(?i)check"):
        entry = Practice(
            plan=cast.plan,
            level=level_of(1),
            done_on=date(2026, 1, 1),
            by=cast.maya.user,
            client_id="x",
        )
        entry.pain = 11
        entry.save()


# 17, OpenTeleRehab
def test_pain_that_nobody_told_is_unknown_and_pain_zero_is_zero(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    phone = phone_of(cast.maya)
    page = _page(phone, "today")
    assert 'name="pain" value="0"' in page
    assert not [
        one
        for one in page.split("<input")
        if 'name="pain"' in one and " checked" in one.split(">")[0]
    ]
    save(phone, cast.harbour.today())
    clock.shift(ONE_DAY)
    save(phone, cast.harbour.today(), pain=0)
    assert [entry.pain for entry in Practice.objects.order_by("done_on")] == [None, 0]
    assert "not reported" in _page(phone, "history")


# 18, azarean wave2
def test_a_gate_cannot_be_talked_open_by_a_request_of_ones_own(cast: Cast) -> None:
    physio = browser(cast.elin)
    answer = press_passed(physio, cast.plan, 1)
    assert answer.status_code == 422
    assert acts.criteria(cast.plan, 1)[0].text in text(answer)
    assert press_passed(physio, cast.plan, 4).status_code == 422
    assert tick(physio, cast.plan, acts.criteria(cast.plan, 4)[0]).status_code == 422
    assert (Review.objects.count(), Tick.objects.count()) == (0, 0)


# 19, azarean UX v2
def test_a_patient_who_falls_silent_comes_up_on_the_caseload_with_the_reason(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    acts.log(cast.plan, pain=1)
    physio = browser(cast.elin)
    assert "Gone quiet" not in _page(physio, "caseload")
    clock.shift(timedelta(days=8))
    page = _page(browser(cast.elin), "caseload")
    assert 0 < page.index("Gone quiet") < page.index("Maya Roos")


# 20, azarean UX v2
def test_days_missed_are_not_held_against_anybody(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    acts.log(cast.plan, pain=1)
    clock.shift(timedelta(days=30))
    phone = phone_of(cast.maya)
    for name in ("today", "history", "ladder"):
        page = _page(phone, name).lower()
        assert not [word for word in ("streak", "missed", "failed", "overdue") if word in page]


# 21, emdash #3298
def test_a_mail_scanner_that_opens_the_link_does_not_use_it_up(cast: Cast) -> None:
    address = urlsplit(links.url(links.issue(cast.maya.user, cast.elin))).path
    for scanner in (Client(), Client()):
        assert scanner.get(address).status_code == 200
        assert {scanner.head(address).status_code, scanner.options(address).status_code} == {405}
    assert PhoneLink.objects.get(user=cast.maya.user).first_used_at is None
    phone = Client()
    phone.post(address)
    assert phone.get(reverse("today")).status_code == 200


# 22, RestartiX
def test_a_new_default_dose_leaves_what_a_physio_prescribed(cast: Cast) -> None:
    level = level_of(1)
    plan_verbs.prescribe(plan=cast.plan, level=level, by=cast.elin, sets=1, reps=4)
    with app_role.owning():
        Level.objects.filter(pk=level.pk).update(sets=9, reps=40)
    dose = dose_in_force(cast.plan, Level.objects.get(pk=level.pk))
    assert (dose.sets, dose.reps) == (1, 4)
    with refused("locked"):
        plan_verbs.prescribe(plan=cast.plan, level=level_of(2), by=cast.elin, sets=1, reps=4)
