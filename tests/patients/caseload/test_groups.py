"""The groups of the caseload: an index leads to each, and those who need nobody are folded."""

from __future__ import annotations

from patients.verbs import people as people_verbs
from tests import factories
from tests.cast import Cast
from tests.patients import acts
from tests.patients.caseloads import asked, listed
from tests.patients.clinic_pages import text


def test_an_index_leads_to_each_group_and_says_how_many_are_in_it(cast: Cast) -> None:
    acts.log(cast.plan, pain=7)
    page = asked(cast.elin)
    index = text(page).partition('<nav class="index')[2].partition("</nav>")[0]
    assert 'href="#group-0"' in index
    assert "Stopped <b>1</b>" in index
    assert "New <b>1</b>" in index


def test_a_group_that_goes_on_says_so_in_the_index(cast: Cast) -> None:
    acts.log(cast.plan, pain=7)
    for _ in range(51):
        factories.patient(cast.elin, "Nils New")
    assert "New <b>49+</b>" in text(asked(cast.elin))


def test_those_on_track_are_folded_where_they_are_many_and_somebody_else_is_there(
    cast: Cast,
) -> None:
    acts.log(cast.plan)
    for number in range(10):
        acts.log(factories.plan(factories.patient(cast.elin, f"Olle {number}")))
    folded = text(asked(cast.elin)).partition("On track")[2]
    assert '<details class="on-paper"> <summary>Show them</summary>' in folded
    people_verbs.discharge(patient=cast.tomas, by=cast.elin)
    assert '<details class="on-paper" open> <summary>' in text(asked(cast.elin))


def test_a_few_on_track_are_not_folded(cast: Cast) -> None:
    acts.log(cast.plan)
    assert (
        '<details class="on-paper" open> <summary>Show them'
        in text(asked(cast.elin)).partition("On track")[2]
    )


def test_a_rung_is_a_filter(cast: Cast) -> None:
    factories.plan(factories.patient(cast.elin, "Rut Rung"), passed=2)
    assert listed(cast.elin, rung="hip-hinge/bench-in-front") == ["Rut Rung"]
    assert listed(cast.elin, rung="hip-hinge/no-such-rung") == []
