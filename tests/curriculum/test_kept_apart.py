"""What belongs to a ladder stands in its own content; a published edition goes on to mean it."""

from __future__ import annotations

from pathlib import Path

import pytest

from curriculum.figures import read_postures
from curriculum.ladder_words import EARLIER, PLAIN, read_words
from curriculum.loader import load, load_all
from curriculum.models import Fault, Ladder
from tests.curriculum.small import refusal, small, steps

pytestmark = pytest.mark.django_db

HEAD = '[ladder]\nslug = "steps"'
SAYS = 'asks = ["hot_joint"]\nwords = { pain = "calf pain", sore = "calves" }\n'


def test_a_ladder_says_its_own_words_and_names_its_own_faults(tmp_path: Path) -> None:
    load_all()
    load(small(tmp_path, (HEAD, f'[ladder]\n{SAYS}slug = "steps"')))
    said = steps().said
    assert (said.pain, said.pain_first, said.sore) == ("calf pain", "Calf pain", "calves")
    assert [fault.slug for fault in steps().own_faults()] == ["wobbles"]
    hinge = Ladder.objects.newest().get(slug="hip-hinge")
    assert hinge.said == EARLIER
    assert "wobbles" not in {fault.slug for fault in hinge.own_faults()}


def test_a_ladder_that_says_nothing_speaks_of_no_part_of_the_body(tmp_path: Path) -> None:
    load(small(tmp_path))
    assert steps().said == PLAIN


def test_an_edition_from_before_says_what_every_page_said_then(tmp_path: Path) -> None:
    load(small(tmp_path))
    Ladder.objects.filter(slug="steps").update(words=None, faults=None, asks=None)
    assert steps().said == EARLIER
    assert set(steps().own_faults()) == set(Fault.objects.all())
    assert read_words({"pain": "calf pain", "of a later release": "x"}).pain == "calf pain"


def test_what_patients_are_asked_stays_with_a_published_edition(tmp_path: Path) -> None:
    asks = (HEAD, f'[ladder]\n{SAYS}slug = "steps"')
    load(small(tmp_path, asks))
    other_pain = (HEAD, f'[ladder]\n{SAYS.replace("calf pain", "foot pain")}slug = "steps"')
    assert "words pain: expected 'calf pain', as published, not 'foot pain'" in refusal(
        tmp_path, other_pain
    )
    less = (HEAD, f'[ladder]\n{SAYS.replace("hot_joint", "no_weight")}slug = "steps"')
    assert "asks: expected hot_joint too, as published" in refusal(tmp_path, less)
    better = (HEAD, f'[ladder]\n{SAYS.replace("calves", "calves or feet")}slug = "steps"')
    assert refusal(tmp_path, better) == ""
    assert steps().said.sore == "calves or feet"


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ('words = { pian = "calf pain" }', "expected a table of some of pain, sore"),
        ('words = { pain = "" }', "expected a table of some of pain, sore"),
        ('faults = ["wobble"]', "expected the slug of a known fault, not 'wobble'"),
        ('asks = ["saddle"]', "expected some of hot_joint, no_weight"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(tmp_path: Path, line: str, says: str) -> None:
    assert says in refusal(tmp_path, (HEAD, f'[ladder]\n{line}\nslug = "steps"'))


def test_figures_are_drawn_for_every_folder_of_content(tmp_path: Path) -> None:
    drawn = read_postures()
    assert {"dowel-hinge", "free-squat"} <= drawn.drills.keys()
    assert ("box", "40-cm") in drawn.levels
