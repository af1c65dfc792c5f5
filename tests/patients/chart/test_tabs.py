"""The pages about one patient: each says who it is and what to beware of, and is read by few
queries."""

from __future__ import annotations

import pytest
from django.db import connection
from django.urls import reverse

from patients.verbs import messages as message_verbs
from tests.cast import Cast
from tests.patients.clinic_pages import browser, text, tight
from tests.patients.lived import live
from tests.patients.precautions import told
from tests.queries import BeforeTheAnswer

#: The pages, and the most queries of each, two of them for what can be taken back on the chart. The
#: record reads every table of the timeline once.
PAGES = {"chart": 17, "practice_history": 17, "thread": 14, "decisions": 17, "details": 15}


@pytest.mark.parametrize("name", PAGES)
def test_every_page_says_who_it_is_and_what_to_beware_of(cast: Cast, name: str) -> None:
    live(cast)
    told(cast.maya, cast.elin, "pregnancy")
    message_verbs.write(plan=cast.plan, by=cast.maya.user, text="Hello?")
    client = browser(cast.elin)
    with BeforeTheAnswer(connection) as asked:
        page = client.get(reverse(name, args=[cast.maya.pk]))
    head = text(page).partition('<section class="patient-head"')[2].partition("</section>")[0]
    assert "Maya Roos" in head
    assert "Precautions:" in head
    assert '<span class="vh">unread</span></b>' in tight(head)
    assert head.count('aria-current="page"') == 1
    assert head.count("data-state=") == 7
    for other in PAGES:
        assert f'href="{reverse(other, args=[cast.maya.pk])}"' in head
    assert len(asked) <= PAGES[name], len(asked)
