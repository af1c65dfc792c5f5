"""The bar above a patient's pages: the clinic's numbers, the page and the person."""

from __future__ import annotations

from django.urls import reverse

from accounts.models import Clinic
from patients.models import Patient
from tests.cast import Cast
from tests.patients.phone import phone_of


def test_the_clinics_number_is_everybodys_own_and_the_newest(cast: Cast) -> None:
    def bar(patient: Patient, name: str = "today") -> str:
        page = phone_of(patient).get(reverse(name)).content.decode()
        return page[page.index('<header class="bar">') : page.index("</header>")]

    Clinic.objects.filter(pk=cast.hilltop.pk).update(phone="031 777 77", emergency_text="Ring 999.")
    assert "031 777 77" not in bar(cast.maya)
    assert "031 777 77" in bar(cast.noor)
    assert "Ring 999." in bar(cast.noor)
    Clinic.objects.filter(pk=cast.hilltop.pk).update(phone="031 888 88")
    assert "031 888 88" in bar(cast.noor)
    assert 'href="/ladder/" aria-current="page"' in bar(cast.noor, "ladder")
    assert 'href="/ladder/" aria-current="page"' not in bar(cast.noor)
    assert cast.maya.user.short_name in bar(cast.maya)
    assert cast.noor.user.short_name in bar(cast.noor)
