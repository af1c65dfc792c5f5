"""Back from a chart to the caseload as it was left, and what of it stays in the browser."""

from __future__ import annotations

import re
from html import unescape

from django.test import Client
from django.urls import reverse

from patients.models import Patient
from tests import factories
from tests.cast import Cast
from tests.patients import acts, caseloads
from tests.patients.caseloads import pages
from tests.patients.clinic_pages import HTMX, browser


def _way_back(client: Client, patient: Patient) -> str:
    """Where "Caseload" above the patient's name leads."""
    page = client.get(reverse("chart", args=[patient.pk])).content.decode()
    found = re.search(r'aria-label="Breadcrumb"><a href="([^"]+)">Caseload</a>', page)
    assert found is not None
    return unescape(found[1])


def test_a_chart_leads_back_to_the_list_as_it_was_left(cast: Cast) -> None:
    for number in range(55):
        factories.patient(cast.omar, f"New {number}")
    petra = browser(cast.petra)
    row_names = caseloads.names
    assert _way_back(petra, cast.maya) == reverse("caseload")
    second = pages(petra, who="clinic", show="needs")[1]
    assert row_names(petra.get(_way_back(petra, cast.maya))) == second
    petra.get(reverse("caseload"), {"q": "roos"}, headers=HTMX)
    before = acts.everything()
    assert row_names(petra.get(_way_back(petra, cast.tomas))) == ["Maya Roos"]
    assert acts.everything() == before


def test_the_list_that_somebody_else_left_in_this_browser_is_not_mine(cast: Cast) -> None:
    shared = browser(cast.petra)
    shared.get(reverse("caseload"), {"q": "roos"})
    shared.force_login(cast.omar)
    assert _way_back(shared, cast.maya) == reverse("caseload")
    shared.cookies["caseload"] = f"{cast.omar.pk}?q=forged"
    assert _way_back(shared, cast.maya) == reverse("caseload")


def test_a_name_searched_for_does_not_stay_in_the_browser_after_signing_out(cast: Cast) -> None:
    petra = browser(cast.petra)
    petra.get(reverse("caseload"), {"q": "roos"})
    assert "roos" in petra.cookies["caseload"].value
    left = petra.post(reverse("account_logout"))
    assert left.cookies["caseload"].value == ""
    assert left.cookies["caseload"]["max-age"] == 0
    assert not any("roos" in kept.value for kept in petra.cookies.values())


def test_a_search_too_long_for_a_browser_to_keep_is_not_kept_and_leads_back_to_no_other_one(
    cast: Cast,
) -> None:
    petra = browser(cast.petra)
    petra.get(reverse("caseload"), {"q": "roos"})
    petra.get(reverse("caseload"), {"q": "\U0001f600" * 200, "after": "\u00e5" * 600})
    assert petra.cookies["caseload"].value == ""
    assert _way_back(petra, cast.maya) == reverse("caseload")
    petra.get(reverse("caseload"), {"q": "\u00e5" * 200})
    assert petra.cookies["caseload"].value
    assert len(petra.cookies["caseload"].OutputString()) < 4096
