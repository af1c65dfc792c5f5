"""Back from a chart to the caseload as it was left, and what of it stays in the browser."""

from __future__ import annotations

import re
from html import unescape

from django.core.signing import get_cookie_signer
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
    petra.post(reverse("caseload"), {"q": "roos"}, headers=HTMX)
    before = acts.everything()
    assert row_names(petra.get(_way_back(petra, cast.tomas))) == ["Maya Roos"]
    assert acts.everything() == before


def test_the_list_that_somebody_else_left_in_this_browser_is_not_mine(cast: Cast) -> None:
    shared = browser(cast.petra)
    caseloads.found(shared, q="roos")
    shared.force_login(cast.omar)
    assert _way_back(shared, cast.maya) == reverse("caseload")
    shared.cookies["caseload"] = f"{cast.omar.pk}?q=forged"
    assert _way_back(shared, cast.maya) == reverse("caseload")


def test_a_name_searched_for_stands_in_no_address_and_no_cookie(cast: Cast) -> None:
    petra = browser(cast.petra)
    for number in range(51):
        factories.patient(cast.omar, f"Roosa Alm {number}")
    page = caseloads.found(petra, q="Roos")
    part = petra.post(reverse("caseload"), {"q": "roosa"}, headers=HTMX)
    addresses = [page.redirect_chain[0][0], part["HX-Push-Url"], _way_back(petra, cast.maya)]
    for answer in (page, part, caseloads.found(petra, q="Roos Nobody")):
        addresses += re.findall(r'(?:href|action|hx-\w+)="([^"]*)"', answer.content.decode())
    assert any("after=" in address for address in addresses)
    kept = [*addresses, *(cookie.value for cookie in petra.cookies.values())]
    assert [words for words in kept if "roos" in words.lower()] == []


def test_typing_on_is_no_step_back_in_the_browsers_history(cast: Cast) -> None:
    petra = browser(cast.petra)
    first = petra.post(reverse("caseload"), {"q": "ro"}, headers=HTMX)["HX-Push-Url"]
    here = {**HTMX, "HX-Current-URL": f"http://testserver{first}"}
    more = petra.post(reverse("caseload"), {"q": "roos"}, headers=here)
    assert more["HX-Replace-Url"] == first
    assert caseloads.names(petra.get(first)) == ["Maya Roos"]
    lost = {**HTMX, "HX-Current-URL": "http://["}
    assert petra.post(reverse("caseload"), {"q": "roos"}, headers=lost).status_code == 200


def test_an_old_search_in_an_address_or_a_cookie_leads_to_the_plain_list(cast: Cast) -> None:
    petra = browser(cast.petra)
    assert set(caseloads.names(petra.get(reverse("caseload"), {"q": "roos"}))) == set(
        caseloads.names(petra.get(reverse("caseload")))
    )
    old = get_cookie_signer(salt="caseload").sign(f"{cast.petra.pk}?who=clinic&q=roos")
    petra.cookies["caseload"] = old
    assert _way_back(petra, cast.maya) == f"{reverse('caseload')}?who=clinic&show=all&rung=&after="
    for number in range(12):
        caseloads.found(petra, q=f"nobody {number}")
    assert len(petra.session["looks"]) == 10


def test_a_search_is_nobody_elses_and_ends_with_the_sign_in(cast: Cast) -> None:
    petra = browser(cast.petra)
    address = petra.post(reverse("caseload"), {"q": "roos"})["Location"]
    assert "roos" not in browser(cast.omar).get(address).content.decode().replace("Roos", "")
    left = petra.post(reverse("account_logout"))
    assert left.cookies["caseload"].value == ""
    assert left.cookies["caseload"]["max-age"] == 0
    petra.force_login(cast.petra)
    assert petra.get(address).context["filters"].q == ""


def test_a_list_too_long_for_a_browser_to_keep_is_not_kept_and_leads_back_to_no_other_one(
    cast: Cast,
) -> None:
    petra = browser(cast.petra)
    caseloads.found(petra, q="roos")
    petra.get(reverse("caseload"), {"rung": "\U0001f600" * 50, "after": "\u00e5" * 600})
    assert petra.cookies["caseload"].value == ""
    assert _way_back(petra, cast.maya) == reverse("caseload")
    petra.get(reverse("caseload"), {"after": "\u00e5" * 200})
    assert petra.cookies["caseload"].value
    assert len(petra.cookies["caseload"].OutputString()) < 4096
