"""What the physio looks for, in the patient's own words; the physio ticks the frozen ones."""

from __future__ import annotations

from django.urls import reverse

from curriculum.models import Criterion
from tests import factories
from tests.cast import Cast
from tests.patients.clinic_pages import browser, chart, text
from tests.patients.phone import phone_of


def ladder(cast: Cast) -> str:
    return text(phone_of(cast.maya).get(reverse("ladder")))


def test_a_patient_reads_no_clinic_words_on_any_open_rung_and_the_physio_reads_what_is_frozen(
    cast: Cast,
) -> None:
    for position in range(1, 8):
        page = ladder(cast)
        physios = chart(browser(cast.elin), cast.maya)
        criteria = list(
            Criterion.objects.filter(rung__ladder=cast.plan.ladder_id, rung__position=position)
        )
        assert [
            one.slug
            for one in criteria
            if str(one.plain_text) not in page or one.text not in physios
        ] == []
        assert [
            one.slug for one in criteria if one.text in page and one.text not in str(one.plain_text)
        ] == []
        factories.pass_open_rung(cast.plan, by=cast.elin)


def test_the_drills_have_the_same_names_in_what_is_looked_for_as_everywhere(cast: Cast) -> None:
    for _ in range(5):
        factories.pass_open_rung(cast.plan, by=cast.elin)
    page = ladder(cast)
    assert "If you slide a bar down your legs, it stays on your legs all the way." in page
    assert "Romanian" not in page


def test_an_edition_that_is_shipped_no_longer_still_says_what_is_looked_for(cast: Cast) -> None:
    Criterion.objects.filter(rung__ladder=cast.plan.ladder_id).update(plain_text=None)
    assert "The hips travel back every time." in ladder(cast)
