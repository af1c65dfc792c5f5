"""Thirty-one people and every rung: the same answer at the assessment, at the gate, in the
prescription, on the handout and on the phone."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse

from curriculum.models import Level
from patients.models import Plan
from patients.standing.cautions import held_by, of_level
from patients.standing.position import current_level
from patients.verbs import assessment
from tests import factories
from tests.cast import Cast
from tests.patients import acts
from tests.patients.cautioned import HELPERS, LEVELS, PEOPLE, Cautioned
from tests.patients.clinic_pages import browser, chart, text
from tests.patients.phone import phone_of
from tests.patients.precautions import told

MARKS = {"": ".", "watch": "w", "limit": "l", "avoid": "A"}

people = pytest.mark.parametrize("person", PEOPLE, ids=lambda person: person.who)


def _tell(cast: Cast, person: Cautioned) -> None:
    told(cast.maya, cast.elin, **person.told)


def _levels(plan: Plan, rung: int) -> dict[str, Level]:
    levels = acts.rung(plan, rung).levels.select_related("drill", "rung")
    return {level.slug: level for level in levels}


@people
def test_every_level_has_the_mark_of_the_table(cast: Cast, person: Cautioned) -> None:
    _tell(cast, person)
    held = held_by(cast.maya)
    found = []
    for rung, slugs in enumerate([*LEVELS, HELPERS], 1):
        levels = _levels(cast.plan, 1 if slugs == HELPERS else rung)
        kinds = [next((one.kind for one in of_level(held, levels[slug])), "") for slug in slugs]
        found.append("".join(MARKS[kind] for kind in kinds))
    assert tuple(found) == person.rungs


@people
def test_the_assessment_proposes_at_every_rung_what_the_table_leaves(
    cast: Cast, person: Cautioned
) -> None:
    _tell(cast, person)
    for rung in range(1, 8):
        met = acts.criteria(cast.plan, *range(1, rung))
        proposal = assessment.propose(cast.plan, met, [])
        proposed = proposal.level.slug if proposal.level else None
        assert (rung, proposed) == (rung, person.first(rung))
        at_home = [slug for slug in person.avoided(rung) if slug != "rolling-stool"]
        assert [one.level.slug for one in proposal.avoided] == at_home


def _options(page: str, begins: str) -> dict[int, str]:
    """The options of the first choice after some words, by their value."""
    select = page.partition(begins)[2].partition("</select>")[0]
    found = re.findall(r'<option value="(\d+)"[^>]*>(.*?)</option>', select)
    return {int(value): label for value, label in found}


def _avoided_at_the_gate(clinic: Client, cast: Cast) -> str:
    """What the gate says to avoid on its rung."""
    gate = re.search(r"To avoid on this rung: (.*?)\. </p>", chart(clinic, cast.maya))
    return gate.group(1) if gate else ""


def _cards(clinic: Client, cast: Cast) -> dict[int, str]:
    """The cards of the prescription, by their level."""
    cards = text(clinic.get(reverse("prescribe", args=[cast.plan.pk])))
    found = re.findall(r'name="show" value="(\d+)"(.*?)</li>', cards)
    return {int(level): said for level, said in found}


def _reachable(cast: Cast, rung: int) -> list[Level]:
    levels = Level.objects.filter(rung__ladder=cast.plan.ladder, rung__position__lte=rung)
    return list(levels.select_related("rung", "drill"))


def _the_gate_agrees(cast: Cast, clinic: Client, person: Cautioned, rung: int) -> None:
    gate = _avoided_at_the_gate(clinic, cast)
    here = [level for level in _reachable(cast, rung) if level.rung.position == rung]
    assert {str(level) for level in here if not level.helper and f"{level} (" in gate} == {
        str(level) for level in here if not level.helper and person.mark(rung, level.slug) == "A"
    }


def _what_may_be_set_agrees(cast: Cast, clinic: Client, person: Cautioned, rung: int) -> None:
    reachable = _reachable(cast, rung)
    avoided = {
        level.pk for level in reachable if person.mark(level.rung.position, level.slug) == "A"
    }
    offered = _cards(clinic, cast)
    assert set(offered) == {level.pk for level in reachable}
    assert {pk for pk, label in offered.items() if "To avoid" in label} == avoided
    handout = text(clinic.get(reverse("handout", args=[cast.maya.pk])))
    assert set(_options(handout, 'id="level"')) == set(offered) - avoided


def _the_phone_agrees(cast: Cast, person: Cautioned, rung: int) -> None:
    now = current_level(cast.plan, cast.harbour.today())
    page = text(phone_of(cast.maya).get(reverse("today") + "?drill"))
    if rung == 6 or person.first(rung) is None:
        # With a weight to set, or without a level left, the day stays below.
        assert f"Rung {rung} is open.</strong>" in page
        assert now.awaits_weight is (person.first(rung) is not None)
    else:
        _practises(cast, person, rung, page)


def _practises(cast: Cast, person: Cautioned, rung: int, page: str) -> None:
    now = current_level(cast.plan, cast.harbour.today())
    assert now.level is not None
    assert (now.level.rung.position, now.level.slug) == (rung, person.first(rung))
    assert f"<h1>{now.level.drill.plain_name}</h1>" in page
    mine = page.partition("Just for you</h2>")[2].partition("</ul>")[0]
    said = [one.patient for one in of_level(held_by(cast.maya), now.level)]
    assert re.findall(r"<li>(.*?)</li>", mine) == list(dict.fromkeys(said))
    assert bool(mine) is (person.mark(rung, now.level.slug) != ".")


@pytest.mark.slow_on_postgres
@people
def test_gate_prescription_handout_and_phone_say_the_same_at_every_rung(
    cast: Cast, person: Cautioned
) -> None:
    _tell(cast, person)
    clinic = browser(cast.elin)
    for rung in range(1, 8):
        _the_gate_agrees(cast, clinic, person, rung)
        if rung in (3, 7):
            _what_may_be_set_agrees(cast, clinic, person, rung)
        _the_phone_agrees(cast, person, rung)
        factories.pass_open_rung(cast.plan, by=cast.elin)


def test_nobody_waits_on_the_first_rungs_for_a_hip_a_shoulder_or_a_knee() -> None:
    assert [person.who for person in PEOPLE if None in map(person.first, (1, 2, 3, 4))] == []
