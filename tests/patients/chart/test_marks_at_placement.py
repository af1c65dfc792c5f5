"""Figures and reasons at the first assessment, and what the record then says."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from curriculum.models import Criterion
from patients.models import Review, ReviewTick, Tick
from patients.papers.visit_note import visit_note
from patients.verbs import gate as gate_verbs
from tests import factories
from tests.cast import Cast
from tests.patients import acts
from tests.patients.clinic_pages import browser, chart, text
from tests.patients.phone import phone_of


@pytest.fixture
def elin(cast: Cast) -> Client:
    return browser(cast.elin)


def _ids(criteria: list[Criterion]) -> list[int]:
    return [criterion.pk for criterion in criteria]


def _place(client: Client, cast: Cast, criteria: list[Criterion], **said: Any) -> Any:
    address = reverse("place", args=[cast.plan.pk])
    return client.post(address, {"criteria": _ids(criteria), **said})


def _assess(client: Client, cast: Cast, criteria: list[Criterion], **said: Any) -> Any:
    address = reverse("assess", args=[cast.maya.pk])
    return client.post(address, {"criterion": _ids(criteria), **said})


def _note(cast: Cast) -> str:
    return visit_note(cast.maya, cast.harbour.today())


def test_what_does_not_apply_and_what_was_seen_are_placed_and_stand_in_the_record(
    elin: Client, cast: Cast
) -> None:
    lean, *others = reversed(acts.criteria(cast.plan, 1))
    said = {f"{lean.pk}-why": "precaution", f"{lean.pk}-words": "hip to 80 degrees"}
    figure = {f"{others[0].pk}-reps": "7", f"{others[0].pk}-side": ""}
    assert _place(elin, cast, others, **said, **figure).status_code == 303
    assert ReviewTick.objects.get(criterion=lean).why == "precaution: hip to 80 degrees"
    assert ReviewTick.objects.get(criterion=others[0]).figure == {"reps": 7}
    aside = f"Does not apply: {lean.text.removesuffix('.')} (A precaution limits it: hip to 80"
    page = chart(elin, cast.maya)
    assert aside in page
    assert f"Seen: {others[0].text.removesuffix('.')} (7 repetitions)." in page
    note = _note(cast)
    assert ").." not in page
    met, *asides = note.partition("\nSeen:\n")[2].partition("\n\n")[0].splitlines()
    assert met.startswith("- Dowel hinge, met: ")
    criterion = lean.text.removesuffix(".")
    assert criterion not in met
    why = "A precaution limits it: hip to 80 degrees"
    assert asides == [f"- Dowel hinge, does not apply: {criterion}. {why}"]


def test_what_is_recorded_of_a_placement_is_what_was_asked(elin: Client, cast: Cast) -> None:
    criteria = acts.criteria(cast.plan, 1)
    ten = next(criterion for criterion in criteria if criterion.slug == "smooth-ten")
    address = reverse("place", args=[cast.plan.pk])
    assert "5 clean repetitions are enough here." in text(elin.get(address))
    Criterion.objects.filter(pk=criteria[0].pk).update(placement_text="Three places in 5 of 5.")
    page = text(elin.get(address))
    assert "Three places in 5 of 5." in page
    assert criteria[0].text not in page.replace(f"does not apply: {criteria[0].text}", "")
    _place(elin, cast, criteria)
    note = _note(cast)
    assert "Dowel hinge, met: Three places in 5 of 5; " in note
    assert criteria[0].text.removesuffix(".") not in note
    assert f"{ten.text.removesuffix('.')} (5 clean repetitions)" in note


def test_what_was_typed_wrongly_is_said_beside_it_and_nothing_is_placed(
    elin: Client, cast: Cast
) -> None:
    criteria = acts.criteria(cast.plan, 1)
    said = {f"{criteria[0].pk}-reps": "many", f"{criteria[1].pk}-why": "other"}
    for send in (_place, _assess):
        answer = send(elin, cast, criteria[2:], **said)
        assert answer.status_code == 422
        page = text(answer)
        assert "Look at the criteria that are open below." in page
        assert 'value="many"' in page
        assert "Say why it does not apply." in page
        assert page.count('<details class="more" open>') == 2
    assert not Review.objects.exists()
    assert not Tick.objects.exists()


@pytest.mark.parametrize("name", ["x-reps", "-why", f"{'9' * 40}-kg", "99999999-why", "1-1-reps"])
def test_forged_fields_mark_nothing(elin: Client, cast: Cast, name: str) -> None:
    criteria = acts.criteria(cast.plan, 1)
    answer = _place(elin, cast, criteria, **{name: "variant"})
    assert answer.status_code in {303, 422}
    assert all(tick.applies for tick in ReviewTick.objects.all())


def test_met_and_set_aside_at_once_is_asked_again(elin: Client, cast: Cast) -> None:
    criteria = acts.criteria(cast.plan, 1)
    answer = _place(elin, cast, criteria, **{f"{criteria[0].pk}-why": "variant"})
    assert answer.status_code == 422
    assert "Ticked as met and as not applying:" in text(answer)


def test_the_weights_are_placed_with_the_lift_that_was_seen(elin: Client, cast: Cast) -> None:
    criteria = acts.criteria(cast.plan, 1, 2, 3, 4, 5, 6)
    first = acts.criteria(cast.plan, 6)[0]
    for send in (_place, _assess):
        answer = send(elin, cast, criteria, weekdays=[0, 2, 4])
        assert answer.status_code == 422
        assert "Nobody has seen a lift on" in text(answer)
    lift = {f"{first.pk}-reps": "5", f"{first.pk}-kg": "12", "weekdays": [0, 2, 4]}
    assert _assess(elin, cast, criteria, **lift).status_code == 303
    assert acts.open_position(cast.plan) == 7


def test_the_gate_to_start_at_keeps_what_was_asked_and_no_more(elin: Client, cast: Cast) -> None:
    first, second, third, *_ = acts.criteria(cast.plan, 1)
    Criterion.objects.filter(pk=third.pk).update(placement_text="5 of 5.")
    _assess(elin, cast, [first, third], **{f"{second.pk}-why": "variant"})
    marks = {tick.criterion: (tick.applies, tick.figure) for tick in Tick.objects.all()}
    assert marks == {first: (True, {"reps": 5}), second: (False, None)}


def test_a_patient_reads_apart_what_is_met_and_what_is_not_needed(cast: Cast) -> None:
    first, second, *_ = acts.criteria(cast.plan, 1)
    gate_verbs.tick(plan=cast.plan, criterion=first, by=cast.elin)
    gate_verbs.tick(
        plan=cast.plan, criterion=second, by=cast.elin, applies=False, why="precaution: hip"
    )
    page = text(phone_of(cast.maya).get(reverse("ladder")))
    assert page.count("Ticked by Elin E.") == 1
    assert page.count("You do not need this one: Elin E.") == 1
    assert "recaution" not in page


def test_the_record_of_a_gate_says_with_which_weight_it_was_passed(
    elin: Client, cast: Cast
) -> None:
    for _ in range(6):
        factories.pass_open_rung(cast.plan, by=cast.elin)
    weight_close = acts.criteria(cast.plan, 6)[0].text.removesuffix(".")
    assert f"Seen: {weight_close} (8 × 12 kg)." in chart(elin, cast.maya)
    assert f"{weight_close}: 8 × 12 kg" in _note(cast)
