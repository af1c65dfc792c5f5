"""A page of the caseload stays light however it is filled, and says names as they are."""

from __future__ import annotations

import re
from html import escape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from patients.models import Patient
from tests import factories
from tests.cast import Cast
from tests.patients import acts
from tests.patients.caseloads import asked, listed
from tests.patients.clinic_pages import browser

ODD = 'Åsa <b>"O\'Hara"</b> & 100%s {0}'


def test_a_name_of_any_letters_is_a_name_and_no_part_of_the_page(cast: Cast) -> None:
    factories.plan(factories.patient(cast.elin, ODD))
    cast.omar.name = "Om & <i>Ar</i>"
    cast.omar.save()
    factories.patient(cast.omar, "Lea Lead")
    assert ODD in listed(cast.elin)
    page = asked(cast.elin, who="clinic").content.decode()
    assert f"Lead: {escape(cast.omar.name)}." in page
    assert "<i>Ar" not in page
    assert "<b>&quot;" not in page
    assert '<b>"' not in page


@pytest.mark.parametrize("more", [1, 12])
def test_a_row_costs_no_query_and_little_more_than_a_kilobyte(cast: Cast, more: int) -> None:
    client = browser(cast.elin)
    for _ in range(more):
        acts.log(factories.plan(factories.patient(cast.elin, "Anna Alm")), pain=7)
    client.get(reverse("caseload"))
    with CaptureQueriesContext(connection) as asked_for:
        page = client.get(reverse("caseload")).content.decode()
    rows = re.findall(r"<li><h3>.*?</li>", page)
    assert len(rows) == Patient.objects.filter(lead=cast.elin).count()
    assert max(map(len, rows)) < 1300
    assert len(asked_for) <= 9
