"""People in the pictures: whoever is chosen is drawn, moves as everybody does, stays small."""

from __future__ import annotations

import gzip
import itertools
import xml.etree.ElementTree as ET
from dataclasses import replace

import pytest

from curriculum.figures import animated, read_figure, read_postures, still
from curriculum.figures.people import BUILDS, CLOTHES, HAIRS, Person
from curriculum.figures.render import moments
from curriculum.figures.style import CLASSES, page_stylesheet

POSTURES = read_postures()
HINGE = read_figure(POSTURES.drills["dowel-hinge"])
REAR = read_figure(
    POSTURES.drills["kickstand-lifted"], POSTURES.faults["kickstand-lifted", "pelvis-tips"]
)
FRONT = read_figure(
    POSTURES.drills["suitcase-deadlift"], POSTURES.faults["suitcase-deadlift", "side-bends"]
)
PEOPLE = [
    Person(
        build=build, hair=hair, clothes=clothes, glasses=clothes == "vest", beard=build == "slim"
    )
    for build, hair, clothes in itertools.product(BUILDS, HAIRS, CLOTHES)
]


@pytest.mark.parametrize("hair", HAIRS)
def test_everybody_is_drawn_from_every_side_with_classes_that_have_a_colour(hair: str) -> None:
    for person in (one for one in PEOPLE if one.hair == hair):
        for figure in (HINGE, REAR, FRONT):
            svg = ET.fromstring(still(replace(figure, person=person), uid="p", standalone=True))  # noqa: S314
            used = {
                element.get("class", "") for element in svg.iter() if element.tag.endswith("path")
            }
            assert used <= set(CLASSES)


@pytest.mark.parametrize("person", PEOPLE[::7])
def test_whoever_is_chosen_keeps_the_joints_and_the_size(person: Person) -> None:
    chosen = replace(HINGE, person=person)
    for share in moments():
        pose = HINGE.pose(share)
        joints, own = (
            {(part.layer, part.at, part.rot) for part in figure.parts(pose, audience="patient")}
            for figure in (HINGE, chosen)
        )
        assert joints <= own
    assert len(gzip.compress(still(chosen, uid="p").encode(), 9)) <= 2048
    assert len(gzip.compress(animated(chosen, uid="p").encode(), 9)) <= 4096


def test_two_people_who_differ_in_one_choice_look_different() -> None:
    anybody = Person()
    others = [
        *(replace(anybody, build=build) for build in BUILDS),
        *(replace(anybody, hair=hair) for hair in HAIRS),
        *(replace(anybody, clothes=clothes) for clothes in CLOTHES),
        replace(anybody, glasses=True),
        replace(anybody, beard=True),
    ]
    pictures = {still(replace(HINGE, person=one), uid="p") for one in others}
    assert len(pictures) == len(set(others))


def test_every_colour_that_can_be_chosen_is_in_the_style_sheet() -> None:
    style = page_stylesheet()
    for name in Person(skin="6", hair_colour="white", top="plum").classes.split():
        assert f".{name} {{" in style
