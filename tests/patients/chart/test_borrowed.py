"""What helps with a fault, set for a while from the clinic's pages, and ended there."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from patients.models import Finding, LevelChoice, Prescription
from patients.papers.visit_note import visit_note
from patients.standing.position import current_level
from patients.verbs import plan as plan_verbs
from tests import factories
from tests.cast import Cast
from tests.patients import acts, borrowed
from tests.patients.chart.test_chart import MOST_QUERIES
from tests.patients.clinic_pages import browser, chart, text
from tests.queries import BeforeTheAnswer

DAY = timedelta(days=1)


@pytest.fixture
def elin(cast: Cast) -> Client:
    return browser(cast.elin)


def _post(client: Client, finding: Finding, **fields: Any) -> Any:
    return client.post(reverse("borrow", args=[finding.pk]), fields)


def test_the_chart_offers_what_helps_and_is_locked_beside_the_fault(
    cast: Cast, elin: Client
) -> None:
    finding = borrowed.seen(cast.plan, by=cast.elin)
    page = chart(elin, cast.maya)
    bench = borrowed.bench(cast.plan)
    offer = f"{reverse('borrow', args=[finding.pk])}?level={bench.pk}"
    assert offer in page
    assert f"?level={borrowed.stool(cast.plan).pk}" not in page
    form = text(elin.get(offer))
    assert f'<option value="{bench.pk}" selected>' in form
    assert f'value="{(cast.harbour.today() + 7 * DAY).isoformat()}"' in form
    assert f'max="{(cast.harbour.today() + 14 * DAY).isoformat()}"' in form
    assert "(for the clinic alone)" in form


def test_one_press_sets_it_and_the_chart_says_so_and_ends_it(cast: Cast, elin: Client) -> None:
    finding = borrowed.seen(cast.plan, by=cast.elin)
    bench = borrowed.bench(cast.plan)
    until = cast.harbour.today() + 7 * DAY
    assert _post(elin, finding, level=bench.pk, until=until).status_code == 303
    page = chart(elin, cast.maya)
    assert "For now, instead, until" in page
    assert "Rung 3 stays locked." in page
    assert "“Gone” ends Bench in front." in page
    assert reverse("borrow", args=[finding.pk]) not in page
    assert f'<input type="hidden" name="level" value="{bench.pk}">' in page
    elin.post(reverse("borrow_end", args=[cast.plan.pk]))
    page = chart(elin, cast.maya)
    assert "Own drill again" in page
    assert "Rung 3 stays locked." not in page
    assert reverse("borrow", args=[finding.pk]) in page


@pytest.mark.parametrize(
    ("fields", "field", "sentence"),
    [
        ({"until": ""}, "until", "Say until when"),
        ({"until": "2020-01-01"}, "until", "Choose a day from today on."),
        ({"until": "2999-01-01"}, "until", "14 days at most."),
        ({"level": "stool"}, "at_home", "is for the clinic alone."),
        ({"level": "second"}, "level", "is no drill that the library names"),
    ],
)
def test_a_refusal_stands_beside_its_field_and_keeps_what_was_typed(
    cast: Cast, elin: Client, fields: dict[str, str], field: str, sentence: str
) -> None:
    finding = borrowed.seen(cast.plan, by=cast.elin)
    levels = {"stool": borrowed.stool(cast.plan), "second": acts.level(cast.plan, 2)}
    chosen = levels.get(fields.get("level", ""), borrowed.bench(cast.plan))
    typed = {"until": cast.harbour.today() + 3 * DAY, "reason": "Quiet knees."} | fields
    answer = _post(elin, finding, **typed | {"level": chosen.pk})
    page = text(answer)
    assert answer.status_code == 422
    beside = page[page.index(f'id="id_{field}_error"') :][:300]
    assert sentence in beside
    assert "Quiet knees." in page
    assert not LevelChoice.objects.exists()


def test_a_stool_needs_the_second_yes(cast: Cast, elin: Client) -> None:
    finding = borrowed.seen(cast.plan, by=cast.elin)
    said = {"level": borrowed.stool(cast.plan).pk, "until": cast.harbour.today()}
    assert _post(elin, finding, **said, at_home="on").status_code == 303
    assert Prescription.objects.get().at_home


def test_what_helps_sets_it_from_the_list(cast: Cast, elin: Client) -> None:
    finding = borrowed.seen(cast.plan, by=cast.elin)
    helps = reverse("helps", args=[cast.maya.pk])
    page = text(elin.get(helps))
    assert page.count(f'action="{reverse("borrow", args=[finding.pk])}"') == 2
    assert f"{reverse('borrow', args=[finding.pk])}?level={borrowed.stool(cast.plan).pk}" in page
    assert "Set it for now, instead of today’s drill" in page
    until = cast.harbour.today() + 7 * DAY
    _post(elin, finding, level=borrowed.bench(cast.plan).pk, until=until)
    assert "Set it for now" not in text(elin.get(helps))


def test_the_first_assessment_sets_it_in_the_same_press(cast: Cast, elin: Client) -> None:
    bench = borrowed.bench(cast.plan)
    until = cast.harbour.today() + 5 * DAY
    seen: dict[str, Any] = {"fault": [borrowed.SQUAT]}
    suggestion = text(elin.post(reverse("assess_suggest", args=[cast.maya.pk]), seen))
    assert f'name="borrow" value="{bench.pk}"' in suggestion
    assert f'name="borrow" value="{borrowed.stool(cast.plan).pk}"' not in suggestion
    assert f'name="borrow_until" value="{(cast.harbour.today() + 7 * DAY)}"' in suggestion
    said = seen | {"borrow": bench.pk, "borrow_until": until}
    assert elin.post(reverse("assess", args=[cast.maya.pk]), said).status_code == 303
    now = current_level(cast.plan, cast.harbour.today())
    assert now.level == bench
    assert now.borrowed is not None
    assert now.borrowed.until == until


def test_an_assessment_that_lends_what_nobody_may_saves_nothing(cast: Cast, elin: Client) -> None:
    said: dict[str, Any] = {"fault": [borrowed.SQUAT], "borrow": borrowed.stool(cast.plan).pk}
    answer = elin.post(
        reverse("assess", args=[cast.maya.pk]), said | {"borrow_until": cast.harbour.today()}
    )
    assert answer.status_code == 422
    assert "is for the clinic alone" in text(answer)
    assert not Finding.objects.exists()


def test_papers_name_it_with_its_last_day_and_its_fault(cast: Cast, elin: Client) -> None:
    borrowed.lend(cast.plan, by=cast.elin, until=cast.harbour.today() + 2 * DAY)
    sheet = text(elin.get(reverse("handout", args=[cast.maya.pk])))
    assert "<h1>Bench in front" in sheet
    assert "For now, instead of your own drill, until" in sheet
    assert "It helps you with “Knees do the work”." in sheet
    own = acts.level(cast.plan)
    other = text(elin.get(reverse("handout", args=[cast.maya.pk]), {"level": own.pk}))
    assert "For now, instead" not in other
    summary = text(elin.get(reverse("plan_summary", args=[cast.maya.pk])))
    assert "From a locked rung until" in summary
    assert "for: Squats the hinge." in summary
    note = visit_note(cast.maya, cast.harbour.today())
    assert "For now, instead, until" in note
    assert "Bench in front" in note
    assert "from a locked rung until" in note


def test_the_level_is_prescribed_and_its_paper_entered_while_it_is_borrowed(
    cast: Cast, elin: Client
) -> None:
    bench = borrowed.lend(cast.plan, by=cast.elin).level
    dose = {"level": bench.pk, "sets": 2, "reps": 6}
    assert elin.post(reverse("prescribe", args=[cast.plan.pk]), dose).status_code == 303
    paper = text(elin.get(reverse("paper", args=[cast.plan.pk])))
    assert f'<option value="{bench.pk}" selected>' in paper
    choice = text(elin.get(reverse("choose_level", args=[cast.plan.pk])))
    assert f'<option value="{acts.level(cast.plan).pk}" selected>' in choice
    assert f'<option value="{bench.pk}"' not in choice


def test_the_chart_stays_within_its_queries(cast: Cast, elin: Client) -> None:
    for fault in cast.plan.ladder.own_faults():
        borrowed.seen(cast.plan, by=cast.elin, fault=fault.slug)
    for _ in range(2):
        with BeforeTheAnswer(connection) as asked:
            chart(elin, cast.maya)
        assert len(asked) <= MOST_QUERIES
        finding = Finding.objects.get(plan=cast.plan, fault__slug=borrowed.SQUAT)
        borrowed.lend(cast.plan, by=cast.elin, finding=finding)


def test_nothing_is_offered_on_rungs_with_load_or_to_who_is_past_them(
    cast: Cast, elin: Client
) -> None:
    plan = factories.plan(cast.tomas, passed=4)
    finding = borrowed.seen(plan, by=cast.elin)
    assert reverse("borrow", args=[finding.pk]) not in chart(elin, cast.tomas)
    plan_verbs.end(plan=plan, by=cast.elin)
    assert chart(elin, cast.tomas)
