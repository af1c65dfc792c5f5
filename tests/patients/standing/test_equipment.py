"""What the intake noted at home stands on the chart, and a drill that needs more is marked and
passed over."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import connection
from django.urls import reverse

from curriculum.models import Equipment, Fault, Level
from patients.verbs import assessment, recommendations
from patients.verbs import findings as finding_verbs
from patients.verbs import people as people_verbs
from tests import factories
from tests.cast import Cast
from tests.patients import acts
from tests.patients.clinic_pages import browser, chart, details, text
from tests.queries import BeforeTheAnswer

pytestmark = pytest.mark.django_db
MOST_QUERIES = 15


def noted(cast: Cast, *slugs: str) -> None:
    people_verbs.take_intake(patient=cast.maya, by=cast.elin, usual_pain=None, equipment=slugs)


def third_rung(cast: Cast, *faults: str) -> assessment.Proposal:
    """The proposal for who meets all of the first two rungs."""
    return assessment.propose(
        cast.plan, acts.criteria(cast.plan, 1, 2), Fault.objects.filter(slug__in=faults)
    )


def drill(level: Level | None) -> str:
    assert level is not None
    return level.drill.slug


def test_what_is_at_home_stands_among_the_details(cast: Cast) -> None:
    client = browser(cast.elin)
    assert "<dt>At home</dt>" not in details(client, cast.maya)
    noted(cast, "mat", "dowel")
    assert "<dt>At home</dt><dd>Dowel, Mat</dd>" in details(client, cast.maya)


def test_what_is_at_home_stands_in_the_order_of_the_alphabet(cast: Cast) -> None:
    Equipment.objects.filter(slug="dowel").update(name="Stick")
    noted(cast, "mat", "dowel", "towel")
    page = details(browser(cast.elin), cast.maya)
    assert re.findall("<dt>At home</dt><dd>(.*?)</dd>", page) == ["Mat, Stick, Towel"]


def test_a_prescribed_drill_that_needs_more_is_marked_and_so_is_each_that_can_be_chosen(
    cast: Cast,
) -> None:
    clinic = browser(cast.elin)
    drills = reverse("prescribe", args=[cast.plan.pk])
    noted(cast, "mat")
    page = chart(clinic, cast.maya)
    assert 'needs dowel</span> <small class="muted">Not noted at home.</small>' in page
    assert text(clinic.get(drills)).count("Not noted at home: dowel") > 1
    noted(cast, "mat", "dowel")
    assert "Not noted at home" not in chart(clinic, cast.maya)
    page = text(clinic.get(drills))
    assert "Not noted at home: dowel" not in page
    assert "Not noted at home: towel" in page


def test_choosing_another_level_says_what_that_one_needs(cast: Cast) -> None:
    noted(cast, "dowel")
    rung = acts.rung(cast.plan, 1)
    level = rung.levels.get(slug="lat-engagement")
    page = browser(cast.elin).get(reverse("prescribe", args=[cast.plan.pk]), {"level": level.pk})
    assert "needs towel</span>" in text(page)


def test_a_wall_is_nowhere_missing_and_nothing_is_while_nothing_is_noted(cast: Cast) -> None:
    factories.pass_open_rung(cast.plan, by=cast.elin)
    clinic = browser(cast.elin)
    drills = reverse("prescribe", args=[cast.plan.pk])
    assert "Not noted at home" not in text(clinic.get(drills))
    noted(cast, "dowel")
    page = text(clinic.get(drills))
    assert "Not noted at home: towel" in page
    assert "Not noted at home: wall" not in page


def test_the_chart_stays_within_its_queries(cast: Cast) -> None:
    noted(cast, "dowel")
    client = browser(cast.elin)
    with BeforeTheAnswer(connection) as asked:
        chart(client, cast.maya)
    assert len(asked) <= MOST_QUERIES


def test_a_level_that_needs_nothing_more_is_proposed_before_one_that_does(cast: Cast) -> None:
    Level.objects.filter(slug="rolling-stool").update(home=True)
    assert drill(third_rung(cast).level) == "bench-in-front"
    noted(cast, "dowel", "rolling-stool")
    proposal = third_rung(cast)
    assert drill(proposal.level) == "stool-in-front"
    assert drill(proposal.passed_over) == "bench-in-front"
    assert proposal.lacks == ["bench or chair"]


def test_what_is_for_the_clinic_alone_is_not_proposed_even_with_its_equipment_at_home(
    cast: Cast,
) -> None:
    noted(cast, "dowel", "rolling-stool")
    for faults in ([], ["squats-the-hinge"]):
        assert drill(third_rung(cast, *faults).level) == "bench-in-front"


def test_of_the_drills_that_help_the_one_that_can_be_done_at_home_is_chosen(cast: Cast) -> None:
    Level.objects.filter(slug="rolling-stool").update(home=True)
    noted(cast, "dowel", "bench")
    proposal = third_rung(cast, "squats-the-hinge")
    assert (drill(proposal.level), drill(proposal.passed_over)) == (
        "bench-in-front",
        "stool-in-front",
    )
    assert proposal.chosen_for is not None
    assert proposal.chosen_for.drill == proposal.level.drill if proposal.level else False


def test_where_every_level_needs_more_the_first_stays_and_a_helper_that_does_not_is_named(
    cast: Cast,
) -> None:
    noted(cast, "dowel")
    proposal = third_rung(cast)
    assert drill(proposal.level) == "bench-in-front"
    assert proposal.passed_over is None
    assert drill(proposal.without) == "plain-hinge"


def test_the_assessment_says_so_in_words(cast: Cast) -> None:
    noted(cast, "dowel")
    met = [one.pk for one in acts.criteria(cast.plan, 1, 2)]
    page = text(
        browser(cast.elin).post(reverse("assess_suggest", args=[cast.maya.pk]), {"criterion": met})
    )
    assert "Needs bench or chair: not noted at home." in page
    assert "needs nothing more." in page
    Level.objects.filter(slug="rolling-stool").update(home=True)
    noted(cast, "dowel", "rolling-stool")
    page = text(
        browser(cast.elin).post(reverse("assess_suggest", args=[cast.maya.pk]), {"criterion": met})
    )
    assert "would come first, and needs bench or chair: not noted at home." in page


def test_nothing_loaded_is_proposed_in_place_of_what_is_missing(cast: Cast) -> None:
    noted(cast, "kettlebell", "stool")
    met = acts.criteria(cast.plan, 1, 2, 3, 4, 5)
    proposal = assessment.propose(cast.plan, met, [])
    assert drill(proposal.level) == "pull-through"


def test_drills_that_help_are_marked_and_keep_their_order(cast: Cast) -> None:
    fault = Fault.objects.get(slug="squats-the-hinge")
    finding_verbs.note(plan=cast.plan, by=cast.elin, fault=fault)
    before = [one.drill for one in recommendations.of_findings(cast.plan)]
    noted(cast, "dowel", "bench")
    found = recommendations.of_findings(cast.plan)
    assert [one.drill for one in found] == before
    lacking = {one.drill.slug: one.lacks for one in found}
    assert lacking["stool-in-front"] == ("rolling stool",)
    assert lacking["bench-in-front"] == ()
    page = text(browser(cast.elin).get(reverse("helps", args=[cast.maya.pk])))
    assert "needs rolling stool</span>" in page


def test_without_a_plan_nothing_is_known_to_be_missing(curriculum: Any) -> None:
    assert all(one.lacks == () for one in recommendations.recommend(Fault.objects.all()))
