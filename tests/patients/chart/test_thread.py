"""Words between clinic and patient, and faults noted, from the patient's page."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from patients.models import Finding, Message
from patients.verbs import messages as message_verbs
from tests.cast import Cast
from tests.patients.clinic_pages import browser, chart, text


@pytest.fixture
def elin(cast: Cast) -> Client:
    return browser(cast.elin)


def test_a_word_back_is_sent_once_and_marks_what_the_patient_wrote_as_read(
    cast: Cast, elin: Client
) -> None:
    message_verbs.write(plan=cast.plan, by=cast.maya.user, text="May I <skip> Sunday?")
    assert "“May I <skip> Sunday?”" in chart(elin, cast.maya)
    said = {"phrases": ["fine"], "word": "Yes, skip it."}
    for _ in range(2):
        assert elin.post(reverse("thread", args=[cast.maya.pk]), said).status_code == 303
    assert (
        Message.objects.get(from_patient=False).text
        == "This is fine. Go on as planned. Yes, skip it."
    )
    assert Message.objects.get(from_patient=True).read_at is not None
    assert "Mark as read" not in chart(elin, cast.maya)


def test_a_message_by_htmx_comes_back_as_the_thread_and_an_empty_one_is_refused(
    cast: Cast, elin: Client
) -> None:
    address = reverse("thread", args=[cast.maya.pk])
    sent = elin.post(address, {"word": "See you"}, headers={"HX-Request": "true"})
    assert text(sent).startswith('<section id="thread"')
    assert "See you" in text(sent)
    empty = elin.post(address, {"word": "  "}, headers={"HX-Request": "true"})
    assert empty.status_code == 422
    assert "Write a few words first." in text(empty)
    assert Message.objects.count() == 1


def test_without_a_plan_nothing_can_be_written(cast: Cast, elin: Client) -> None:
    answer = elin.post(reverse("thread", args=[cast.tomas.pk]), {"word": "Hello"})
    assert answer.status_code == 422
    assert "Assign a ladder first" in text(answer)


def test_marking_as_read_needs_no_answer(cast: Cast, elin: Client) -> None:
    message_verbs.write(plan=cast.plan, by=cast.maya.user, text="Done for today.")
    assert elin.post(reverse("thread_read", args=[cast.maya.pk])).status_code == 303
    assert Message.objects.get().read_at is not None
    assert cast.maya.summary.unread_since is None


def test_every_fault_is_offered_with_its_picture_and_several_are_noted_at_once(
    cast: Cast, elin: Client
) -> None:
    address = reverse("finding", args=[cast.plan.pk])
    page = elin.get(address).content.decode()
    faults = cast.plan.ladder.own_faults()
    assert [page.count(f'value="{fault.slug}"') for fault in faults] == [1] * len(faults)
    assert page.count('<figure class="drill"') == len(faults) == 14
    several = {
        "fault": [fault.slug for fault in faults[:2]],
        "words": "Holds the breath.",
        "seen_on": "2026-01-02",
    }
    assert elin.post(address, several).status_code == 303
    assert [one.fault for one in cast.plan.findings.order_by("pk")] == [*faults[:2], None]
    assert {str(one.seen_on) for one in cast.plan.findings.all()} == {"2026-01-02"}


def test_a_fault_is_noted_once_and_cleared(cast: Cast, elin: Client) -> None:
    fault = cast.plan.ladder.own_faults()[0]
    address = reverse("finding", args=[cast.plan.pk])
    for _ in range(2):
        assert elin.post(address, {"fault": fault.slug}).status_code == 303
    elin.post(address, {"words": "Holds <breath>"})
    assert Finding.objects.count() == 2
    assert "Holds <breath>" in chart(elin, cast.maya)
    assert (
        elin.post(reverse("finding_clear", args=[Finding.objects.get(fault=fault).pk])).status_code
        == 303
    )
    assert f"Gone: {fault.name}" in chart(elin, cast.maya)


@pytest.mark.parametrize(
    "bad", [{}, {"words": " "}, {"words": "x" * 201}, {"fault": "99999"}, {"seen_on": "2999-01-01"}]
)
def test_a_bad_finding_is_refused_beside_its_field(
    cast: Cast, elin: Client, bad: dict[str, str]
) -> None:
    said = {"words": "Tips", **bad} if "seen_on" in bad else bad
    answer = elin.post(reverse("finding", args=[cast.plan.pk]), said)
    assert answer.status_code == 422
    assert 'class="error"' in answer.content.decode()
    assert not Finding.objects.exists()
