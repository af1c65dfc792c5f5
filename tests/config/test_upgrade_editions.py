"""An installation in use takes on the second edition of the hip hinge: whoever is on the first
stays there untouched, and new people begin on the second."""

from __future__ import annotations

import re

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import reverse

from config import triggers
from curriculum.loader import digest_of_rows
from curriculum.models import Criterion, Ladder, Level
from patients.models import Plan
from patients.standing.position import current_level
from patients.summaries import verify
from patients.verbs import move_edition as edition_verbs
from patients.verbs import plan as plan_verbs
from tests import factories
from tests.cast import Cast
from tests.patients import acts
from tests.patients.clinic_pages import browser, details, text

NEWER = "Move to the newer edition"

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def older(cast: Cast) -> Ladder:
    """The second edition as the release before left it: a draft with the levels of then."""
    second = Ladder.objects.get(slug="hip-hinge", edition=2)
    triggers.remove(connection)
    Ladder.objects.filter(pk=second.pk).update(published_at=None, digest="0" * 64)
    Level.objects.filter(rung__ladder=second, slug__startswith="stick-").delete()
    Criterion.objects.filter(rung__ladder=second, slug="distance").update(text="As it was.")
    triggers.install(connection)
    return second


def _today(client: Client) -> str:
    """The page of Today, without the token of its forms and the seconds that its day has left."""
    page = text(client.get(reverse("today")))
    return re.sub(r'X-CSRFToken": "\w+"|value="\w{64}"|data-left="\d+"', "", page)


def test_nobody_on_the_first_edition_notices_that_the_second_is_published(
    cast: Cast, older: Ladder
) -> None:
    factories.plan(cast.tomas, passed=6)
    factories.pass_open_rung(cast.plan, by=cast.elin)
    taps = Level.objects.get(rung__ladder=cast.plan.ladder, slug="5-cm")
    plan_verbs.prescribe(plan=cast.plan, level=taps, by=cast.elin, sets=3, reps=12)
    acts.log(cast.plan, pain=2)
    maya = browser(cast.maya.user)
    page = _today(maya)
    assert NEWER not in details(browser(cast.elin), cast.maya)
    rows = acts.everything()

    call_command("load_curriculum", verbosity=0)

    second = Ladder.objects.get(pk=older.pk)
    assert not second.is_draft
    assert digest_of_rows(second) == second.digest
    assert acts.everything() == rows
    assert list(verify.differences()) == []
    assert _today(maya) == page
    assert NEWER in details(browser(cast.elin), cast.maya)
    assert {plan.ladder.edition for plan in Plan.objects.running()} == {1}


def test_a_dose_goes_along_to_the_same_level_and_taps_from_5_cm_begin_at_10(
    cast: Cast, older: Ladder
) -> None:
    call_command("load_curriculum", verbosity=0)
    second = Ladder.objects.get(pk=older.pk)
    factories.pass_open_rung(cast.plan, by=cast.elin)
    for slug in ("5-cm", "20-cm"):
        level = Level.objects.get(rung__ladder=cast.plan.ladder, slug=slug)
        plan_verbs.prescribe(plan=cast.plan, level=level, by=cast.elin, sets=3, reps=12)
    moved = edition_verbs.move(plan=cast.plan, ladder=second, by=cast.elin)
    assert acts.passed(moved) == [1]
    assert [row.level.slug for row in moved.prescriptions.all()] == ["20-cm"]
    first = current_level(moved, cast.harbour.today()).level
    assert first is not None
    assert (first.slug, first.setting) == ("10-cm", "10 cm (4 in) from heel to wall")
    assert list(verify.differences()) == []
